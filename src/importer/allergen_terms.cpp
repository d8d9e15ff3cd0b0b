// SPDX-License-Identifier: Apache-2.0
#include "importer/allergen_terms.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "b2a/base/text.hpp"
#include "b2a/domain/ingredients.hpp"

namespace b2a::importer {
namespace {

struct DietLabel {
    std::string_view tag;
    domain::Diet diet;
};
// Beside the names of the diets themselves: certificates, and the same in other words.
constexpr DietLabel diet_labels[] = {
    {"european-vegetarian-union-vegan", domain::Diet::vegan},
    {"the-vegan-society", domain::Diet::vegan},
    {"certified-vegan", domain::Diet::vegan},
    {"vegano", domain::Diet::vegan},
    {"vegetalien", domain::Diet::vegan},
    {"european-vegetarian-union", domain::Diet::vegetarian},
    {"european-vegetarian-union-vegetarian", domain::Diet::vegetarian},
    {"vegetarisch", domain::Diet::vegetarian},
    {"vegetarien", domain::Diet::vegetarian},
    {"végétarien", domain::Diet::vegetarian},
    {"vegetariano", domain::Diet::vegetarian},
    {"halal-certified", domain::Diet::halal},
    {"orthodox-union-kosher", domain::Diet::kosher},
    {"kosher-parve", domain::Diet::kosher},
    {"koscher", domain::Diet::kosher},
    {"casher", domain::Diet::kosher},
    {"crossed-grain-trademark", domain::Diet::gluten_free},
    {"no-lactose", domain::Diet::lactose_free},
    {"laktosefrei", domain::Diet::lactose_free},
    {"sans-lactose", domain::Diet::lactose_free},
    {"senza-lattosio", domain::Diet::lactose_free},
    {"sin-lactosa", domain::Diet::lactose_free},
    {"low-calories", domain::Diet::low_calorie},
    {"low-sodium", domain::Diet::low_salt},
    {"suitable-for-diabetics", domain::Diet::diabetic},
};

/// Lower case for what the tables hold: ASCII, and the Latin-1 letters (U+00C0…U+00DE are C3 80…C3 9E in UTF-8).
std::string lower(std::string_view text) {
    auto out = to_ascii_lower(text);
    for (std::size_t i = 1; i < out.size(); ++i) {
        auto const byte = static_cast<unsigned char>(out[i]);
        if (static_cast<unsigned char>(out[i - 1]) == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97)
            out[i] = static_cast<char>(byte + 0x20);
    }
    return out;
}

}  // namespace

std::string_view without_language(std::string_view tag) {
    tag = trim(tag);
    auto const colon = tag.find(':');
    if (colon == 2 || colon == 3) tag.remove_prefix(colon + 1);
    return trim(tag);
}

std::vector<domain::Allergen> allergens_of_tag(std::string_view tag) {
    return domain::allergens_named(without_language(tag));
}

bool is_gluten_free_tag(std::string_view tag) {
    constexpr std::array<std::string_view, 7> tags{"no-gluten",  "gluten-free",   "sans-gluten",    "glutenfrei",
                                                   "sin-gluten", "senza-glutine", "dzg-gluten-free"};
    auto const text = lower(without_language(tag));
    return std::find(tags.begin(), tags.end(), text) != tags.end();
}

std::optional<domain::DietClaim> diet_of_tag(std::string_view tag) {
    auto const text = lower(without_language(tag));
    auto name = std::string_view(text);
    auto status = domain::DietStatus::suits;
    for (std::string_view const not_so : {"non-", "not-", "not "})
        if (name.starts_with(not_so)) {
            name.remove_prefix(not_so.size());
            status = domain::DietStatus::unsuitable;
        }
    auto const is_one = [name](auto const& label) { return label.tag == name; };
    auto const* const found = std::find_if(std::begin(diet_labels), std::end(diet_labels), is_one);
    if (found != std::end(diet_labels)) return domain::DietClaim{found->diet, status, "label"};
    std::string snake(name);
    for (auto& c : snake)
        if (c == '-' || c == ' ') c = '_';
    if (auto const diet = domain::diet_from_text(snake)) return domain::DietClaim{*diet, status, "label"};
    if (status == domain::DietStatus::suits && is_gluten_free_tag(tag))
        return domain::DietClaim{domain::Diet::gluten_free, status, "label"};
    return std::nullopt;
}

bool is_empty_tag(std::string_view tag) {
    auto const text = lower(without_language(tag));
    return text.empty() || text == "none" || text == "null" || text == "undefined";
}

}  // namespace b2a::importer
