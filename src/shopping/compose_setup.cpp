// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <map>

#include "b2a/catalog/color_families.hpp"

#include "shopping/compose_task.hpp"

namespace b2a::shopping {
namespace {

constexpr auto endless = std::numeric_limits<std::int64_t>::max() / 2;

std::int64_t share_of(std::int64_t weight, std::int64_t part, std::int64_t whole) {
    return whole <= 0 ? 0
                      : static_cast<std::int64_t>(static_cast<std::uint64_t>(weight) *
                                                  static_cast<std::uint64_t>(part) / static_cast<std::uint64_t>(whole));
}

/// Hands out small ids from 1 on.
template <class Key>
class Numbers {
  public:
    std::uint32_t of(Key const& key) {
        return known_.try_emplace(key, static_cast<std::uint32_t>(known_.size() + 1)).first->second;
    }

  private:
    std::map<Key, std::uint32_t> known_;
};

/// What a variant's colour is called: its own option or attribute, else the product's.
std::string_view color_of(catalog::VariantRef const& ref) {
    for (auto const& option : ref.variant->options)
        if (option.name == "color") return option.label;
    for (auto const* attributes : {&ref.variant->attributes, &ref.product->attributes})
        for (auto const& attribute : *attributes)
            if (auto const* text = std::get_if<std::string>(&attribute.value); text && attribute.name == "color")
                return *text;
    return {};
}

class Builder {
  public:
    Builder(Task const& task, Need const& need, Without const& without, Aim aim, Assessor const& assessor) :
        task_(task), need_(need), without_(without), aim_(aim), assessor_(assessor), fit_(task.snapshot, need) {}

    Result<Setup> build() {
        for (std::size_t s = 0; s < task_.slots.size(); ++s) {
            if (without_.slots.contains(s)) continue;
            auto const before = setup_.groups.size();
            add_slot(s);
            // What may be left empty is not in the cheapest basket, but decides how the goods may have to travel.
            if (aim_ == Aim::best || task_.slots[s].report.asked.required) continue;
            setup_.groups.resize(before);
            setup_.problem.slots.resize(before);
        }
        write_harmony();
        setup_.problem.stock = stock_;
        setup_.travel = !travels_[1] ? Travel::shipped : travels_[0] ? Travel::mixed : Travel::digital;
        B2A_CHECK(add_rules(task_, without_, aim_, setup_));
        add_budget();
        return std::move(setup_);
    }

  private:
    void add_slot(std::size_t s) {
        auto const& slot = task_.slots[s];
        auto const first = setup_.groups.size();
        for (auto const& member : slot.members) {
            Group group{s, {member}, {}};
            ProblemSlot place{{}, slot.report.asked.required, task_.query.days};
            fill(slot, member, group, place);
            // People whom the same things suit equally well share a group: who of them gets which is no question.
            auto at = first;
            while (at < setup_.groups.size() && setup_.problem.slots[at].candidates != place.candidates) ++at;
            if (at < setup_.groups.size()) {
                setup_.groups[at].members.push_back(member);
                setup_.problem.slots[at].repeat += task_.query.days;
                continue;
            }
            setup_.groups.push_back(std::move(group));
            setup_.problem.slots.push_back(std::move(place));
        }
    }

    void fill(TaskSlot const& slot, std::optional<std::size_t> member, Group& group, ProblemSlot& place) {
        std::vector<RawItem const*> items;
        std::int64_t cheapest = endless;
        std::int64_t dearest = 0;
        std::int64_t best_text = 0;
        for (auto const& item : slot.items) {
            auto option = option_of(slot.report.asked, item);
            if (!option || assessor_.outcome(item.ref.variant_index, member) != Outcome::holds) continue;
            cheapest = std::min(cheapest, option->unit_minor);
            dearest = std::max(dearest, option->unit_minor);
            best_text = std::max(best_text, item.text_score);
            items.push_back(&item);
            group.options.push_back(*option);
        }
        for (std::size_t i = 0; i < items.size(); ++i) {
            auto& option = group.options[i];
            give_points(option, *items[i], best_text, member);
            set(option, LineFactor::price, dearest - option.unit_minor, dearest - cheapest);
            place.candidates.push_back(candidate_of(option));
        }
        if (aim_ == Aim::cheapest) price_only(place);
    }

    [[nodiscard]] std::optional<Option> option_of(ComposeSlot const& asked, RawItem const& item) const {
        auto const* offer = domain::find_offer(*item.ref.variant, need_.currency);
        if (offer == nullptr || offer->price.minor < 0) return std::nullopt;
        if (!without_.slot_prices && asked.price_max_minor && offer->price.minor > *asked.price_max_minor)
            return std::nullopt;
        auto const quantity = asked.quantity * need_.quantity;
        auto const stock = task_.snapshot.stock(item.ref.variant_index);
        if (quantity > limits::line_quantity_max || (stock && *stock < quantity)) return std::nullopt;
        if (offer->price.minor > money_minor_max / quantity) return std::nullopt;
        return Option{item.ref, offer->price.minor, quantity, {}, item.named};
    }

    static void set(Option& option, LineFactor factor, std::int64_t part, std::int64_t whole) {
        option.points[static_cast<std::size_t>(factor)] = share_of(weight_of(factor).weight, part, whole);
    }

    void give_points(Option& option, RawItem const& item, std::int64_t best_text, std::optional<std::size_t> member) {
        set(option, LineFactor::filled, 1, 1);
        // The first counts whole, the second half, the third a third.
        if (item.named) set(option, LineFactor::named, 1, static_cast<std::int64_t>(*item.named) + 1);
        set(option, LineFactor::match, item.text_score, best_text);
        set(option, LineFactor::style, has_value(item.ref, "style", task_.styles) ? 1 : 0, 1);
        set(option, LineFactor::occasion, has_value(item.ref, "occasion", task_.occasions) ? 1 : 0, 1);
        auto const whose = member ? member : need_.members.size() == 1 ? std::optional<std::size_t>(0) : std::nullopt;
        set(option, LineFactor::fit, fit_.of(item.ref.variant_index, whose), 1'000'000);
    }

    Candidate candidate_of(Option const& option) {
        Candidate candidate;
        candidate.cost = option.unit_minor * option.quantity;
        for (auto const points : option.points) candidate.utility += points;
        auto const& product = *option.ref.product;
        auto const family = catalog::color_families(color_of(option.ref));
        if (family != 0 && !colors_.contains(family) && colors_.size() < solver_color_max)
            colors_.emplace(family, static_cast<std::uint32_t>(colors_.size() + 1));
        auto const color = colors_.find(family);
        candidate.traits = {products_.of(product.id), product.brand.empty() ? 0 : brands_.of(product.brand),
                            product.categories.empty() ? 0 : categories_.of(product.categories.front()),
                            color == colors_.end() ? 0 : color->second};
        candidate.item = items_.of(option.ref.variant_index) - 1;
        candidate.units = option.quantity;
        stock_.resize(std::max<std::size_t>(stock_.size(), candidate.item + 1), endless);
        if (auto const stock = task_.snapshot.stock(option.ref.variant_index)) stock_[candidate.item] = *stock;
        travels_[static_cast<std::size_t>(option.ref.variant->delivery)] = true;
        return candidate;
    }

    /// The less it costs, the better, and nothing else.
    static void price_only(ProblemSlot& place) {
        std::int64_t dearest = 0;
        for (auto const& candidate : place.candidates) dearest = std::max(dearest, candidate.cost);
        for (auto& candidate : place.candidates)
            candidate.utility = std::min(dearest - candidate.cost, solver_utility_max);
    }

    void write_harmony() {
        auto& harmony = setup_.problem.harmony;
        harmony.assign(colors_.size() + 1, 0);
        for (auto const& [a, row] : colors_)
            for (auto const& [b, column] : colors_)
                if (row == column || catalog::color_harmony_ppm(a, b) > 0) harmony[row] |= std::uint64_t{1} << column;
    }

    void add_budget() {
        if (!need_.budget_max_minor || without_.budget) return;
        std::int64_t most = 0;
        for (auto const& slot : setup_.problem.slots) {
            std::int64_t dearest = 0;
            for (auto const& candidate : slot.candidates) dearest = std::max(dearest, candidate.cost);
            most = std::min(most + dearest * slot.repeat, money_minor_max);
        }
        BasketTotals const totals(task_.snapshot, need_, task_.now, setup_.travel);
        setup_.problem.budget = totals.within(*need_.budget_max_minor, most);
        // Nothing fits: an empty list would mean that everything does.
        if (setup_.problem.budget.empty()) setup_.problem.budget.push_back({-1, -1});
    }

    Task const& task_;
    Need const& need_;
    Without const& without_;
    Aim aim_;
    Assessor const& assessor_;
    FitPoints fit_;
    Setup setup_;
    Numbers<std::string> products_, brands_, categories_;
    Numbers<std::uint32_t> items_;
    std::map<catalog::ColorFamilies, std::uint32_t> colors_;
    std::vector<std::int64_t> stock_;
    std::array<bool, 2> travels_{};
};

}  // namespace

Result<Setup> set_up(Task const& task, Need const& need, Without const& without, Aim aim) {
    B2A_TRY(assessor, Assessor::prepare(task.snapshot, need, task.now));
    return Builder(task, need, without, aim, assessor).build();
}

}  // namespace b2a::shopping
