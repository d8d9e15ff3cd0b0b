// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/fit.hpp"
#include "b2a/domain/fit.hpp"

#include "shopping/compose_task.hpp"

namespace b2a::shopping {
namespace {

/// What a filled slot is worth by itself keeps a good basket with a slot left empty from beating one without.
std::vector<Factor> const weights{{"filled", 500'000, 0},
                                  {"named", 300'000, 0},
                                  {"match", 100'000, 0},
                                  {"style", 100'000, 0},
                                  {"occasion", 60'000, 0},
                                  {"fit", 120'000, 0},
                                  {"price", 100'000, 0},
                                  {"goes_with", goes_with_weight, 0},
                                  {"color_harmony", harmony_weight, 0}};

}  // namespace

std::vector<Factor> const& compose_weights() noexcept {
    return weights;
}

Factor const& weight_of(LineFactor factor) noexcept {
    return weights[static_cast<std::size_t>(factor)];
}

FitPoints::FitPoints(catalog::Snapshot const& snapshot, Need const& need) :
    snapshot_(snapshot),
    known_(need.members.size(), std::vector<std::optional<std::int64_t>>(snapshot.size_classes().size())) {
    for (auto const& member : need.members) {
        catalog::FitQuery query;
        query.body = member.body;
        query.owns = member.owns;
        query.audience = member.audience;
        bodies_.push_back(look_up(snapshot.data().size_charts, query).body);
    }
}

std::int64_t FitPoints::of(std::uint32_t variant, std::optional<std::size_t> member) {
    auto const size = snapshot_.size_class_of(variant);
    if (!member || !size) return 0;
    auto& known = known_[*member][*size];
    if (!known) known = find(*member, *size);
    return *known;
}

/// Half for how much is known of the body, half for how far inside of the size it is.
std::int64_t FitPoints::find(std::size_t member, std::uint32_t size_class) const {
    auto const& size = snapshot_.size_classes()[size_class];
    if (size.chart == nullptr || !size.row || !size.garment || bodies_[member].empty()) return 0;
    auto const fit =
        fit_row(size.chart->rows[*size.row], *size.garment, size.chart->audience, bodies_[member], size.give);
    return fit.verdict == domain::FitVerdict::fits ? (fit.confidence_ppm + fit.margin_ppm) / 2 : 0;
}

}  // namespace b2a::shopping
