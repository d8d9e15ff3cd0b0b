// SPDX-License-Identifier: Apache-2.0
// The Model Context Protocol over Streamable HTTP: JSON-RPC around tools, resources and prompts that other protocols
// bring. Both eras on one path: 2025-11-25 and older, session-free, and 2026-07-28, where every request stands alone.
// It knows no shop.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "b2a/base/random.hpp"
#include "b2a/protocol/resource.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/protocol/tool.hpp"
#include "b2a/web/router.hpp"

namespace b2a::protocol::mcp {

/// Tools, resources and prompts that the official conformance suite addresses by name. One for all threads.
class Fixtures;
/// Keys and the ids of questions to clients come from `random`, which must outlive it.
std::shared_ptr<Fixtures> make_conformance_fixtures(Random& random);

struct Deps {
    Site const& site;
    std::vector<std::shared_ptr<ToolSet>> tools;
    std::vector<std::shared_ptr<ResourceSet>> resources = {};
    std::vector<std::shared_ptr<PromptSet>> prompts = {};
    std::vector<std::string> allowed_hosts = {};    // beside the site's and loopback; without a port: any
    std::vector<std::string> allowed_origins = {};  // of web pages, beside the site's
    std::shared_ptr<Fixtures> fixtures = {};        // null in every shop
};

/// Adds POST /mcp; GET and DELETE are 405, since there are no sessions.
void mount(web::Router& router, Deps deps);
/// The entry of the native descriptor's surface list.
Surface surface(Site const& site);

}  // namespace b2a::protocol::mcp
