// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/protocol/need.hpp"

#include "compare.hpp"

namespace b2a::protocol::native {
namespace {

using json::Presence;
using json::Reader;
using shopping::CompareQuery;
using shopping::RebuildQuery;

constexpr std::string_view own_criteria[] = {"price", "delivery", "returns", "unit_price"};
constexpr std::string_view named_criteria[] = {"attribute:", "nutrient:"};

Currency read_currency(Reader& reader, Currency fallback) {
    auto const code = reader.string("currency", 3);
    if (!code) return fallback;
    auto const currency = Currency::parse(*code);
    if (!currency) reader.problem("currency", "no ISO 4217 currency");
    return currency.value_or(fallback);
}

void read_weight(Reader& reader, std::string_view name, json::View value, CompareQuery& query) {
    auto const is_own = std::ranges::find(own_criteria, name) != std::end(own_criteria);
    auto const is_named = std::ranges::any_of(
        named_criteria, [&](auto prefix) { return name.starts_with(prefix) && name.size() > prefix.size(); });
    if (name.size() > limits::id_bytes_max || (!is_own && !is_named))
        return reader.problem(name,
                              "is no criterion; there are: price, delivery, returns, unit_price, "
                              "attribute:NAME, nutrient:NAME");
    auto const weight = value.as_int();
    auto const least = is_own ? 0 : -limits::compare_weight_max;
    if (!weight || *weight < least || *weight > limits::compare_weight_max)
        return reader.problem(name, "must be a whole number from " + std::to_string(least) + " to " +
                                        std::to_string(limits::compare_weight_max));
    if (*weight == 0 && is_named) return reader.problem(name, "must not be 0: its sign says which end is better");
    query.weights.push_back({std::string(name), *weight});
}

void read_weights(Reader& reader, CompareQuery& query) {
    if (reader.view().size() > limits::compare_weights_max)
        return reader.problem("", "must have at most " + std::to_string(limits::compare_weights_max) + " members");
    reader.view().each_member(
        [&](std::string_view name, json::View value) { read_weight(reader, name, value, query); });
    auto const counts = [](shopping::Weight const& weight) { return weight.weight != 0; };
    if (reader.problems().empty() && std::ranges::none_of(query.weights, counts))
        reader.problem("", "needs a weight that is not 0");
}

void read_compared(Reader& reader, CompareQuery& query) {
    auto items = reader.strings("items", limits::compare_items_max, limits::id_bytes_max, Presence::required);
    if (!items) return;
    query.items = *std::move(items);
    if (query.items.size() < limits::compare_items_min)
        reader.problem("items", "must have at least " + std::to_string(limits::compare_items_min) + " entries");
}

std::optional<shopping::NamedBy> naming(Reader& reader, shopping::AskedLine& line) {
    using shopping::NamedBy;
    std::optional<NamedBy> out;
    for (auto const by : {NamedBy::id, NamedBy::sku, NamedBy::gtin, NamedBy::text}) {
        auto const bytes_max = by == NamedBy::text ? limits::text_query_bytes_max : limits::id_bytes_max;
        auto name = reader.string(to_text(by), bytes_max);
        if (!name) continue;
        if (name->empty()) reader.problem(to_text(by), "must not be empty");
        if (out) reader.problem(to_text(by), "must not stand beside " + std::string(to_text(*out)));
        out = by;
        line.name = *std::move(name);
    }
    return out;
}

bool is_gtin(std::string_view text) {
    return text.size() >= 8 && text.size() <= 14 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

shopping::AskedLine read_line(Reader& reader) {
    refuse_unknown(reader, {"id", "sku", "gtin", "text", "quantity", "price"});
    shopping::AskedLine line;
    auto const by = naming(reader, line);
    if (!by && reader.problems().empty()) reader.problem("", "needs an id, a sku, a gtin or a text");
    line.by = by.value_or(shopping::NamedBy::id);
    if (by == shopping::NamedBy::gtin && !is_gtin(line.name)) reader.problem("gtin", "must be 8 to 14 digits");
    line.quantity = reader.integer("quantity", 1, limits::line_quantity_max).value_or(1);
    reader.object("price", [&](Reader& r) {
        refuse_unknown(r, {"amount", "currency"});
        auto const minor = r.integer("amount", 0, money_minor_max, Presence::required);
        auto const code = r.string("currency", 3, Presence::required);
        auto const currency = code ? Currency::parse(*code) : std::nullopt;
        if (code && !currency) r.problem("currency", "no ISO 4217 currency");
        if (minor && currency) line.price = Money{*minor, *currency};
    });
    return line;
}

void read_lines(Reader& reader, domain::Order const* order, RebuildQuery& query) {
    if (order != nullptr) {
        query.lines = shopping::lines_of(*order);
        if (reader.has("items")) reader.problem("items", "must not stand beside order_id: the order has the items");
        return;
    }
    reader.objects("items", limits::checkout_lines_max, [&](Reader& r) { query.lines.push_back(read_line(r)); });
    if (query.lines.empty() && reader.problems().empty())
        reader.problem("items", "is required, with at least one entry, unless there is an order_id");
}

Result<void> check_prices(RebuildQuery const& query) {
    for (std::size_t i = 0; i < query.lines.size(); ++i) {
        auto const& price = query.lines[i].price;
        if (!price || price->currency == query.need.currency) continue;
        Error error(Code::unprocessable, "the prices of this answer are in " + std::string(query.need.currency.code()),
                    "/items/" + std::to_string(i) + "/price/currency");
        error.reason = "other_currency";
        return error;
    }
    return {};
}

}  // namespace

Result<CompareQuery> parse_compare(json::View root, Site const& site) {
    CompareQuery query;
    NeedReader need;
    Reader reader(root);
    refuse_unknown(reader, {"items", "weights", "shipping_method", "currency", "household", "for", "need"});
    read_compared(reader, query);
    reader.object("weights", [&](Reader& r) { read_weights(r, query); });
    query.shipping_method = reader.string("shipping_method", limits::id_bytes_max).value_or("");
    auto const currency = read_currency(reader, site.default_currency);
    need.read(reader);
    B2A_CHECK(reader.finish());
    B2A_TRY(known, need.finish(currency));
    query.need = std::move(known);
    return query;
}

Result<std::optional<OrderId>> rebuilt_order(json::View root) {
    auto const member = root.get("order_id");
    if (!member || member->is(json::Kind::null)) return std::optional<OrderId>();
    auto const text = member->as_string();
    if (!text) return Error(Code::invalid_request, "must be a text", "/order_id");
    auto const id = OrderId::parse(*text);
    if (!id) return Error(Code::unprocessable, "no such order", "/order_id");
    return std::optional(*id);
}

Result<RebuildQuery> parse_rebuild(json::View root, Site const& site, domain::Order const* order) {
    RebuildQuery query;
    NeedReader need;
    Reader reader(root);
    refuse_unknown(reader, {"order_id", "items", "currency", "household", "for", "need"});
    read_lines(reader, order, query);
    auto const currency = read_currency(reader, order != nullptr ? order->currency : site.default_currency);
    need.read(reader);
    B2A_CHECK(reader.finish());
    B2A_TRY(known, need.finish(currency));
    query.need = std::move(known);
    if (order == nullptr) B2A_CHECK(check_prices(query));
    return query;
}

}  // namespace b2a::protocol::native
