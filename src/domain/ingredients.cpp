// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/ingredients.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "domain/ingredient_hits.hpp"

namespace b2a::domain {
namespace {

using terms::Substances;

constexpr std::uint32_t certain_ppm = 1'000'000;

/// What speaks against a diet, and how much of the term's score counts.
struct DietRule {
    Diet diet;
    Substances substances;
    std::uint32_t percent;
};
constexpr auto of_animals = terms::meat | terms::pork | terms::beef | terms::gelatine | terms::insects | terms::fish |
                            terms::crustaceans | terms::molluscs;
constexpr DietRule diet_rules[] = {
    {Diet::vegan, of_animals | terms::milk | terms::eggs | terms::bees, 100},
    {Diet::vegan, terms::rennet, 100},
    {Diet::vegetarian, of_animals | terms::rennet, 100},
    {Diet::halal, terms::pork | terms::alcohol, 100},
    {Diet::halal, terms::gelatine, 50},
    {Diet::kosher, terms::pork | terms::crustaceans | terms::molluscs, 100},
    {Diet::kosher, terms::insects, 80},
    {Diet::kosher, terms::gelatine, 50},
    {Diet::gluten_free, terms::gluten, 100},
    {Diet::lactose_free, terms::milk, 100},
    {Diet::low_lactose, terms::milk, 50},
    {Diet::hindu, terms::beef, 100},
};

constexpr std::uint32_t score_of(terms::Meaning meaning) {
    switch (meaning) {
        case terms::Meaning::sure: return 950'000;
        case terms::Meaning::likely: return 800'000;
        default: return 500'000;
    }
}

struct Best {
    Hit const* hit = nullptr;
    bool trace = false;
    std::uint32_t score_ppm = 0;
    std::uint32_t weight = 0;  // of the term's language in the text: who reads German wants the German word
};

bool is_better(Best const& candidate, Best const& known) {
    if (known.hit == nullptr) return candidate.hit != nullptr;
    if (candidate.trace != known.trace) return known.trace;
    if (candidate.score_ppm != known.score_ppm) return candidate.score_ppm > known.score_ppm;
    return candidate.weight > known.weight;
}

class Reading {
  public:
    explicit Reading(std::string_view ingredients) : hits_(ingredients) {
        for (auto const& hit : hits_.terms()) {
            auto const substances = hits_.substances_of(hit);
            if (substances == 0 || hits_.is_negated(hit)) continue;
            Best const candidate{&hit, hits_.is_trace(hit), score(hit), hits_.weight_of(hit)};
            for (std::size_t i = 0; i < terms::substance_count; ++i)
                if ((substances & terms::bit(i)) != 0 && is_better(candidate, best_[i])) best_[i] = candidate;
        }
    }

    [[nodiscard]] std::vector<Suspicion> allergens() const {
        std::vector<Suspicion> out;
        for (std::size_t i = 0; i < allergen_count; ++i)
            if (auto const& best = best_[i]; best.hit != nullptr)
                out.push_back(
                    {static_cast<Allergen>(i), best.trace, best.score_ppm, hits_.quote(*best.hit), language(best)});
        return out;
    }

    [[nodiscard]] std::vector<DietSuspicion> diets() const {
        std::array<Best, diet_count> worst{};
        for (auto const& rule : diet_rules)
            for (std::size_t i = 0; i < terms::substance_count; ++i)
                if ((rule.substances & terms::bit(i)) != 0) against(rule.diet, best_[i], rule.percent, worst);
        // Meat with milk is not kosher, whatever each of them is.
        auto const& meat = substance(terms::meat);
        auto const& milk = substance(terms::milk);
        if (meat.hit != nullptr && milk.hit != nullptr && !meat.trace && !milk.trace)
            against(Diet::kosher, meat.score_ppm < milk.score_ppm ? meat : milk, 100, worst);
        std::vector<DietSuspicion> out;
        for (std::size_t i = 0; i < diet_count; ++i)
            if (auto const& best = worst[i]; best.hit != nullptr)
                out.push_back(
                    {static_cast<Diet>(i), best.trace, best.score_ppm, hits_.quote(*best.hit), language(best)});
        return out;
    }

  private:
    [[nodiscard]] std::uint32_t score(Hit const& hit) const {
        auto out = score_of(hit.term->meaning);
        if (!hits_.is_whole(hit)) out = out / 10 * 9;
        if (hits_.is_emphasised(hit)) out += (certain_ppm - out) / 2;
        return out;
    }

    [[nodiscard]] std::string language(Best const& best) const {
        return std::string(IngredientMatcher::languages()[hits_.language_of(*best.hit)].code);
    }

    [[nodiscard]] Best const& substance(Substances one) const {
        return best_[static_cast<std::size_t>(std::countr_zero(one))];
    }

    static void against(Diet diet, Best candidate, std::uint32_t percent, std::array<Best, diet_count>& worst) {
        if (candidate.hit == nullptr) return;
        if (candidate.trace && diet != Diet::gluten_free && diet != Diet::lactose_free) return;
        candidate.score_ppm = candidate.score_ppm / 100 * percent;
        auto& known = worst[static_cast<std::size_t>(diet)];
        if (is_better(candidate, known)) known = candidate;
    }

    IngredientHits hits_;
    std::array<Best, terms::substance_count> best_{};
};

}  // namespace

IngredientReading read_ingredients(std::string_view ingredients) {
    if (ingredients.empty()) return {};
    Reading const reading(ingredients);
    return {reading.allergens(), reading.diets()};
}

std::vector<Suspicion> suspect(std::string_view ingredients) {
    return Reading(ingredients).allergens();
}

std::vector<DietSuspicion> suspect_diets(std::string_view ingredients) {
    return Reading(ingredients).diets();
}

std::vector<Allergen> allergens_named(std::string_view declared) {
    IngredientHits const hits(declared);
    Substances named = 0;
    for (auto const& hit : hits.terms())
        if (hit.term->meaning == terms::Meaning::sure) named |= hits.substances_of(hit);
    std::vector<Allergen> out;
    for (std::size_t i = 0; i < allergen_count; ++i)
        if ((named & terms::bit(i)) != 0) out.push_back(static_cast<Allergen>(i));
    return out;
}

}  // namespace b2a::domain
