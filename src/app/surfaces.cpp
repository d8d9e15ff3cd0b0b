// SPDX-License-Identifier: Apache-2.0
#include "app/surfaces.hpp"

#include "b2a/protocol/a2a.hpp"
#include "b2a/protocol/acp.hpp"
#include "b2a/protocol/acp_orders.hpp"
#include "b2a/protocol/evidence.hpp"
#include "b2a/protocol/mcp.hpp"
#include "b2a/protocol/native.hpp"
#include "b2a/protocol/reading.hpp"
#include "b2a/protocol/ucp.hpp"

#include "app/agent_routes.hpp"
#include "app/mandate_issuers.hpp"

namespace b2a::app {
namespace {

Result<void> settle_ucp(Shared& shared) {
    auto const& config = shared.config;
    auto& ucp = shared.ucp;
    ucp.root_version = config.ucp_root_version;
    ucp.require_signatures = config.ucp_require_signatures.value_or(!config.sandbox);
    ucp.registered_only = config.ucp_registered_only;
    ucp.merchant_id = config.mandates_merchant_id;
    B2A_TRY(issuers, trusted_issuers(config.mandates_trusted_issuers));
    ucp.mandate_issuers = std::move(issuers);
    std::vector<service::Directory::Pinned> pinned;
    if (config.sandbox) pinned = protocol::ucp::sandbox_platforms(shared.site);
    for (auto const& platform : config.platforms) {
        ucp.registered.push_back(platform.profile);
        if (platform.document_file.empty()) continue;
        B2A_TRY(document, read_file(platform.document_file));
        pinned.push_back({platform.profile, std::move(document)});
    }
    shared.directory = std::make_unique<service::Directory>(*shared.outbound, shared.clock, std::move(pinned));
    return {};
}

/// What signs ACP's webhooks; empty when nobody is told over ACP.
Result<std::string> acp_webhook_secret(Config const& config) {
    constexpr std::string_view sandbox_secret = "whsec_sandbox";
    auto const& acp = config.acp;
    if (!acp.webhook_secret_file.empty()) return read_secret_file(acp.webhook_secret_file);
    if (config.sandbox) return std::string(sandbox_secret);
    if (!acp.webhook_url.empty())
        return Error(Code::invalid_request, "acp.webhook_url needs acp.webhook_secret_file: webhooks are signed");
    return std::string();
}

protocol::native::Mounted mount_native(Shared& shared, Lane& lane) {
    return protocol::native::mount(
        lane.router, {shared.site, lane.contexts, *lane.recognizer, lane.catalog, lane.fit, lane.shopping,
                      lane.decisions, lane.provenance, lane.carts, lane.checkouts, lane.orders, *shared.payments});
}

protocol::ucp::Deps ucp_deps(Shared& shared, Lane& lane) {
    return {shared.site,  shared.ucp,    lane.contexts, *shared.directory, *lane.recognizer, *shared.signing,
            lane.catalog, lane.shopping, lane.carts,    lane.checkouts,    lane.orders,      *shared.payments};
}

std::shared_ptr<protocol::ToolSet> mount_ucp(Shared& shared, Lane& lane) {
    return protocol::ucp::mount(lane.router, ucp_deps(shared, lane));
}

void mount_a2a(Shared& shared, Lane& lane) {
    std::vector<protocol::a2a::Extension> extensions;
    for (auto& known : protocol::ucp::announcements())
        extensions.push_back({std::move(known.uri), "Universal Commerce Protocol " + known.version + ", business role",
                              std::move(known.params)});
    auto shop = protocol::ucp::conversation_tools(ucp_deps(shared, lane), policy::Protocol::a2a);
    protocol::a2a::mount(lane.router, {shared.site, std::move(shop), std::move(extensions)});
}

std::shared_ptr<protocol::ToolSet> mount_acp(Shared& shared, Lane& lane) {
    return protocol::acp::mount(lane.router, {shared.site, shared.acp, lane.contexts, *lane.recognizer, lane.catalog,
                                              lane.carts, lane.checkouts, *shared.payments, shared.in_flight});
}

void mount_evidence(Shared& shared, Lane& lane) {
    auto const door = [&lane](web::Request const& request) {
        return lane.recognizer->context_at_once(request, policy::Protocol::native);
    };
    protocol::evidence::mount(lane.router, {shared.site, lane.evidence, door});
}

/// What differs between the lanes is theirs; the fixtures are one for all, since a client's answer may come on any.
void mount_mcp(Shared& shared, Lane& lane, std::vector<std::shared_ptr<protocol::ToolSet>> tools,
               protocol::native::Mounted const& native, std::shared_ptr<protocol::mcp::Fixtures> fixtures) {
    auto const& config = shared.config;
    protocol::mcp::mount(lane.router, {shared.site,
                                       std::move(tools),
                                       {native.resources},
                                       {native.prompts},
                                       config.mcp_allowed_hosts,
                                       config.mcp_allowed_origins,
                                       std::move(fixtures)});
}

void mount_all(Shared& shared, Lane& lane, std::shared_ptr<protocol::mcp::Fixtures> const& fixtures) {
    lane.recognizer = std::make_unique<protocol::Recognizer>(protocol::Recognizer::Parts{
        shared.site, shared.identity, lane.contexts, *shared.directory, *shared.used_signatures});
    auto const native = mount_native(shared, lane);
    std::vector<std::shared_ptr<protocol::ToolSet>> tools;
    tools.push_back(mount_ucp(shared, lane));
    tools.push_back(mount_acp(shared, lane));
    tools.push_back(native.tools);
    mount_mcp(shared, lane, std::move(tools), native, fixtures);
    mount_a2a(shared, lane);
    protocol::reading::mount(lane.router, shared.site);
    add_key_directory(lane.router, shared);
    mount_evidence(shared, lane);
}

}  // namespace

Result<void> mount_surfaces(Shared& shared, std::span<std::unique_ptr<Lane> const> lanes) {
    auto& site = shared.site;
    site.surfaces = {protocol::native::surface(site), protocol::ucp::surface(site), protocol::acp::surface(site),
                     protocol::mcp::surface(site), protocol::a2a::surface(site)};
    B2A_CHECK(settle_ucp(shared));
    shared.acp.webhook_url = shared.config.acp.webhook_url;
    auto const fixtures =
        shared.config.mcp_conformance_fixtures ? protocol::mcp::make_conformance_fixtures(*shared.random) : nullptr;
    for (auto const& lane : lanes) mount_all(shared, *lane, fixtures);
    return {};
}

Result<std::vector<std::unique_ptr<service::OrderNoticePort>>> order_notice_ports(Shared& shared) {
    B2A_TRY(secret, acp_webhook_secret(shared.config));
    std::vector<std::unique_ptr<service::OrderNoticePort>> out;
    out.push_back(protocol::ucp::make_order_notices(shared.site, *shared.signing));
    out.push_back(protocol::acp::make_order_notices(shared.site, std::move(secret)));
    return Result<std::vector<std::unique_ptr<service::OrderNoticePort>>>(std::move(out));
}

}  // namespace b2a::app
