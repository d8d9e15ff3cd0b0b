// SPDX-License-Identifier: Apache-2.0
#include "b2a/policy/stop.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"

#include "policy/block.hpp"
#include "policy/schema.hpp"

namespace b2a::policy {
namespace {

constexpr std::size_t id_bytes_max = 2048;  // agents are named by URLs

bool in_market(std::string const& market, Facts const& facts) noexcept {
    if (!facts.country) return facts.action == Action::checkout_complete;
    return iequals(*facts.country, market);
}

bool holds_product(std::string const& product, Facts const& facts) noexcept {
    return std::ranges::any_of(facts.lines, [&](FactLine const& line) { return line.product_id == product; });
}

void write_scope(json::Writer& json, StopScope const& scope) {
    json.begin_object();
    if (!scope.actions.empty()) {
        json.key("actions").begin_array();
        for (auto const action : scope.actions) json.value(to_text(action));
        json.end_array();
    }
    json.member_if("agent", scope.agent).member_if("class", scope.agent_class).member_if("handler", scope.handler);
    json.member_if("market", scope.market).member_if("product", scope.product);
    if (scope.protocol) json.member("protocol", to_text(*scope.protocol));
    json.end_object();
}

void read_actions(json::Reader& reader, StopScope& scope) {
    auto const patterns = reader.strings("actions", action_count, limits::policy_name_bytes_max);
    if (!patterns) return;
    ActionSet actions;
    for (auto const& pattern : *patterns)
        if (!add_actions(pattern, actions)) reader.problem("actions", "names no action: " + pattern.substr(0, 64));
    for (std::size_t i = 0; i < action_count; ++i)
        if (actions.test(i)) scope.actions.push_back(static_cast<Action>(i));
}

void read_scope(json::Reader& reader, StopScope& scope) {
    constexpr std::array known{"actions", "agent", "class", "handler", "market", "product", "protocol"};
    reader.view().each_member([&](std::string_view key, json::View) {
        if (std::ranges::find(known, key) == known.end())
            reader.problem(key.substr(0, 64), "is no part of a scope");  // a mistyped one would stop everything
    });
    read_actions(reader, scope);
    scope.agent = reader.string("agent", id_bytes_max).value_or("");
    scope.agent_class = reader.string("class", limits::policy_name_bytes_max).value_or("");
    scope.product = reader.string("product", limits::id_bytes_max).value_or("");
    scope.handler = reader.string("handler", limits::id_bytes_max).value_or("");
    if (auto const market = reader.string("market", 2)) {
        auto const number = country_number(*market);
        if (number) scope.market = country_text(*number);
        else reader.problem("market", "is a country of two letters");
    }
    if (auto const protocol = reader.string("protocol", limits::policy_name_bytes_max)) {
        scope.protocol = protocol_from_text(*protocol);
        if (!scope.protocol) reader.problem("protocol", "is one of: native, ucp, acp, mcp, a2a");
    }
}

}  // namespace

bool is_in_force(Stop const& stop, Timestamp now) noexcept {
    return !stop.expires || now < *stop.expires;
}

bool covers(StopScope const& scope, Facts const& facts) noexcept {
    auto const& agent = *facts.principal;
    if (agent.trust == TrustLevel::operator_) return false;
    if (scope.protocol && *scope.protocol != agent.protocol) return false;
    if (!scope.agent.empty() && scope.agent != agent.id) return false;
    if (!scope.agent_class.empty() && scope.agent_class != agent.agent_class) return false;
    if (!scope.actions.empty() && std::ranges::find(scope.actions, facts.action) == scope.actions.end()) return false;
    if (!scope.product.empty() && !holds_product(scope.product, facts)) return false;
    if (!scope.handler.empty() && facts.payment_handler != scope.handler) return false;
    return scope.market.empty() || in_market(scope.market, facts);
}

Stop const* stopped_by(std::vector<Stop> const& stops, Facts const& facts) noexcept {
    auto const found =
        std::ranges::find_if(stops, [&](Stop const& s) { return is_in_force(s, facts.now) && covers(s.scope, facts); });
    return found == stops.end() ? nullptr : &*found;
}

bool is_general(StopScope const& scope) noexcept {
    return scope.agent.empty() && scope.agent_class.empty() && scope.product.empty() && scope.handler.empty() &&
           scope.market.empty();
}

Result<StopScope> read_scope(json::View object) {
    json::Reader reader(object);
    StopScope scope;
    read_scope(reader, scope);
    B2A_CHECK(reader.finish());
    return scope;
}

std::string to_json(StopScope const& scope) {
    std::string out;
    json::Writer json(out);
    write_scope(json, scope);
    return out;
}

std::string to_json(Stop const& stop) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("author", stop.author).member("created", to_micros(stop.created));
    if (stop.expires) json.member("expires", to_micros(*stop.expires));
    json.member("id", stop.id).member("reason", stop.reason).key("scope");
    write_scope(json, stop.scope);
    json.end_object();
    return out;
}

Result<Stop> stop_from_json(std::string_view text) {
    json::Document document;
    B2A_TRY(root, document.parse(text));
    json::Reader reader(root);
    Stop stop;
    auto const whenever = std::numeric_limits<std::int64_t>::max();
    stop.id = reader.string("id", limits::id_bytes_max, json::Presence::required).value_or("");
    stop.author = reader.string("author", id_bytes_max).value_or("");
    stop.reason = reader.string("reason", limits::policy_text_bytes_max).value_or("");
    stop.created = from_micros(reader.integer("created", 0, whenever, json::Presence::required).value_or(0));
    if (auto const expires = reader.integer("expires", 0, whenever)) stop.expires = from_micros(*expires);
    reader.object("scope", [&](json::Reader& r) { read_scope(r, stop.scope); }, json::Presence::required);
    B2A_CHECK(reader.finish());
    return stop;
}

}  // namespace b2a::policy
