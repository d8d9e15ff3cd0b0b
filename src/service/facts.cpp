// SPDX-License-Identifier: Apache-2.0
#include "service/facts.hpp"

#include <algorithm>

namespace b2a::service {
namespace {

template <class Lines>
domain::PricingFacts collect(catalog::Snapshot const& snapshot, Lines const& lines, RequestContext const& context) {
    auto const& data = snapshot.data();
    domain::PricingFacts facts;
    for (auto const& line : lines) {
        domain::LineFacts one;
        if (auto const ref = snapshot.find_variant(line.variant_id)) {
            one.variant = ref->variant;
            one.product = ref->product;
            one.stock = snapshot.stock(ref->variant_index);
        }
        facts.lines.push_back(one);
    }
    facts.promotions = &data.promotions;
    facts.shipping = &data.shipping;
    facts.taxes = &data.taxes;
    facts.locations = &data.locations;
    facts.claims_attested =
        context.principal.trust >= policy::TrustLevel::request_bound || context.principal.registered;
    if (facts.claims_attested) facts.attested_by = context.principal.id;
    facts.legal = &data.legal;
    facts.catalog_revision = snapshot.revision();
    facts.now = context.now;
    return facts;
}

void sort_unique(std::vector<std::string>& names) {
    std::ranges::sort(names);
    auto const rest = std::ranges::unique(names);
    names.erase(rest.begin(), rest.end());
}

/// Of each product how much, whatever its variants. An id that is no variant of ours is counted under itself.
template <class Lines>
void add_lines(std::vector<policy::FactLine>& out, Lines const& lines, domain::PricingFacts const& pricing) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto const* product = i < pricing.lines.size() ? pricing.lines[i].product : nullptr;
        auto const& id = product != nullptr ? product->id : lines[i].variant_id;
        auto const found = std::ranges::find(out, id, &policy::FactLine::product_id);
        if (found == out.end()) out.push_back({id, lines[i].quantity});
        else if (__builtin_add_overflow(found->quantity, lines[i].quantity, &found->quantity))
            found->quantity = std::numeric_limits<std::int64_t>::max();
    }
}

template <class Lines>
policy::Facts describe(policy::Action action, Lines const& lines, domain::PricingFacts const& pricing) {
    policy::Facts facts;
    facts.action = action;
    std::int64_t count = 0;
    std::int64_t largest = 0;
    for (auto const& line : lines) {
        // Quantities of a request are not validated yet: what is out of range counts as the largest there is.
        if (__builtin_add_overflow(count, line.quantity, &count)) count = std::numeric_limits<std::int64_t>::max();
        largest = std::max(largest, line.quantity);
    }
    facts.item_count = count;
    facts.quantity_max = largest;
    add_lines(facts.lines, lines, pricing);
    std::vector<std::string> tags;
    std::vector<std::string> categories;
    for (auto const& line : pricing.lines) {
        if (line.product == nullptr) continue;
        tags.insert(tags.end(), line.product->tags.begin(), line.product->tags.end());
        categories.insert(categories.end(), line.product->categories.begin(), line.product->categories.end());
    }
    sort_unique(tags);
    sort_unique(categories);
    facts.tags = std::move(tags);
    facts.categories = std::move(categories);
    return facts;
}

}  // namespace

domain::PricingFacts pricing_facts(catalog::Snapshot const& snapshot, domain::CheckoutContent const& content,
                                   RequestContext const& context) {
    return collect(snapshot, content.lines, context);
}

domain::PricingFacts pricing_facts(catalog::Snapshot const& snapshot, domain::Checkout const& checkout,
                                   RequestContext const& context) {
    return collect(snapshot, checkout.lines, context);
}

policy::Facts policy_facts(policy::Action action, domain::Checkout const& checkout,
                           domain::PricingFacts const& pricing) {
    auto facts = describe(action, checkout.lines, pricing);
    facts.total = domain::total_of(checkout);
    auto const* destination = domain::main_destination(checkout.fulfillment);
    if (destination != nullptr && !destination->address.country.empty()) facts.country = destination->address.country;
    return facts;
}

policy::Facts policy_facts(policy::Action action, domain::Cart const& cart, domain::PricingFacts const& pricing) {
    auto facts = describe(action, cart.lines, pricing);
    for (auto const& total : cart.totals)
        if (total.kind == domain::TotalKind::total) facts.total = Money{total.minor, cart.currency};
    return facts;
}

policy::Facts policy_facts(policy::Action action, domain::CheckoutContent const& content,
                           domain::PricingFacts const& pricing) {
    return describe(action, content.lines, pricing);
}

policy::Facts read_facts(RequestContext const& context, policy::Action action) {
    policy::Facts facts;
    facts.action = action;
    facts.principal = &context.principal;
    facts.now = context.now;
    return facts;
}

void add_product(policy::Facts& facts, domain::Product const& product) {
    if (!facts.tags) facts.tags.emplace();
    if (!facts.categories) facts.categories.emplace();
    facts.tags->insert(facts.tags->end(), product.tags.begin(), product.tags.end());
    facts.categories->insert(facts.categories->end(), product.categories.begin(), product.categories.end());
}

}  // namespace b2a::service
