// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/json/writer.hpp"
#include "b2a/protocol/need.hpp"

#include "compose.hpp"
#include "render_parts.hpp"
#include "search.hpp"
#include "write_parts.hpp"

namespace b2a::protocol::native {
namespace {

using shopping::Basket;
using shopping::ComposeQuery;
using shopping::ComposeResult;

struct Page {
    Site const& site;
    RenderCache& cache;
    catalog::Snapshot const& snapshot;
    Currency currency;
};

void write_factor(json::Writer& json, shopping::Factor const& factor) {
    json.begin_object().member("name", factor.name).member("weight", factor.weight);
    json.member("points", factor.points).end_object();
}

bool write_line(json::Writer& json, Page const& page, ComposeResult const& result, shopping::ComposedLine const& line) {
    auto const summary = lawful_summary(page.site, page.cache, page.snapshot, line.ref.product_index, page.currency);
    if (summary.empty()) return false;
    json.begin_object().member("slot", result.slots.at(line.slot).asked.name).member_if("member", line.member);
    json.member("day", std::uint64_t{line.day}).member_raw("product", summary).key("variant");
    write_variant_summary(json, page.snapshot, page.site, page.currency, line.ref);
    json.member("quantity", line.quantity);
    write_amount(json, "unit_price", line.unit_minor, page.currency);
    write_amount(json, "price", line.unit_minor * line.quantity, page.currency);
    write_constraints(json, line.constraints, page.snapshot.revision());
    json.key("factors").begin_array();
    for (auto const& factor : line.factors)
        if (factor.points != 0) write_factor(json, factor);
    json.end_array().key("reasons").begin_array();
    for (auto const& reason : line.reasons) json.value(reason);
    json.end_array().end_object();
    return true;
}

void write_bonds(json::Writer& json, Basket const& basket) {
    json.key("bonds").begin_array();
    for (auto const& bond : basket.bonds) {
        json.begin_object().member("name", bond.name).key("lines").begin_array();
        json.value(static_cast<std::uint64_t>(bond.a)).value(static_cast<std::uint64_t>(bond.b)).end_array();
        json.member("points", bond.points).member("source", bond.source).end_object();
    }
    json.end_array();
}

/// Where the score comes from, added up over the lines, and over the bonds by their name.
void write_factors(json::Writer& json, Basket const& basket) {
    std::vector<shopping::Factor> sums;
    auto const add = [&](std::string_view name, std::int64_t points) {
        auto const found = std::ranges::find(sums, name, &shopping::Factor::name);
        if (found == sums.end()) sums.push_back({name, 0, points});
        else found->points += points;
    };
    for (auto const& line : basket.lines)
        for (auto const& factor : line.factors) add(factor.name, factor.points);
    for (auto const& bond : basket.bonds) add(bond.name, bond.points);
    json.member("score", basket.score).key("factors").begin_array();
    for (auto const& sum : sums)
        if (sum.points != 0) json.begin_object().member("name", sum.name).member("points", sum.points).end_object();
    json.end_array();
}

void write_delivery(json::Writer& json, shopping::Landed const& landed, Currency currency) {
    if (auto const& option = landed.shipping) {
        json.key("shipping").begin_object().member("id", option->id).member("title", option->title);
        json.member_if("carrier", option->carrier);
        write_amount(json, "amount", option->minor, currency);
        json.end_object();
    }
    if (!landed.earliest || !landed.latest) return;
    json.key("delivery").begin_object().member("earliest", to_rfc3339(*landed.earliest));
    json.member("latest", to_rfc3339(*landed.latest)).end_object();
}

bool write_basket(json::Writer& json, std::string_view key, Page const& page, ComposeResult const& result,
                  std::optional<Basket> const& basket) {
    json.key(key);
    if (!basket) {
        json.null();
        return true;
    }
    json.begin_object().key("lines").begin_array();
    for (auto const& line : basket->lines)
        if (!write_line(json, page, result, line)) return false;
    json.end_array();
    write_bonds(json, *basket);
    write_totals(json, basket->landed.totals, page.currency);
    write_delivery(json, basket->landed, page.currency);
    write_factors(json, *basket);
    json.end_object();
    return true;
}

/// A body for POST /b2a/v1/carts: a variant stands in it once.
void write_cart(json::Writer& json, ComposeQuery const& query, std::optional<Basket> const& basket) {
    json.key("cart");
    if (!basket || basket->lines.empty()) {
        json.null();
        return;
    }
    std::vector<std::pair<std::string_view, std::int64_t>> items;
    for (auto const& line : basket->lines) {
        std::string_view const id = line.ref.variant->id;
        auto const found = std::ranges::find(items, id, &std::pair<std::string_view, std::int64_t>::first);
        if (found == items.end()) items.emplace_back(id, line.quantity);
        else found->second += line.quantity;
    }
    json.begin_object().key("items").begin_array();
    for (auto const& [id, quantity] : items)
        json.begin_object().member("variant_id", id).member("quantity", quantity).end_object();
    json.end_array().key("context").begin_object().member("currency", query.need.currency.code());
    if (auto const& to = query.need.ship_to) {
        json.member("address_country", to->country).member_if("address_region", to->region);
        json.member_if("postal_code", to->postal_code);
    }
    json.end_object().end_object();
}

void write_slots(json::Writer& json, ComposeResult const& result) {
    json.key("slots").begin_array();
    for (auto const& slot : result.slots) {
        json.begin_object().member("name", slot.asked.name).member("required", slot.asked.required);
        json.member("looked_at", slot.looked_at).member("suitable", slot.suitable);
        json.member("truncated", slot.truncated).end_object();
    }
    json.end_array();
}

void write_advice(json::Writer& json, ComposeResult const& result, Currency currency) {
    json.key("relaxations").begin_array();
    for (auto const& relaxation : result.relaxations) {
        json.begin_object().key("concessions").begin_array();
        for (auto const& concession : relaxation) {
            json.begin_object().member("kind", to_text(concession.kind)).member_if("subject", concession.subject);
            if (concession.minor) write_amount(json, "to", *concession.minor, currency);
            json.end_object();
        }
        json.end_array().end_object();
    }
    json.end_array().key("blocked_by").begin_array();
    for (auto const& blocked : result.blocked_by) {
        json.begin_object().member("slot", blocked.slot).member("constraint", to_text(blocked.constraint));
        json.member_if("subject", blocked.subject).member_if("member", blocked.member);
        json.member("fails", blocked.fails).member("unknown", blocked.unknown).end_object();
    }
    json.end_array();
}

void write_proof(json::Writer& json, ComposeResult const& result) {
    json.member("optimal", result.optimal).member("runner_up_optimal", result.runner_up_optimal);
    if (result.best) json.member("score_bound", result.bound);
    json.member("work", result.work).member("work_max", result.work_max);
    json.key("weights").begin_array();
    for (auto const& weight : shopping::compose_weights())
        json.begin_object().member("name", weight.name).member("weight", weight.weight).end_object();
    json.end_array();
}

}  // namespace

bool render_composed(std::string& out, Site const& site, RenderCache& cache, ComposeQuery const& query,
                     service::ComposedView const& view) {
    auto const& result = view.result;
    Page const page{site, cache, *view.snapshot, query.need.currency};
    json::Writer json(out);
    json.begin_object().member("catalog_revision", page.snapshot.revision()).member("currency", page.currency.code());
    if (result.look != nullptr) {
        json.key("look").begin_object().member("id", result.look->id).member("title", result.look->title);
        json.member_if("brand", result.look->brand).member_if("source", result.look->source);
        json.member("synthetic", result.look->synthetic).end_object();
    }
    if (!write_basket(json, "best", page, result, result.best)) return false;
    if (!write_basket(json, "runner_up", page, result, result.runner_up)) return false;
    write_cart(json, query, result.best);
    write_proof(json, result);
    write_slots(json, result);
    write_advice(json, result, page.currency);
    json.end_object();
    return true;
}

}  // namespace b2a::protocol::native
