// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/compare.hpp"

#include <algorithm>
#include <map>

#include "b2a/base/limits.hpp"
#include "b2a/shopping/assess.hpp"

#include "shopping/choice.hpp"
#include "shopping/criteria.hpp"
#include "shopping/normal.hpp"

namespace b2a::shopping {
namespace {

Error refused(std::string pointer, std::string detail, std::string reason) {
    Error error(Code::unprocessable, std::move(detail), std::move(pointer));
    error.reason = std::move(reason);
    return error;
}

Result<void> check_shipping(catalog::Snapshot const& snapshot, CompareQuery const& query) {
    auto const& methods = snapshot.data().shipping;
    if (query.shipping_method.empty() ||
        std::ranges::find(methods, query.shipping_method, &domain::ShippingMethod::id) != methods.end())
        return {};
    return refused("/shipping_method", "no such shipping method", "unknown_shipping_method");
}

Result<std::vector<ComparedItem>> find_items(catalog::Snapshot const& snapshot, CompareQuery const& query,
                                             Assessor const& assessor) {
    std::vector<ComparedItem> out;
    for (std::size_t i = 0; i < query.items.size(); ++i) {
        auto const pointer = "/items/" + std::to_string(i);
        auto const ref = named_item(snapshot, query.items[i], assessor, query.need);
        if (!ref) return refused(pointer, "no such product or variant", "unknown_item");
        for (auto const& known : out)
            if (known.ref.variant_index == ref->variant_index)
                return refused(pointer, "the same variant as " + known.asked, "same_item");
        auto& item = out.emplace_back();
        item.asked = query.items[i];
        item.ref = *ref;
    }
    return out;
}

Returns returns_of(catalog::VariantRef const& ref, domain::LegalTerms const& terms) {
    Returns out;
    out.by_law = terms.eu_consumer_law;
    if (!out.by_law) return out;
    out.exemption = domain::exemption_of(*ref.product, *ref.variant, terms);
    if (out.exemption == domain::WithdrawalExemption::none) out.days = terms.withdrawal_days;
    return out;
}

/// The budget is of the whole delivery, so that it is judged here and not by the assessor.
void judge_budget(ComparedItem& item, Need const& need) {
    if (!need.budget_max_minor) return;
    Verdict verdict{Constraint::budget, {}, {}, Outcome::unknown, {"none", {}, "no price in this currency"}};
    if (item.landed) {
        verdict.outcome = item.landed->total.minor <= *need.budget_max_minor ? Outcome::holds : Outcome::fails;
        verdict.evidence = {"offer", {}, to_text(item.landed->total) + " at the door"};
    }
    item.constraints.push_back(std::move(verdict));
}

Result<void> fill(ComparedItem& item, catalog::Snapshot const& snapshot, CompareQuery const& query,
                  Assessor const& assessor, Timestamp now) {
    auto const& need = query.need;
    auto const& variant = *item.ref.variant;
    item.constraints = assessor.verdicts(item.ref.variant_index);
    item.returns = returns_of(item.ref, snapshot.data().legal);
    auto const stock = snapshot.stock(item.ref.variant_index);
    item.enough_stock = !stock || *stock >= need.quantity;
    auto const* offer = domain::find_offer(variant, need.currency);
    if (offer != nullptr && offer->price.minor >= 0) {
        if (auto const measure = domain::measure_of(*item.ref.product, variant))
            item.unit_price = domain::unit_price_of(offer->price, *measure);
        B2A_TRY(landed, landed_cost(snapshot, {{{variant.id, need.quantity}},
                                               need.currency,
                                               need.ship_to,
                                               need.needed_by,
                                               query.shipping_method,
                                               now}));
        item.landed = std::move(landed);
    }
    judge_budget(item, need);
    item.may_win = item.landed && item.landed->deliverable && item.enough_stock &&
                   std::ranges::all_of(item.constraints, [](auto const& v) { return v.outcome == Outcome::holds; });
    return {};
}

bool same_worth(Cell const& a, Cell const& b) {
    return a.value == b.value;
}

std::vector<Row> rows_of(std::vector<ComparedItem> const& items) {
    std::map<std::string, Row> rows;
    for (std::size_t i = 0; i < items.size(); ++i)
        for (auto& [name, cell] : cells_of(*items[i].ref.product, *items[i].ref.variant)) {
            auto& row = rows[name];
            row.cells.resize(items.size());
            row.cells[i] = std::move(cell);
        }
    std::vector<Row> out;
    for (auto& [name, row] : rows) {
        row.name = name;
        row.differs = std::ranges::any_of(row.cells, [&](auto const& cell) { return !same_worth(cell, row.cells[0]); });
        out.push_back(std::move(row));
    }
    return out;
}

/// Worst of what the constraints say; what cannot be bought as asked for is no better than what fails.
std::int64_t standing_of(ComparedItem const& item) {
    if (item.may_win) return static_cast<std::int64_t>(Outcome::holds);
    auto worst = Outcome::holds;
    for (auto const& verdict : item.constraints) worst = std::max(worst, verdict.outcome);
    bool const sold = item.landed && item.landed->deliverable && item.enough_stock;
    return static_cast<std::int64_t>(sold ? worst : Outcome::fails);
}

void find_pareto(Comparison& comparison) {
    auto criteria = comparison.criteria;
    auto contenders = comparison.contenders;
    criteria.push_back({"constraints", Better::lower, 0});
    for (std::size_t i = 0; i < contenders.size(); ++i)
        contenders[i].values.push_back(standing_of(comparison.items[i]));
    auto const dominated = dominators(criteria, contenders);
    for (std::size_t i = 0; i < dominated.size(); ++i) comparison.items[i].dominated_by = dominated[i];
}

}  // namespace

Result<Comparison> compare(catalog::Snapshot const& snapshot, CompareQuery const& query, Timestamp now) {
    B2A_CHECK(check_shipping(snapshot, query));
    B2A_TRY(assessor, Assessor::prepare(snapshot, query.need, now));
    Comparison out;
    B2A_TRY(items, find_items(snapshot, query, assessor));
    out.items = std::move(items);
    for (auto& item : out.items) B2A_CHECK(fill(item, snapshot, query, assessor, now));
    out.rows = rows_of(out.items);
    B2A_CHECK(add_criteria(out, query));
    find_pareto(out);
    if (!query.weights.empty()) out.arbitration = arbitrate(out.criteria, out.contenders);
    return out;
}

}  // namespace b2a::shopping
