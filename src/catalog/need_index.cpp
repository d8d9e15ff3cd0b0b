// SPDX-License-Identifier: Apache-2.0
#include "catalog/need_index.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

/// Segments of category paths that hold nothing to eat. "Men" and "Women" are not among them: there are vitamins for
/// both. A word for food anywhere in a product's paths outweighs them, as in "Coffee & Tea/Bags".
constexpr std::string_view worn_segments[] = {"apparel",
                                              "apparel & accessories",
                                              "bags",
                                              "belts",
                                              "blouses",
                                              "boots",
                                              "bottoms",
                                              "bras & tanks",
                                              "clothes",
                                              "clothing",
                                              "coats",
                                              "dresses",
                                              "gloves",
                                              "handbags",
                                              "hats",
                                              "hoodies",
                                              "jackets",
                                              "jackets & coats",
                                              "jeans",
                                              "jewellery",
                                              "jewelry",
                                              "knitwear",
                                              "lingerie",
                                              "pants",
                                              "sandals",
                                              "scarves",
                                              "shirts",
                                              "shoes",
                                              "shorts",
                                              "skirts",
                                              "skirts & dresses",
                                              "sneakers",
                                              "socks",
                                              "sunglasses",
                                              "sweaters",
                                              "swimwear",
                                              "t-shirts",
                                              "tees",
                                              "tops",
                                              "trousers",
                                              "underwear",
                                              "watches",
                                              "hoodies & sweatshirts",
                                              "shirts & blouses",
                                              "shoes & boots",
                                              "bags & backpacks"};

constexpr std::string_view edible_words[] = {
    "alimentari", "baby",        "bakery",  "beverages", "bread",      "candy",    "cheese", "chocolate",
    "coffee",     "dairy",       "deli",    "drinks",    "edible",     "fish",     "food",   "foods",
    "fruit",      "gourmet",     "grocery", "groceries", "health",     "honey",    "ice",    "kitchen",
    "meat",       "nutrition",   "nuts",    "pantry",    "pasta",      "pet",      "sauces", "snacks",
    "spices",     "supplements", "sweets",  "tea",       "vegetables", "vitamins", "wine",   "pizza"};

bool has_worn_segment(std::string_view path) {
    return std::ranges::any_of(split(path, '/'), [](std::string_view segment) {
        return std::ranges::any_of(worn_segments, [&](auto worn) { return iequals(trim(segment), worn); });
    });
}

bool has_edible_word(std::string_view path) {
    auto const letter = [](char c) { return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c < 0; };
    while (!path.empty()) {
        auto const begin = std::ranges::find_if(path, letter);
        auto const end = std::find_if_not(begin, path.end(), letter);
        std::string_view const word(begin, end);
        if (std::ranges::any_of(edible_words, [&](auto edible) { return iequals(word, edible); })) return true;
        path = {end, path.end()};
    }
    return false;
}

bool says_garment(domain::Product const& product) {
    return std::ranges::any_of(product.attributes, [](domain::Attribute const& attribute) {
        auto const* text = attribute.name == "garment" ? std::get_if<std::string>(&attribute.value) : nullptr;
        return text != nullptr && domain::garment_from_text(*text).has_value();
    });
}

bool speaks_of_diets(domain::Product const& product) {
    auto const named = [](domain::Attribute const& attribute) {
        return std::holds_alternative<bool>(attribute.value) && domain::diet_from_text(attribute.name).has_value();
    };
    return std::ranges::any_of(product.attributes, named) ||
           std::ranges::any_of(product.variants,
                               [&](auto const& variant) { return std::ranges::any_of(variant.attributes, named); });
}

}  // namespace

bool is_worn(domain::Product const& product, domain::SizeChart const* chart) {
    if (product.food) return false;
    if (chart != nullptr || says_garment(product)) return true;
    return std::ranges::any_of(product.categories, has_worn_segment) &&
           std::ranges::none_of(product.categories, has_edible_word);
}

NeedIndex::NeedIndex(CatalogData const& data, Suspicions const& suspicions, SizeIndex const& sizes) {
    std::size_t variants = 0;
    for (auto const& product : data.products) variants += product.variants.size();
    auto const words = words_for(variants);
    for (auto* sets : {&free_from_, &at_most_traces_})
        for (auto& set : *sets) set.resize(words);
    for (auto& set : suits_) set.resize(words);
    worn_.resize(words);
    digital_.resize(words);
    for_sale_.resize(words);
    auto sized = sizes.products().begin();
    std::uint32_t first = 0;
    for (std::uint32_t p = 0; p < data.products.size(); ++p) {
        auto const& product = data.products[p];
        Run const run{first, static_cast<std::uint32_t>(product.variants.size())};
        bool const is_sized = sized != sizes.products().end() && sized->product == p;
        if (is_worn(product, is_sized ? sized->chart : nullptr)) set_run(worn_, run);
        if (is_sized) ++sized;
        add_food(product, {suspicions.of(p), suspicions.diets_of(p)}, run);
        for (std::uint32_t i = 0; i < run.count; ++i) {
            if (product.variants[i].delivery == domain::Delivery::digital) set_bit(digital_, first + i);
            if (!product.variants[i].offers.empty()) set_bit(for_sale_, first + i);
        }
        first += run.count;
    }
}

void NeedIndex::add_food(domain::Product const& product, domain::Suspected const& suspected, Run run) {
    if (product.food)
        for (std::size_t a = 0; a < domain::allergen_count; ++a) {
            auto const finding = find_allergen(&*product.food, suspected.allergens, static_cast<domain::Allergen>(a));
            if (finding.free == domain::Known::yes) set_run(free_from_[a], run);
            if (finding.at_most_traces == domain::Known::yes) set_run(at_most_traces_[a], run);
        }
    if (!product.food && !speaks_of_diets(product)) return;
    for (std::uint32_t i = 0; i < run.count; ++i) {
        auto const findings = find_diets(product, product.variants[i], suspected);
        for (std::size_t d = 0; d < domain::diet_count; ++d)
            if (findings[d].suits == domain::Known::yes) set_bit(suits_[d], run.first + i);
    }
}

}  // namespace b2a::catalog
