// SPDX-License-Identifier: Apache-2.0
#include "importer/allergen_terms.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "b2a/base/text.hpp"

namespace b2a::importer {
namespace {

using domain::Allergen;

struct Term {
    std::string_view text;
    Allergen allergen;
};

// Whole words of a tag ("tree-nuts-hazelnuts" has three).
constexpr Term words[] = {
    {"gluten", Allergen::gluten},
    {"wheat", Allergen::gluten},
    {"rye", Allergen::gluten},
    {"barley", Allergen::gluten},
    {"oat", Allergen::gluten},
    {"oats", Allergen::gluten},
    {"spelt", Allergen::gluten},
    {"kamut", Allergen::gluten},
    {"seitan", Allergen::gluten},
    {"seitán", Allergen::gluten},
    {"avoine", Allergen::gluten},
    {"orge", Allergen::gluten},
    {"seigle", Allergen::gluten},
    {"blé", Allergen::gluten},
    {"froment", Allergen::gluten},
    {"épeautre", Allergen::gluten},
    {"hafer", Allergen::gluten},
    {"gerste", Allergen::gluten},
    {"dinkel", Allergen::gluten},
    {"trigo", Allergen::gluten},
    {"cebada", Allergen::gluten},
    {"avena", Allergen::gluten},
    {"centeno", Allergen::gluten},
    {"frumento", Allergen::gluten},
    {"grano", Allergen::gluten},
    {"orzo", Allergen::gluten},
    {"tarwe", Allergen::gluten},
    {"crustaceans", Allergen::crustaceans},
    {"crustacean", Allergen::crustaceans},
    {"shellfish", Allergen::crustaceans},
    {"shellfish", Allergen::molluscs},
    {"shrimp", Allergen::crustaceans},
    {"shrimps", Allergen::crustaceans},
    {"prawn", Allergen::crustaceans},
    {"prawns", Allergen::crustaceans},
    {"crab", Allergen::crustaceans},
    {"lobster", Allergen::crustaceans},
    {"crustacés", Allergen::crustaceans},
    {"krebstiere", Allergen::crustaceans},
    {"crustáceos", Allergen::crustaceans},
    {"crostacei", Allergen::crustaceans},
    {"egg", Allergen::eggs},
    {"eggs", Allergen::eggs},
    {"oeuf", Allergen::eggs},
    {"oeufs", Allergen::eggs},
    {"œuf", Allergen::eggs},
    {"œufs", Allergen::eggs},
    {"ei", Allergen::eggs},
    {"eier", Allergen::eggs},
    {"eiweiss", Allergen::eggs},
    {"huevo", Allergen::eggs},
    {"huevos", Allergen::eggs},
    {"uova", Allergen::eggs},
    {"uovo", Allergen::eggs},
    {"albumin", Allergen::eggs},
    {"fish", Allergen::fish},
    {"poisson", Allergen::fish},
    {"poissons", Allergen::fish},
    {"fisch", Allergen::fish},
    {"pescado", Allergen::fish},
    {"pesce", Allergen::fish},
    {"salmon", Allergen::fish},
    {"tuna", Allergen::fish},
    {"peanut", Allergen::peanuts},
    {"peanuts", Allergen::peanuts},
    {"arachide", Allergen::peanuts},
    {"arachides", Allergen::peanuts},
    {"arachidi", Allergen::peanuts},
    {"cacahuete", Allergen::peanuts},
    {"cacahuetes", Allergen::peanuts},
    {"soy", Allergen::soybeans},
    {"soya", Allergen::soybeans},
    {"soja", Allergen::soybeans},
    {"soybean", Allergen::soybeans},
    {"soybeans", Allergen::soybeans},
    {"soia", Allergen::soybeans},
    {"milk", Allergen::milk},
    {"dairy", Allergen::milk},
    {"whey", Allergen::milk},
    {"lactose", Allergen::milk},
    {"casein", Allergen::milk},
    {"butter", Allergen::milk},
    {"cream", Allergen::milk},
    {"cheese", Allergen::milk},
    {"lait", Allergen::milk},
    {"milch", Allergen::milk},
    {"leche", Allergen::milk},
    {"latte", Allergen::milk},
    {"nut", Allergen::nuts},
    {"nuts", Allergen::nuts},
    {"almond", Allergen::nuts},
    {"almonds", Allergen::nuts},
    {"cashew", Allergen::nuts},
    {"cashews", Allergen::nuts},
    {"walnut", Allergen::nuts},
    {"walnuts", Allergen::nuts},
    {"pecan", Allergen::nuts},
    {"pecans", Allergen::nuts},
    {"pistachio", Allergen::nuts},
    {"pistachios", Allergen::nuts},
    {"macadamia", Allergen::nuts},
    {"amande", Allergen::nuts},
    {"amandes", Allergen::nuts},
    {"noix", Allergen::nuts},
    {"noisette", Allergen::nuts},
    {"noisettes", Allergen::nuts},
    {"nüsse", Allergen::nuts},
    {"mandeln", Allergen::nuts},
    {"schalenfrüchte", Allergen::nuts},
    {"nueces", Allergen::nuts},
    {"almendras", Allergen::nuts},
    {"celery", Allergen::celery},
    {"celeriac", Allergen::celery},
    {"céleri", Allergen::celery},
    {"sellerie", Allergen::celery},
    {"apio", Allergen::celery},
    {"sedano", Allergen::celery},
    {"mustard", Allergen::mustard},
    {"moutarde", Allergen::mustard},
    {"senf", Allergen::mustard},
    {"mostaza", Allergen::mustard},
    {"senape", Allergen::mustard},
    {"sesame", Allergen::sesame},
    {"sésame", Allergen::sesame},
    {"sesam", Allergen::sesame},
    {"sésamo", Allergen::sesame},
    {"sesamo", Allergen::sesame},
    {"sulphites", Allergen::sulphites},
    {"sulfites", Allergen::sulphites},
    {"sulphite", Allergen::sulphites},
    {"sulfite", Allergen::sulphites},
    {"sulphur", Allergen::sulphites},
    {"sulfite", Allergen::sulphites},
    {"sulfitos", Allergen::sulphites},
    {"lupin", Allergen::lupin},
    {"lupins", Allergen::lupin},
    {"lupine", Allergen::lupin},
    {"lupinen", Allergen::lupin},
    {"molluscs", Allergen::molluscs},
    {"mollusc", Allergen::molluscs},
    {"mollusks", Allergen::molluscs},
    {"mollusques", Allergen::molluscs},
    {"weichtiere", Allergen::molluscs},
    {"squid", Allergen::molluscs},
    {"oyster", Allergen::molluscs},
    {"oysters", Allergen::molluscs},
    {"mussels", Allergen::molluscs},
    {"clam", Allergen::molluscs},
    {"clams", Allergen::molluscs},
};

// Parts of compound words ("Weizenprotein", "Wheyproteinkonzentrat"); long enough to mean only this.
constexpr Term stems[] = {
    {"weizen", Allergen::gluten},    {"roggen", Allergen::gluten},
    {"hafer", Allergen::gluten},     {"gerste", Allergen::gluten},
    {"hühnerei", Allergen::eggs},    {"huehnerei", Allergen::eggs},
    {"hünerei", Allergen::eggs},     {"eiweiß", Allergen::eggs},
    {"wheyprotein", Allergen::milk}, {"molke", Allergen::milk},
    {"milch", Allergen::milk},       {"milkprotein", Allergen::milk},
    {"buttermilk", Allergen::milk},  {"laktose", Allergen::milk},
    {"kasein", Allergen::milk},      {"caseinat", Allergen::milk},
    {"haselnu", Allergen::nuts},     {"hazelnut", Allergen::nuts},
    {"walnuss", Allergen::nuts},     {"walnüss", Allergen::nuts},
    {"cashew", Allergen::nuts},      {"erdnuss", Allergen::peanuts},
    {"erdnuß", Allergen::peanuts},   {"erdnüss", Allergen::peanuts},
    {"soja", Allergen::soybeans},    {"crustac", Allergen::crustaceans},
    {"sulfit", Allergen::sulphites}, {"schwefeldioxid", Allergen::sulphites},
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

void add(std::vector<Allergen>& out, Allergen allergen) {
    if (std::find(out.begin(), out.end(), allergen) == out.end()) out.push_back(allergen);
}

}  // namespace

std::string_view without_language(std::string_view tag) {
    tag = trim(tag);
    auto const colon = tag.find(':');
    if (colon == 2 || colon == 3) tag.remove_prefix(colon + 1);
    return trim(tag);
}

std::vector<Allergen> allergens_of_tag(std::string_view tag) {
    auto const text = lower(without_language(tag));
    std::vector<Allergen> out;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find_first_of("-_ /()", at), text.size());
        auto const word = std::string_view(text).substr(at, end - at);
        for (auto const& term : words)
            if (term.text == word) add(out, term.allergen);
        at = end + 1;
    }
    for (auto const& term : stems)
        if (text.find(term.text) != std::string::npos) add(out, term.allergen);
    return out;
}

bool is_gluten_free_tag(std::string_view tag) {
    constexpr std::array<std::string_view, 7> tags{"no-gluten",  "gluten-free",   "sans-gluten",    "glutenfrei",
                                                   "sin-gluten", "senza-glutine", "dzg-gluten-free"};
    auto const text = lower(without_language(tag));
    return std::find(tags.begin(), tags.end(), text) != tags.end();
}

bool is_empty_tag(std::string_view tag) {
    auto const text = lower(without_language(tag));
    return text.empty() || text == "none" || text == "null" || text == "undefined";
}

}  // namespace b2a::importer
