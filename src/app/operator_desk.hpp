// SPDX-License-Identifier: Apache-2.0
// What the operators' routes have in common: the process, their lane, and the token that they ask for.
#pragma once

#include "b2a/json/view.hpp"

#include "app/admin_routes.hpp"
#include "app/lane.hpp"

namespace b2a::app {

struct OperatorDesk {
    Shared& shared;
    Lane& lane;
    Digest operator_token;

    [[nodiscard]] service::RequestContext context(web::Request const& request) const {
        return operator_context(shared, request);
    }
    /// An operator's request with a JSON body. Errors: unauthenticated, invalid_request.
    Result<json::View> open(web::Request const& request, json::Document& document) const {
        B2A_CHECK(check_operator(request, operator_token));
        return document.parse(request.body);
    }
};

}  // namespace b2a::app
