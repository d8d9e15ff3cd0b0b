// SPDX-License-Identifier: Apache-2.0
// A small shop that ships to one country, for comparing and rebuilding: jackets of several makers, a model that was
// replaced, food with and without allergens.
#pragma once

#include "unit/catalog/shop.hpp"

namespace b2a::shopping::testing {

using test::usd;
inline Timestamp const noon = from_micros(1'800'000'000'000'000);

inline domain::Variant jacket(std::string id, std::string size, std::int64_t price, std::string color = "Black") {
    auto variant = test::a_variant(std::move(id), {{"color", std::move(color)}, {"size", std::move(size)}},
                                   {{price, usd}, {price * 9 / 10, test::eur}});
    return variant;
}

inline domain::Product coat(std::string id, std::string brand, domain::Quantity weight,
                            std::vector<domain::Variant> variants) {
    auto product = test::a_product(std::move(id), "Rain jacket", std::move(variants));
    product.brand = std::move(brand);
    product.categories = {"Outdoor/Jackets", "Collections/Rain"};
    product.attributes = {{"garment", std::string("outerwear")}, {"waterproof", true}, {"weight", std::move(weight)}};
    return product;
}

inline domain::Product food(std::string id, std::string title, domain::AllergenStatus milk, std::int64_t price) {
    auto product = test::a_product(id, std::move(title), {test::a_variant(id + "-v", {}, {{price, usd}})});
    product.categories = {"Deli/Spreads"};
    product.food.emplace();
    product.food->allergens.set(domain::Allergen::milk, milk);
    product.food->net_content = "250 g";
    product.food->nutrients = {{"fat", price}};
    return product;
}

inline catalog::CatalogData boutique_data() {
    using domain::AllergenStatus;
    catalog::CatalogData data;
    data.revision = 7;
    auto& products = data.products;
    products.push_back(coat("jacket", "Moor", {5, 1, "kg"},
                            {jacket("jacket-m", "M", 10'000), jacket("jacket-l", "L", 10'000),
                             jacket("jacket-m-red", "M", 10'500, "Red"), jacket("jacket-gone", "S", 9'000)}));
    products.back().variants[0].barcodes = {{"gtin13", "4006381333931"}};
    products.back().variants[0].sku = "MO-1";
    products.push_back(
        coat("other", "Fell", {12, 0, "oz"}, {jacket("other-m", "M", 12'000), jacket("other-s", "S", 9'500)}));
    products.push_back(coat("light", "Fell", {200, 0, "g"}, {jacket("light-m", "M", 16'000)}));
    // Generations: "jacket-2" replaces "jacket-1", which is not sold any more, and "jacket-0", which is not known.
    products.push_back(coat("jacket-1", "Moor", {6, 1, "kg"}, {jacket("jacket-1-m", "M", 8'000)}));
    products.push_back(
        coat("jacket-2", "Moor", {6, 1, "kg"}, {jacket("jacket-2-s", "S", 8'800), jacket("jacket-2-m", "M", 8'800)}));
    products.back().edges = {{domain::EdgeType::replaces, "jacket-1", "file:models.csv"},
                             {domain::EdgeType::replaces, "jacket-0", "file:models.csv"}};
    products.push_back(food("butter", "Butter spread", AllergenStatus::contains, 400));
    products.push_back(food("margarine", "Margarine spread", AllergenStatus::free_from, 350));
    products.push_back(food("mystery", "Mystery spread", AllergenStatus::unknown, 390));
    products.push_back(test::a_product("pattern", "Sewing pattern", {test::a_variant("pattern", {}, {{900, usd}})}));
    products.back().variants[0].delivery = domain::Delivery::digital;
    data.shipping = {{"slow", "Post", "", "", {"US"}, {{500, usd}}, {}, 4, 9},
                     {"fast", "Courier", "", "", {"US"}, {{1'500, usd}}, {}, 1, 2}};
    data.taxes = {{"US", "NY", 100'000, "Sales tax"}};
    return data;
}

inline catalog::StockLevels boutique_stock() {
    return {{"jacket-m", 5}, {"jacket-gone", 0}, {"other-s", 3}, {"jacket-1-m", 0}};
}

inline std::shared_ptr<catalog::Snapshot const> boutique() {
    static auto const shop = catalog::Snapshot::build(boutique_data(), boutique_stock());
    return shop;
}

}  // namespace b2a::shopping::testing
