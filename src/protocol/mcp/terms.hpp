// SPDX-License-Identifier: Apache-2.0
// In which era a request is served, and what its sender said of itself. Until 2025-11-25 a client initializes first and
// names the version in a header; since 2026-07-28 every request stands alone and says everything in _meta, with headers
// that repeat it for those who do not read bodies.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "b2a/json/view.hpp"
#include "b2a/web/message.hpp"

#include "jsonrpc.hpp"

namespace b2a::protocol::mcp {

enum class Era : std::uint8_t { legacy, modern };

/// Newest first.
inline constexpr std::array<std::string_view, 1> modern_versions{"2026-07-28"};
inline constexpr std::array<std::string_view, 3> legacy_versions{"2025-11-25", "2025-06-18", "2025-03-26"};

struct Terms {
    Era era = Era::legacy;
    json::View capabilities;     // of the client; modern only
    std::string progress_token;  // JSON text; empty: no progress is asked for
    std::string_view log_level;  // empty: no log messages are asked for; modern only
    bool takes_events = false;   // the answer may be a stream of events
};

/// Refusals: unsupported_version, header_mismatch, and invalid_params where _meta lacks something.
std::variant<Terms, Refusal> negotiate(web::Request const& request, Message const& message);

}  // namespace b2a::protocol::mcp
