// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/catalog_json.hpp"
#include "b2a/protocol/need.hpp"
#include "b2a/protocol/presentation.hpp"

#include "compare.hpp"
#include "landed.hpp"
#include "render_parts.hpp"
#include "search.hpp"
#include "write_parts.hpp"

namespace b2a::protocol::native {
namespace {

using shopping::RebuiltLine;

struct Shown {
    Site const& site;
    RenderCache& cache;
    catalog::Snapshot const& snapshot;
    Currency currency;
};

void write_asked(json::Writer& json, shopping::AskedLine const& asked) {
    json.key("asked").begin_object().member(to_text(asked.by), asked.name).member_if("title", asked.title);
    json.member("quantity", asked.quantity);
    if (asked.price) {
        json.key("price");
        write_money(json, *asked.price);
    }
    json.end_object();
}

void write_reference(json::Writer& json, catalog::VariantRef const& ref) {
    json.begin_object().member("variant_id", ref.variant->id).member("product_id", ref.product->id);
    json.member("title", ref.variant->title.empty() ? ref.product->title : ref.variant->title).end_object();
}

void write_side(json::Writer& json, std::string_view key, std::optional<domain::AttributeValue> const& value) {
    json.key(key);
    if (!value) json.null();
    else if (auto const* text = std::get_if<std::string>(&*value)) json.value(*text);
    else if (auto const* flag = std::get_if<bool>(&*value)) json.value(*flag);
    else if (auto const* quantity = std::get_if<domain::Quantity>(&*value))
        json.value(decimal_text(quantity->mantissa, quantity->scale) + " " + quantity->unit);
}

void write_differences(json::Writer& json, std::vector<shopping::Difference> const& differences) {
    json.key("differences").begin_array();
    for (auto const& difference : differences) {
        json.begin_object().member("name", difference.name);
        write_side(json, "was", difference.was);
        write_side(json, "now", difference.now);
        json.end_object();
    }
    json.end_array();
}

void write_price_change(json::Writer& json, std::optional<shopping::PriceChange> const& price) {
    json.key("price_change");
    if (!price) {
        json.null();
        return;
    }
    json.begin_object().key("was");
    write_money(json, price->was);
    json.key("now");
    write_money(json, price->now);
    json.member("difference", price->now.minor - price->was.minor).end_object();
}

/// False: a disclosure was missing.
bool write_line(json::Writer& json, Shown const& shown, shopping::AskedLine const& asked, RebuiltLine const& line) {
    json.begin_object();
    write_asked(json, asked);
    json.member("outcome", to_text(line.outcome));
    if (line.change != shopping::Change::none) json.member("change", to_text(line.change));
    json.member_if("source", line.source);
    if (line.meant && (!line.variant || line.meant->variant_index != line.variant->variant_index)) {
        json.key("meant");
        write_reference(json, *line.meant);
    }
    if (line.variant) {
        auto const product = line.variant->product_index;
        auto const summary = lawful_summary(shown.site, shown.cache, shown.snapshot, product, shown.currency);
        if (summary.empty()) return false;
        json.member_raw("product", summary).key("variant");
        write_variant_summary(json, shown.snapshot, shown.site, shown.currency, *line.variant);
    }
    json.member("quantity", line.quantity);
    write_differences(json, line.differences);
    write_price_change(json, line.price);
    write_constraints(json, line.constraints, shown.snapshot.revision());
    json.key("alternatives").begin_array();
    for (auto const& ref : line.alternatives) write_reference(json, ref);
    json.end_array().end_object();
    return true;
}

/// What is to be bought, each variant once.
std::vector<shopping::LandedLine> bought(shopping::RebuiltBasket const& basket) {
    std::vector<shopping::LandedLine> out;
    for (auto const& line : basket.lines) {
        if (!line.variant) continue;
        auto const& id = line.variant->variant->id;
        auto const known = std::ranges::find(out, id, &shopping::LandedLine::variant_id);
        if (known == out.end()) out.push_back({id, line.quantity});
        else known->quantity += line.quantity;
    }
    return out;
}

void write_context(json::Writer& json, shopping::Need const& need) {
    json.key("context").begin_object();
    if (need.ship_to) {
        json.member("address_country", need.ship_to->country);
        json.member_if("address_region", need.ship_to->region).member_if("postal_code", need.ship_to->postal_code);
    }
    json.member("currency", need.currency.code()).end_object();
}

/// The bodies that create a cart, or a checkout, in each protocol: ids and quantities, never a price.
void write_cart(json::Writer& json, shopping::Need const& need, std::vector<shopping::LandedLine> const& lines) {
    json.key("cart");
    if (lines.empty()) {
        json.null();
        return;
    }
    json.begin_object().key("native").begin_object().key("items").begin_array();
    for (auto const& line : lines)
        json.begin_object().member("variant_id", line.variant_id).member("quantity", line.quantity).end_object();
    json.end_array();
    write_context(json, need);
    json.end_object().key("ucp").begin_object().key("line_items").begin_array();
    for (auto const& line : lines) {
        json.begin_object().key("item").begin_object().member("id", line.variant_id).end_object();
        json.member("quantity", line.quantity).end_object();
    }
    json.end_array();
    write_context(json, need);
    json.end_object().key("acp").begin_object().key("line_items").begin_array();
    for (auto const& line : lines)
        json.begin_object().member("id", line.variant_id).member("quantity", line.quantity).end_object();
    json.end_array().member("currency", to_ascii_lower(need.currency.code()));
    json.key("capabilities").begin_object().end_object().end_object().end_object();
}

}  // namespace

bool render_rebuilt(std::string& out, Site const& site, RenderCache& cache, shopping::RebuildQuery const& query,
                    service::RebuiltView const& view) {
    auto const& basket = view.basket;
    auto const currency = query.need.currency;
    Shown const shown{site, cache, *view.snapshot, currency};
    json::Writer json(out);
    json.begin_object().member("catalog_revision", view.snapshot->revision()).member("currency", currency.code());
    json.key("lines").begin_array();
    for (auto const& line : basket.lines)
        if (!write_line(json, shown, query.lines.at(line.asked), line)) return false;
    json.end_array();
    write_landed(json, basket.landed, currency);
    std::vector<shopping::Verdict> budget;
    if (basket.budget) budget.push_back(*basket.budget);
    write_constraints(json, budget, view.snapshot->revision());
    write_cart(json, query.need, bought(basket));
    json.end_object();
    return true;
}

}  // namespace b2a::protocol::native
