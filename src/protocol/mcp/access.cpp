// SPDX-License-Identifier: Apache-2.0
#include "protocol/mcp/access.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/web/url.hpp"

namespace b2a::protocol::mcp {
namespace {

/// The host of "host:port"; all of it if what follows the colon is no port.
std::string_view without_port(std::string_view authority) {
    auto const bracket = authority.find(']');
    auto const colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon == std::string_view::npos || !parse_int<std::uint16_t>(authority.substr(colon + 1))) return authority;
    return authority.substr(0, colon);
}

bool is_loopback(std::string_view authority) {
    auto const host = without_port(authority);
    return iequals(host, "localhost") || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace

Access::Access(Site const& site, std::vector<std::string> hosts, std::vector<std::string> origins) :
    hosts_(std::move(hosts)), origins_(std::move(origins)) {
    auto const url = web::parse_url(site.base_url);
    if (!url) return;
    // Under any port: what proxies in front of us listen on is not ours to know.
    hosts_.emplace_back(without_port(url->authority()));
    origins_.push_back(url->origin());
}

bool Access::host_allowed(std::string_view host) const {
    if (is_loopback(host)) return true;
    return std::ranges::any_of(
        hosts_, [&](std::string const& one) { return iequals(one, host) || iequals(one, without_port(host)); });
}

bool Access::origin_allowed(std::string_view origin, bool at_loopback) const {
    if (std::ranges::any_of(origins_, [&](std::string const& one) { return iequals(one, origin); })) return true;
    // A page of this machine may use a server of this machine.
    auto const url = web::parse_url(origin);
    return url && at_loopback && is_loopback(url->authority());
}

std::optional<Refusal> Access::foreign(web::Request const& request) const {
    auto const host = request.headers.find("Host");
    if (host && !host_allowed(*host)) return Refusal{403, invalid_request, "the Host is not one of ours"};
    auto const origin = request.headers.find("Origin");
    if (origin && !origin_allowed(*origin, host && is_loopback(*host)))
        return Refusal{403, invalid_request, "the Origin is not one of ours"};
    return std::nullopt;
}

std::optional<Refusal> Access::refusal(web::Request const& request) const {
    if (auto refusal = foreign(request)) return refusal;
    if (!web::has_json_content(request)) return Refusal{415, invalid_request, "send application/json"};
    if (web::negotiate(request, {web::json_type}).empty())
        return Refusal{406, invalid_request, "accept application/json, and text/event-stream where progress is wanted"};
    return std::nullopt;
}

void Access::answer_preflight(web::Request const& request, web::Response& response) const {
    response.status = 204;
    response.header("Allow", "OPTIONS, POST");
    if (foreign(request)) {
        response.status = 403;
        return;
    }
    share_with_page(request, response);
    response.header("Access-Control-Allow-Methods", "POST");
    response.header("Access-Control-Allow-Headers",
                    "Accept, Authorization, Content-Type, Idempotency-Key, MCP-Protocol-Version, Mcp-Method, Mcp-Name, "
                    "Request-Id, UCP-Agent");
    response.header("Access-Control-Max-Age", "600");
}

void share_with_page(web::Request const& request, web::Response& response) {
    auto const origin = request.headers.find("Origin");
    if (!origin) return;
    response.header("Access-Control-Allow-Origin", std::string(*origin));
    response.header("Access-Control-Expose-Headers", "Audit-Entry, Request-Id, Retry-After, WWW-Authenticate");
    response.header("Vary", "Origin");
}

}  // namespace b2a::protocol::mcp
