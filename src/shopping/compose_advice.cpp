// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include "shopping/compose_task.hpp"

namespace b2a::shopping {
namespace {

using Kind = Concession::Kind;

/// Nobody is told to do without these: allergens, diets and sizes are about a person, stock and markets about the shop.
bool is_given(Constraint constraint) noexcept {
    switch (constraint) {
        case Constraint::allergen:
        case Constraint::diet:
        case Constraint::size:
        case Constraint::stock:
        case Constraint::market: return true;
        case Constraint::color:
        case Constraint::style:
        case Constraint::occasion:
        case Constraint::price:
        case Constraint::needed_by:
        case Constraint::budget: return false;
    }
    return true;
}

class Adviser {
  public:
    Adviser(Task const& task, Need const& need) : task_(task), need_(need) {
        list_options();
        for (auto const& slot : task.slots) judged_each_ += slot.items.size() * slot.members.size();
    }

    /// All sets of the smallest size that help, as far as the attempts go: one concession, else two.
    Result<std::vector<Relaxation>> relaxations() {
        std::vector<Relaxation> found;
        for (auto const& option : options_) B2A_CHECK(try_one({option}, found));
        if (!found.empty()) return found;
        for (std::size_t a = 0; a < options_.size(); ++a)
            for (auto b = a + 1; b < options_.size(); ++b) B2A_CHECK(try_one({options_[a], options_[b]}, found));
        return found;
    }

    std::vector<Blocked> blocked(Assessor const& assessor) const {
        std::vector<Blocked> all;
        for (auto const& slot : task_.slots) {
            if (!slot.report.asked.required) continue;
            std::map<std::tuple<Constraint, std::string, std::string>, Blocked> counts;
            for (auto const& member : slot.members)
                if (is_empty(slot, member, assessor)) count(slot, member, assessor, counts);
            for (auto& [key, entry] : counts) all.push_back(std::move(entry));
        }
        return all;
    }

  private:
    void list_options() {
        auto const offer = [&](bool given, Kind kind) {
            if (given) options_.push_back({kind, {}, 0, {}});
        };
        auto const& slots = task_.slots;
        bool const slot_price = std::ranges::any_of(
            slots, [](TaskSlot const& slot) { return slot.report.asked.price_max_minor.has_value(); });
        offer(need_.budget_max_minor.has_value(), Kind::budget);
        offer(need_.price_max_minor.has_value() || slot_price, Kind::price_max);
        offer(!need_.colors.empty(), Kind::colors);
        offer(!need_.styles.empty(), Kind::styles);
        offer(!need_.occasions.empty(), Kind::occasions);
        offer(need_.needed_by.has_value(), Kind::needed_by);
        auto const& rules = task_.query.rules;
        for (std::size_t r = 0; r < rules.size(); ++r)
            if (!rules[r].bonus) options_.push_back({Kind::rule, std::string(to_text(rules[r].type)), r, {}});
        for (std::size_t s = 0; s < slots.size() && slots.size() > 1; ++s)
            if (slots[s].report.asked.required) options_.push_back({Kind::slot, slots[s].report.asked.name, s, {}});
    }

    Result<void> try_one(Relaxation set, std::vector<Relaxation>& found) {
        judged_ += judged_each_;
        if (++attempts_ > limits::compose_attempts_max || judged_ > limits::compose_advice_judged_max) return {};
        auto need = need_;
        Without without;
        for (auto const& concession : set) give_up(concession, need, without);
        B2A_TRY(setup, set_up(task_, need, without, Aim::cheapest));
        if (setup.problem.slots.empty()) return {};
        setup.problem.work_max = limits::compose_advice_work_max;
        B2A_TRY(answer, solve(setup.problem));
        if (!answer.best) return {};
        for (auto& concession : set)
            if (concession.kind == Kind::budget) {
                if (!answer.optimal) return {};
                B2A_TRY(least, least_total(setup, need, answer.best->cost));
                concession.minor = least;
            }
        found.push_back(std::move(set));
        return {};
    }

    static void give_up(Concession const& concession, Need& need, Without& without) {
        switch (concession.kind) {
            case Kind::budget: without.budget = true; break;
            case Kind::price_max:
                need.price_max_minor.reset();
                without.slot_prices = true;
                break;
            case Kind::colors: need.colors.clear(); break;
            case Kind::styles: need.styles.clear(); break;
            case Kind::occasions: need.occasions.clear(); break;
            case Kind::needed_by: need.needed_by.reset(); break;
            case Kind::rule: without.rules.insert(concession.index); break;
            case Kind::slot: without.slots.insert(concession.index); break;
        }
    }

    /// The cheapest goods need not make the cheapest basket: more of them may have a delivery that is free.
    Result<std::int64_t> least_total(Setup& setup, Need const& need, std::int64_t goods) const {
        BasketTotals const totals(task_.snapshot, need, task_.now, setup.travel);
        B2A_TRY(first, totals.total(goods));
        auto least = first;
        for (auto const step : totals.steps()) {
            if (step <= goods) continue;
            B2A_TRY(at_step, totals.total(step));
            if (at_step >= least) continue;
            auto spans = totals.within(least - 1, least);
            std::erase_if(spans, [&](CostSpan const& span) { return span.max < step; });
            if (spans.empty()) continue;
            spans.front().min = std::max(spans.front().min, step);
            setup.problem.budget = std::move(spans);
            B2A_TRY(answer, solve(setup.problem));
            if (!answer.best) continue;
            B2A_TRY(total, totals.total(answer.best->cost));
            least = std::min(least, total);
        }
        return least;
    }

    bool is_empty(TaskSlot const& slot, std::optional<std::size_t> member, Assessor const& assessor) const {
        return std::ranges::none_of(slot.items, [&](RawItem const& item) {
            return assessor.outcome(item.ref.variant_index, member) == Outcome::holds;
        });
    }

    static void count(TaskSlot const& slot, std::optional<std::size_t> member, Assessor const& assessor,
                      std::map<std::tuple<Constraint, std::string, std::string>, Blocked>& counts) {
        for (auto const& item : slot.items)
            for (auto const& verdict : assessor.verdicts(item.ref.variant_index, member)) {
                if (!is_given(verdict.constraint) || verdict.outcome == Outcome::holds) continue;
                auto& entry = counts[{verdict.constraint, verdict.subject, verdict.member}];
                entry.slot = slot.report.asked.name;
                entry.constraint = verdict.constraint;
                entry.subject = verdict.subject;
                entry.member = verdict.member;
                ++(verdict.outcome == Outcome::fails ? entry.fails : entry.unknown);
            }
    }

    Task const& task_;
    Need const& need_;
    std::vector<Concession> options_;
    std::size_t attempts_ = 0;
    std::size_t judged_each_ = 0;  // variants, in one attempt
    std::size_t judged_ = 0;
};

}  // namespace

Result<void> advise(Task const& task, Need const& need, ComposeResult& result) {
    Adviser adviser(task, need);
    B2A_TRY(relaxations, adviser.relaxations());
    B2A_TRY(assessor, Assessor::prepare(task.snapshot, need, task.now));
    result.relaxations = std::move(relaxations);
    result.blocked_by = adviser.blocked(assessor);
    return {};
}

}  // namespace b2a::shopping
