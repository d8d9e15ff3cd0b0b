// SPDX-License-Identifier: Apache-2.0
// Items side by side: what they are in common units, what they cost at the door and when they are there, whether they
// answer the need; which of them nothing beats, and given weights, which is best and what would change that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/disclosure.hpp"
#include "b2a/shopping/arbitration.hpp"
#include "b2a/shopping/landed.hpp"
#include "b2a/shopping/need.hpp"
#include "b2a/shopping/verdict.hpp"

namespace b2a::shopping {

/// In thousandths of a unit that all who measure the same thing share: g, ml, mm, kJ, else the catalog's own.
struct Number {
    std::int64_t milli = 0;
    std::string unit;
    friend bool operator==(Number const&, Number const&) = default;
};

struct Cell {
    std::variant<std::monostate, Number, bool, std::vector<std::string>> value;  // the first: not known
    std::optional<domain::Quantity> stated;                                      // as the catalog has it
    [[nodiscard]] bool known() const noexcept { return !std::holds_alternative<std::monostate>(value); }
};

struct Row {
    std::string name;
    std::vector<Cell> cells;  // by item
    bool differs = false;     // in what the cells are worth, not in how it is written; unknown differs from known
};

/// "price", "unit_price", "delivery" and "returns" have a better end of their own; of "attribute:NAME" and
/// "nutrient:NAME" the sign says it: more is better above 0, less below.
struct Weight {
    std::string name;
    std::int64_t weight = 0;
};

struct CompareQuery {
    std::vector<std::string> items;  // ids of variants, or of products: then the variant that answers the need best
    Need need;
    std::vector<Weight> weights;  // empty: nobody wins
    std::string shipping_method;  // empty: the cheapest that arrives in time, else the cheapest
};

struct Returns {
    bool by_law = false;    // the right of withdrawal of the EU applies to this shop
    std::int64_t days = 0;  // 0: none
    domain::WithdrawalExemption exemption = domain::WithdrawalExemption::none;
};

struct ComparedItem {
    std::string asked;
    catalog::VariantRef ref;
    std::optional<Landed> landed;  // absent: not sold in that currency
    std::optional<domain::UnitPrice> unit_price;
    Returns returns;
    bool enough_stock = false;
    std::vector<Verdict> constraints;
    bool may_win = false;                     // it can be bought as asked for, and every constraint holds
    std::optional<std::size_t> dominated_by;  // another item; absent: in the Pareto set
};

struct Comparison {
    std::vector<ComparedItem> items;  // in the order asked for
    std::vector<Row> rows;            // by name
    std::vector<Criterion> criteria;  // of `arbitration`; the Pareto set has the outcome of the constraints besides
    std::vector<Contender> contenders;
    std::optional<Arbitration> arbitration;
};

/// Errors: unprocessable with a JSON pointer: an unknown or doubled item, a criterion that no item has, a delivery that
/// is weighed without a place to deliver to, a shipping method that the shop has not; those of Assessor::prepare().
Result<Comparison> compare(catalog::Snapshot const& snapshot, CompareQuery const& query, Timestamp now);

}  // namespace b2a::shopping
