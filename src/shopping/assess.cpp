// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/assess.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

#include "shopping/check.hpp"

namespace b2a::shopping {
namespace {

Error refused(std::string pointer, std::string why) {
    return Error(Code::unprocessable, std::move(why), std::move(pointer));
}

Result<void> check_members(std::vector<Member> const& members) {
    for (std::size_t m = 0; m < members.size(); ++m) {
        auto const path = "/household/members/" + std::to_string(m);
        auto const body = members[m].body.check();
        if (!body) return Error(body.error().code, body.error().detail, path + "/measurements/" + body.error().pointer);
        for (std::size_t other = 0; other < m; ++other)
            if (members[other].id == members[m].id) return refused(path + "/id", "two members have this id");
    }
    return {};
}

Result<void> check_money(Need const& need) {
    auto const sound = [](std::optional<std::int64_t> minor) {
        return !minor || (*minor >= 0 && *minor <= money_minor_max);
    };
    if (!sound(need.price_max_minor)) return refused("/need/price_max/amount", "is no amount that something may cost");
    if (!sound(need.budget_max_minor)) return refused("/need/budget/amount", "is no amount that may be spent");
    if ((need.price_max_minor || need.budget_max_minor) && need.currency == Currency{})
        return refused("/need/currency", "an amount needs a currency");
    return {};
}

Result<void> check_need(Need const& need, Timestamp now) {
    if (need.members.size() > limits::household_members_max) return refused("/household/members", "too many members");
    B2A_CHECK(check_members(need.members));
    B2A_CHECK(check_money(need));
    if (need.quantity < 1 || need.quantity > limits::line_quantity_max)
        return refused("/need/quantity", "must be between 1 and " + std::to_string(limits::line_quantity_max));
    if (need.needed_by && !need.needed_by->ok()) return refused("/need/needed_by", "is no day of the calendar");
    if (need.needed_by && std::chrono::sys_days(*need.needed_by) < std::chrono::floor<std::chrono::days>(now))
        return refused("/need/needed_by", "is in the past");
    return {};
}

}  // namespace

std::string variant_path(catalog::Snapshot const& snapshot, catalog::VariantRef const& ref) {
    return "/variants/" + std::to_string(ref.variant_index - snapshot.first_variant(ref.product_index));
}

struct Assessor::Impl {
    catalog::Snapshot const& snapshot;
    Need const& need;
    Checks checks;

    [[nodiscard]] std::string whose(Check const& check) const {
        return check.member() ? need.members[*check.member()].id : std::string();
    }
    [[nodiscard]] static bool concerns(Check const& check, std::optional<std::size_t> member) noexcept {
        return !member || !check.member() || check.member() == member;
    }
};

Assessor::Assessor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Assessor::Assessor(Assessor&&) noexcept = default;
Assessor& Assessor::operator=(Assessor&&) noexcept = default;
Assessor::~Assessor() = default;

Result<Assessor> Assessor::prepare(catalog::Snapshot const& snapshot, Need const& need, Timestamp now) {
    B2A_CHECK(check_need(need, now));
    auto impl = std::make_unique<Impl>(snapshot, need, Checks{});
    Ground const ground{snapshot, need, now};
    add_food_checks(impl->checks, ground);
    add_size_checks(impl->checks, ground);
    add_value_checks(impl->checks, ground);
    add_offer_checks(impl->checks, ground);
    return Assessor(std::move(impl));
}

Outcome Assessor::outcome(std::uint32_t variant, std::optional<std::size_t> member) const {
    auto const ref = impl_->snapshot.variant_at(variant);
    auto worst = Outcome::holds;
    for (auto const& check : impl_->checks) {
        if (!Impl::concerns(*check, member)) continue;
        worst = std::max(worst, check->judge(ref).value_or(Outcome::holds));
        if (worst == Outcome::fails) break;
    }
    return worst;
}

std::vector<Verdict> Assessor::verdicts(std::uint32_t variant, std::optional<std::size_t> member) const {
    auto const ref = impl_->snapshot.variant_at(variant);
    std::vector<Verdict> out;
    for (auto const& check : impl_->checks) {
        if (!Impl::concerns(*check, member)) continue;
        auto const outcome = check->judge(ref);
        if (!outcome) continue;
        out.push_back({check->constraint(), check->subject(), impl_->whose(*check), *outcome, check->evidence(ref)});
    }
    return out;
}

std::vector<Asked> Assessor::asked() const {
    std::vector<Asked> out;
    for (auto const& check : impl_->checks)
        out.push_back({check->constraint(), check->subject(), impl_->whose(*check)});
    return out;
}

std::vector<catalog::Demand> Assessor::demands() const {
    std::vector<catalog::Demand> out;
    for (auto const& check : impl_->checks) out.push_back(check->demand());
    return out;
}

}  // namespace b2a::shopping
