// SPDX-License-Identifier: Apache-2.0
#include "shopping/criteria.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "b2a/base/text.hpp"

#include "shopping/normal.hpp"

namespace b2a::shopping {
namespace {

using Value = std::optional<std::int64_t>;

constexpr std::string_view attribute_prefix = "attribute:";
constexpr std::string_view nutrient_prefix = "nutrient:";

Value price_of(ComparedItem const& item) {
    return item.landed && item.landed->deliverable ? Value(item.landed->total.minor) : std::nullopt;
}

Value delivery_of(ComparedItem const& item) {
    if (!item.landed || !item.landed->latest) return std::nullopt;
    return to_micros(*item.landed->latest);
}

Value returns_of(ComparedItem const& item) {
    return item.returns.by_law ? Value(item.returns.days) : std::nullopt;
}

/// Of a kilogram, a litre, a metre or a piece; the measure's own unit says of which of them.
Value unit_price_of(ComparedItem const& item) {
    return item.unit_price ? Value(item.unit_price->amount.minor) : std::nullopt;
}

struct OwnCriterion {
    std::string_view name;
    Better better;
    Value (*value)(ComparedItem const&);
};
constexpr std::array<OwnCriterion, 4> own_criteria{{{"price", Better::lower, price_of},
                                                    {"delivery", Better::lower, delivery_of},
                                                    {"returns", Better::higher, returns_of},
                                                    {"unit_price", Better::lower, unit_price_of}}};
/// Those that the Pareto set has whatever is weighed.
constexpr std::size_t always = 2;

Error refused(std::string const& name, std::string detail, std::string reason) {
    std::string pointer = "/weights/";
    for (auto const c : name) {
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
    }
    Error error(Code::unprocessable, std::move(detail), std::move(pointer));
    error.reason = std::move(reason);
    return error;
}

/// A unit price of litres says nothing beside one of kilograms: those of the first item's kind count.
void keep_one_kind(std::vector<Value>& values, std::vector<ComparedItem> const& items) {
    std::string kind;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].unit_price) continue;
        auto const number = normalised(items[i].unit_price->reference);
        auto const unit = number ? number->unit : std::string();
        if (kind.empty()) kind = unit;
        if (unit != kind) values[i] = std::nullopt;
    }
}

/// Numbers in the unit that most of the row's cells have (that of the first among equals), flags as 0 and 1.
std::vector<Value> values_of(Row const& row) {
    std::string unit;
    std::ptrdiff_t most = 0;
    auto const number = [](Cell const& cell) { return std::get_if<Number>(&cell.value); };
    for (auto const& cell : row.cells) {
        if (number(cell) == nullptr) continue;
        auto const same = std::ranges::count_if(row.cells, [&](Cell const& other) {
            return number(other) != nullptr && number(other)->unit == number(cell)->unit;
        });
        if (same > most) {
            most = same;
            unit = number(cell)->unit;
        }
    }
    std::vector<Value> out;
    for (auto const& cell : row.cells) {
        auto& value = out.emplace_back();
        if (auto const* flag = std::get_if<bool>(&cell.value)) value = *flag ? 1 : 0;
        else if (number(cell) != nullptr && number(cell)->unit == unit) value = number(cell)->milli;
    }
    return out;
}

/// "attribute:weight" → the row "weight"; nutrients stand under their whole name.
Row const* row_of(Comparison const& comparison, std::string_view name) {
    auto key = to_ascii_lower(name);
    if (key.starts_with(attribute_prefix)) key.erase(0, attribute_prefix.size());
    else if (!key.starts_with(nutrient_prefix)) return nullptr;
    auto const found = std::ranges::find(comparison.rows, key, &Row::name);
    return found == comparison.rows.end() ? nullptr : &*found;
}

void add(Comparison& comparison, Criterion criterion, std::vector<Value> const& values) {
    comparison.criteria.push_back(std::move(criterion));
    for (std::size_t i = 0; i < values.size(); ++i) comparison.contenders[i].values.push_back(values[i]);
}

void add_own(Comparison& comparison, OwnCriterion const& own, std::int64_t weight) {
    std::vector<Value> values;
    for (auto const& item : comparison.items) values.push_back(own.value(item));
    if (own.value == &unit_price_of) keep_one_kind(values, comparison.items);
    add(comparison, {std::string(own.name), own.better, weight}, values);
}

Result<void> add_attribute(Comparison& comparison, Weight const& weight) {
    auto const* row = row_of(comparison, weight.name);
    auto const values = row != nullptr ? values_of(*row) : std::vector<Value>();
    if (std::ranges::none_of(values, [](auto const& value) { return value.has_value(); }))
        return refused(weight.name, "none of the items has a number or a flag of this name", "unknown_criterion");
    add(comparison, {weight.name, weight.weight < 0 ? Better::lower : Better::higher, std::abs(weight.weight)}, values);
    return {};
}

}  // namespace

Result<void> add_criteria(Comparison& comparison, CompareQuery const& query) {
    comparison.contenders.clear();
    for (auto const& item : comparison.items) comparison.contenders.push_back({item.ref.variant->id, {}, item.may_win});
    auto const weight_of = [&](std::string_view name) {
        auto const found = std::ranges::find(query.weights, name, &Weight::name);
        return found == query.weights.end() ? std::optional<std::int64_t>() : found->weight;
    };
    if (weight_of("delivery").value_or(0) != 0 && !query.need.ship_to)
        return refused("delivery", "a delivery is only known with need.ship_to", "no_destination");
    for (std::size_t i = 0; i < own_criteria.size(); ++i)
        if (auto const weight = weight_of(own_criteria[i].name); weight || i < always)
            add_own(comparison, own_criteria[i], weight.value_or(0));
    for (auto const& weight : query.weights)
        if (std::ranges::find(own_criteria, weight.name, &OwnCriterion::name) == own_criteria.end())
            B2A_CHECK(add_attribute(comparison, weight));
    return {};
}

}  // namespace b2a::shopping
