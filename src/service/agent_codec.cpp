// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/assert.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/value.hpp"
#include "b2a/service/agents.hpp"

namespace b2a::service {
namespace {

json::Value to_json(std::vector<Money> const& amounts) {
    auto out = json::Value::array();
    for (auto const& one : amounts) out.push_back({{"amount", one.minor}, {"currency", one.currency.code()}});
    return out;
}

json::Value to_json(policy::AgentLimits const& limits) {
    json::Value out = json::Value::object();
    if (limits.requests_per_minute) out["requests_per_minute"] = *limits.requests_per_minute;
    if (limits.quantity_max) out["quantity_max"] = *limits.quantity_max;
    if (!limits.order_total_max.empty()) out["order_total_max"] = to_json(limits.order_total_max);
    if (!limits.daily_total_max.empty()) out["daily_total_max"] = to_json(limits.daily_total_max);
    return out;
}

std::vector<Money> read_amounts(json::Reader& reader, std::string_view key) {
    std::vector<Money> out;
    reader.objects(key, limits::agent_amounts_max, [&](json::Reader& one) {
        auto const minor = one.integer("amount", 0, money_minor_max, json::Presence::required);
        auto const code = one.string("currency", 3, json::Presence::required);
        auto const currency = Currency::parse(code.value_or(""));
        if (code && !currency) one.problem("currency", "is no ISO 4217 code");
        if (minor && currency) out.push_back({*minor, *currency});
    });
    return out;
}

std::vector<std::string> texts(json::Reader& reader, std::string_view key, std::size_t bytes_max) {
    return reader.strings(key, limits::agent_keys_max, bytes_max).value_or(std::vector<std::string>());
}

}  // namespace

std::shared_ptr<policy::AgentLimits const> read_agent_limits(json::Reader& reader) {
    std::shared_ptr<policy::AgentLimits> out;
    reader.object("limits", [&](json::Reader& one) {
        out = std::make_shared<policy::AgentLimits>();
        out->requests_per_minute = one.integer("requests_per_minute", 0, limits::policy_limit_count_max);
        out->quantity_max = one.integer("quantity_max", 0, limits::line_quantity_max);
        out->order_total_max = read_amounts(one, "order_total_max");
        out->daily_total_max = read_amounts(one, "daily_total_max");
    });
    return out;
}

std::string encode_agent(policy::Agent const& agent) {
    json::Value out{{"id", agent.id},
                    {"owner", agent.owner},
                    {"class", agent.agent_class},
                    {"suspended", agent.suspended},
                    {"created", to_micros(agent.created)},
                    {"keys", agent.keys},
                    {"public_keys", agent.public_keys}};
    auto tokens = json::Value::array();
    for (auto const& token : agent.tokens) tokens.push_back(to_hex(token));
    out["tokens"] = std::move(tokens);
    if (agent.limits) out["limits"] = to_json(*agent.limits);
    auto bytes = json::canonical(out);
    B2A_ASSERT(bytes.ok());  // integers and text only
    return *std::move(bytes);
}

Result<policy::Agent> decode_agent(std::string_view body) {
    json::Document document;
    B2A_TRY(root, document.parse(body));
    json::Reader reader(root);
    policy::Agent agent;
    agent.id = reader.string("id", limits::agent_id_bytes_max, json::Presence::required).value_or("");
    agent.owner = reader.string("owner", limits::agent_text_bytes_max).value_or("");
    agent.agent_class = reader.string("class", limits::policy_name_bytes_max).value_or("");
    agent.suspended = reader.boolean("suspended").value_or(false);
    agent.created = from_micros(reader.integer("created", 0, INT64_MAX).value_or(0));
    agent.keys = texts(reader, "keys", limits::id_bytes_max);
    agent.public_keys = texts(reader, "public_keys", limits::agent_jwk_bytes_max);
    for (auto const& hex : texts(reader, "tokens", 2 * sizeof(Digest))) {
        auto const bytes = from_hex(hex);
        if (!bytes || bytes->size() != sizeof(Digest)) {
            reader.problem("tokens", "is no list of SHA-256 digests");
            continue;
        }
        std::ranges::copy(*bytes, agent.tokens.emplace_back().begin());
    }
    agent.limits = read_agent_limits(reader);
    B2A_CHECK(reader.finish());
    return agent;
}

}  // namespace b2a::service
