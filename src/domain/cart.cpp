// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/cart.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain {
namespace {

void prefer(std::string& ours, std::string const& cart) {
    if (!cart.empty()) ours = cart;
}

template <class Container>
void prefer(Container& ours, Container const& cart) {
    if (!cart.empty()) ours = cart;
}

/// The cart's entries win, others stay.
template <class Map>
void lay_over(Map& ours, Map const& cart) {
    for (auto const& [key, value] : cart) ours.insert_or_assign(key, value);
}

}  // namespace

Result<Cart> apply_content(Cart base, CheckoutContent const& content, PricingFacts const& facts) {
    B2A_CHECK(rules::check_shape(content));
    B2A_TRY(consent, merge_consent(base.buyer.consent, content.buyer.consent));
    Checkout priced;  // what the rules work on: a checkout that goes nowhere yet
    priced.currency = choose_currency(content, facts, base.currency);
    priced.lines = std::move(base.lines);
    priced.context = content.context;
    priced.discount_codes = content.discount_codes;
    rules::build_lines(priced, content, facts);
    B2A_CHECK(rules::discount_items(priced, facts));
    rules::discount_shipping(priced);
    B2A_CHECK(rules::add_up(priced, facts));
    rules::judge_claims(priced, facts, rules::Occasion::edit);

    base.currency = priced.currency;
    base.lines = std::move(priced.lines);
    base.buyer = content.buyer;
    base.buyer.consent = std::move(consent);
    base.context = std::move(priced.context);
    base.attribution = content.attribution;
    base.discount_codes = std::move(priced.discount_codes);
    base.discounts = std::move(priced.discounts);
    base.totals = std::move(priced.totals);
    base.findings = std::move(priced.findings);
    base.catalog_revision = facts.catalog_revision;
    disclose(base, facts);
    return base;
}

void disclose(Cart& cart, PricingFacts const& facts, Obliged const& obliged) {
    Checkout shown;
    shown.currency = cart.currency;
    shown.lines = cart.lines;
    shown.discounts = cart.discounts;
    disclose(shown, facts, obliged);
    cart.disclosures = std::move(shown.disclosures);
}

CheckoutContent convert(Cart const& cart, CheckoutContent overlay) {
    if (!cart.lines.empty()) {
        overlay.lines.clear();
        for (auto const& line : cart.lines) overlay.lines.push_back({line.id, line.variant_id, line.quantity});
    }
    for (auto const member : {&Buyer::first_name, &Buyer::last_name, &Buyer::email, &Buyer::phone_number})
        prefer(overlay.buyer.*member, cart.buyer.*member);
    lay_over(overlay.buyer.consent, cart.buyer.consent);
    for (auto const member : {&Context::country, &Context::region, &Context::postal_code, &Context::language,
                              &Context::currency, &Context::intent})
        prefer(overlay.context.*member, cart.context.*member);
    prefer(overlay.context.eligibility, cart.context.eligibility);
    lay_over(overlay.attribution, cart.attribution);
    prefer(overlay.discount_codes, cart.discount_codes);
    return overlay;
}

}  // namespace b2a::domain
