// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain::rules {
namespace {

constexpr std::int64_t whole_ppm = 1'000'000;

Promotion const* find_promotion(PricingFacts const& facts, std::string_view code) {
    if (facts.promotions == nullptr) return nullptr;
    auto const found = std::ranges::find_if(*facts.promotions, [&](auto const& p) { return iequals(p.code, code); });
    return found == facts.promotions->end() ? nullptr : &*found;
}

bool sent_before(std::vector<std::string> const& codes, std::size_t index) {
    for (std::size_t i = 0; i < index; ++i)
        if (iequals(codes[i], codes[index])) return true;
    return false;
}

bool is_valid_at(Promotion const& promotion, Timestamp now) {
    return (!promotion.valid_from || *promotion.valid_from <= now) &&
           (!promotion.valid_until || now < *promotion.valid_until);
}

void reject(Checkout& checkout, std::size_t index, FindingCode code, std::string_view why) {
    checkout.findings.push_back({code, Severity::warning, "$.discounts.codes[" + std::to_string(index) + "]",
                                 "Discount code " + checkout.discount_codes[index] + " " + std::string(why)});
}

/// What each line still costs after the discounts so far.
std::vector<std::int64_t> net_lines(Checkout const& checkout) {
    std::vector<std::int64_t> out;
    for (auto const& line : checkout.lines) out.push_back(line.unit_minor * line.quantity + line.discount_minor);
    return out;
}

/// The amount that `promotion` takes off `net`; nullopt when it has none in this currency.
Result<std::optional<Money>> amount_off(Promotion const& promotion, Money net) {
    if (promotion.kind == PromotionKind::percentage) {
        B2A_TRY(share, share_ppm(net, std::clamp<std::int64_t>(promotion.rate_ppm, 0, whole_ppm)));
        return std::optional<Money>(share);
    }
    for (auto const& amount : promotion.amounts)
        if (amount.currency == net.currency && amount.minor >= 0)
            return std::optional<Money>(Money{std::min(amount.minor, net.minor), net.currency});
    return std::optional<Money>();
}

/// Takes the promotion off the lines in proportion to what they cost; false when it has no amount in this currency.
Result<bool> take_off(Checkout& checkout, std::string const& code, Promotion const& promotion) {
    auto const weights = net_lines(checkout);
    Money net{0, checkout.currency};
    for (auto const weight : weights) net.minor += weight;
    B2A_TRY(off, amount_off(promotion, net));
    if (!off) return false;

    AppliedDiscount applied{code, promotion.title, off->minor, std::vector<std::int64_t>(weights.size(), 0)};
    if (off->minor > 0) {
        B2A_TRY(parts, allocate(*off, weights));
        for (std::size_t i = 0; i < parts.size(); ++i) {
            applied.line_allocations[i] = parts[i].minor;
            checkout.lines[i].discount_minor -= parts[i].minor;
        }
    }
    checkout.discounts.push_back(std::move(applied));
    return true;
}

}  // namespace

Result<void> discount_items(Checkout& checkout, PricingFacts const& facts) {
    checkout.discounts.clear();
    for (auto& line : checkout.lines) line.discount_minor = 0;
    B2A_CHECK(subtotal_of(checkout));  // bounds every product and sum below

    bool any = false;  // a code on items is in effect
    bool all_stackable = true;
    for (std::size_t i = 0; i < checkout.discount_codes.size(); ++i) {
        if (sent_before(checkout.discount_codes, i)) continue;
        auto const& code = checkout.discount_codes[i];
        auto const* promotion = find_promotion(facts, code);
        if (promotion == nullptr) {
            reject(checkout, i, FindingCode::discount_code_invalid, "is not known.");
            continue;
        }
        if (!is_valid_at(*promotion, facts.now)) {
            reject(checkout, i, FindingCode::discount_code_expired, "is not valid at this time.");
            continue;
        }
        if (promotion->kind == PromotionKind::free_shipping) {
            checkout.discounts.push_back({code, promotion->title, 0, {}});
            continue;
        }
        if (any && !(all_stackable && promotion->stackable)) {
            reject(checkout, i, FindingCode::discount_code_combination_disallowed,
                   "cannot be combined with the codes before it.");
            continue;
        }
        B2A_TRY(taken, take_off(checkout, code, *promotion));
        if (!taken) {
            reject(checkout, i, FindingCode::discount_code_invalid, "has no amount in this currency.");
            continue;
        }
        any = true;
        all_stackable = all_stackable && promotion->stackable;
    }
    return {};
}

void discount_shipping(Checkout& checkout) {
    auto const* option = selected_option(checkout);
    if (option == nullptr) return;
    for (auto& discount : checkout.discounts)
        if (discount.line_allocations.empty()) {
            discount.minor = option->minor;
            return;
        }
}

}  // namespace b2a::domain::rules
