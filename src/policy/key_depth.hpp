// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace b2a::policy {

struct KeyPosition {
    int line = 1;
    int column = 1;
};

/// Where a dotted key or table header has more parts than any key of the language; nullopt if nowhere. The TOML library
/// makes one nested table of each part and destroys them recursively, so "a.a.a…" of a megabyte would end the stack.
std::optional<KeyPosition> find_deep_key(std::string_view source) noexcept;

}  // namespace b2a::policy
