// SPDX-License-Identifier: Apache-2.0
// Allergens and diets. Coats and bags have neither; of everything else it must be known.
#include <algorithm>

#include "b2a/catalog/suspicions.hpp"
#include "b2a/domain/dietary.hpp"

#include "shopping/check.hpp"

namespace b2a::shopping {
namespace {

using domain::FoodBasis;
using domain::Known;

Outcome outcome_of(Known known) noexcept {
    switch (known) {
        case Known::yes: return Outcome::holds;
        case Known::unknown: return Outcome::unknown;
        case Known::no: return Outcome::fails;
    }
    return Outcome::unknown;
}

template <class Suspicion>
std::string describe(Suspicion const& suspicion) {
    return "the ingredient text has \"" + suspicion.term + "\" (" + suspicion.language +
           (suspicion.trace ? ", as traces" : "") + ", score " + std::to_string(suspicion.score_ppm) + " ppm)";
}

class AllergenCheck final : public Check {
  public:
    AllergenCheck(Ground const& ground, domain::Allergen allergen, std::optional<std::size_t> member) :
        Check(Constraint::allergen, std::string(to_text(allergen)), member),
        snapshot_(ground.snapshot),
        allergen_(allergen),
        accept_traces_(ground.need.accept_traces) {}

    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        if (snapshot_.is_worn(ref.variant_index)) return std::nullopt;
        auto const finding = find(ref);
        return outcome_of(accept_traces_ ? finding.at_most_traces : finding.free);
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        auto const finding = find(ref);
        switch (finding.basis) {
            case FoodBasis::stated:
                return {"allergen_declaration", "/food/allergens",
                        std::string(to_text(ref.product->food->allergens.stated(allergen_)))};
            case FoodBasis::complete:
                return {"allergen_declaration", "/food/allergens", "free_from, declared complete"};
            case FoodBasis::disagreement:
                return {"ingredient_text", "/food/ingredients",
                        "declared complete without it, but " + describe(*finding.suspicion)};
            case FoodBasis::ingredient_text:
                return {"ingredient_text", "/food/ingredients", describe(*finding.suspicion)};
            default: return {"none", "", ref.product->food ? "not declared" : "no food information"};
        }
    }

    [[nodiscard]] catalog::Demand demand() const override { return catalog::demand::Avoid{allergen_, accept_traces_}; }

  private:
    [[nodiscard]] domain::AllergenFinding find(catalog::VariantRef const& ref) const {
        auto const& food = ref.product->food;
        return find_allergen(food ? &*food : nullptr, snapshot_.suspicions().of(ref.product_index), allergen_);
    }

    catalog::Snapshot const& snapshot_;
    domain::Allergen allergen_;
    bool accept_traces_;
};

class DietCheck final : public Check {
  public:
    DietCheck(Ground const& ground, domain::Diet diet, std::optional<std::size_t> member) :
        Check(Constraint::diet, std::string(to_text(diet)), member), snapshot_(ground.snapshot), diet_(diet) {}

    [[nodiscard]] std::optional<Outcome> judge(catalog::VariantRef const& ref) const override {
        if (snapshot_.is_worn(ref.variant_index)) return std::nullopt;
        if (snapshot_.suits(diet_, ref.variant_index)) return Outcome::holds;
        return outcome_of(find(ref).suits);
    }

    [[nodiscard]] Evidence evidence(catalog::VariantRef const& ref) const override {
        auto const finding = find(ref);
        switch (finding.basis) {
            case FoodBasis::claim: return claim(ref, finding);
            case FoodBasis::attribute: return attribute(ref, finding);
            case FoodBasis::other_diet:
                return {"diet:" + std::string(to_text(finding.via)), "",
                        "follows from " + std::string(finding.suits == Known::yes ? "" : "not ") +
                            std::string(to_text(finding.via))};
            case FoodBasis::allergen:
                return {"allergen_declaration", "/food/allergens",
                        std::string(to_text(ref.product->food->allergens.status(finding.allergen))) + " " +
                            std::string(to_text(finding.allergen))};
            case FoodBasis::ingredient_text:
                return {"ingredient_text", "/food/ingredients", describe(*finding.suspicion)};
            default: return {"none", "", "no statement about this diet"};
        }
    }

    [[nodiscard]] catalog::Demand demand() const override { return catalog::demand::Keep{diet_}; }

  private:
    [[nodiscard]] domain::DietFinding find(catalog::VariantRef const& ref) const {
        auto const& suspicions = snapshot_.suspicions();
        auto const all = find_diets(*ref.product, *ref.variant,
                                    {suspicions.of(ref.product_index), suspicions.diets_of(ref.product_index)});
        return all[static_cast<std::size_t>(diet_)];
    }

    [[nodiscard]] static Evidence claim(catalog::VariantRef const& ref, domain::DietFinding const& finding) {
        auto const& claim = ref.product->food->diets.at(finding.at);
        return {claim.source.empty() ? "label" : claim.source, "/food/diets/" + std::to_string(finding.at),
                std::string(to_text(claim.status))};
    }

    [[nodiscard]] Evidence attribute(catalog::VariantRef const& ref, domain::DietFinding const& finding) const {
        auto const path = (finding.of_variant ? variant_path(snapshot_, ref) : std::string()) + "/attributes/" +
                          std::to_string(finding.at);
        return {"label", path, subject() + (finding.suits == Known::yes ? ": true" : ": false")};
    }

    catalog::Snapshot const& snapshot_;
    domain::Diet diet_;
};

template <class CheckOf, class Value>
void add(Checks& checks, Ground const& ground, std::vector<Value> const& values, std::optional<std::size_t> member) {
    std::vector<Value> seen;
    for (auto const value : values) {
        if (std::ranges::find(seen, value) != seen.end()) continue;
        seen.push_back(value);
        checks.push_back(std::make_unique<CheckOf>(ground, value, member));
    }
}

}  // namespace

void add_food_checks(Checks& checks, Ground const& ground) {
    auto const& members = ground.need.members;
    add<AllergenCheck>(checks, ground, ground.need.avoid, std::nullopt);
    for (std::size_t m = 0; m < members.size(); ++m) add<AllergenCheck>(checks, ground, members[m].avoid, m);
    add<DietCheck>(checks, ground, ground.need.diets, std::nullopt);
    for (std::size_t m = 0; m < members.size(); ++m) add<DietCheck>(checks, ground, members[m].diets, m);
}

}  // namespace b2a::shopping
