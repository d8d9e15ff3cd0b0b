// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/dietary.hpp"

#include <algorithm>

namespace b2a::domain {
namespace {

struct Exclusion {
    Allergen allergen;
    Diet diet;
};
constexpr Exclusion exclusions[] = {{Allergen::milk, Diet::vegan},          {Allergen::eggs, Diet::vegan},
                                    {Allergen::fish, Diet::vegan},          {Allergen::fish, Diet::vegetarian},
                                    {Allergen::crustaceans, Diet::vegan},   {Allergen::crustaceans, Diet::vegetarian},
                                    {Allergen::crustaceans, Diet::kosher},  {Allergen::molluscs, Diet::vegan},
                                    {Allergen::molluscs, Diet::vegetarian}, {Allergen::molluscs, Diet::kosher},
                                    {Allergen::gluten, Diet::gluten_free}};

/// Whoever keeps to `strict` also keeps to `wide`.
struct Implication {
    Diet strict;
    Diet wide;
};
constexpr Implication implications[] = {{Diet::vegan, Diet::vegetarian}, {Diet::lactose_free, Diet::low_lactose}};

Suspicion const* suspicion_of(std::span<Suspicion const> suspicions, Allergen allergen) noexcept {
    auto const found = std::ranges::find(suspicions, allergen, &Suspicion::allergen);
    return found == suspicions.end() ? nullptr : &*found;
}

AllergenFinding suspected(Suspicion const& suspicion, bool complete) noexcept {
    AllergenFinding finding;
    finding.suspicion = &suspicion;
    finding.basis = complete ? FoodBasis::disagreement : FoodBasis::ingredient_text;
    if (complete) {
        finding.at_most_traces = suspicion.trace ? Known::yes : Known::unknown;
    } else {
        finding.free = Known::no;
        finding.at_most_traces = suspicion.trace ? Known::unknown : Known::no;
    }
    return finding;
}

/// The findings of one product under construction.
class Findings {
  public:
    explicit Findings(DietFindings& findings) : findings_(findings) {}

    [[nodiscard]] DietFinding const& of(Diet diet) const noexcept { return findings_[static_cast<std::size_t>(diet)]; }
    /// A no stands from then on, a yes until a no comes.
    void add(Diet diet, DietFinding const& finding) noexcept {
        auto& known = findings_[static_cast<std::size_t>(diet)];
        if (known.suits == Known::unknown || (known.suits == Known::yes && finding.suits == Known::no)) known = finding;
    }
    void doubt(Diet diet, Allergen allergen) noexcept {
        auto& known = findings_[static_cast<std::size_t>(diet)];
        if (known.suits != Known::yes) return;
        known.suits = Known::unknown;
        known.basis = FoodBasis::allergen;
        known.allergen = allergen;
    }

  private:
    DietFindings& findings_;
};

void add_attributes(Findings& findings, std::vector<Attribute> const& attributes, bool of_variant) noexcept {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        auto const* flag = std::get_if<bool>(&attributes[i].value);
        auto const diet = flag != nullptr ? diet_from_text(attributes[i].name) : std::nullopt;
        if (!diet) continue;
        DietFinding finding;
        finding.suits = *flag ? Known::yes : Known::no;
        finding.basis = FoodBasis::attribute;
        finding.at = i;
        finding.of_variant = of_variant;
        findings.add(*diet, finding);
    }
}

void add_claims(Findings& findings, std::vector<DietClaim> const& claims) noexcept {
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (claims[i].status == DietStatus::unknown) continue;
        DietFinding finding;
        finding.suits = claims[i].status == DietStatus::suits ? Known::yes : Known::no;
        finding.basis = FoodBasis::claim;
        finding.at = i;
        findings.add(claims[i].diet, finding);
    }
}

void imply(Findings& findings, Known what, Diet from, Diet to) noexcept {
    if (findings.of(from).suits != what) return;
    DietFinding finding;
    finding.suits = what;
    finding.basis = FoodBasis::other_diet;
    finding.via = from;
    findings.add(to, finding);
}

void add_allergens(Findings& findings, AllergenDeclaration const& declaration) noexcept {
    for (auto const& [allergen, diet] : exclusions) {
        if (declaration.stated(allergen) != AllergenStatus::contains) continue;
        DietFinding finding;
        finding.suits = Known::no;
        finding.basis = FoodBasis::allergen;
        finding.allergen = allergen;
        findings.add(diet, finding);
    }
}

void add_suspicions(Findings& findings, std::span<DietSuspicion const> suspicions) noexcept {
    for (auto const& suspicion : suspicions) {
        if (suspicion.trace || findings.of(suspicion.diet).suits != Known::unknown) continue;
        DietFinding finding;
        finding.suits = Known::no;
        finding.basis = FoodBasis::ingredient_text;
        finding.suspicion = &suspicion;
        findings.add(suspicion.diet, finding);
    }
}

void add_lactose(Findings& findings, FoodInfo const& food, std::span<Suspicion const> suspicions) noexcept {
    if (find_allergen(&food, suspicions, Allergen::milk).free != Known::yes) return;
    DietFinding finding;
    finding.suits = Known::yes;
    finding.basis = FoodBasis::allergen;
    finding.allergen = Allergen::milk;
    findings.add(Diet::lactose_free, finding);
}

}  // namespace

AllergenFinding find_allergen(FoodInfo const* food, std::span<Suspicion const> suspicions, Allergen allergen) noexcept {
    auto const stated = food != nullptr ? food->allergens.stated(allergen) : AllergenStatus::unknown;
    switch (stated) {
        case AllergenStatus::contains: return {Known::no, Known::no, FoodBasis::stated, nullptr};
        case AllergenStatus::may_contain: return {Known::no, Known::yes, FoodBasis::stated, nullptr};
        case AllergenStatus::free_from: return {Known::yes, Known::yes, FoodBasis::stated, nullptr};
        case AllergenStatus::unknown: break;
    }
    bool const complete = food != nullptr && food->allergens.complete();
    if (auto const* suspicion = suspicion_of(suspicions, allergen)) return suspected(*suspicion, complete);
    return complete ? AllergenFinding{Known::yes, Known::yes, FoodBasis::complete, nullptr} : AllergenFinding{};
}

DietFindings find_diets(Product const& product, Variant const& variant, Suspected const& suspected) noexcept {
    DietFindings out;
    Findings findings(out);
    if (product.food) add_allergens(findings, product.food->allergens);
    if (product.food) add_claims(findings, product.food->diets);
    add_attributes(findings, product.attributes, false);
    add_attributes(findings, variant.attributes, true);
    for (auto const& [strict, wide] : implications) {
        imply(findings, Known::no, wide, strict);
        imply(findings, Known::yes, strict, wide);
    }
    if (product.food && product.food->allergens.stated(Allergen::gluten) == AllergenStatus::may_contain)
        findings.doubt(Diet::gluten_free, Allergen::gluten);
    if (product.food) add_lactose(findings, *product.food, suspected.allergens);
    imply(findings, Known::yes, Diet::lactose_free, Diet::low_lactose);
    add_suspicions(findings, suspected.diets);
    return out;
}

}  // namespace b2a::domain
