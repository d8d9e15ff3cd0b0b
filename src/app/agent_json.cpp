// SPDX-License-Identifier: Apache-2.0
#include "app/agent_json.hpp"

#include <array>

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::app {
namespace {

void write_amounts(json::Writer& out, std::string_view name, std::vector<Money> const& amounts) {
    if (amounts.empty()) return;
    out.key(name).begin_array();
    for (auto const& one : amounts)
        out.begin_object().member("amount", one.minor).member("currency", one.currency.code()).end_object();
    out.end_array();
}

void write_limits(json::Writer& out, policy::AgentLimits const& limits) {
    out.key("limits").begin_object();
    if (limits.requests_per_minute) out.member("requests_per_minute", *limits.requests_per_minute);
    if (limits.quantity_max) out.member("quantity_max", *limits.quantity_max);
    write_amounts(out, "order_total_max", limits.order_total_max);
    write_amounts(out, "daily_total_max", limits.daily_total_max);
    out.end_object();
}

}  // namespace

void write_agent(json::Writer& out, policy::Agent const& agent, std::string_view token) {
    out.begin_object().member("id", agent.id).member_if("owner", agent.owner).member_if("class", agent.agent_class);
    out.member("suspended", agent.suspended).member("created", to_rfc3339(agent.created));
    out.member("tokens", std::uint64_t{agent.tokens.size()}).key("keys").begin_array();
    for (auto const& key : agent.keys) out.value(key);
    out.end_array();
    if (agent.limits) write_limits(out, *agent.limits);
    out.member_if("token", token).end_object();
}

std::string issue_token(policy::Agent& agent, Random& random) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    auto token = "b2a_" + to_base64url(bytes);
    agent.tokens.push_back(crypto::sha256(token));
    return token;
}

}  // namespace b2a::app
