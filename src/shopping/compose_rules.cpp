// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include "shopping/compose_task.hpp"

namespace b2a::shopping {
namespace {

struct RuleName {
    ComposeRule::Type type;
    std::string_view name;
};
constexpr RuleName rule_names[] = {{ComposeRule::Type::same_color, "same_color"},
                                   {ComposeRule::Type::harmonious_color, "harmonious_color"},
                                   {ComposeRule::Type::same_brand, "same_brand"},
                                   {ComposeRule::Type::distinct_products, "distinct_products"},
                                   {ComposeRule::Type::max_per_product, "max_per_product"},
                                   {ComposeRule::Type::max_per_category, "max_per_category"},
                                   {ComposeRule::Type::incompatible, "incompatible"}};

Error refused(std::size_t rule, std::string member, std::string detail, std::string reason) {
    Error error(Code::unprocessable, std::move(detail), "/rules/" + std::to_string(rule) + std::move(member));
    error.reason = std::move(reason);
    return error;
}

/// The weight of an edge of the catalog, in percent of goes_with_weight; 0: the two are not meant for each other.
std::int64_t percent_of(domain::EdgeType type) noexcept {
    switch (type) {
        case domain::EdgeType::goes_with:
        case domain::EdgeType::part_of_look:
        case domain::EdgeType::accessory_for: return 100;
        case domain::EdgeType::cross_sell: return 50;
        case domain::EdgeType::related: return 25;
        case domain::EdgeType::up_sell:
        case domain::EdgeType::substitute_for:
        case domain::EdgeType::replaces: return 0;
    }
    return 0;
}

/// The best edge between two products that may both be chosen, in either direction.
std::vector<Affinity> affinities_of(Setup const& setup) {
    std::map<std::string_view, std::pair<std::uint32_t, domain::Product const*>> products;
    for (std::size_t g = 0; g < setup.groups.size(); ++g)
        for (std::size_t c = 0; c < setup.groups[g].options.size(); ++c) {
            auto const* product = setup.groups[g].options[c].ref.product;
            products.try_emplace(product->id, setup.problem.slots[g].candidates[c].trait(Trait::product), product);
        }
    std::map<std::pair<std::uint32_t, std::uint32_t>, Affinity> best;
    for (auto const& [id, entry] : products)
        for (auto const& edge : entry.second->edges) {
            auto const target = products.find(edge.target);
            if (target == products.end() || target->second.first == entry.first) continue;
            auto const score = std::min<std::int64_t>(edge.score_ppm, 1'000'000);
            auto const bonus = goes_with_weight * percent_of(edge.type) / 100 * score / 1'000'000;
            auto const key = std::minmax(entry.first, target->second.first);
            auto& known = best[key];
            if (bonus > known.bonus) known = {key.first, key.second, to_text(edge.type), edge.source, bonus};
        }
    std::vector<Affinity> all;
    for (auto const& [key, affinity] : best)
        if (affinity.bonus > 0) all.push_back(affinity);
    return all;
}

/// Rules of one question, turned into those of its problem.
class Translator {
  public:
    Translator(Task const& task, Setup& setup) : task_(task), setup_(setup) {}

    Result<void> add(ComposeRule const& rule, std::size_t index) {
        using Type = ComposeRule::Type;
        B2A_TRY(slots, mask_of(rule, index));
        Rule out{Rule::Kind::at_most, Trait::product, slots, rule.count, rule.bonus};
        switch (rule.type) {
            case Type::same_color: out.kind = Rule::Kind::same, out.trait = Trait::color; break;
            case Type::harmonious_color: out.kind = Rule::Kind::harmonious, out.trait = Trait::color; break;
            case Type::same_brand: out.kind = Rule::Kind::same, out.trait = Trait::brand; break;
            case Type::distinct_products: out.count = 1; break;
            case Type::max_per_product: break;
            case Type::max_per_category: out.trait = Trait::category; break;
            case Type::incompatible: return ban(rule, index);
        }
        if (rule.bonus && out.kind == Rule::Kind::at_most)
            return refused(index, "/bonus", "this rule holds or does not hold: it is no wish", "no_soft_rule");
        push(out, to_text(rule.type));
        return {};
    }

    void push(Rule const& rule, std::string_view name) {
        setup_.problem.rules.push_back(rule);
        setup_.rule_names.push_back(name);
    }

    [[nodiscard]] std::uint64_t all_slots() const {
        std::uint64_t mask = 0;
        for (std::size_t g = 0; g < setup_.groups.size(); ++g) mask |= std::uint64_t{1} << g;
        return mask;
    }

  private:
    Result<std::uint64_t> mask_of(ComposeRule const& rule, std::size_t index) const {
        if (rule.slots.empty()) return all_slots();
        std::uint64_t mask = 0;
        for (std::size_t i = 0; i < rule.slots.size(); ++i) {
            auto const is_it = [&](TaskSlot const& slot) { return slot.report.asked.name == rule.slots[i]; };
            auto const found = std::ranges::find_if(task_.slots, is_it);
            if (found == task_.slots.end())
                return refused(index, "/slots/" + std::to_string(i), "there is no such slot", "unknown_slot");
            for (std::size_t g = 0; g < setup_.groups.size(); ++g)
                if (task_.slots[setup_.groups[g].slot].report.asked.name == rule.slots[i])
                    mask |= std::uint64_t{1} << g;
        }
        return mask;
    }

    Result<void> ban(ComposeRule const& rule, std::size_t index) {
        std::vector<std::uint32_t> ids;
        for (std::size_t i = 0; i < rule.products.size(); ++i) {
            if (!task_.snapshot.find_product(rule.products[i]))
                return refused(index, "/products/" + std::to_string(i), "no product has this id", "unknown_product");
            ids.push_back(id_of(rule.products[i]));
        }
        for (std::size_t i = 0; i < ids.size(); ++i)
            for (std::size_t j = i + 1; j < ids.size(); ++j)
                if (ids[i] != 0 && ids[j] != 0 && ids[i] != ids[j]) setup_.problem.bans.push_back({ids[i], ids[j], 0});
        return {};
    }
    /// 0: it may fill no slot.
    [[nodiscard]] std::uint32_t id_of(std::string const& product) const {
        for (std::size_t g = 0; g < setup_.groups.size(); ++g)
            for (std::size_t c = 0; c < setup_.groups[g].options.size(); ++c)
                if (setup_.groups[g].options[c].ref.product->id == product)
                    return setup_.problem.slots[g].candidates[c].trait(Trait::product);
        return 0;
    }

    Task const& task_;
    Setup& setup_;
};

}  // namespace

std::string_view to_text(ComposeRule::Type type) noexcept {
    for (auto const& entry : rule_names)
        if (entry.type == type) return entry.name;
    return "rule";
}

std::optional<ComposeRule::Type> compose_rule_from_text(std::string_view text) noexcept {
    for (auto const& entry : rule_names)
        if (entry.name == text) return entry.type;
    return std::nullopt;
}

Result<void> add_rules(Task const& task, Without const& without, Aim aim, Setup& setup) {
    Translator translator(task, setup);
    bool about_colors = false;
    for (std::size_t r = 0; r < task.query.rules.size(); ++r) {
        auto const& rule = task.query.rules[r];
        about_colors = about_colors || rule.type == ComposeRule::Type::same_color ||
                       rule.type == ComposeRule::Type::harmonious_color;
        if (without.rules.contains(r) || (rule.bonus && aim == Aim::cheapest)) continue;
        B2A_CHECK(translator.add(rule, r));
    }
    if (aim == Aim::cheapest) return {};
    // Colours that go together are a wish of everybody who says nothing about colours.
    if (!about_colors)
        translator.push({Rule::Kind::harmonious, Trait::color, translator.all_slots(), 1, harmony_weight},
                        "color_harmony");
    setup.affinities = affinities_of(setup);
    for (auto const& affinity : setup.affinities)
        setup.problem.pairs.push_back({affinity.a, affinity.b, affinity.bonus});
    return {};
}

}  // namespace b2a::shopping
