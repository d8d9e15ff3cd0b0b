// SPDX-License-Identifier: Apache-2.0
// A caller may say which version of a cart or checkout its change is meant for.
#pragma once

#include <cstdint>
#include <optional>

#include "b2a/base/result.hpp"

namespace b2a::service {

/// Error: conflict with the reason "version_changed" unless nothing was said or `seen` is `stored`.
inline Result<void> check_seen(std::optional<std::uint64_t> seen, std::uint64_t stored) {
    if (!seen || *seen == stored) return {};
    Error error(Code::conflict, "it has changed since: its version is now " + std::to_string(stored));
    error.reason = "version_changed";
    error.remedy = "read_again";
    return error;
}

}  // namespace b2a::service
