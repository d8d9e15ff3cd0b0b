// SPDX-License-Identifier: Apache-2.0
// The Agent2Agent protocol, 1.0 and 0.3 on one JSON-RPC endpoint: messages whose data part names an action, which is a
// call of a tool that another protocol brings. It knows no shop and keeps nothing: a task is a checkout, looked at.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "b2a/protocol/site.hpp"
#include "b2a/protocol/tool.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::a2a {

/// A protocol that is spoken inside the messages, as the agent card advertises it.
struct Extension {
    std::string uri;
    std::string description;
    std::string params;  // a JSON object; empty: none
};

struct Deps {
    Site const& site;
    std::shared_ptr<ToolSet> shop;      // has the tools that the actions are calls of (actions.cpp)
    std::vector<Extension> extensions;  // of UCP, one a version
};

/// Adds POST /a2a, /a2a/actions.json and /.well-known/agent-card.json.
void mount(web::Router& router, Deps deps);
/// The entry of the native descriptor's surface list.
Surface surface(Site const& site);

}  // namespace b2a::protocol::a2a
