// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain {
namespace {

Error nothing_left(CheckoutContent const& content, Findings const& findings) {
    bool const all_stock =
        std::ranges::all_of(findings, [](auto const& f) { return f.code == FindingCode::out_of_stock; });
    return all_stock ? Error(Code::out_of_stock, "none of the items is in stock", content.lines[0].variant_id)
                     : Error(Code::not_found, "none of the items can be bought", content.lines[0].variant_id);
}

/// What the buyer gets, where, and for how much; delivery times move with the clock.
bool same_purchase(Checkout const& a, Checkout const& b) {
    auto const same_method = [](FulfillmentMethod const& x, FulfillmentMethod const& y) {
        auto const* to = selected_destination(x);
        auto const* other = selected_destination(y);
        return x.id == y.id && x.line_ids == y.line_ids && x.selected_option_id == y.selected_option_id &&
               (to == nullptr) == (other == nullptr) && (to == nullptr || *to == *other);
    };
    return a.lines == b.lines && a.buyer == b.buyer && a.discounts == b.discounts && a.totals == b.totals &&
           std::ranges::equal(a.fulfillment.methods, b.fulfillment.methods, same_method);
}

}  // namespace

Currency choose_currency(CheckoutContent const& content, PricingFacts const& facts, Currency fallback) {
    auto const wanted = Currency::parse(content.context.currency);
    if (!wanted) return fallback;
    bool any = false;
    for (auto const& line : facts.lines) {
        if (line.variant == nullptr) continue;  // leaves the checkout anyway, so it has no say
        if (find_offer(*line.variant, *wanted) == nullptr) return fallback;
        any = true;
    }
    return any ? *wanted : fallback;
}

Result<Consent> merge_consent(Consent stored, Consent const& named) {
    for (auto const& [purpose, granted] : named) stored.insert_or_assign(purpose, granted);
    if (stored.size() > limits::consent_purposes_max)
        return Error(Code::unprocessable, "too many consent purposes", "/buyer/consent");
    return stored;
}

Result<Checkout> apply_content(Checkout base, CheckoutContent const& content, PricingFacts const& facts) {
    if (content.lines.empty()) return Error(Code::unprocessable, "a checkout needs at least one item", "/line_items");
    B2A_CHECK(rules::check_shape(content));
    B2A_TRY(consent, merge_consent(base.buyer.consent, content.buyer.consent));
    Checkout next = base;
    next.findings.clear();
    next.currency = choose_currency(content, facts, base.currency);
    rules::build_lines(next, content, facts);
    if (next.lines.empty()) return nothing_left(content, next.findings);
    next.buyer = content.buyer;
    next.buyer.consent = std::move(consent);
    next.context = content.context;
    next.attribution = content.attribution;
    next.discount_codes = content.discount_codes;
    next.payment.instruments = content.instruments;
    next.payment.state = PaymentState::none;
    next.approval_required = false;
    B2A_CHECK(rules::arrange(next, content.methods, base.lines, facts));
    B2A_CHECK(rules::price(next, facts, rules::Occasion::edit));
    // Asking again for the very same purchase does not shake off the approval it waits for.
    if (base.approval_required && same_purchase(base, next)) return hold_for_approval(std::move(next));
    return next;
}

}  // namespace b2a::domain
