// SPDX-License-Identifier: Apache-2.0
// Tables between systems of sizes. No standard ties the national series to each other; these are the correspondences
// that the trade uses, with EN 13402-3's letter codes where its bust and chest girths put the number.
#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"
#include "b2a/domain/fit.hpp"

namespace b2a::domain {
namespace {

struct Line {
    std::string_view eu, fr, it, uk, us, letter;
};
struct Table {
    std::span<Line const> lines;
    std::string_view source;
};

// A German 38 is made for a bust of 88 cm, each size for 4 cm more, from 48 on for 6.
constexpr std::array<Line, 12> women{{{"32", "34", "38", "6", "2", "XS"},
                                      {"34", "36", "40", "8", "4", "XS"},
                                      {"36", "38", "42", "10", "6", "S"},
                                      {"38", "40", "44", "12", "8", "S"},
                                      {"40", "42", "46", "14", "10", "M"},
                                      {"42", "44", "48", "16", "12", "M"},
                                      {"44", "46", "50", "18", "14", "L"},
                                      {"46", "48", "52", "20", "16", "L"},
                                      {"48", "50", "54", "22", "18", "XL"},
                                      {"50", "52", "56", "24", "20", "XL"},
                                      {"52", "54", "58", "26", "22", "XXL"},
                                      {"54", "56", "60", "28", "24", "XXL"}}};
// Half the chest in centimetres; in inches, it is ten less.
constexpr std::array<Line, 10> men{{{"42", "42", "42", "32", "32", "XS"},
                                    {"44", "44", "44", "34", "34", "S"},
                                    {"46", "46", "46", "36", "36", "S"},
                                    {"48", "48", "48", "38", "38", "M"},
                                    {"50", "50", "50", "40", "40", "M"},
                                    {"52", "52", "52", "42", "42", "L"},
                                    {"54", "54", "54", "44", "44", "L"},
                                    {"56", "56", "56", "46", "46", "XL"},
                                    {"58", "58", "58", "48", "48", "XL"},
                                    {"60", "60", "60", "50", "50", "XXL"}}};
// Paris points in France as everywhere on the continent; Italy's numbers differ between makers, so it has none here.
constexpr std::array<Line, 8> women_shoes{{{"35", "35", "", "2.5", "5", ""},
                                           {"36", "36", "", "3.5", "6", ""},
                                           {"37", "37", "", "4", "6.5", ""},
                                           {"38", "38", "", "5", "7.5", ""},
                                           {"39", "39", "", "6", "8.5", ""},
                                           {"40", "40", "", "6.5", "9", ""},
                                           {"41", "41", "", "7.5", "10", ""},
                                           {"42", "42", "", "8", "10.5", ""}}};
constexpr std::array<Line, 9> men_shoes{{{"39", "39", "", "6", "7", ""},
                                         {"40", "40", "", "6.5", "7.5", ""},
                                         {"41", "41", "", "7.5", "8.5", ""},
                                         {"42", "42", "", "8", "9", ""},
                                         {"43", "43", "", "9", "10", ""},
                                         {"44", "44", "", "9.5", "10.5", ""},
                                         {"45", "45", "", "10.5", "11.5", ""},
                                         {"46", "46", "", "11", "12", ""},
                                         {"47", "47", "", "12", "13", ""}}};

constexpr Table women_table{women, "trade correspondence of women's sizes; letters by bust girth, EN 13402-3"};
constexpr Table men_table{men, "trade correspondence of men's sizes; letters by chest girth, EN 13402-3"};
constexpr Table women_shoes_table{women_shoes, "trade correspondence of women's shoe sizes, rounded to half sizes"};
constexpr Table men_shoes_table{men_shoes, "trade correspondence of men's shoe sizes, rounded to half sizes"};

/// nullptr where sizes are not of such a series, or nobody can say of whose.
Table const* table_of(Garment garment, Audience audience) noexcept {
    if (audience != Audience::women && audience != Audience::men) return nullptr;
    bool const for_women = audience == Audience::women;
    switch (garment) {
        case Garment::bra:
        case Garment::socks:
        case Garment::hat:
        case Garment::gloves:
        case Garment::belt: return nullptr;
        case Garment::shoes: return for_women ? &women_shoes_table : &men_shoes_table;
        case Garment::top:
        case Garment::shirt:
        case Garment::knitwear:
        case Garment::outerwear:
        case Garment::dress:
        case Garment::skirt:
        case Garment::trousers:
        case Garment::shorts:
        case Garment::swimsuit:
        case Garment::bikini_top:
        case Garment::bikini_bottom:
        case Garment::swim_trunks:
        case Garment::underwear: return for_women ? &women_table : &men_table;
    }
    return nullptr;
}

/// Empty for a system that the tables do not have.
std::string_view label_in(Line const& line, SizeSystem system) noexcept {
    switch (system) {
        case SizeSystem::eu: return line.eu;
        case SizeSystem::fr: return line.fr;
        case SizeSystem::it: return line.it;
        case SizeSystem::uk: return line.uk;
        case SizeSystem::us: return line.us;
        case SizeSystem::letter: return line.letter;
        case SizeSystem::en13402:
        case SizeSystem::numeric: return {};
    }
    return {};
}

}  // namespace

std::vector<std::string_view> convert_size(std::string_view label, SizeSystem from, SizeSystem to, Garment garment,
                                           Audience audience) {
    std::vector<std::string_view> out;
    auto const* table = table_of(garment, audience);
    auto const wanted = trim(label);
    if (table == nullptr || wanted.empty()) return out;
    for (auto const& line : table->lines) {
        if (!iequals(label_in(line, from), wanted)) continue;
        auto const there = label_in(line, to);
        if (!there.empty() && std::ranges::find(out, there) == out.end()) out.push_back(there);
    }
    return out;
}

std::string_view conversion_source(Garment garment, Audience audience) noexcept {
    auto const* table = table_of(garment, audience);
    return table != nullptr ? table->source : std::string_view{};
}

RowMatch match_rows(SizeChart const& chart, std::string_view label, std::optional<SizeSystem> system) {
    if (!system || *system == chart.system)
        if (auto const row = find_row(chart, label)) return {{*row}, false};
    auto const wanted = trim(label);
    auto const is_stated = [&](SizeEquivalent const& equivalent) {
        return (!system || equivalent.system == *system) && iequals(equivalent.label, wanted);
    };
    RowMatch match;
    for (std::size_t i = 0; i < chart.rows.size(); ++i)
        if (std::ranges::any_of(chart.rows[i].equivalents, is_stated)) match.rows.push_back(i);
    if (!match.rows.empty() || !system || *system == chart.system) return match;
    match.converted = true;
    for (auto const there : convert_size(label, *system, chart.system, chart.garment, chart.audience))
        if (auto const row = find_row(chart, there)) match.rows.push_back(*row);
    return match;
}

std::vector<MeasureRange> covered_by(SizeChart const& chart, std::span<std::size_t const> rows) {
    if (rows.empty()) return {};
    std::vector<MeasureRange> out;
    for (auto hull : chart.rows.at(rows.front()).ranges) {
        bool everywhere = true;
        for (auto const row : rows) {
            auto const* range = find_range(chart.rows.at(row), hull.measurement);
            everywhere = everywhere && range != nullptr;
            if (range == nullptr) continue;
            hull.min_mm = std::min(hull.min_mm, range->min_mm);
            hull.max_mm = std::max(hull.max_mm, range->max_mm);
        }
        if (everywhere) out.push_back(hull);
    }
    return out;
}

}  // namespace b2a::domain
