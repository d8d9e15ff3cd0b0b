// SPDX-License-Identifier: Apache-2.0
#include "support/synthetic_catalog.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace b2a::test {
namespace {

using namespace domain;  // NOLINT: test data of one file
using Texts = std::vector<std::string>;

Texts const adjectives{"classic",    "organic",  "light",   "warm",    "soft",       "slim",    "relaxed", "recycled",
                       "waterproof", "seamless", "vintage", "premium", "breathable", "quilted", "striped", "ribbed"};
Texts const garments{"hoodie", "t-shirt", "jacket", "trousers", "dress",    "sweater", "shorts", "leggings", "shirt",
                     "coat",   "skirt",   "socks",  "cap",      "sneakers", "boots",   "scarf",  "tank top", "parka"};
Texts const foods{"chocolate",    "granola", "pasta",     "olive oil",    "cookies", "crackers",
                  "tomato sauce", "honey",   "oat drink", "muesli",       "jam",     "cheese",
                  "crème brûlée", "noodles", "pesto",     "peanut butter"};
Texts const departments{"Men", "Women", "Kids"};
Texts const sections{"Tops", "Bottoms", "Outerwear", "Shoes", "Accessories"};
Texts const shelves{"Breakfast", "Pantry", "Snacks", "Drinks", "Dairy"};
Texts const materials{"cotton", "wool", "polyester", "linen", "nylon", "cashmere", "fleece"};
Texts const climates{"cold", "mild", "hot", "all-weather", "windy", "rainy"};
Texts const colors{"Black", "White", "Navy",   "Red",    "Green", "Grey",
                   "Blue",  "Beige", "Orange", "Purple", "Pink",  "Teal"};
Texts const sizes{"XS", "S", "M", "L", "XL", "XXL"};
Texts const pack_sizes{"100 g", "250 g", "500 g", "1 kg", "2 kg", "5 kg"};

/// Pronounceable words from their number: "baro", "kelimu".
std::string coined_word(std::size_t n) {
    static constexpr std::string_view consonants = "bdfgklmnprstvz";
    static constexpr std::string_view vowels = "aeiou";
    std::string word;
    for (auto rest = n + 70; rest != 0 || word.size() < 4; rest /= 70) {
        word.push_back(consonants[rest % 70 / 5]);
        word.push_back(vowels[rest % 5]);
    }
    return word;
}

/// Zipf-like: position ≈ count ^ u − 1 for u uniform in [0, 1), by integers only.
std::size_t zipf(SeededRandom& random, std::size_t count) {
    auto const shift = random.below(13);
    auto const low = std::size_t{1} << shift;
    return std::min(count - 1, low - 1 + random.below(low));
}

std::string numbered(char const* format, std::size_t a, std::size_t b) {
    char buffer[64];
    auto const size = std::snprintf(buffer, sizeof buffer, format, a, b);
    return {buffer, static_cast<std::size_t>(size)};
}

std::string sentence(SeededRandom& random, std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        if (i > 0) text += i % 12 == 0 ? ". " : " ";
        text += synthetic_words()[zipf(random, synthetic_words().size())];
    }
    return text;
}

FoodInfo food_info(SeededRandom& random) {
    FoodInfo food;
    food.ingredients = sentence(random, 8);
    for (std::size_t a = 0; a < allergen_count; ++a)
        if (random.one_in(4))
            food.allergens.set(static_cast<Allergen>(a), static_cast<AllergenStatus>(1 + random.below(3)));
    if (random.one_in(2)) food.allergens.mark_complete();
    return food;
}

Variant make_variant(SeededRandom& random, std::size_t p, std::size_t v, bool is_food, std::int64_t base_minor) {
    static auto const usd = *Currency::parse("USD");
    static auto const eur = *Currency::parse("EUR");
    Variant variant;
    variant.id = numbered("v-%07zu-%02zu", p, v);
    variant.sku = numbered("SKU%zu-%zu", p, v);
    auto const& size = is_food ? pack_sizes[v % pack_sizes.size()] : sizes[v % sizes.size()];
    variant.options.push_back({"size", size});
    variant.title = size;
    if (!is_food) {
        auto const& color = colors[(p + v / sizes.size() + random.below(3)) % colors.size()];
        variant.options.push_back({"color", color});
        variant.title = color + " / " + size;
    }
    auto const minor = base_minor + static_cast<std::int64_t>(v) * 100;
    auto const list = random.one_in(5) ? minor * 5 / 4 : minor;
    variant.offers.push_back({{minor, usd}, {list, usd}});
    if (!random.one_in(10)) variant.offers.push_back({{minor * 9 / 10, eur}, {list * 9 / 10, eur}});
    if (!random.one_in(8)) variant.declared_stock = random.one_in(6) ? 0 : static_cast<std::int64_t>(random.below(200));
    if (random.one_in(200)) variant.delivery = Delivery::digital;
    return variant;
}

Product make_product(SeededRandom& random, std::size_t p, std::size_t variant_count) {
    Product product;
    product.id = numbered("p-%07zu", p, 0);
    product.brand = "Brand " + synthetic_words()[40 + zipf(random, 200)];
    bool const is_food = random.below(10) < 3;
    auto const& kind = is_food ? random.pick(foods) : random.pick(garments);
    auto const& material = random.pick(materials);
    product.title = random.pick(adjectives) + " " + (is_food ? "" : material + " ") + kind + " " +
                    synthetic_words()[zipf(random, synthetic_words().size())];
    product.title.front() = static_cast<char>(product.title.front() - 'a' + 'A');
    product.description = sentence(random, 30 + random.below(40));
    if (is_food) {
        product.categories.push_back("Food/" + random.pick(shelves));
        product.food = food_info(random);
        product.attributes.push_back({"organic", random.one_in(3)});
        product.attributes.push_back({"protein", Quantity{static_cast<std::int64_t>(random.below(300)), 1, "g"}});
    } else {
        product.categories.push_back(random.pick(departments) + "/" + random.pick(sections) + "/" + kind);
        product.attributes.push_back({"material", material});
        product.attributes.push_back({"climate", random.pick(climates)});
        product.attributes.push_back({"weight", Quantity{static_cast<std::int64_t>(100 + random.below(900)), 0, "g"}});
    }
    if (random.one_in(4)) product.categories.push_back("Sale/" + random.pick(adjectives));
    auto const base_minor = static_cast<std::int64_t>(500 + random.below(20'000));
    for (std::size_t v = 0; v < variant_count; ++v)
        product.variants.push_back(make_variant(random, p, v, is_food, base_minor));
    return product;
}

void write_text(std::ostream& out, std::string_view text) {
    out << '"';
    for (auto const c : text) {
        if (c == '"' || c == '\\') out << '\\' << c;
        else if (static_cast<unsigned char>(c) >= 0x20) out << c;
        else out << numbered("\\u%04zx", static_cast<unsigned char>(c), 0);
    }
    out << '"';
}

template <class Range, class Write>
void write_list(std::ostream& out, Range const& range, Write&& write) {
    out << '[';
    bool first = true;
    for (auto const& element : range) {
        if (!first) out << ',';
        first = false;
        write(element);
    }
    out << ']';
}

std::string decimal(Quantity const& quantity) {
    auto digits = std::to_string(quantity.mantissa);
    auto const fraction = static_cast<std::size_t>(quantity.scale);
    if (fraction == 0) return digits;
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    return digits.insert(digits.size() - fraction, 1, '.');
}

void write_attribute(std::ostream& out, Attribute const& attribute) {
    out << "{\"name\":";
    write_text(out, attribute.name);
    out << ",\"value\":";
    if (auto const* text = std::get_if<std::string>(&attribute.value)) write_text(out, *text);
    if (auto const* flag = std::get_if<bool>(&attribute.value)) out << (*flag ? "true" : "false");
    if (auto const* quantity = std::get_if<Quantity>(&attribute.value)) {
        write_text(out, decimal(*quantity));
        out << ",\"unit\":";
        write_text(out, quantity->unit);
    }
    out << '}';
}

void write_food(std::ostream& out, FoodInfo const& food) {
    auto const write_status = [&](char const* name, AllergenStatus status) {
        std::vector<Allergen> matching;
        for (std::size_t a = 0; a < allergen_count; ++a)
            if (food.allergens.stated(static_cast<Allergen>(a)) == status) matching.push_back(static_cast<Allergen>(a));
        out << '"' << name << "\":";
        write_list(out, matching, [&](Allergen allergen) { write_text(out, to_text(allergen)); });
        out << ',';
    };
    out << ",\"food\":{\"ingredients\":";
    write_text(out, food.ingredients);
    out << ",\"allergens\":{";
    write_status("contains", AllergenStatus::contains);
    write_status("may_contain", AllergenStatus::may_contain);
    write_status("free_from", AllergenStatus::free_from);
    out << "\"complete\":" << (food.allergens.complete() ? "true" : "false") << "}}";
}

void write_variant(std::ostream& out, Variant const& variant) {
    out << "{\"id\":";
    write_text(out, variant.id);
    out << ",\"sku\":";
    write_text(out, variant.sku);
    out << ",\"title\":";
    write_text(out, variant.title);
    out << ",\"options\":";
    write_list(out, variant.options, [&](OptionValue const& option) {
        out << "{\"name\":";
        write_text(out, option.name);
        out << ",\"label\":";
        write_text(out, option.label);
        out << '}';
    });
    out << ",\"offers\":";
    write_list(out, variant.offers, [&](Offer const& offer) {
        out << "{\"currency\":\"" << offer.price.currency.code() << "\",\"price\":" << offer.price.minor;
        if (offer.list != offer.price) out << ",\"list\":" << offer.list.minor;
        out << '}';
    });
    if (variant.declared_stock) out << ",\"stock\":" << *variant.declared_stock;
    out << ",\"delivery\":" << (variant.delivery == Delivery::digital ? "\"digital\"" : "\"physical\"") << '}';
}

}  // namespace

std::uint64_t SeededRandom::next() noexcept {
    state_ += 0x9e3779b97f4a7c15;
    auto z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
    return z ^ (z >> 31U);
}

std::vector<std::string> const& synthetic_words() {
    static auto const words = [] {
        Texts list{"the",      "and",         "with",    "for",     "a",        "of",          "in",      "made",
                   "from",     "comfortable", "perfect", "style",   "everyday", "design",      "quality", "fit",
                   "natural",  "taste",       "fresh",   "soft",    "cotton",   "running",     "winter",  "summer",
                   "training", "pocket",      "zipper",  "logo",    "recipe",   "traditional", "fabric",  "outdoor",
                   "hiking",   "gym",         "casual",  "evening", "gift",     "café",        "señor",   "größe"};
        for (std::size_t i = 0; list.size() < 8'000; ++i) list.push_back(coined_word(i));
        return list;
    }();
    return words;
}

catalog::CatalogData synthetic_catalog(SyntheticSpec const& spec) {
    catalog::CatalogData catalog;
    catalog.revision = 1;
    catalog.products.reserve(spec.products);
    SeededRandom random(spec.seed);
    for (std::size_t p = 1; p <= spec.products; ++p)
        catalog.products.push_back(make_product(random, p, spec.variants_per_product));
    return catalog;
}

catalog::StockLevels declared_stock(catalog::CatalogData const& catalog) {
    catalog::StockLevels levels;
    for (auto const& product : catalog.products)
        for (auto const& variant : product.variants)
            if (variant.declared_stock) levels.emplace(variant.id, *variant.declared_stock);
    return levels;
}

void write_native_jsonl(catalog::CatalogData const& catalog, std::ostream& out) {
    auto const text = [&](std::string const& value) { write_text(out, value); };
    for (auto const& product : catalog.products) {
        out << "{\"type\":\"product\",\"id\":";
        text(product.id);
        out << ",\"brand\":";
        text(product.brand);
        out << ",\"title\":";
        text(product.title);
        out << ",\"description\":";
        text(product.description);
        out << ",\"categories\":";
        write_list(out, product.categories, text);
        out << ",\"attributes\":";
        write_list(out, product.attributes, [&](Attribute const& attribute) { write_attribute(out, attribute); });
        if (product.food) write_food(out, *product.food);
        out << ",\"variants\":";
        write_list(out, product.variants, [&](Variant const& variant) { write_variant(out, variant); });
        out << "}\n";
    }
}

}  // namespace b2a::test
