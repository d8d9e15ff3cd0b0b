// SPDX-License-Identifier: Apache-2.0
// One constraint of a need, ready to be asked about many variants. What an outcome is and what says so are two
// questions, since thousands of variants are judged for each one that is shown.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/shopping/need.hpp"
#include "b2a/shopping/verdict.hpp"

namespace b2a::shopping {

class Check {
  public:
    Check(Constraint constraint, std::string subject, std::optional<std::size_t> member = std::nullopt) :
        constraint_(constraint), subject_(std::move(subject)), member_(member) {}
    virtual ~Check() = default;
    Check(Check const&) = delete;
    Check& operator=(Check const&) = delete;

    [[nodiscard]] Constraint constraint() const noexcept { return constraint_; }
    [[nodiscard]] std::string const& subject() const noexcept { return subject_; }
    /// Index into Need::members; none: of all.
    [[nodiscard]] std::optional<std::size_t> member() const noexcept { return member_; }

    /// None where the constraint has nothing to say, such as a diet about a coat.
    [[nodiscard]] virtual std::optional<Outcome> judge(catalog::VariantRef const& ref) const = 0;
    /// Only of what was judged.
    [[nodiscard]] virtual Evidence evidence(catalog::VariantRef const& ref) const = 0;
    /// The variants that it holds of or has nothing to say about, for the index.
    [[nodiscard]] virtual catalog::Demand demand() const = 0;

  private:
    Constraint constraint_;
    std::string subject_;
    std::optional<std::size_t> member_;
};

using Checks = std::vector<std::unique_ptr<Check>>;

/// What the checks of one request look at.
struct Ground {
    catalog::Snapshot const& snapshot;
    Need const& need;
    Timestamp now;
};

// Each appends what the need asks for, in a fixed order.
void add_food_checks(Checks& checks, Ground const& ground);
void add_size_checks(Checks& checks, Ground const& ground);
void add_value_checks(Checks& checks, Ground const& ground);  // color, style, occasion
void add_offer_checks(Checks& checks, Ground const& ground);  // price, stock, market, needed_by

/// "/variants/2" of the product's document.
std::string variant_path(catalog::Snapshot const& snapshot, catalog::VariantRef const& ref);

}  // namespace b2a::shopping
