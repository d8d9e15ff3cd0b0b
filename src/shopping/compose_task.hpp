// SPDX-License-Identifier: Apache-2.0
// The steps from a question to a problem for the solver and back. A task is what was asked about which part of the
// catalog; a setup is the problem that it becomes for one need, with what its numbers stand for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/shopping/assess.hpp"
#include "b2a/shopping/compose.hpp"
#include "b2a/shopping/solver.hpp"

#include "shopping/basket_budget.hpp"

namespace b2a::shopping {

/// A variant that may fill a slot, before anybody's constraints.
struct RawItem {
    catalog::VariantRef ref;
    std::optional<std::size_t> named;  // at which place of ComposeSlot::products
    std::int64_t text_score = 0;
};

struct TaskSlot {
    SlotReport report;
    std::vector<RawItem> items;
    std::vector<std::optional<std::size_t>> members;  // one place each: index into Need::members, or none for all
};

struct Task {
    catalog::Snapshot const& snapshot;
    ComposeQuery const& query;
    Timestamp now;
    domain::Look const* look = nullptr;
    std::vector<std::string> styles;     // that are preferred
    std::vector<std::string> occasions;  // likewise: ids, titles and other names
    std::vector<TaskSlot> slots;
};

/// Errors: those of compose() about slots.
Result<Task> make_task(catalog::Snapshot const& snapshot, ComposeQuery const& query, Timestamp now,
                       domain::Look const* look);
/// "style": does an attribute of the product or the variant have one of the values, without regard to ASCII case?
bool has_value(catalog::VariantRef const& ref, std::string_view attribute, std::vector<std::string> const& any_of);

enum class LineFactor : std::uint8_t { filled, named, match, style, occasion, fit, price };
inline constexpr std::size_t line_factor_count = 7;
inline constexpr std::int64_t goes_with_weight = 60'000;
inline constexpr std::int64_t harmony_weight = 40'000;
Factor const& weight_of(LineFactor factor) noexcept;

/// What a candidate of the problem is.
struct Option {
    catalog::VariantRef ref;
    std::int64_t unit_minor = 0;
    std::int64_t quantity = 1;
    std::array<std::int64_t, line_factor_count> points{};
    std::optional<std::size_t> named;
};

/// Places that are alike: one slot of the problem.
struct Group {
    std::size_t slot = 0;                             // of the task
    std::vector<std::optional<std::size_t>> members;  // of the places of one day
    std::vector<Option> options;                      // by candidate
};

/// Why two products are better together.
struct Affinity {
    std::uint32_t a = 0;  // the products' small ids, a < b
    std::uint32_t b = 0;
    std::string_view name;
    std::string_view source;
    std::int64_t bonus = 0;
};

struct Setup {
    Problem problem;
    std::vector<Group> groups;
    std::vector<std::string_view> rule_names;  // by rule of the problem
    std::vector<Affinity> affinities;          // by pair of the problem
    Travel travel = Travel::shipped;
};

enum class Aim : std::uint8_t { best, cheapest };

/// What is left out of the question to see whether it is possible then.
struct Without {
    std::set<std::size_t> slots;
    std::set<std::size_t> rules;
    bool slot_prices = false;
    bool budget = false;
};

/// Errors: those of Assessor::prepare() and of compose() about rules.
Result<Setup> set_up(Task const& task, Need const& need, Without const& without, Aim aim);
/// Adds the rules of the question and, unless it is about the cheapest, what goes together. Errors: unprocessable.
Result<void> add_rules(Task const& task, Without const& without, Aim aim, Setup& setup);

/// Points for sizes, by member; see weight_of().
class FitPoints {
  public:
    FitPoints(catalog::Snapshot const& snapshot, Need const& need);
    [[nodiscard]] std::int64_t of(std::uint32_t variant, std::optional<std::size_t> member);

  private:
    [[nodiscard]] std::int64_t find(std::size_t member, std::uint32_t size_class) const;

    catalog::Snapshot const& snapshot_;
    std::vector<domain::Body> bodies_;                             // by member
    std::vector<std::vector<std::optional<std::int64_t>>> known_;  // by member and size class
};

/// Errors: those of landed_cost().
Result<Basket> basket_of(Task const& task, Need const& need, Setup const& setup, Assessor const& assessor,
                         Solution const& solution);

/// Looks for the smallest set of concessions that makes the question possible, and for what stands in the way.
Result<void> advise(Task const& task, Need const& need, ComposeResult& result);

}  // namespace b2a::shopping
