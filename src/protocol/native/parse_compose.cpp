// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/protocol/need.hpp"

#include "compose.hpp"

namespace b2a::protocol::native {
namespace {

using json::Presence;
using json::Reader;
using shopping::ComposeQuery;
using shopping::ComposeRule;
using shopping::ComposeSlot;

/// What was read of a slot and can only be judged when the currency of the answer is known.
struct SlotPrices {
    std::vector<std::optional<Currency>> currencies;  // by slot
};

void read_list(Reader& reader, std::string_view key, std::size_t count_max, std::vector<std::string>& out) {
    if (auto values = reader.strings(key, count_max, limits::id_bytes_max)) out = *std::move(values);
}

/// Text and yes or no; numbers are for a search.
void read_attribute(Reader& reader, ComposeSlot& slot) {
    refuse_unknown(reader, {"name", "any_of"});
    catalog::AttributeFilter filter;
    filter.name = reader.string("name", limits::id_bytes_max, Presence::required).value_or("");
    read_list(reader, "any_of", limits::search_filters_max, filter.any_of);
    if (filter.any_of.empty()) reader.problem("any_of", "needs at least one value");
    slot.attributes.push_back(std::move(filter));
}

void read_price_max(Reader& reader, ComposeSlot& slot, SlotPrices& prices) {
    refuse_unknown(reader, {"amount", "currency"});
    slot.price_max_minor = reader.integer("amount", 0, money_minor_max, Presence::required);
    auto const code = reader.string("currency", 3, Presence::required);
    auto const currency = code ? Currency::parse(*code) : std::nullopt;
    if (code && !currency) reader.problem("currency", "no ISO 4217 currency");
    prices.currencies.back() = currency;
}

void read_slot(Reader& reader, ComposeQuery& query, SlotPrices& prices) {
    refuse_unknown(reader, {"name", "query", "categories", "brands", "products", "garment", "attributes", "member",
                            "quantity", "per_person", "required", "price_max"});
    ComposeSlot slot;
    prices.currencies.emplace_back();
    slot.name = reader.string("name", limits::id_bytes_max, Presence::required).value_or("");
    auto const same = [&](ComposeSlot const& other) { return other.name == slot.name; };
    if (slot.name.empty()) reader.problem("name", "must not be empty");
    else if (std::ranges::any_of(query.slots, same)) reader.problem("name", "another slot has this name");
    slot.query = reader.string("query", limits::text_query_bytes_max).value_or("");
    read_list(reader, "categories", limits::search_filters_max, slot.categories);
    read_list(reader, "brands", limits::search_filters_max, slot.brands);
    read_list(reader, "products", limits::lookup_ids_max, slot.products);
    slot.garment = read_choice(reader, "garment", domain::garment_from_text, "garment");
    reader.objects("attributes", limits::search_filters_max, [&](Reader& r) { read_attribute(r, slot); });
    bool const narrowed = !slot.query.empty() || !slot.categories.empty() || !slot.brands.empty() ||
                          !slot.products.empty() || slot.garment || !slot.attributes.empty();
    if (!narrowed && reader.problems().empty())
        reader.problem("", "needs products, a query, categories, brands, a garment or attributes");
    slot.member = reader.string("member", limits::member_id_bytes_max).value_or("");
    slot.quantity = reader.integer("quantity", 1, limits::line_quantity_max).value_or(1);
    slot.per_person = reader.boolean("per_person").value_or(false);
    slot.required = reader.boolean("required").value_or(true);
    if (slot.per_person && !slot.member.empty()) reader.problem("member", "must not stand beside per_person");
    reader.object("price_max", [&](Reader& r) { read_price_max(r, slot, prices); });
    query.slots.push_back(std::move(slot));
}

void read_rule(Reader& reader, ComposeQuery& query) {
    using Type = ComposeRule::Type;
    refuse_unknown(reader, {"type", "slots", "count", "products", "bonus"});
    ComposeRule rule;
    auto const type = read_choice(reader, "type", shopping::compose_rule_from_text, "rule", Presence::required);
    rule.type = type.value_or(Type::same_color);
    read_list(reader, "slots", limits::compose_slots_max, rule.slots);
    read_list(reader, "products", limits::lookup_ids_max, rule.products);
    bool const counts = rule.type == Type::max_per_product || rule.type == Type::max_per_category;
    auto const count = reader.integer("count", 1, limits::compose_places_max,
                                      counts && type ? Presence::required : Presence::optional);
    if (count) rule.count = static_cast<std::uint32_t>(*count);
    if (count && !counts) reader.problem("count", "belongs to max_per_product and max_per_category");
    bool const names = rule.type == Type::incompatible;
    if (names && rule.products.size() < 2) reader.problem("products", "needs at least two products");
    if (!names && !rule.products.empty()) reader.problem("products", "belongs to incompatible");
    rule.bonus = reader.integer("bonus", 0, limits::compose_bonus_max);
    bool const may_be_soft =
        rule.type == Type::same_color || rule.type == Type::harmonious_color || rule.type == Type::same_brand;
    if (rule.bonus && !may_be_soft) reader.problem("bonus", "belongs to same_color, harmonious_color and same_brand");
    query.rules.push_back(std::move(rule));
}

void read_subject(Reader& reader, ComposeQuery& query, SlotPrices& prices) {
    query.look = reader.string("look", limits::id_bytes_max).value_or("");
    query.occasion = reader.string("occasion", limits::id_bytes_max).value_or("");
    reader.objects("slots", limits::compose_slots_max, [&](Reader& r) { read_slot(r, query, prices); });
    auto const given = (query.look.empty() ? 0 : 1) + (query.occasion.empty() ? 0 : 1) + (query.slots.empty() ? 0 : 1);
    if (given != 1 && reader.problems().empty()) reader.problem("", "needs one of look, occasion and slots");
}

Result<void> check_currencies(SlotPrices const& prices, Currency currency) {
    for (std::size_t i = 0; i < prices.currencies.size(); ++i) {
        if (!prices.currencies[i] || *prices.currencies[i] == currency) continue;
        Error error(Code::unprocessable, "the prices of this answer are in " + std::string(currency.code()),
                    "/slots/" + std::to_string(i) + "/price_max");
        error.reason = "other_currency";
        return error;
    }
    return {};
}

}  // namespace

Result<ComposeQuery> parse_compose(json::View root, Site const& site) {
    ComposeQuery query;
    SlotPrices prices;
    NeedReader need;
    Reader reader(root);
    refuse_unknown(reader, {"look", "occasion", "slots", "rules", "days", "people", "currency", "work_max", "household",
                            "for", "need"});
    read_subject(reader, query, prices);
    reader.objects("rules", limits::compose_rules_max, [&](Reader& r) { read_rule(r, query); });
    if (auto const days = reader.integer("days", 1, limits::compose_days_max))
        query.days = static_cast<std::uint32_t>(*days);
    if (auto const people = reader.integer("people", 1, limits::compose_people_max))
        query.people = static_cast<std::uint32_t>(*people);
    if (auto const work = reader.integer("work_max", 1, static_cast<std::int64_t>(limits::compose_work_max)))
        query.work_max = static_cast<std::uint64_t>(*work);
    auto currency = site.default_currency;
    if (auto const code = reader.string("currency", 3)) {
        auto const named = Currency::parse(*code);
        if (named) currency = *named;
        else reader.problem("currency", "no ISO 4217 currency");
    }
    need.read(reader);
    B2A_CHECK(reader.finish());
    B2A_CHECK(check_currencies(prices, currency));
    B2A_TRY(known, need.finish(currency));
    query.need = std::move(known);
    return query;
}

}  // namespace b2a::protocol::native
