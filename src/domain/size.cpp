// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/size.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::domain {
namespace {

constexpr std::array<std::string_view, measurement_count> measurement_names{
    "height", "chest", "underbust", "waist", "hip", "inseam", "shoulder", "sleeve", "neck", "head", "hand", "foot"};
constexpr std::array<std::string_view, 8> system_names{"en13402", "eu", "uk", "us", "fr", "it", "numeric", "letter"};
constexpr std::array<std::string_view, 19> garment_names{
    "top",    "shirt",    "knitwear",   "outerwear",     "dress",       "skirt", "trousers",
    "shorts", "swimsuit", "bikini_top", "bikini_bottom", "swim_trunks", "bra",   "underwear",
    "socks",  "shoes",    "hat",        "gloves",        "belt"};
constexpr std::array<std::string_view, 5> audience_names{"women", "men", "unisex", "children", "babies"};

// By Measurement. Wide on purpose: a premature child and the tallest person on record are bodies too.
constexpr std::array<BodyBounds, measurement_count> body_bounds{{{300, 2'750},
                                                                 {200, 2'200},
                                                                 {200, 2'000},
                                                                 {200, 2'400},
                                                                 {200, 2'500},
                                                                 {80, 1'350},
                                                                 {100, 800},
                                                                 {100, 1'100},
                                                                 {120, 800},
                                                                 {250, 750},
                                                                 {70, 350},
                                                                 {50, 480}}};

template <class E, std::size_t count>
std::string_view name_of(std::array<std::string_view, count> const& names, E value) noexcept {
    return names[static_cast<std::size_t>(value)];
}

template <class E, std::size_t count>
std::optional<E> value_of(std::array<std::string_view, count> const& names, std::string_view text) noexcept {
    auto const found = std::ranges::find(names, text);
    if (found == names.end()) return std::nullopt;
    return static_cast<E>(found - names.begin());
}

Error unsound(std::string detail, std::string pointer) {
    return Error(Code::unprocessable, std::move(detail), std::move(pointer));
}

bool is_label(std::string_view text) noexcept {
    return !text.empty() && text.size() <= size_label_bytes_max;
}

Result<void> check_range(MeasureRange const& range, std::string const& pointer) {
    auto const name = std::string(to_text(range.measurement));
    auto const [least, most] = bounds_of(range.measurement);
    if (range.min_mm > range.max_mm) return unsound(name + " ends before it begins", pointer);
    if (range.min_mm < least || range.max_mm > most)
        return unsound(name + " must be within " + std::to_string(least) + " and " + std::to_string(most) + " mm",
                       pointer);
    return {};
}

Result<void> check_row(SizeChart const& chart, std::size_t at) {
    auto const& row = chart.rows[at];
    auto const pointer = "/rows/" + std::to_string(at);
    if (!is_label(row.label)) return unsound("a size needs a label of at most 32 bytes", pointer + "/label");
    if (find_row(chart, row.label) != at) return unsound("size " + row.label + " comes twice", pointer + "/label");
    if (row.equivalents.size() > size_equivalents_max) return unsound("too many equivalents", pointer + "/equivalents");
    for (std::size_t i = 0; i < row.equivalents.size(); ++i)
        if (!is_label(row.equivalents[i].label))
            return unsound("a size needs a label of at most 32 bytes",
                           pointer + "/equivalents/" + std::to_string(i) + "/label");
    if (row.ranges.empty()) return unsound("size " + row.label + " says nothing about a body", pointer + "/ranges");
    for (auto const& range : row.ranges) {
        auto const place = pointer + "/ranges/" + std::string(to_text(range.measurement));
        if (find_range(row, range.measurement) != &range) return unsound("comes twice", place);
        B2A_CHECK(check_range(range, place));
    }
    return {};
}

}  // namespace

std::string_view to_text(Measurement measurement) noexcept {
    return name_of(measurement_names, measurement);
}

std::optional<Measurement> measurement_from_text(std::string_view text) noexcept {
    if (text == "bust") return Measurement::chest;
    if (text == "hips") return Measurement::hip;
    if (text == "foot_length") return Measurement::foot;
    return value_of<Measurement>(measurement_names, text);
}

BodyBounds bounds_of(Measurement measurement) noexcept {
    return body_bounds[static_cast<std::size_t>(measurement)];
}

std::string_view to_text(SizeSystem system) noexcept {
    return name_of(system_names, system);
}
std::optional<SizeSystem> size_system_from_text(std::string_view text) noexcept {
    return value_of<SizeSystem>(system_names, text);
}
std::string_view to_text(Garment garment) noexcept {
    return name_of(garment_names, garment);
}
std::optional<Garment> garment_from_text(std::string_view text) noexcept {
    return value_of<Garment>(garment_names, text);
}
std::string_view to_text(Audience audience) noexcept {
    return name_of(audience_names, audience);
}
std::optional<Audience> audience_from_text(std::string_view text) noexcept {
    return value_of<Audience>(audience_names, text);
}

Result<void> check(SizeChart const& chart) {
    if (chart.id.empty()) return unsound("a size chart needs an id", "/id");
    if (chart.brand.empty()) return unsound("a size chart needs a brand", "/brand");
    if (chart.rows.empty() || chart.rows.size() > size_rows_max)
        return unsound("a size chart has 1 to " + std::to_string(size_rows_max) + " sizes", "/rows");
    for (std::size_t i = 0; i < chart.rows.size(); ++i) B2A_CHECK(check_row(chart, i));
    return {};
}

bool is_monotone(SizeChart const& chart) noexcept {
    for (std::size_t i = 1; i < chart.rows.size(); ++i)
        for (auto const& range : chart.rows[i].ranges) {
            auto const* before = find_range(chart.rows[i - 1], range.measurement);
            if (before != nullptr && (range.min_mm < before->min_mm || range.max_mm < before->max_mm)) return false;
        }
    return true;
}

MeasureRange const* find_range(SizeRow const& row, Measurement measurement) noexcept {
    auto const found = std::ranges::find(row.ranges, measurement, &MeasureRange::measurement);
    return found == row.ranges.end() ? nullptr : &*found;
}

std::optional<std::size_t> find_row(SizeChart const& chart, std::string_view label) noexcept {
    auto const wanted = trim(label);
    auto const found = std::ranges::find_if(chart.rows, [&](SizeRow const& row) { return iequals(row.label, wanted); });
    if (found == chart.rows.end()) return std::nullopt;
    return static_cast<std::size_t>(found - chart.rows.begin());
}

SizeChart const* find_chart(std::vector<SizeChart> const& charts, std::string_view brand, Garment garment,
                            Audience audience) noexcept {
    auto const found = std::ranges::find_if(charts, [&](SizeChart const& chart) {
        return chart.garment == garment && chart.audience == audience && iequals(chart.brand, brand);
    });
    return found == charts.end() ? nullptr : &*found;
}

}  // namespace b2a::domain
