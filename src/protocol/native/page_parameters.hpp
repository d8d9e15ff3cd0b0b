// SPDX-License-Identifier: Apache-2.0
// Query parameters that lists have in common. Each function returns what is wrong with the value, or nothing.
#pragma once

#include <string>
#include <string_view>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::protocol::native {

inline std::string set_limit(std::size_t& limit, std::string_view value) {
    auto const parsed = parse_int(value);
    if (!parsed || *parsed < 1 || *parsed > static_cast<std::int64_t>(limits::page_size_max))
        return "must be between 1 and " + std::to_string(limits::page_size_max);
    limit = static_cast<std::size_t>(*parsed);
    return {};
}

inline std::string set_name(std::string& name, std::string_view value) {
    if (value.empty() || value.size() > limits::id_bytes_max) return "must be 1 to 255 bytes";
    name = value;
    return {};
}

}  // namespace b2a::protocol::native
