// SPDX-License-Identifier: Apache-2.0
// Food facts. Allergens are three-valued plus "unknown", and unknown is never safe: only an explicit statement, or a
// declaration that the brand marks as complete, makes a product free from something.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::domain {

/// The fourteen of Regulation (EU) 1169/2011, Annex II.
enum class Allergen : std::uint8_t {
    gluten,
    crustaceans,
    eggs,
    fish,
    peanuts,
    soybeans,
    milk,
    nuts,
    celery,
    mustard,
    sesame,
    sulphites,
    lupin,
    molluscs
};
inline constexpr std::size_t allergen_count = 14;
std::string_view to_text(Allergen allergen) noexcept;
std::optional<Allergen> allergen_from_text(std::string_view text) noexcept;
/// Its code in GS1's AllergenTypeCode: "AM" for milk.
std::string_view gs1_code(Allergen allergen) noexcept;
std::optional<Allergen> allergen_from_gs1(std::string_view code) noexcept;

enum class AllergenStatus : std::uint8_t { unknown, free_from, may_contain, contains };
std::string_view to_text(AllergenStatus status) noexcept;

class AllergenDeclaration {
  public:
    void set(Allergen allergen, AllergenStatus status) noexcept;
    /// The brand attests that it lists every allergen: what is not mentioned is then free_from.
    void mark_complete() noexcept { complete_ = true; }
    [[nodiscard]] bool complete() const noexcept { return complete_; }
    [[nodiscard]] AllergenStatus status(Allergen allergen) const noexcept;
    /// True if anything at all was declared.
    [[nodiscard]] bool declared() const noexcept;
    /// As stated, before `complete` is applied.
    [[nodiscard]] AllergenStatus stated(Allergen allergen) const noexcept {
        return statuses_[static_cast<std::size_t>(allergen)];
    }
    friend bool operator==(AllergenDeclaration const&, AllergenDeclaration const&) = default;

  private:
    std::array<AllergenStatus, allergen_count> statuses_{};
    bool complete_ = false;
};

/// What people keep to: schema.org RestrictedDiet, and free from lactose, which is more than its LowLactoseDiet.
enum class Diet : std::uint8_t {
    vegan,
    vegetarian,
    halal,
    kosher,
    gluten_free,
    lactose_free,
    low_lactose,
    hindu,
    diabetic,
    low_calorie,
    low_fat,
    low_salt
};
inline constexpr std::size_t diet_count = 12;
std::string_view to_text(Diet diet) noexcept;
std::optional<Diet> diet_from_text(std::string_view text) noexcept;
/// The member of schema.org's RestrictedDiet. What is free from lactose is low in it, and has no name of its own there.
std::string_view schema_org_name(Diet diet) noexcept;
std::optional<Diet> diet_from_schema_org(std::string_view name) noexcept;

/// Only a statement makes a product suit a diet; unknown is never suitable.
enum class DietStatus : std::uint8_t { unknown, suits, unsuitable };
std::string_view to_text(DietStatus status) noexcept;

struct DietClaim {
    Diet diet = Diet::vegan;
    DietStatus status = DietStatus::unknown;
    std::string source;  // "label", "brand", a certificate's name
    friend bool operator==(DietClaim const&, DietClaim const&) = default;
};

/// Adds a claim. Of two about one diet the one that it does not suit stays; false if they contradict each other.
bool claim(std::vector<DietClaim>& claims, DietClaim one);

/// Per 100 g or 100 ml, in thousandths of the unit (mg for grams, thousandths of kJ/kcal).
struct Nutrient {
    std::string name;  // "energy_kj", "energy_kcal", "fat", "saturated_fat", "carbohydrates", "sugars", "fiber",
                       // "proteins", "salt"
    std::int64_t milli = 0;
    friend bool operator==(Nutrient const&, Nutrient const&) = default;
};

struct FoodInfo {
    std::string ingredients;
    AllergenDeclaration allergens;
    std::vector<Nutrient> nutrients;
    std::string net_content;       // "250 g" as declared
    std::vector<DietClaim> diets;  // at most one per diet
    friend bool operator==(FoodInfo const&, FoodInfo const&) = default;
};

}  // namespace b2a::domain
