// SPDX-License-Identifier: Apache-2.0
// OpenID AuthZEN 1.0, decision point role: the brand's other systems ask "may this agent do that now?" and get the
// answer of the same rules that judge the agent itself. For the operators' listener.
#pragma once

#include <functional>
#include <string>

#include "b2a/base/result.hpp"
#include "b2a/service/oversight.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::authzen {

struct Deps {
    service::Oversight& oversight;
    std::function<Result<service::RequestContext>(web::Request const&)> open;  // who asks; an error refuses
    std::string const& base_url;
};

/// Adds /.well-known/authzen-configuration, /access/v1/evaluation and /access/v1/evaluations.
void mount(web::Router& router, Deps deps);

}  // namespace b2a::protocol::authzen
