// SPDX-License-Identifier: Apache-2.0
#include "policy/parse_parts.hpp"

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "policy/block.hpp"

namespace b2a::policy {
namespace {

std::int64_t seconds_of(char unit) noexcept {
    switch (unit) {
        case 's': return 1;
        case 'm': return 60;
        case 'h': return 3600;
        case 'd': return 86'400;
        default: return 0;
    }
}

std::optional<std::int64_t> parse_window(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    auto const scale = seconds_of(text.back());
    auto const count = parse_int<std::int32_t>(text.substr(0, text.size() - 1));
    if (scale == 0 || !count || *count < 1) return std::nullopt;
    auto const seconds = std::int64_t{*count} * scale;
    auto const max = std::chrono::seconds(limits::policy_limit_window_max).count();
    return seconds <= max ? std::optional(seconds) : std::nullopt;
}

}  // namespace

ActionSet read_actions(TableReader& reader) {
    ActionSet actions;
    auto& problems = reader.problems();
    auto const* node = reader.need("actions");
    if (node == nullptr) return actions;
    auto const* list = node->as_array();
    if (list == nullptr || list->empty()) {
        problems.add(*node, "actions must be a list with at least one action");
        return actions;
    }
    for (auto const& item : *list) {
        auto const* text = item.as_string();
        if (text != nullptr && add_actions(text->get(), actions)) continue;
        problems.add(item, text == nullptr ? "actions must be texts" : "unknown action " + quoted(text->get()));
    }
    return actions;
}

Block read_optional_block(TableReader& reader, std::string_view name) {
    auto const* table = reader.table(name);
    return table == nullptr ? Block{} : read_block(*table, name, reader.problems());
}

std::optional<std::int64_t> read_window(toml::node const& node, std::string_view label, Problems& problems) {
    auto const* text = node.as_string();
    auto const window = text == nullptr ? std::nullopt : parse_window(text->get());
    if (!window) problems.add(node, std::string(label) + " must be a time from \"1s\" to \"31d\" in s, m, h or d");
    return window;
}

}  // namespace b2a::policy
