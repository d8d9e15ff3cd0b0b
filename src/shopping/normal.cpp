// SPDX-License-Identifier: Apache-2.0
#include "shopping/normal.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/money.hpp"
#include "b2a/base/text.hpp"
#include "b2a/domain/disclosure.hpp"

namespace b2a::shopping {
namespace {

__extension__ using Wide = __int128;

/// One of `unit` is numerator ÷ denominator of `base`, exactly.
struct UnitRow {
    std::string_view unit, base;
    std::int64_t numerator, denominator;
};
constexpr std::array<UnitRow, 32> units{{{"g", "g", 1, 1},
                                         {"gr", "g", 1, 1},
                                         {"grm", "g", 1, 1},
                                         {"mg", "g", 1, 1'000},
                                         {"kg", "g", 1'000, 1},
                                         {"kgm", "g", 1'000, 1},
                                         {"oz", "g", 28'349'523'125, 1'000'000'000},
                                         {"onz", "g", 28'349'523'125, 1'000'000'000},
                                         {"lb", "g", 45'359'237, 100'000},
                                         {"lbs", "g", 45'359'237, 100'000},
                                         {"lbr", "g", 45'359'237, 100'000},
                                         {"ml", "ml", 1, 1},
                                         {"mlt", "ml", 1, 1},
                                         {"cl", "ml", 10, 1},
                                         {"clt", "ml", 10, 1},
                                         {"dl", "ml", 100, 1},
                                         {"l", "ml", 1'000, 1},
                                         {"lt", "ml", 1'000, 1},
                                         {"ltr", "ml", 1'000, 1},
                                         {"fl oz", "ml", 295'735'295'625, 10'000'000'000},
                                         {"fl. oz.", "ml", 295'735'295'625, 10'000'000'000},
                                         {"mm", "mm", 1, 1},
                                         {"mmt", "mm", 1, 1},
                                         {"cm", "mm", 10, 1},
                                         {"cmt", "mm", 10, 1},
                                         {"m", "mm", 1'000, 1},
                                         {"mtr", "mm", 1'000, 1},
                                         {"in", "mm", 254, 10},
                                         {"inch", "mm", 254, 10},
                                         {"ft", "mm", 3'048, 10},
                                         {"kj", "kJ", 1, 1},
                                         {"kcal", "kJ", 4'184, 1'000}}};

constexpr std::string_view net_content = "net_content";
constexpr std::string_view energy = "nutrient:energy";

Cell text_cell(std::string text) {
    return {std::vector<std::string>{std::move(text)}, std::nullopt};
}

Cell quantity_cell(domain::Quantity const& quantity) {
    if (auto number = normalised(quantity)) return {*std::move(number), quantity};
    return text_cell(quantity.unit);
}

/// A text that is a measure counts as one: "0.5 kg".
Cell cell_of(domain::AttributeValue const& value) {
    if (auto const* flag = std::get_if<bool>(&value)) return {*flag, std::nullopt};
    if (auto const* quantity = std::get_if<domain::Quantity>(&value)) return quantity_cell(*quantity);
    auto const& text = std::get<std::string>(value);
    auto const measure = domain::measure_from_text(text);
    return measure ? quantity_cell(*measure) : text_cell(text);
}

/// A name that occurs several times has several texts; numbers and flags are not merged, the first one counts.
void add_attributes(std::map<std::string, Cell>& out, std::vector<domain::Attribute> const& attributes) {
    for (auto const& attribute : attributes) {
        auto cell = cell_of(attribute.value);
        auto const [at, fresh] = out.try_emplace(to_ascii_lower(attribute.name), std::move(cell));
        if (fresh) continue;
        auto* texts = std::get_if<std::vector<std::string>>(&at->second.value);
        auto const* text = std::get_if<std::string>(&attribute.value);
        if (texts == nullptr || text == nullptr) continue;
        auto const place = std::ranges::lower_bound(*texts, *text);
        if (place == texts->end() || *place != *text) texts->insert(place, *text);
    }
}

void add_nutrient(std::map<std::string, Cell>& out, domain::Nutrient const& nutrient) {
    auto const quantity = [&](std::string unit) { return domain::Quantity{nutrient.milli, 3, std::move(unit)}; };
    // Kilojoules are what the law asks for: kilocalories stand in where they are missing.
    if (nutrient.name == "energy_kj") out.insert_or_assign(std::string(energy), quantity_cell(quantity("kJ")));
    else if (nutrient.name == "energy_kcal") out.try_emplace(std::string(energy), quantity_cell(quantity("kcal")));
    else out.try_emplace("nutrient:" + nutrient.name, quantity_cell(quantity("g")));
}

}  // namespace

std::optional<Number> normalised(domain::Quantity const& quantity) {
    constexpr int scale_max = 9;
    if (quantity.scale < 0 || quantity.scale > scale_max) return std::nullopt;
    auto const* row = std::ranges::find_if(units, [&](auto const& u) { return iequals(u.unit, quantity.unit); });
    auto numerator = Wide{quantity.mantissa} * 1'000;
    Wide denominator = 1;
    for (int i = 0; i < quantity.scale; ++i) denominator *= 10;
    if (row != units.end()) {
        // Mantissa and factor together stay below 2^63 × 1000 × 2^39.
        numerator *= row->numerator;
        denominator *= row->denominator;
    }
    auto const half = numerator < 0 ? -denominator : denominator;
    auto const milli = (2 * numerator + half) / (2 * denominator);
    if (milli > money_minor_max || milli < -money_minor_max) return std::nullopt;
    return Number{static_cast<std::int64_t>(milli), row == units.end() ? quantity.unit : std::string(row->base)};
}

std::map<std::string, Cell> cells_of(domain::Product const& product, domain::Variant const& variant) {
    std::map<std::string, Cell> out;
    add_attributes(out, product.attributes);
    std::map<std::string, Cell> own;
    add_attributes(own, variant.attributes);
    for (auto const& option : variant.options)
        own.insert_or_assign(to_ascii_lower(option.name), text_cell(option.label));
    for (auto& [name, cell] : own) out.insert_or_assign(name, std::move(cell));
    if (auto const measure = domain::measure_of(product, variant))
        out.insert_or_assign(std::string(net_content), quantity_cell(*measure));
    if (product.food)
        for (auto const& nutrient : product.food->nutrients) add_nutrient(out, nutrient);
    return out;
}

}  // namespace b2a::shopping
