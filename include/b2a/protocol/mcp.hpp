// SPDX-License-Identifier: Apache-2.0
// The Model Context Protocol over Streamable HTTP (2025-11-25 and older, session-free): JSON-RPC around tools that
// other protocols bring. It knows no shop.
#pragma once

#include <memory>
#include <vector>

#include "b2a/protocol/site.hpp"
#include "b2a/protocol/tool.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::mcp {

struct Deps {
    Site const& site;
    std::vector<std::shared_ptr<ToolSet>> tools;
};

/// Adds POST /mcp; GET and DELETE are 405, since there are no sessions.
void mount(web::Router& router, Deps deps);
/// The entry of the native descriptor's surface list.
Surface surface(Site const& site);

}  // namespace b2a::protocol::mcp
