// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/limits.hpp"

#include "importer/native.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t name_bytes_max = 32;

template <class E>
E read_choice(Reader& in, std::string_view key, std::optional<E> (*from_text)(std::string_view) noexcept, E fallback,
              Presence presence = Presence::required) {
    auto const text = in.string(key, name_bytes_max, presence);
    if (!text) return fallback;
    auto const value = from_text(*text);
    if (!value) in.problem(key, shown(*text) + " is unknown here");
    return value.value_or(fallback);
}

std::optional<domain::MeasureRange> read_range(Reader& in, std::string_view name, json::View ends) {
    auto const measurement = domain::measurement_from_text(name);
    if (!measurement) {
        in.problem(name, "is no measurement of a body");
        return std::nullopt;
    }
    std::vector<std::int32_t> found;
    auto const bounds = domain::bounds_of(*measurement);
    ends.each_element([&](std::size_t, json::View end) {
        auto const number = end.as_int();
        if (number && *number >= bounds.min_mm && *number <= bounds.max_mm)
            found.push_back(static_cast<std::int32_t>(*number));
    });
    if (found.size() == 2 && ends.size() == 2) return domain::MeasureRange{*measurement, found[0], found[1]};
    in.problem(name, "must be the two ends of a range in whole millimetres, from " + std::to_string(bounds.min_mm) +
                         " to " + std::to_string(bounds.max_mm));
    return std::nullopt;
}

domain::SizeRow read_row(Reader& in) {
    allow_only(in, {"label", "equivalents", "ranges"});
    domain::SizeRow row;
    row.label = read_line(in, "label", domain::size_label_bytes_max, Presence::required);
    in.objects("equivalents", domain::size_equivalents_max, [&](Reader& item) {
        allow_only(item, {"system", "label"});
        domain::SizeEquivalent equivalent;
        equivalent.system = read_choice(item, "system", domain::size_system_from_text, domain::SizeSystem::letter);
        equivalent.label = read_line(item, "label", domain::size_label_bytes_max, Presence::required);
        row.equivalents.push_back(std::move(equivalent));
    });
    in.object(
        "ranges",
        [&](Reader& item) {
            item.view().each_member([&](std::string_view name, json::View ends) {
                if (auto const range = read_range(item, name, ends)) row.ranges.push_back(*range);
            });
        },
        Presence::required);
    return row;
}

}  // namespace

domain::SizeChart read_size_chart(Reader& in, FileContext const& context) {
    allow_only(in, {"type", "id", "brand", "garment", "audience", "system", "rows", "source", "synthetic"});
    domain::SizeChart chart;
    chart.id = in.string("id", limits::id_bytes_max, Presence::required).value_or("");
    if (!chart.id.empty() && !is_clean_id(chart.id)) in.problem("id", "is no usable identifier");
    chart.brand = read_line(in, "brand", limits::id_bytes_max);
    if (chart.brand.empty()) chart.brand = context.brand;
    chart.garment = read_choice(in, "garment", domain::garment_from_text, domain::Garment::top);
    chart.audience = read_choice(in, "audience", domain::audience_from_text, domain::Audience::unisex);
    chart.system = read_choice(in, "system", domain::size_system_from_text, domain::SizeSystem::letter);
    in.objects(
        "rows", domain::size_rows_max, [&](Reader& row) { chart.rows.push_back(read_row(row)); }, Presence::required);
    chart.source = read_line(in, "source", limits::product_value_bytes_max);
    chart.synthetic = in.boolean("synthetic").value_or(false);
    if (in.problems().empty())
        if (auto const sound = domain::check(chart); !sound)
            in.problem("", sound.error().pointer + " " + sound.error().detail);
    return chart;
}

}  // namespace b2a::importer
