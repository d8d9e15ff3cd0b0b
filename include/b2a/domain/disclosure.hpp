// SPDX-License-Identifier: Apache-2.0
// What an answer has to say whether anybody asked or not: the disclosures of consumer law (docs/transparency.md). Pure
// rules decide which an answer needs, protocols write them, protocol/common checks that none is missing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/time.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::domain {

/// Why goods cannot be sent back (Directive 2011/83/EU, Art. 16).
enum class WithdrawalExemption : std::uint8_t {
    none,
    custom_made,      // (c)
    perishable,       // (d)
    sealed_hygiene,   // (e)
    inseparable,      // (f)
    sealed_media,     // (i)
    periodical,       // (j)
    dated_service,    // (l)
    digital_content,  // (m)
};
std::string_view to_text(WithdrawalExemption exemption) noexcept;
std::optional<WithdrawalExemption> exemption_from_text(std::string_view text) noexcept;
/// "16(d)"; empty for none.
std::string_view article_of(WithdrawalExemption exemption) noexcept;

/// What the brand's law asks of it; read from the configuration, part of every snapshot.
struct LegalTerms {
    bool eu_consumer_law = true;  // false: the brand does not sell to consumers in the EU
    std::int64_t withdrawal_days = 14;
    std::int64_t guarantee_years = 2;
    std::int64_t prior_price_days = 30;  // of history that a reduction needs; less where Art. 6a(4) is in force
    std::string withdrawal_url;          // where "withdraw from contract here" stands (Art. 11a)
    std::string guarantee_url;           // the harmonised notice on the legal guarantee
    struct Exempt {
        std::string category;  // a path or its beginning
        WithdrawalExemption exemption = WithdrawalExemption::none;
        friend bool operator==(Exempt const&, Exempt const&) = default;
    };
    std::vector<Exempt> exempt;
    friend bool operator==(LegalTerms const&, LegalTerms const&) = default;
};

/// Stored by number: further ones go to the end.
enum class DisclosureCode : std::uint8_t {
    unit_price,
    allergens_unknown,
    allergens,  // only where a policy obliges to it
    price_personalised,
    prior_price_30d,
    withdrawal_right,
    withdrawal_exempt,
    legal_guarantee,
};
std::string_view to_text(DisclosureCode code) noexcept;

struct Disclosure {
    DisclosureCode code{};
    std::string path;     // RFC 9535 JSONPath in the answer, "$.line_items[0]"
    std::string content;  // for people; plain text
    std::string url;
    std::string detail;  // for programs: withdrawal days, exemption, unknown allergens
    friend bool operator==(Disclosure const&, Disclosure const&) = default;
};
using Disclosures = std::vector<Disclosure>;

/// Measure and reference have one unit; the amount is rounded once, half up.
struct UnitPrice {
    Money amount;
    Quantity measure;
    Quantity reference;
    friend bool operator==(UnitPrice const&, UnitPrice const&) = default;
};
/// Per kilogram, litre, metre, square metre or piece, said in the measure's own unit. nullopt for an unknown unit.
std::optional<UnitPrice> unit_price_of(Money price, Quantity const& measure);
/// "250 g", "1,5 l", "6 x 330 ml"; nullopt when it is no measure.
std::optional<Quantity> measure_from_text(std::string_view text);
/// The variant's own measure, else the declared net content of a food that has this variant only.
std::optional<Quantity> measure_of(Product const& product, Variant const& variant);

/// A reduction that may be announced: computed from the lowest price of the 30 days before it (CJEU C-330/23).
struct Reduction {
    Money prior;
    Timestamp from{}, until{};  // the days that `prior` is the lowest of
    std::int64_t percent = 0;   // of `prior`, rounded down
    friend bool operator==(Reduction const&, Reduction const&) = default;
};
std::optional<Reduction> reduction_of(Offer const& offer, LegalTerms const& terms);
/// The price to strike through, if there is one: the reduction's, or outside the EU what the brand says.
std::optional<Money> struck_price(Offer const& offer, LegalTerms const& terms);

WithdrawalExemption exemption_of(Product const& product, Variant const& variant, LegalTerms const& terms) noexcept;

/// A price as one answer shows it.
struct OfferShown {
    Variant const* variant = nullptr;
    Offer const* offer = nullptr;
    std::string path;  // of what carries the price
};
enum class Detail : std::uint8_t {
    listing,  // among others: prices and what is in the goods
    whole,    // what a buyer decides on: also rights
};
struct ProductShown {
    Product const* product = nullptr;
    std::string path;
    std::vector<OfferShown> offers;
    Detail detail = Detail::whole;
};
/// Those of a product's answer.
Disclosures required_disclosures(ProductShown const& shown, LegalTerms const& terms);

/// Obligations of a policy that are disclosures: "disclose_allergens", "disclose_withdrawal", "disclose_guarantee".
struct Obliged {
    bool allergens = false, withdrawal = false, guarantee = false;
};
Obliged obliged_by(std::vector<std::string> const& obligations) noexcept;

}  // namespace b2a::domain
