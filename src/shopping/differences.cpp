// SPDX-License-Identifier: Apache-2.0
#include "shopping/differences.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "b2a/base/text.hpp"

namespace b2a::shopping {
namespace {

using Facts = std::map<std::string, std::vector<domain::AttributeValue>>;

void add_food(Facts& facts, domain::FoodInfo const& food) {
    for (std::size_t a = 0; a < domain::allergen_count; ++a) {
        auto const allergen = static_cast<domain::Allergen>(a);
        facts["allergen:" + std::string(to_text(allergen))] = {std::string(to_text(food.allergens.status(allergen)))};
    }
    for (auto const& claim : food.diets)
        facts["diet:" + std::string(to_text(claim.diet))] = {std::string(to_text(claim.status))};
}

Facts facts_of(catalog::VariantRef const& ref) {
    Facts facts;
    if (!ref.product->brand.empty()) facts["brand"] = {ref.product->brand};
    for (auto const& attribute : ref.product->attributes)
        facts[to_ascii_lower(attribute.name)].push_back(attribute.value);
    Facts own;
    for (auto const& attribute : ref.variant->attributes)
        own[to_ascii_lower(attribute.name)].push_back(attribute.value);
    for (auto const& option : ref.variant->options) own[to_ascii_lower(option.name)] = {option.label};
    for (auto& [name, values] : own) facts[name] = std::move(values);
    if (ref.product->food) add_food(facts, *ref.product->food);
    return facts;
}

/// Several texts become one, so that a difference has one value on each side.
std::optional<domain::AttributeValue> shown(Facts const& facts, std::string const& name) {
    auto const found = facts.find(name);
    if (found == facts.end()) return std::nullopt;
    auto const& values = found->second;
    auto const is_text = [](auto const& value) { return std::holds_alternative<std::string>(value); };
    if (values.size() == 1 || !std::ranges::all_of(values, is_text)) return values.front();
    std::set<std::string> texts;
    for (auto const& value : values) texts.insert(std::get<std::string>(value));
    std::string joined;
    for (auto const& text : texts) joined += (joined.empty() ? "" : ", ") + text;
    return joined;
}

}  // namespace

std::vector<Difference> differences_of(catalog::VariantRef const& was, catalog::VariantRef const& now) {
    std::vector<Difference> out;
    if (was.variant_index == now.variant_index) return out;
    auto const before = facts_of(was);
    auto const after = facts_of(now);
    std::set<std::string> names;
    for (auto const* facts : {&before, &after})
        for (auto const& [name, values] : *facts) names.insert(name);
    for (auto const& name : names) {
        Difference difference{name, shown(before, name), shown(after, name)};
        if (difference.was != difference.now) out.push_back(std::move(difference));
    }
    return out;
}

std::size_t common_count(catalog::VariantRef const& a, catalog::VariantRef const& b) {
    auto const count = [](auto const& left, auto const& right) {
        return static_cast<std::size_t>(
            std::ranges::count_if(left, [&](auto const& one) { return std::ranges::find(right, one) != right.end(); }));
    };
    return count(a.variant->options, b.variant->options) + count(a.variant->attributes, b.variant->attributes) +
           count(a.product->attributes, b.product->attributes);
}

std::size_t option_clashes(catalog::VariantRef const& a, catalog::VariantRef const& b) {
    std::size_t clashes = 0;
    for (auto const& option : a.variant->options)
        for (auto const& other : b.variant->options)
            if (iequals(option.name, other.name) && !iequals(option.label, other.label)) ++clashes;
    return clashes;
}

}  // namespace b2a::shopping
