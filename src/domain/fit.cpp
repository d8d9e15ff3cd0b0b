// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/fit.hpp"

#include <algorithm>
#include <tuple>

namespace b2a::domain {
namespace {

constexpr std::int64_t whole_ppm = 1'000'000;
// A tape measure is good for one per cent: 9 mm around a chest of 900 (ISO 20685 asks experts for half of that).
constexpr std::int32_t tape_error_divisor = 100;

std::int32_t tape_error_mm(std::int32_t body_mm) noexcept {
    return std::max(1, body_mm / tape_error_divisor);
}

std::int64_t quality_ppm(Basis basis) noexcept {
    switch (basis) {
        case Basis::measured: return 1'000'000;
        case Basis::garment: return 800'000;
        case Basis::converted: return 600'000;
    }
    return 0;
}

std::vector<Deciding> adult(Garment garment) {
    using enum Measurement;
    switch (garment) {
        case Garment::top: return {{chest, 7}, {shoulder, 2}, {waist, 1}};
        case Garment::shirt: return {{chest, 6}, {neck, 2}, {sleeve, 2}};
        case Garment::knitwear: return {{chest, 8}, {sleeve, 1}, {shoulder, 1}};
        case Garment::outerwear: return {{chest, 7}, {sleeve, 2}, {shoulder, 1}};
        case Garment::dress: return {{chest, 4}, {waist, 3}, {hip, 3}};
        case Garment::skirt: return {{waist, 6}, {hip, 4}};
        case Garment::trousers: return {{waist, 6}, {hip, 2}, {inseam, 2}};
        case Garment::shorts: return {{waist, 7}, {hip, 3}};
        case Garment::swimsuit: return {{chest, 4}, {hip, 4}, {waist, 2}};
        case Garment::bikini_top: return {{chest, 6}, {underbust, 4}};
        case Garment::bikini_bottom: return {{hip, 7}, {waist, 3}};
        case Garment::swim_trunks: return {{waist, 7}, {hip, 3}};
        case Garment::bra: return {{underbust, 5}, {chest, 5}};
        case Garment::underwear: return {{waist, 6}, {hip, 4}};
        case Garment::socks:
        case Garment::shoes: return {{foot, 10}};
        case Garment::hat: return {{head, 10}};
        case Garment::gloves: return {{hand, 10}};
        case Garment::belt: return {{waist, 10}};
    }
    return {};
}

std::vector<Deciding> child(Garment garment) {
    auto first = adult(garment).front();
    if (first.weight == deciding_total) return {first};
    first.weight = 4;
    return {{Measurement::height, 6}, first};
}

using Decisions = std::array<std::vector<Deciding>, 19>;

Decisions all_of(std::vector<Deciding> (*of)(Garment)) {
    Decisions out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = of(static_cast<Garment>(i));
    return out;
}

MeasureFit judge(Deciding const& by, SizeRow const& row, Body const& body, Give give) {
    MeasureFit part;
    part.measurement = by.measurement;
    part.weight = by.weight;
    part.body = body.at(by.measurement);
    if (auto const* range = find_range(row, by.measurement)) part.range = *range;
    if (!part.body || !part.range) return part;
    auto const middle = part.body->middle_mm();
    auto const error = tape_error_mm(middle);
    part.tolerance_mm = error;
    part.verdict = FitVerdict::fits;
    if (middle < part.range->min_mm) {
        part.distance_mm = middle - part.range->min_mm;
        if (-part.distance_mm > error) part.verdict = FitVerdict::loose;
    } else if (middle > part.range->max_mm) {
        part.distance_mm = middle - part.range->max_mm;
        auto const stretch = std::int64_t{middle} * give.stretch_ppm / (2 * whole_ppm);
        part.tolerance_mm = error + give.ease_mm + static_cast<std::int32_t>(stretch);
        if (part.distance_mm > part.tolerance_mm) part.verdict = FitVerdict::tight;
    }
    return part;
}

/// How far inside of the range; more than a tape measure can tell counts for nothing.
std::int64_t margin_ppm(MeasureFit const& part) noexcept {
    auto const middle = part.body->middle_mm();
    auto const inside = std::min(middle - part.range->min_mm, part.range->max_mm - middle);
    return std::int64_t{std::clamp(inside, 0, tape_error_mm(middle))} * whole_ppm / middle;
}

FitVerdict verdict_of(RowFit const& fit, std::int32_t known) noexcept {
    auto const any = [&](FitVerdict verdict) {
        return std::ranges::find(fit.deciding(), verdict, &MeasureFit::verdict) != fit.deciding().end();
    };
    if (any(FitVerdict::tight)) return FitVerdict::tight;
    if (any(FitVerdict::loose)) return FitVerdict::loose;
    return 2 * known > deciding_total ? FitVerdict::fits : FitVerdict::unknown;
}

int rank_of(FitVerdict verdict) noexcept {
    switch (verdict) {
        case FitVerdict::fits: return 0;
        case FitVerdict::unknown: return 1;
        case FitVerdict::tight:
        case FitVerdict::loose: return 2;
    }
    return 2;
}

}  // namespace

std::string_view to_text(Basis basis) noexcept {
    switch (basis) {
        case Basis::measured: return "measured";
        case Basis::garment: return "garment";
        case Basis::converted: return "converted";
    }
    return "converted";
}

std::string_view to_text(FitVerdict verdict) noexcept {
    switch (verdict) {
        case FitVerdict::fits: return "fits";
        case FitVerdict::unknown: return "unknown";
        case FitVerdict::tight: return "tight";
        case FitVerdict::loose: return "loose";
    }
    return "unknown";
}

Result<void> Body::measure(Measurement measurement, std::int64_t mm) {
    auto const [least, most] = bounds_of(measurement);
    if (mm < least || mm > most)
        return Error(Code::unprocessable,
                     std::string(to_text(measurement)) + " of " + std::to_string(mm) + " mm: bodies have " +
                         std::to_string(least) + " to " + std::to_string(most) + " mm",
                     std::string(to_text(measurement)));
    auto const value = static_cast<std::int32_t>(mm);
    known_[static_cast<std::size_t>(measurement)] = BodyMeasure{value, value, Basis::measured};
    return {};
}

Result<void> Body::check() const {
    constexpr std::pair<Measurement, Measurement> parts[] = {{Measurement::inseam, Measurement::height},
                                                             {Measurement::sleeve, Measurement::height},
                                                             {Measurement::foot, Measurement::height},
                                                             {Measurement::underbust, Measurement::chest}};
    for (auto const& [part, whole] : parts)
        if (at(part) && at(whole) && at(part)->min_mm > at(whole)->max_mm)
            return Error(Code::unprocessable,
                         std::string(to_text(part)) + " cannot be more than " + std::string(to_text(whole)),
                         std::string(to_text(part)));
    return {};
}

std::vector<Measurement> Body::wears(std::span<MeasureRange const> ranges, Basis basis) {
    std::vector<Measurement> contradictory;
    for (auto const& range : ranges) {
        auto& known = known_[static_cast<std::size_t>(range.measurement)];
        if (!known) {
            known = BodyMeasure{range.min_mm, range.max_mm, basis};
            continue;
        }
        auto const least = std::max(known->min_mm, range.min_mm);
        auto const most = std::min(known->max_mm, range.max_mm);
        if (least > most) contradictory.push_back(range.measurement);
        else if (known->basis != Basis::measured) known = BodyMeasure{least, most, std::min(known->basis, basis)};
    }
    return contradictory;
}

bool Body::empty() const noexcept {
    return std::ranges::none_of(known_, [](auto const& known) { return known.has_value(); });
}

std::vector<Deciding> const& deciding(Garment garment, Audience audience) noexcept {
    static Decisions const adults = all_of(adult);
    static Decisions const children = all_of(child);
    bool const small = audience == Audience::children || audience == Audience::babies;
    return (small ? children : adults)[static_cast<std::size_t>(garment)];
}

RowFit fit_row(SizeRow const& row, Garment garment, Audience audience, Body const& body, Give give) {
    RowFit fit;
    std::int32_t known = 0;
    for (auto const& by : deciding(garment, audience)) {
        auto const& part = fit.parts[fit.part_count++] = judge(by, row, body, give);
        if (part.verdict == FitVerdict::unknown) continue;
        known += part.weight;
        fit.misfit_ppm += part.weight * (std::abs(std::int64_t{part.distance_mm}) * whole_ppm) / part.body->middle_mm();
        fit.margin_ppm += part.weight * margin_ppm(part);
        fit.confidence_ppm += part.weight * quality_ppm(part.body->basis) / deciding_total;
    }
    fit.verdict = verdict_of(fit, known);
    if (known == 0) return fit;
    fit.misfit_ppm /= known;
    fit.margin_ppm /= known;
    return fit;
}

bool ranks_before(RowFit const& a, RowFit const& b) noexcept {
    auto const key = [](RowFit const& fit) {
        return std::tuple(rank_of(fit.verdict), fit.misfit_ppm, -fit.confidence_ppm, -fit.margin_ppm);
    };
    return key(a) < key(b);
}

}  // namespace b2a::domain
