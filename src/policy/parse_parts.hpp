// SPDX-License-Identifier: Apache-2.0
// What rules and limits have in common: actions, conditions, words of an enum, spans of time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policy/rule.hpp"
#include "policy/toml_table.hpp"

namespace b2a::policy {

/// One of the words of an enum; a problem that lists them otherwise.
template <class Enum, std::size_t N>
std::optional<Enum> read_word(toml::node const& node, std::string_view label, std::array<Enum, N> const& choices,
                              Problems& problems) {
    auto const* text = node.as_string();
    std::string known;
    for (auto const choice : choices) {
        if (text != nullptr && to_text(choice) == text->get()) return choice;
        if (!known.empty()) known += ", ";
        known += to_text(choice);
    }
    problems.add(node, std::string(label) + " must be one of " + known);
    return std::nullopt;
}

ActionSet read_actions(TableReader& reader);
Block read_optional_block(TableReader& reader, std::string_view name);
/// "60s", "5m", "24h", "7d" in seconds; a problem for anything else and for more than limits::policy_limit_window_max.
std::optional<std::int64_t> read_window(toml::node const& node, std::string_view label, Problems& problems);

}  // namespace b2a::policy
