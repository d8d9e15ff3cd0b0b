// SPDX-License-Identifier: Apache-2.0
#include "app/surfaces.hpp"

#include "b2a/protocol/evidence.hpp"
#include "b2a/protocol/mcp.hpp"
#include "b2a/protocol/native.hpp"
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

void mount_native(Shared& shared, Lane& lane) {
    protocol::native::mount(lane.router, {shared.site, lane.contexts, *lane.recognizer, lane.catalog, lane.fit,
                                          lane.decisions, lane.provenance});
}

std::shared_ptr<protocol::ToolSet> mount_ucp(Shared& shared, Lane& lane) {
    return protocol::ucp::mount(
        lane.router, {shared.site, shared.ucp, lane.contexts, *shared.directory, *lane.recognizer, *shared.signing,
                      lane.catalog, lane.carts, lane.checkouts, lane.orders, *shared.payments});
}

void mount_evidence(Shared& shared, Lane& lane) {
    auto const door = [&lane](web::Request const& request) {
        return lane.recognizer->context_at_once(request, policy::Protocol::native);
    };
    protocol::evidence::mount(lane.router, {shared.site, lane.evidence, door});
}

void mount_all(Shared& shared, Lane& lane) {
    lane.recognizer = std::make_unique<protocol::Recognizer>(protocol::Recognizer::Parts{
        shared.site, shared.identity, lane.contexts, *shared.directory, *shared.used_signatures});
    mount_native(shared, lane);
    std::vector<std::shared_ptr<protocol::ToolSet>> tools;
    tools.push_back(mount_ucp(shared, lane));
    protocol::mcp::mount(lane.router, {shared.site, std::move(tools)});
    add_key_directory(lane.router, shared);
    mount_evidence(shared, lane);
}

}  // namespace

Result<void> mount_surfaces(Shared& shared, std::span<std::unique_ptr<Lane> const> lanes) {
    auto& site = shared.site;
    site.surfaces = {protocol::native::surface(site), protocol::ucp::surface(site), protocol::mcp::surface(site)};
    B2A_CHECK(settle_ucp(shared));
    for (auto const& lane : lanes) mount_all(shared, *lane);
    return {};
}

std::vector<std::unique_ptr<service::OrderNoticePort>> order_notice_ports(Shared& shared) {
    std::vector<std::unique_ptr<service::OrderNoticePort>> out;
    out.push_back(protocol::ucp::make_order_notices(shared.site, *shared.signing));
    return out;
}

}  // namespace b2a::app
