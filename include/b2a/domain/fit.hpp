// SPDX-License-Identifier: Apache-2.0
// Does a size fit a body? Integers only, no clock, no brand's secrets: what a chart states is held against what is
// known of the body, measurement by measurement. What is not known stays unknown and never counts as a fit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/domain/size.hpp"

namespace b2a::domain {

/// How something is known of a body; the later the weaker.
enum class Basis : std::uint8_t {
    measured,   // somebody said so
    garment,    // the chart of a garment that fits says so
    converted,  // the same, but its size had to be converted by a standard table first
};
std::string_view to_text(Basis basis) noexcept;

/// Somewhere between the two, ends included; a measured one has equal ends.
struct BodyMeasure {
    std::int32_t min_mm = 0;
    std::int32_t max_mm = 0;
    Basis basis = Basis::measured;
    [[nodiscard]] std::int32_t middle_mm() const noexcept { return min_mm + (max_mm - min_mm) / 2; }
    friend bool operator==(BodyMeasure const&, BodyMeasure const&) = default;
};

class Body {
  public:
    /// unprocessable, with the measurement's name as pointer, for what no body measures.
    Result<void> measure(Measurement measurement, std::int64_t mm);
    /// unprocessable for measurements that no body has together, such as legs longer than the person.
    [[nodiscard]] Result<void> check() const;
    /// A garment fits that was made for bodies in `ranges`. A measured value stands; of several garments the ranges
    /// are intersected. Where they do not meet, the first one stands and the measurement is returned.
    std::vector<Measurement> wears(std::span<MeasureRange const> ranges, Basis basis);

    [[nodiscard]] std::optional<BodyMeasure> const& at(Measurement measurement) const noexcept {
        return known_[static_cast<std::size_t>(measurement)];
    }
    [[nodiscard]] bool empty() const noexcept;
    friend bool operator==(Body const&, Body const&) = default;

  private:
    std::array<std::optional<BodyMeasure>, measurement_count> known_;
};

/// What a garment decides by, and with which weight; the weights of one garment add up to 10.
struct Deciding {
    Measurement measurement = Measurement::chest;
    std::int32_t weight = 0;
};
inline constexpr std::size_t deciding_max = 3;
inline constexpr std::int32_t deciding_total = 10;
/// Children's and babies' clothes decide by height first (EN 13402-3).
std::vector<Deciding> const& deciding(Garment garment, Audience audience) noexcept;

/// What a product gives beyond its chart.
struct Give {
    std::int32_t ease_mm = 0;      // room that it has more than the chart's garments usually have
    std::int32_t stretch_ppm = 0;  // how far the cloth stretches; half of that is worn without feeling tight
    friend bool operator==(Give const&, Give const&) = default;
};
inline constexpr std::int32_t ease_mm_max = 1'000;
inline constexpr std::int32_t stretch_ppm_max = 1'000'000;

enum class FitVerdict : std::uint8_t { fits, unknown, tight, loose };
std::string_view to_text(FitVerdict verdict) noexcept;

/// One measurement's part in a verdict. `distance_mm` is how far the body (the middle of what is known) is outside of
/// the range: positive for a body that is larger, the garment is tight then.
struct MeasureFit {
    Measurement measurement = Measurement::chest;
    std::int32_t weight = 0;
    std::optional<BodyMeasure> body;
    std::optional<MeasureRange> range;
    std::int32_t distance_mm = 0;
    std::int32_t tolerance_mm = 0;  // that the distance may have on its side
    FitVerdict verdict = FitVerdict::unknown;
    friend bool operator==(MeasureFit const&, MeasureFit const&) = default;
};

struct RowFit {
    FitVerdict verdict = FitVerdict::unknown;
    std::int64_t misfit_ppm = 0;      // distances relative to the body, weighed over what is known
    std::int64_t confidence_ppm = 0;  // the weight of what is known, less for what is known by a garment
    std::int64_t margin_ppm = 0;      // how far inside, up to the error of a tape measure
    std::array<MeasureFit, deciding_max> parts{};
    std::size_t part_count = 0;

    [[nodiscard]] std::span<MeasureFit const> deciding() const noexcept { return {parts.data(), part_count}; }
    friend bool operator==(RowFit const&, RowFit const&) = default;
};

/// One measurement outside is enough for `tight` or `loose` (tight when there are both). `fits` needs more than half of
/// the deciding weight known, and nothing outside; everything else is `unknown`.
RowFit fit_row(SizeRow const& row, Garment garment, Audience audience, Body const& body, Give give);
/// The order of ranks: fits before unknown before tight and loose, then less misfit, more confidence, more margin.
/// Widening a range of a row never lowers the row's rank.
bool ranks_before(RowFit const& a, RowFit const& b) noexcept;

/// The rows of a chart that a label may stand for.
struct RowMatch {
    std::vector<std::size_t> rows;  // empty: none; several only after a conversion
    bool converted = false;         // by a standard table
};
/// The chart's own labels first, then the equivalents that the brand states, then, if `system` is given, the standard
/// table.
RowMatch match_rows(SizeChart const& chart, std::string_view label, std::optional<SizeSystem> system);
/// What all of the rows cover together, for measurements that each of them has.
std::vector<MeasureRange> covered_by(SizeChart const& chart, std::span<std::size_t const> rows);

/// Labels of `to` that a standard table gives for a label of `from`; empty where no table says so.
std::vector<std::string_view> convert_size(std::string_view label, SizeSystem from, SizeSystem to, Garment garment,
                                           Audience audience);
/// Where that table is from; empty where there is none.
std::string_view conversion_source(Garment garment, Audience audience) noexcept;

}  // namespace b2a::domain
