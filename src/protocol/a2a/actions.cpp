// SPDX-License-Identifier: Apache-2.0
#include "protocol/a2a/actions.hpp"

#include <algorithm>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/copy.hpp"
#include "b2a/json/value.hpp"

#include "embedded/a2a_schemas.hpp"

namespace b2a::protocol::a2a {
namespace {

using json::View;

constexpr std::string_view checkout_key = "a2a.ucp.checkout";

constexpr Action actions[] = {
    {"search_catalog", "a2a.search_catalog", "search_catalog", "catalog", {}, "a2a.ucp.catalog"},
    {"get_product", "a2a.get_product", "get_product", "catalog", {}, "a2a.ucp.product"},
    {"create_checkout", "a2a.create_checkout", "create_checkout", "checkout", {}, checkout_key},
    {"add_to_checkout", "a2a.add_to_checkout", "add_to_checkout", "item", "checkout_id", checkout_key},
    {"remove_from_checkout", "a2a.remove_from_checkout", "remove_from_checkout", "item", "checkout_id", checkout_key},
    {"update_checkout", "a2a.update_checkout", "change_checkout", "checkout", "checkout_id", checkout_key},
    {"apply_discount", "a2a.apply_discount", "change_checkout", "checkout", "checkout_id", checkout_key},
    {"set_shipping_address", "a2a.set_shipping_address", "change_checkout", "checkout", "checkout_id", checkout_key},
    {"select_shipping_option", "a2a.select_shipping_option", "change_checkout", "checkout", "checkout_id",
     checkout_key},
    {"get_checkout", "a2a.get_checkout", "get_checkout", {}, "checkout_id", checkout_key},
    {"complete_checkout", "a2a.complete_checkout", "complete_checkout", "checkout", "checkout_id", checkout_key},
    {"cancel_checkout", "a2a.cancel_checkout", "cancel_checkout", {}, "checkout_id", checkout_key},
    {"get_order", "a2a.get_order", "get_order", {}, "order_id", "a2a.ucp.order"},
};

std::string id_in(Action const& action, Incoming const& incoming) {
    if (action.id.empty()) return {};
    auto const member = incoming.action.get(action.id);
    auto const text = member ? member->as_string() : std::nullopt;
    if (text && text->size() <= limits::id_bytes_max) return std::string(*text);
    return action.id == "checkout_id" ? incoming.checkout_id : std::string();
}

/// Members that are payloads of UCP's own are no input of an action.
bool is_payload(std::string_view key) {
    return key.starts_with("a2a.") || key == "ap2";
}

void write_body(json::Writer& json, Action const& action, Incoming const& incoming) {
    struct Payload {
        std::string_view key;
        View view;
    };
    std::vector<Payload> payloads;
    if (action.name == "complete_checkout")
        for (auto const& payload : {Payload{"payment", incoming.payment}, Payload{"signals", incoming.signals},
                                    Payload{"ap2", incoming.mandate}})
            if (payload.view.is(json::Kind::object)) payloads.push_back(payload);
    json.begin_object();
    for (auto const& payload : payloads) {
        json.key(payload.key);
        json::copy(json, payload.view);
    }
    incoming.action.each_member([&](std::string_view key, View member) {
        // A payment may also come as a member of the action, unless it has a part of its own.
        bool const taken = std::ranges::find(payloads, key, &Payload::key) != payloads.end();
        if (key == "action" || key == action.id || is_payload(key) || taken) return;
        json.key(key);
        json::copy(json, member);
    });
    json.end_object();
}

json::Value const& documented() {
    static json::Value const document = [] {
        auto parsed = json::parse_value(a2a_schemas::actions);
        B2A_ASSERT(parsed.ok());  // compiled in
        return *std::move(parsed);
    }();
    return document;
}

}  // namespace

Action const* find_action(std::string_view name) noexcept {
    auto const found = std::ranges::find(actions, name, &Action::name);
    return found == std::end(actions) ? nullptr : &*found;
}

std::string arguments_of(Action const& action, Incoming const& incoming) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("meta").begin_object().member("idempotency-key", incoming.message_id).end_object();
    json.member_if("id", id_in(action, incoming));
    if (!action.argument.empty()) {
        json.key(action.argument);
        write_body(json, action, incoming);
    }
    json.end_object();
    return out;
}

std::string checkout_arguments(std::string_view checkout_id) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member_if("id", checkout_id).end_object();
    return out;
}

std::string_view actions_document() noexcept {
    return a2a_schemas::actions;
}

std::string const& actions_summary() {
    static std::string const summary = [] {
        auto out = json::Value::array();
        for (auto const& action : documented().at("actions"))
            out.push_back({{"name", action.at("name")},
                           {"description", action.at("description")},
                           {"example", action.at("example")}});
        return out.dump();
    }();
    return summary;
}

std::string const& skills() {
    static std::string const members = [] {
        std::string out;
        for (auto const& action : documented().at("actions")) {
            json::Value const skill{{"id", action.at("name")},
                                    {"name", action.at("title")},
                                    {"description", action.at("description")},
                                    {"tags", action.at("tags")},
                                    {"examples", json::Value::array({action.at("example").dump()})},
                                    {"inputModes", {"application/json"}},
                                    {"outputModes", {"application/json"}}};
            out.append(out.empty() ? "" : ",").append(skill.dump());
        }
        return out;
    }();
    return members;
}

std::string action_of_text(std::string_view text) {
    constexpr std::string_view search = "search:";
    auto const line = trim(text);
    if (line.size() <= search.size() || !iequals(line.substr(0, search.size()), search)) return {};
    std::string out;
    json::Writer json(out);
    json.begin_object().member("action", "search_catalog").member("query", trim(line.substr(search.size())));
    json.end_object();
    return out;
}

}  // namespace b2a::protocol::a2a
