// SPDX-License-Identifier: Apache-2.0
// Sizes as brands publish them: a chart says, per size, which bodies it was made for. Body measurements are in
// millimetres and named as in EN 13402-1; garment measurements have no place here. Pure values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"

namespace b2a::domain {

/// `chest` is the bust of women; `hand` is its girth, `foot` its length.
enum class Measurement : std::uint8_t {
    height,
    chest,
    underbust,
    waist,
    hip,
    inseam,
    shoulder,
    sleeve,
    neck,
    head,
    hand,
    foot
};
inline constexpr std::size_t measurement_count = 12;
std::string_view to_text(Measurement measurement) noexcept;
/// Also by its other usual name: "bust", "hips", "foot_length".
std::optional<Measurement> measurement_from_text(std::string_view text) noexcept;

/// What a human body can measure, newborns and giants included; anything else is a wrong unit or a slip.
struct BodyBounds {
    std::int32_t min_mm = 0;
    std::int32_t max_mm = 0;
};
BodyBounds bounds_of(Measurement measurement) noexcept;

/// `eu` is the German series for women's clothes and Paris points for shoes. `numeric` are numbers that only the brand
/// can explain, such as the inches of jeans: no table converts them.
enum class SizeSystem : std::uint8_t { en13402, eu, uk, us, fr, it, numeric, letter };
std::string_view to_text(SizeSystem system) noexcept;
std::optional<SizeSystem> size_system_from_text(std::string_view text) noexcept;

enum class Garment : std::uint8_t {
    top,
    shirt,
    knitwear,
    outerwear,
    dress,
    skirt,
    trousers,
    shorts,
    swimsuit,
    bikini_top,
    bikini_bottom,
    swim_trunks,
    bra,
    underwear,
    socks,
    shoes,
    hat,
    gloves,
    belt
};
std::string_view to_text(Garment garment) noexcept;
std::optional<Garment> garment_from_text(std::string_view text) noexcept;

enum class Audience : std::uint8_t { women, men, unisex, children, babies };
std::string_view to_text(Audience audience) noexcept;
std::optional<Audience> audience_from_text(std::string_view text) noexcept;

/// The bodies that a size was made for, both ends included.
struct MeasureRange {
    Measurement measurement = Measurement::chest;
    std::int32_t min_mm = 0;
    std::int32_t max_mm = 0;
    friend bool operator==(MeasureRange const&, MeasureRange const&) = default;
};

struct SizeEquivalent {
    SizeSystem system = SizeSystem::letter;
    std::string label;
    friend bool operator==(SizeEquivalent const&, SizeEquivalent const&) = default;
};

struct SizeRow {
    std::string label;                        // as variants carry it: "M", "38"
    std::vector<SizeEquivalent> equivalents;  // as the brand itself states them
    std::vector<MeasureRange> ranges;         // each measurement at most once
    friend bool operator==(SizeRow const&, SizeRow const&) = default;
};

struct SizeChart {
    std::string id;
    std::string brand;
    Garment garment = Garment::top;
    Audience audience = Audience::unisex;
    SizeSystem system = SizeSystem::letter;  // of the labels
    std::vector<SizeRow> rows;               // the smallest size first
    std::string source;                      // where it was published
    bool synthetic = false;                  // made up for a demonstration
    friend bool operator==(SizeChart const&, SizeChart const&) = default;
};

inline constexpr std::size_t size_rows_max = 64;
inline constexpr std::size_t size_equivalents_max = 16;
inline constexpr std::size_t size_label_bytes_max = 32;

/// unprocessable with a pointer into the chart: no id, brand or rows, a label or measurement twice, a range that is
/// turned round or that no body has.
Result<void> check(SizeChart const& chart);
/// Does every measurement grow from row to row, where both have it? A chart that does not is suspicious, not wrong.
bool is_monotone(SizeChart const& chart) noexcept;

MeasureRange const* find_range(SizeRow const& row, Measurement measurement) noexcept;
/// The row whose own label this is, without regard to ASCII case.
std::optional<std::size_t> find_row(SizeChart const& chart, std::string_view label) noexcept;
/// A chart for what these three say; the first one of several.
SizeChart const* find_chart(std::vector<SizeChart> const& charts, std::string_view brand, Garment garment,
                            Audience audience) noexcept;

}  // namespace b2a::domain
