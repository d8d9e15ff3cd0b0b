// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain::rules {
namespace {

constexpr std::int64_t whole_ppm = 1'000'000;

/// Why a promotion has no effect on this checkout.
struct Refusal {
    FindingCode code;
    std::string why;
};

/// Which promotions on items may follow those already in effect.
class Stacking {
  public:
    [[nodiscard]] bool admits(Promotion const& promotion) const {
        return !any_ || (all_stackable_ && promotion.stackable);
    }
    void took(Promotion const& promotion) {
        any_ = true;
        all_stackable_ = all_stackable_ && promotion.stackable;
    }

  private:
    bool any_ = false;
    bool all_stackable_ = true;
};

Promotion const* find_promotion(PricingFacts const& facts, std::string_view code) {
    if (facts.promotions == nullptr || code.empty()) return nullptr;
    auto const found = std::ranges::find_if(*facts.promotions, [&](auto const& p) { return iequals(p.code, code); });
    return found == facts.promotions->end() ? nullptr : &*found;
}

std::vector<Promotion const*> automatic_promotions(PricingFacts const& facts) {
    std::vector<Promotion const*> out;
    if (facts.promotions == nullptr) return out;
    for (auto const& promotion : *facts.promotions)
        if (promotion.code.empty()) out.push_back(&promotion);
    std::ranges::sort(out, {}, &Promotion::id);
    return out;
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
    auto const* amount = in_currency(promotion.amounts, net.currency);
    if (amount == nullptr || amount->minor < 0) return std::optional<Money>();
    return std::optional<Money>(Money{std::min(amount->minor, net.minor), net.currency});
}

AppliedDiscount applied_of(Promotion const& promotion, std::string const& code, PricingFacts const& facts) {
    AppliedDiscount applied;
    applied.code = code;
    applied.title = promotion.title;
    applied.eligibility = promotion.eligibility;
    applied.provisional = !promotion.eligibility.empty() && !facts.claims_attested;
    applied.promotion_id = promotion.id;
    if (promotion.kind == PromotionKind::percentage) applied.rate_ppm = promotion.rate_ppm;
    if (!promotion.eligibility.empty() && facts.claims_attested) applied.attested_by = facts.attested_by;
    return applied;
}

/// Takes the promotion off the lines in proportion to what they cost; false when it has no amount in this currency.
/// One that applies by itself leaves no trace where it takes off nothing.
Result<bool> take_off(Checkout& checkout, Promotion const& promotion, AppliedDiscount applied) {
    auto const weights = net_lines(checkout);
    Money net{0, checkout.currency};
    for (auto const weight : weights) net.minor += weight;
    B2A_TRY(off, amount_off(promotion, net));
    if (!off || (off->minor == 0 && applied.code.empty())) return false;

    applied.minor = off->minor;
    applied.line_allocations.assign(weights.size(), 0);
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

/// What the buyer and the items have to be for this promotion.
std::optional<Refusal> unmet(Promotion const& promotion, Checkout const& checkout, Money subtotal, Timestamp now) {
    if (!is_valid_at(promotion, now)) return Refusal{FindingCode::discount_code_expired, "is not valid at this time."};
    auto const& claims = checkout.context.eligibility;
    if (!promotion.eligibility.empty() && std::ranges::find(claims, promotion.eligibility) == claims.end())
        return Refusal{FindingCode::discount_code_user_ineligible,
                       "is for those who claim " + promotion.eligibility + "."};
    if (promotion.subtotal_min.empty()) return std::nullopt;
    auto const* least = in_currency(promotion.subtotal_min, subtotal.currency);
    if (least == nullptr) return Refusal{FindingCode::discount_code_invalid, "is not for purchases in this currency."};
    if (subtotal.minor < least->minor)
        return Refusal{FindingCode::discount_code_minimum_not_met, "needs items for at least " + to_text(*least) + "."};
    return std::nullopt;
}

/// Puts `promotion` into effect, or says why not.
Result<std::optional<Refusal>> apply(Checkout& checkout, Promotion const& promotion, std::string const& code,
                                     Stacking& stacking, PricingFacts const& facts) {
    B2A_TRY(subtotal, subtotal_of(checkout));
    if (auto refusal = unmet(promotion, checkout, subtotal, facts.now)) return refusal;
    auto applied = applied_of(promotion, code, facts);
    if (promotion.kind == PromotionKind::free_shipping) {
        checkout.discounts.push_back(std::move(applied));
        return std::optional<Refusal>();
    }
    if (!stacking.admits(promotion))
        return std::optional<Refusal>(
            {FindingCode::discount_code_combination_disallowed, "cannot be combined with the discounts before it."});
    B2A_TRY(taken, take_off(checkout, promotion, std::move(applied)));
    if (!taken) return std::optional<Refusal>({FindingCode::discount_code_invalid, "has no amount in this currency."});
    stacking.took(promotion);
    return std::optional<Refusal>();
}

}  // namespace

Result<void> discount_items(Checkout& checkout, PricingFacts const& facts) {
    checkout.discounts.clear();
    for (auto& line : checkout.lines) line.discount_minor = 0;
    B2A_CHECK(subtotal_of(checkout));  // bounds every product and sum below

    Stacking stacking;
    for (auto const* promotion : automatic_promotions(facts))
        B2A_CHECK(apply(checkout, *promotion, {}, stacking, facts));
    for (std::size_t i = 0; i < checkout.discount_codes.size(); ++i) {
        auto const& code = checkout.discount_codes[i];
        if (sent_before(checkout.discount_codes, i)) {
            reject(checkout, i, FindingCode::discount_code_already_applied, "was sent before.");
            continue;
        }
        auto const* promotion = find_promotion(facts, code);
        if (promotion == nullptr) {
            reject(checkout, i, FindingCode::discount_code_invalid, "is not known.");
            continue;
        }
        B2A_TRY(refusal, apply(checkout, *promotion, code, stacking, facts));
        if (refusal) reject(checkout, i, refusal->code, refusal->why);
    }
    return {};
}

void discount_shipping(Checkout& checkout) {
    std::int64_t price = 0;
    for (auto const& method : checkout.fulfillment.methods)
        if (auto const* option = selected_option(method)) price += option->minor;
    auto const on_shipping = [](AppliedDiscount const& discount) { return discount.line_allocations.empty(); };
    auto const first = std::ranges::find_if(checkout.discounts, on_shipping);
    if (first != checkout.discounts.end()) first->minor = price;
    std::erase_if(checkout.discounts, [&](AppliedDiscount const& discount) {
        return on_shipping(discount) && discount.code.empty() && discount.minor == 0;
    });
}

}  // namespace b2a::domain::rules
