// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "b2a/protocol/site.hpp"
#include "b2a/service/oversight.hpp"

namespace b2a::protocol::native {

/// A decision for the agent that it was about: what, when, why, and where the evidence is. The brand's rules are not
/// shown, only the codes that they gave.
void render_decision(std::string& out, Site const& site, service::DecisionView const& view);

}  // namespace b2a::protocol::native
