// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/landed.hpp"

#include <algorithm>

namespace b2a::shopping {
namespace {

domain::CheckoutContent content_of(LandedQuery const& query) {
    domain::CheckoutContent content;
    for (auto const& line : query.lines) content.lines.push_back({{}, line.variant_id, line.quantity});
    if (!query.ship_to) return content;
    auto& method = content.methods.emplace_back();
    auto& address = method.destinations.emplace_back().address;
    address.country = query.ship_to->country;
    address.region = query.ship_to->region;
    address.postal_code = query.ship_to->postal_code;
    method.selected_option_id = query.shipping_method;
    return content;
}

domain::PricingFacts facts_of(catalog::Snapshot const& snapshot, LandedQuery const& query) {
    auto const& data = snapshot.data();
    domain::PricingFacts facts;
    for (auto const& line : query.lines) {
        domain::LineFacts one;
        if (auto const ref = snapshot.find_variant(line.variant_id)) {
            one.variant = ref->variant;
            one.product = ref->product;
        }
        facts.lines.push_back(one);
    }
    facts.promotions = &data.promotions;
    facts.shipping = &data.shipping;
    facts.taxes = &data.taxes;
    facts.legal = &data.legal;
    facts.catalog_revision = snapshot.revision();
    facts.now = query.now;
    return facts;
}

domain::FulfillmentMethod const* shipping_of(domain::Checkout const& checkout) {
    auto const& methods = checkout.fulfillment.methods;
    return methods.empty() ? nullptr : &methods.front();
}

/// The cheapest option that is in time, where the cheapest of all is not.
std::string better_option(domain::Checkout const& checkout, LandedQuery const& query) {
    auto const* method = shipping_of(checkout);
    if (method == nullptr || !query.needed_by || !query.shipping_method.empty()) return {};
    auto const* chosen = domain::selected_option(*method);
    if (chosen == nullptr || arrives_by(chosen->latest, *query.needed_by)) return {};
    domain::ShippingOption const* best = nullptr;
    for (auto const& option : method->options)
        if (arrives_by(option.latest, *query.needed_by) && (best == nullptr || option.minor < best->minor))
            best = &option;
    return best == nullptr ? std::string() : best->id;
}

Landed landed_of(domain::Checkout checkout, LandedQuery const& query) {
    Landed out;
    out.total = domain::total_of(checkout);
    auto const* method = shipping_of(checkout);
    if (method == nullptr) {
        out.earliest = out.latest = query.now;  // nothing has to travel
    } else if (auto const* option = domain::selected_option(*method)) {
        out.earliest = option->earliest;
        out.latest = option->latest;
        out.shipping = *option;
    } else {
        out.deliverable = !query.ship_to;
    }
    out.totals = std::move(checkout.totals);
    return out;
}

}  // namespace

bool arrives_by(Timestamp latest, std::chrono::year_month_day day) noexcept {
    return std::chrono::floor<std::chrono::days>(latest) <= std::chrono::sys_days(day);
}

Result<Landed> landed_cost(catalog::Snapshot const& snapshot, LandedQuery const& query) {
    return landed_cost(facts_of(snapshot, query), query);
}

Result<Landed> landed_cost(domain::PricingFacts const& facts, LandedQuery const& query) {
    auto content = content_of(query);
    domain::Checkout base;
    base.currency = query.currency;
    B2A_TRY(checkout, domain::apply_content(base, content, facts));
    if (checkout.lines.size() != query.lines.size())
        return Error(Code::not_found, "something is unknown or has no price in this currency");
    if (auto option = better_option(checkout, query); !option.empty()) {
        content.methods.front().selected_option_id = std::move(option);
        B2A_TRY(again, domain::apply_content(base, content, facts));
        return landed_of(std::move(again), query);
    }
    return landed_of(std::move(checkout), query);
}

}  // namespace b2a::shopping
