// SPDX-License-Identifier: Apache-2.0
// Conditions and literals of the language: `when`, `unless`, `require`, and the `input` of tests.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "policy/rule.hpp"
#include "policy/toml_table.hpp"

namespace b2a::policy {

/// A literal of an attribute's type. One member is filled, as in Condition.
struct Literal {
    std::int64_t number = 0;
    std::string text;
    Money money;
};

/// nullopt, with a problem, unless `node` is a literal of that type (of an element, for text_set).
std::optional<Literal> read_literal(toml::node const& node, Attribute attribute, Problems& problems);

/// Reads a table of attribute paths with operators. `name` is "when" and the like, for messages.
Block read_block(toml::table const& table, std::string_view name, Problems& problems);

/// Walks nested tables along attribute paths and calls `leaf` at each attribute; unknown paths become problems.
void walk_attributes(toml::table const& table, std::string_view name, Problems& problems,
                     std::function<void(Attribute, toml::node const&)> const& leaf);

/// "checkout.complete", "checkout.*" or "*" into `out`; false if it names no action.
bool add_actions(std::string_view pattern, ActionSet& out) noexcept;

}  // namespace b2a::policy
