// SPDX-License-Identifier: Apache-2.0
// Baskets for a need: the slots of a look, of an occasion or of a request, filled so that every constraint of every
// person holds and the budget suffices, as well as the catalog can (solver.hpp says what that is worth). Deterministic
// over a snapshot, a question and a time; nothing about the people is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/query.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/look.hpp"
#include "b2a/domain/size.hpp"
#include "b2a/shopping/landed.hpp"
#include "b2a/shopping/need.hpp"
#include "b2a/shopping/verdict.hpp"

namespace b2a::shopping {

/// A place of the basket. What may fill it is named, or found by all that is said of it.
struct ComposeSlot {
    std::string name;
    std::vector<std::string> products;  // ids of products or variants, the preferred first
    std::string query;                  // words, as a search has them
    std::vector<std::string> categories;
    std::vector<std::string> brands;
    std::optional<domain::Garment> garment;
    std::vector<catalog::AttributeFilter> attributes;
    std::string member;         // whom it is for; empty: all of them together
    bool per_person = false;    // one for each
    std::int64_t quantity = 1;  // pieces in each place
    bool required = true;
    std::optional<std::int64_t> price_max_minor;  // of one piece
};

/// About the filled places of some slots. With a bonus it is a wish, worth that much for each pair that agrees.
struct ComposeRule {
    enum class Type : std::uint8_t {
        same_color,
        harmonious_color,
        same_brand,
        distinct_products,
        max_per_product,
        max_per_category,
        incompatible  // no two of `products` together
    };
    Type type = Type::same_color;
    std::vector<std::string> slots;  // empty: all
    std::uint32_t count = 1;         // max_per_product, max_per_category
    std::vector<std::string> products;
    std::optional<std::int64_t> bonus;
};
std::string_view to_text(ComposeRule::Type type) noexcept;
std::optional<ComposeRule::Type> compose_rule_from_text(std::string_view text) noexcept;

/// Exactly one of `look`, `occasion` and `slots` is given.
struct ComposeQuery {
    std::string look;      // id
    std::string occasion;  // id or one of its names: the best of the looks for it
    std::vector<ComposeSlot> slots;
    std::vector<ComposeRule> rules;
    std::uint32_t days = 1;    // each slot is filled anew for each of them
    std::uint32_t people = 0;  // of slots per person; those beyond the need's members are only bound by what all are
    Need need;
    std::uint64_t work_max = limits::compose_work_default;
};

/// A part of a score: `points` of at most `weight`.
struct Factor {
    std::string_view name;
    std::int64_t weight = 0;
    std::int64_t points = 0;
};

struct ComposedLine {
    std::size_t slot = 0;  // index into ComposeResult::slots
    std::string member;    // id; empty: for all
    std::uint32_t day = 1;
    catalog::VariantRef ref;
    std::int64_t quantity = 1;
    std::int64_t unit_minor = 0;
    std::vector<Verdict> constraints;  // all of them hold
    std::vector<Factor> factors;
    std::vector<std::string> reasons;
};

/// What two lines are worth for being together.
struct Bond {
    std::string_view name;  // "goes_with", "color_harmony", a rule's type
    std::size_t a = 0;      // index into Basket::lines
    std::size_t b = 0;
    std::int64_t points = 0;
    std::string source;  // who says so
};

struct Basket {
    std::vector<ComposedLine> lines;
    std::vector<Bond> bonds;
    std::int64_t score = 0;  // all points of lines and bonds
    Landed landed;
};

struct SlotReport {
    ComposeSlot asked;
    std::uint64_t looked_at = 0;  // variants
    std::uint64_t suitable = 0;   // for at least one of those whom the slot is for
    bool truncated = false;       // more match than are looked at
};

/// Something that the asker could do without.
struct Concession {
    enum class Kind : std::uint8_t { budget, price_max, colors, styles, occasions, needed_by, rule, slot };
    Kind kind = Kind::budget;
    std::string subject;                // the slot's name, the rule's type
    std::size_t index = 0;              // of the rule
    std::optional<std::int64_t> minor;  // budget: the least that suffices
};
std::string_view to_text(Concession::Kind kind) noexcept;

/// All of these together make it possible.
using Relaxation = std::vector<Concession>;

/// What keeps a slot empty and is nothing to talk about: allergens, diets, sizes, stock, where it is sold.
struct Blocked {
    std::string slot;
    Constraint constraint = Constraint::allergen;
    std::string subject;
    std::string member;
    std::uint64_t fails = 0;  // variants
    std::uint64_t unknown = 0;
};

struct ComposeResult {
    domain::Look const* look = nullptr;  // that it was made from
    std::vector<SlotReport> slots;
    std::optional<Basket> best;
    std::optional<Basket> runner_up;  // has another product in at least one slot
    bool optimal = true;              // proven: nothing scores more than `best`, or nothing is possible
    bool runner_up_optimal = true;
    std::int64_t bound = 0;  // nothing scores more
    std::uint64_t work = 0;
    std::uint64_t work_max = 0;
    std::vector<Relaxation> relaxations;  // the smallest there are, when nothing is possible
    std::vector<Blocked> blocked_by;
};

/// Errors: unprocessable with a JSON pointer and a reason: unknown_look, no_look (for the occasion), unknown_member,
/// unknown_slot, unknown_product, too_many_places; those of Assessor::prepare() and of Snapshot::search().
Result<ComposeResult> compose(catalog::Snapshot const& snapshot, ComposeQuery const& query, Timestamp now);

/// The weights of factors and bonds, in the order in which they are shown.
std::vector<Factor> const& compose_weights() noexcept;

}  // namespace b2a::shopping
