// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/compose.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

#include "shopping/compose_task.hpp"

namespace b2a::shopping {
namespace {

Error refused(std::string pointer, std::string detail, std::string reason) {
    Error error(Code::unprocessable, std::move(detail), std::move(pointer));
    error.reason = std::move(reason);
    return error;
}

bool is_called(domain::Occasion const& occasion, std::string_view name) {
    return iequals(occasion.id, name) || iequals(occasion.title, name) ||
           std::ranges::any_of(occasion.names, [&](auto const& other) { return iequals(other, name); });
}

/// The looks that are for an occasion, by id.
std::vector<domain::Look const*> looks_for(catalog::CatalogData const& data, std::string_view occasion) {
    std::vector<std::string_view> ids{occasion};
    for (auto const& known : data.occasions)
        if (is_called(known, occasion)) ids.push_back(known.id);
    std::vector<domain::Look const*> looks;
    for (auto const& look : data.looks) {
        auto const is_for = [&](std::string const& id) {
            return std::ranges::any_of(ids, [&](auto wanted) { return iequals(wanted, id); });
        };
        if (std::ranges::any_of(look.occasions, is_for) && looks.size() < limits::compose_looks_max)
            looks.push_back(&look);
    }
    return looks;
}

void count_suitable(Setup const& setup, std::vector<TaskSlot>& slots) {
    for (auto const& group : setup.groups) {
        auto& suitable = slots[group.slot].report.suitable;
        suitable = std::max<std::uint64_t>(suitable, group.options.size());
    }
}

/// One attempt: the basket for the task's slots, without advice.
Result<ComposeResult> attempt(Task& task, std::uint64_t work_max) {
    auto const& need = task.query.need;
    ComposeResult result;
    result.look = task.look;
    result.work_max = work_max;
    B2A_TRY(setup, set_up(task, need, {}, Aim::best));
    count_suitable(setup, task.slots);
    for (auto const& slot : task.slots) result.slots.push_back(slot.report);
    setup.problem.work_max = work_max;
    B2A_TRY(answer, solve(setup.problem));
    result.optimal = answer.optimal;
    result.runner_up_optimal = answer.runner_up_optimal;
    result.bound = answer.bound;
    result.work = answer.work;
    B2A_TRY(assessor, Assessor::prepare(task.snapshot, need, task.now));
    if (answer.best) {
        B2A_TRY(best, basket_of(task, need, setup, assessor, *answer.best));
        result.best = std::move(best);
    }
    if (answer.runner_up) {
        B2A_TRY(second, basket_of(task, need, setup, assessor, *answer.runner_up));
        result.runner_up = std::move(second);
    }
    return result;
}

/// What one place is worth on average, so that looks of different sizes can be compared.
std::int64_t mean_score(ComposeResult const& result, Task const& task) {
    if (!result.best) return -1;
    std::size_t places = 0;
    for (auto const& slot : task.slots) places += slot.members.size() * task.query.days;
    return result.best->score / static_cast<std::int64_t>(std::max<std::size_t>(places, 1));
}

Result<ComposeResult> for_occasion(catalog::Snapshot const& snapshot, ComposeQuery const& query, Timestamp now) {
    auto const looks = looks_for(snapshot.data(), query.occasion);
    if (looks.empty()) return refused("/occasion", "no look of this shop is for this occasion", "no_look");
    std::optional<ComposeResult> chosen;
    std::optional<Task> chosen_task;
    std::int64_t chosen_score = -1;
    std::uint64_t work = 0;
    for (auto const* look : looks) {
        B2A_TRY(task, make_task(snapshot, query, now, look));
        B2A_TRY(result, attempt(task, query.work_max / looks.size()));
        work += result.work;
        auto const score = mean_score(result, task);
        if (chosen && score <= chosen_score) continue;
        chosen_score = score;
        chosen = std::move(result);
        chosen_task.emplace(std::move(task));
    }
    chosen->work = work;
    if (!chosen->best) B2A_CHECK(advise(*chosen_task, query.need, *chosen));
    return *std::move(chosen);
}

}  // namespace

std::string_view to_text(Concession::Kind kind) noexcept {
    using Kind = Concession::Kind;
    switch (kind) {
        case Kind::budget: return "budget";
        case Kind::price_max: return "price_max";
        case Kind::colors: return "colors";
        case Kind::styles: return "styles";
        case Kind::occasions: return "occasions";
        case Kind::needed_by: return "needed_by";
        case Kind::rule: return "rule";
        case Kind::slot: return "slot";
    }
    return "slot";
}

Result<ComposeResult> compose(catalog::Snapshot const& snapshot, ComposeQuery const& query, Timestamp now) {
    if (!query.occasion.empty()) return for_occasion(snapshot, query, now);
    domain::Look const* look = nullptr;
    if (!query.look.empty()) {
        auto const& looks = snapshot.data().looks;
        auto const found = std::ranges::find(looks, query.look, &domain::Look::id);
        if (found == looks.end()) return refused("/look", "no look of this shop has this id", "unknown_look");
        look = &*found;
    }
    B2A_TRY(task, make_task(snapshot, query, now, look));
    B2A_TRY(result, attempt(task, query.work_max));
    if (!result.best) B2A_CHECK(advise(task, query.need, result));
    return std::move(result);
}

}  // namespace b2a::shopping
