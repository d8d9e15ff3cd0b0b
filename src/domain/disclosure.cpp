// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/disclosure.hpp"

#include <algorithm>

#include "b2a/domain/checkout.hpp"

namespace b2a::domain {
namespace {

constexpr std::int64_t whole_percent = 100;

std::string decimal(Quantity const& quantity) {
    auto digits = std::to_string(quantity.mantissa);
    auto const places = static_cast<std::size_t>(std::max<std::int8_t>(quantity.scale, 0));
    if (places > 0) {
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, 1, '.');
    }
    return digits + ' ' + quantity.unit;
}

std::string date_of(Timestamp time) {
    return to_rfc3339(time).substr(0, 10);
}

/// Those of one status, by name, comma-separated.
std::string allergens_with(AllergenDeclaration const& declaration, AllergenStatus status) {
    std::string out;
    for (std::size_t i = 0; i < allergen_count; ++i) {
        auto const allergen = static_cast<Allergen>(i);
        if (declaration.status(allergen) != status) continue;
        if (!out.empty()) out += ", ";
        out += to_text(allergen);
    }
    return out;
}

/// Writes down disclosures under one set of terms.
class Statement {
  public:
    explicit Statement(LegalTerms const& terms, Obliged obliged = {}) : terms_(terms), obliged_(obliged) {}

    void allergens(Product const& product, std::string const& path) {
        if (!product.food) return;
        auto const& declared = product.food->allergens;
        auto unknown = allergens_with(declared, AllergenStatus::unknown);
        if (!unknown.empty() && (terms_.eu_consumer_law || obliged_.allergens)) {
            auto content = declared.declared()
                               ? "Not declared, so do not take this product to be free from: " + unknown + "."
                               : std::string("Allergens are not declared: this product may contain any of them.");
            add(DisclosureCode::allergens_unknown, path, std::move(content), {}, std::move(unknown));
        }
        if (!obliged_.allergens || !declared.declared()) return;
        auto contains = allergens_with(declared, AllergenStatus::contains);
        auto const traces = allergens_with(declared, AllergenStatus::may_contain);
        auto content = "Contains: " + (contains.empty() ? "none declared" : contains) + '.';
        if (!traces.empty()) content += " May contain: " + traces + '.';
        add(DisclosureCode::allergens, path, std::move(content), {}, std::move(contains));
    }

    void unit_price(Product const& product, Variant const& variant, Money price, std::string const& path) {
        if (!terms_.eu_consumer_law) return;
        auto const measure = measure_of(product, variant);
        auto const unit = measure ? unit_price_of(price, *measure) : std::nullopt;
        if (unit)
            add(DisclosureCode::unit_price, path, to_text(unit->amount) + " per " + decimal(unit->reference), {}, {});
    }

    void prior_price(Offer const& offer, std::string const& path) {
        if (!terms_.eu_consumer_law) return;
        auto const reduction = reduction_of(offer, terms_);
        if (!reduction) return;
        add(DisclosureCode::prior_price_30d, path,
            "Reduced by " + std::to_string(reduction->percent) + " %: the lowest price from " +
                date_of(reduction->from) + " until the reduction on " + date_of(reduction->until) + " was " +
                to_text(reduction->prior) + '.',
            {}, std::to_string(reduction->prior.minor));
    }

    void withdrawal(std::string const& path) {
        if (!terms_.eu_consumer_law && !obliged_.withdrawal) return;
        auto const days = std::to_string(terms_.withdrawal_days);
        add(DisclosureCode::withdrawal_right, path,
            "You may withdraw from the contract without a reason within " + days +
                " days from the day on which you receive the goods, with the function \"withdraw from contract "
                "here\" and its confirmation, unless another notice exempts an item.",
            terms_.withdrawal_url, days);
    }

    void exempt(WithdrawalExemption exemption, std::string const& path) {
        if (!terms_.eu_consumer_law && !obliged_.withdrawal) return;
        auto const article = std::string(article_of(exemption));
        auto content = exemption == WithdrawalExemption::digital_content
                           ? "The right of withdrawal ends when the digital content is supplied with your prior "
                             "consent (Directive 2011/83/EU, Art. " +
                                 article + ")."
                           : "There is no right of withdrawal for this item (Directive 2011/83/EU, Art. " + article +
                                 ": " + std::string(to_text(exemption)) + ").";
        add(DisclosureCode::withdrawal_exempt, path, std::move(content), {}, std::string(to_text(exemption)));
    }

    void guarantee(std::string const& path) {
        if (!terms_.eu_consumer_law && !obliged_.guarantee) return;
        auto const years = std::to_string(terms_.guarantee_years);
        add(DisclosureCode::legal_guarantee, path,
            "A legal guarantee of conformity of " + years + " years applies: the seller answers for defects.",
            terms_.guarantee_url, years);
    }

    void personalised(std::vector<AppliedDiscount> const& discounts) {
        if (!terms_.eu_consumer_law) return;
        std::string claims;
        for (auto const& discount : discounts) {
            if (discount.eligibility.empty()) continue;
            claims += (claims.empty() ? "" : ", ") + discount.eligibility;
        }
        if (claims.empty()) return;
        add(DisclosureCode::price_personalised, "$.totals",
            "This price was set by an automated decision about you: it rests on the claim " + claims + '.', {}, claims);
    }

    Disclosures take() && { return std::move(out_); }

  private:
    void add(DisclosureCode code, std::string path, std::string content, std::string url, std::string detail) {
        out_.push_back({code, std::move(path), std::move(content), std::move(url), std::move(detail)});
    }

    LegalTerms const& terms_;
    Obliged obliged_;
    Disclosures out_;
};

/// By id, since lines that cannot be sold leave a checkout and its facts stay.
LineFacts const* facts_of(Line const& line, PricingFacts const& facts) noexcept {
    auto const found = std::ranges::find_if(facts.lines, [&](LineFacts const& f) {
        return f.variant != nullptr && f.product != nullptr && f.variant->id == line.variant_id;
    });
    return found == facts.lines.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_text(DisclosureCode code) noexcept {
    switch (code) {
        case DisclosureCode::unit_price: return "unit_price";
        case DisclosureCode::allergens_unknown: return "allergens_unknown";
        case DisclosureCode::allergens: return "allergens";
        case DisclosureCode::price_personalised: return "price_personalised";
        case DisclosureCode::prior_price_30d: return "prior_price_30d";
        case DisclosureCode::withdrawal_right: return "withdrawal_right";
        case DisclosureCode::withdrawal_exempt: return "withdrawal_exempt";
        case DisclosureCode::legal_guarantee: return "legal_guarantee";
    }
    return "unknown";
}

std::optional<Reduction> reduction_of(Offer const& offer, LegalTerms const& terms) {
    auto const& prior = offer.prior;
    if (!prior || offer.list.minor <= offer.price.minor || prior->minor <= offer.price.minor) return std::nullopt;
    if (prior->until - prior->from < std::chrono::days(terms.prior_price_days)) return std::nullopt;
    // Amounts are at most 2^53: the product fits.
    auto const percent = (prior->minor - offer.price.minor) * whole_percent / prior->minor;
    if (percent == 0) return std::nullopt;
    return Reduction{{prior->minor, offer.price.currency}, prior->from, prior->until, percent};
}

std::optional<Money> struck_price(Offer const& offer, LegalTerms const& terms) {
    if (!terms.eu_consumer_law) return offer.list.minor > offer.price.minor ? std::optional(offer.list) : std::nullopt;
    auto const reduction = reduction_of(offer, terms);
    return reduction ? std::optional(reduction->prior) : std::nullopt;
}

Obliged obliged_by(std::vector<std::string> const& obligations) noexcept {
    auto const has = [&](std::string_view name) { return std::ranges::find(obligations, name) != obligations.end(); };
    return {has("disclose_allergens"), has("disclose_withdrawal"), has("disclose_guarantee")};
}

Disclosures required_disclosures(ProductShown const& shown, LegalTerms const& terms) {
    Statement out(terms);
    auto const& product = *shown.product;
    out.allergens(product, shown.path);
    for (auto const& [variant, offer, path] : shown.offers) {
        out.unit_price(product, *variant, offer->price, path);
        out.prior_price(*offer, path);
    }
    if (shown.detail == Detail::listing || product.variants.empty()) return std::move(out).take();
    auto const exemption = exemption_of(product, product.variants.front(), terms);
    if (exemption == WithdrawalExemption::none) out.withdrawal(shown.path);
    else out.exempt(exemption, shown.path);
    out.guarantee(shown.path);
    return std::move(out).take();
}

void disclose(Checkout& checkout, PricingFacts const& facts, Obliged const& obliged) {
    static LegalTerms const usual;
    auto const& terms = facts.legal != nullptr ? *facts.legal : usual;
    Statement out(terms, obliged);
    bool any_right = false;
    for (std::size_t i = 0; i < checkout.lines.size(); ++i) {
        auto const& line = checkout.lines[i];
        auto const* known = facts_of(line, facts);
        if (known == nullptr) continue;
        auto const path = "$.line_items[" + std::to_string(i) + "]";
        out.allergens(*known->product, path);
        out.unit_price(*known->product, *known->variant, {line.unit_minor, checkout.currency}, path);
        auto const exemption = exemption_of(*known->product, *known->variant, terms);
        if (exemption == WithdrawalExemption::none) any_right = true;
        else out.exempt(exemption, path);
    }
    if (any_right) out.withdrawal("$.line_items");
    if (!checkout.lines.empty()) out.guarantee("$.line_items");
    out.personalised(checkout.discounts);
    checkout.disclosures = std::move(out).take();
}

}  // namespace b2a::domain
