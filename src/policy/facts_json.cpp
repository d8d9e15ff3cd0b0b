// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/policy/record.hpp"

namespace b2a::policy {
namespace {

constexpr std::int64_t exact_max = (std::int64_t{1} << 53) - 1;  // RFC 8785
constexpr std::size_t texts_kept_max = 64;
constexpr std::size_t text_bytes_max = 2048;
constexpr std::size_t codes_max = 1'000;

void write_texts(json::Writer& json, std::string_view name, std::optional<std::vector<std::string>> const& texts) {
    if (!texts) return;
    json.key(name).begin_array();
    for (std::size_t i = 0; i < std::min(texts->size(), texts_kept_max); ++i) json.value((*texts)[i]);
    json.end_array();
}

void write_number(json::Writer& json, std::string_view name, std::optional<std::int64_t> number) {
    if (number) json.member(name, std::clamp(*number, -exact_max, exact_max));
}

void write_lines(json::Writer& json, std::vector<FactLine> const& lines) {
    if (lines.empty()) return;
    json.key("lines").begin_array();
    for (auto const& line : lines) {
        json.begin_object().member("product", line.product_id);
        write_number(json, "quantity", line.quantity);
        json.end_object();
    }
    json.end_array();
}

void read_facts(json::Reader& reader, Recorded& out) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto& facts = out.facts;
    facts.approved = reader.boolean("approved").value_or(false);
    facts.categories = reader.strings("categories", texts_kept_max, text_bytes_max);
    out.principal.agent_class = reader.string("class", text_bytes_max).value_or("");
    facts.country = reader.string("country", text_bytes_max);
    facts.external = reader.boolean("external");
    facts.payment_handler = reader.string("handler", text_bytes_max);
    facts.item_count = reader.integer("item_count", -most, most);
    reader.objects("lines", limits::checkout_lines_max, [&](json::Reader& r) {
        auto id = r.string("product", text_bytes_max, json::Presence::required).value_or("");
        facts.lines.push_back({std::move(id), r.integer("quantity", -most, most).value_or(0)});
    });
    facts.mandate_verified = reader.boolean("mandate");
    facts.quantity_max = reader.integer("quantity_max", -most, most);
    out.principal.registered = reader.boolean("registered").value_or(false);
    facts.tags = reader.strings("tags", texts_kept_max, text_bytes_max);
    reader.object("total", [&](json::Reader& r) {
        auto const currency = Currency::parse(r.string("currency", 3).value_or(""));
        auto const minor = r.integer("amount", -most, most);
        if (currency && minor) facts.total = Money{*minor, *currency};
    });
}

Result<std::optional<Recorded>> read_entry(json::Reader& reader) {
    Recorded out;
    auto const action = action_from_text(reader.string("action", text_bytes_max).value_or(""));
    auto const outcome = reader.string("outcome", text_bytes_max).value_or("");
    auto const time = from_rfc3339(reader.string("time", text_bytes_max).value_or(""));
    auto const protocol = protocol_from_text(reader.string("protocol", text_bytes_max).value_or(""));
    auto const trust = reader.integer("trust", 0, static_cast<int>(TrustLevel::operator_));
    if (!action || !time || !protocol || !trust || !reader.has("facts")) return std::optional<Recorded>{};
    for (auto const one : {Outcome::allow, Outcome::deny, Outcome::needs_approval})
        if (to_text(one) == outcome) out.outcome = one;
    out.seq = static_cast<std::uint64_t>(reader.integer("seq", 0, exact_max).value_or(0));
    out.decision_id = reader.string("decision_id", text_bytes_max).value_or("");
    out.subject = reader.string("subject", text_bytes_max).value_or("");
    out.ruleset = reader.string("ruleset", text_bytes_max).value_or("");
    out.codes = reader.strings("reasons", codes_max, text_bytes_max).value_or(out.codes);
    out.rules = reader.strings("rules", limits::policy_rules_max, text_bytes_max).value_or(out.rules);
    out.time = *time;
    out.principal.id = reader.string("agent", text_bytes_max).value_or("");
    out.principal.trust = static_cast<TrustLevel>(*trust);
    out.principal.protocol = *protocol;
    out.facts.action = *action;
    out.facts.now = *time;
    reader.object("facts", [&](json::Reader& r) { read_facts(r, out); });
    B2A_CHECK(reader.finish());
    return std::optional(std::move(out));
}

}  // namespace

std::string facts_to_json(Facts const& facts) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    if (facts.approved) json.member("approved", true);
    write_texts(json, "categories", facts.categories);
    json.member_if("class", facts.principal->agent_class);
    if (facts.country) json.member("country", *facts.country);
    if (facts.external) json.member("external", *facts.external);
    if (facts.payment_handler) json.member("handler", *facts.payment_handler);
    write_number(json, "item_count", facts.item_count);
    write_lines(json, facts.lines);
    if (facts.mandate_verified) json.member("mandate", *facts.mandate_verified);
    write_number(json, "quantity_max", facts.quantity_max);
    if (facts.principal->registered) json.member("registered", true);
    write_texts(json, "tags", facts.tags);
    if (facts.total) {
        json.key("total").begin_object();
        write_number(json, "amount", facts.total->minor);
        json.member("currency", facts.total->currency.code()).end_object();
    }
    json.end_object();
    return out;
}

Result<std::optional<Recorded>> read_recorded(std::string_view entry) {
    json::Document document;
    B2A_TRY(root, document.parse(entry));
    json::Reader reader(root);
    return read_entry(reader);
}

}  // namespace b2a::policy
