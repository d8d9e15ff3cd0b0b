// SPDX-License-Identifier: Apache-2.0
// How operators see the register, over HTTP and on the command line: without token digests, which are nobody's
// business.
#pragma once

#include <string>

#include "b2a/base/random.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/policy/agent.hpp"

namespace b2a::app {

/// One object; `token` is the fresh token, which is shown this once.
void write_agent(json::Writer& out, policy::Agent const& agent, std::string_view token = {});

/// A bearer token to hand out; what is kept of it goes to `agent`.
std::string issue_token(policy::Agent& agent, Random& random);

}  // namespace b2a::app
