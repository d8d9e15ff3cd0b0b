// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "shopping/compose_task.hpp"

namespace b2a::shopping {
namespace {

/// A line, and where the problem has it.
struct Origin {
    std::size_t group = 0;
    std::size_t candidate = 0;
};

std::string percent(std::int64_t points, std::int64_t weight) {
    return std::to_string(weight == 0 ? 0 : points * 100 / weight) + " %";
}

class Writer {
  public:
    Writer(Task const& task, Need const& need, Setup const& setup, Assessor const& assessor) :
        task_(task), need_(need), setup_(setup), assessor_(assessor) {}

    Result<Basket> write(Solution const& solution) {
        basket_.score = solution.score;
        std::size_t place = 0;
        for (std::size_t g = 0; g < setup_.groups.size(); ++g)
            for (std::uint32_t r = 0; r < setup_.problem.slots[g].repeat; ++r, ++place)
                if (solution.choice[place]) add_line({g, *solution.choice[place]}, r);
        add_bonds();
        basket_.landed.total.currency = need_.currency;
        if (basket_.lines.empty()) return std::move(basket_);
        LandedQuery query{{}, need_.currency, need_.ship_to, need_.needed_by, {}, task_.now};
        for (auto const& line : basket_.lines) query.lines.push_back({line.ref.variant->id, line.quantity});
        B2A_TRY(landed, landed_cost(task_.snapshot, query));
        basket_.landed = std::move(landed);
        return std::move(basket_);
    }

  private:
    void add_line(Origin origin, std::size_t repeat) {
        auto const& group = setup_.groups[origin.group];
        auto const& option = group.options[origin.candidate];
        auto const member = group.members[repeat % group.members.size()];
        auto& line = basket_.lines.emplace_back();
        line.slot = group.slot;
        if (member) line.member = need_.members[*member].id;
        line.day = static_cast<std::uint32_t>(repeat / group.members.size()) + 1;
        line.ref = option.ref;
        line.quantity = option.quantity;
        line.unit_minor = option.unit_minor;
        line.constraints = assessor_.verdicts(option.ref.variant_index, member);
        for (std::size_t f = 0; f < line_factor_count; ++f) {
            auto const& weight = weight_of(static_cast<LineFactor>(f));
            line.factors.push_back({weight.name, weight.weight, option.points[f]});
        }
        give_reasons(line, option, group);
        origins_.push_back(origin);
    }

    void give_reasons(ComposedLine& line, Option const& option, Group const& group) const {
        auto const points = [&](LineFactor f) { return option.points[static_cast<std::size_t>(f)]; };
        auto& reasons = line.reasons;
        if (option.named)
            reasons.push_back("choice " + std::to_string(*option.named + 1) + " of those named for this slot");
        if (points(LineFactor::style) > 0) reasons.emplace_back("has a style that the occasion asks for");
        if (points(LineFactor::occasion) > 0) reasons.emplace_back("is made for the occasion");
        if (points(LineFactor::match) > 0)
            reasons.push_back("matches the words by " +
                              percent(points(LineFactor::match), weight_of(LineFactor::match).weight) + " of the best");
        if (points(LineFactor::fit) > 0) reasons.emplace_back("is in a size that fits");
        auto const cheaper = std::ranges::count_if(
            group.options, [&](Option const& other) { return other.unit_minor < option.unit_minor; });
        auto const all = std::to_string(group.options.size());
        if (group.options.size() == 1) reasons.emplace_back("the only one that answers every constraint");
        else if (cheaper == 0) reasons.push_back("none of the " + all + " that answer every constraint costs less");
        else reasons.push_back(std::to_string(cheaper) + " of the " + all + " that answer every constraint cost less");
    }

    void add_bonds() {
        for (std::size_t a = 0; a < origins_.size(); ++a)
            for (std::size_t b = a + 1; b < origins_.size(); ++b) {
                add_affinities(a, b);
                add_agreements(a, b);
            }
    }

    [[nodiscard]] Candidate const& candidate(Origin origin) const {
        return setup_.problem.slots[origin.group].candidates[origin.candidate];
    }

    void add_affinities(std::size_t a, std::size_t b) {
        auto const one = candidate(origins_[a]).trait(Trait::product);
        auto const other = candidate(origins_[b]).trait(Trait::product);
        for (auto const& known : setup_.affinities)
            if (known.a == std::min(one, other) && known.b == std::max(one, other)) {
                basket_.bonds.push_back({known.name, a, b, known.bonus, std::string(known.source)});
                basket_.lines[b].reasons.push_back(std::string(known.name) + " " + basket_.lines[a].ref.product->id);
            }
    }

    void add_agreements(std::size_t a, std::size_t b) {
        for (std::size_t r = 0; r < setup_.problem.rules.size(); ++r) {
            auto const& rule = setup_.problem.rules[r];
            auto const covered = [&](std::size_t line) { return (rule.slots >> origins_[line].group & 1U) != 0; };
            if (!rule.bonus || !covered(a) || !covered(b)) continue;
            auto const x = candidate(origins_[a]).trait(rule.trait);
            auto const y = candidate(origins_[b]).trait(rule.trait);
            bool const agree = x != 0 && y != 0 &&
                               (rule.kind == Rule::Kind::same ? x == y : (setup_.problem.harmony[x] >> y & 1U) != 0);
            if (!agree) continue;
            auto const name = setup_.rule_names[r];
            basket_.bonds.push_back(
                {name, a, b, *rule.bonus, rule.kind == Rule::Kind::same ? "rule" : "rule:color_harmony/1"});
            basket_.lines[b].reasons.push_back(std::string(name) + " with " + basket_.lines[a].ref.product->id);
        }
    }

    Task const& task_;
    Need const& need_;
    Setup const& setup_;
    Assessor const& assessor_;
    Basket basket_;
    std::vector<Origin> origins_;  // by line
};

}  // namespace

Result<Basket> basket_of(Task const& task, Need const& need, Setup const& setup, Assessor const& assessor,
                         Solution const& solution) {
    return Writer(task, need, setup, assessor).write(solution);
}

}  // namespace b2a::shopping
