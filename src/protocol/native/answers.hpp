// SPDX-License-Identifier: Apache-2.0
// How native operations end. Private to them.
#pragma once

#include <string_view>

#include "b2a/service/checkout.hpp"

#include "operations.hpp"

namespace b2a::protocol::native {

inline constexpr std::string_view private_answer = "no-store";

enum class Representation : std::uint8_t { json, json_ld };
/// What the request accepts. Errors: not_acceptable.
Result<Representation> representation(web::Request const& request);

void finish(web::Request const& request, std::string_view operation, std::string_view type, web::Response& response);
/// A body of the caller's own.
void finish_private(web::Request const& request, std::string_view operation, service::RequestContext const& context,
                    web::Response& response);
/// Why a change did not happen: 412 for another version than the caller's, 422 for something unknown that the body
/// names.
void fail_change(web::Request const& request, Error error, web::Response& response);
/// What a service said about a change.
void answer(Call const& call, std::string_view operation, Site const& site, Result<service::Replied> const& replied,
            web::Response& response);

}  // namespace b2a::protocol::native
