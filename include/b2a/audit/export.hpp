// SPDX-License-Identifier: Apache-2.0
// An entry of the log in the shapes that others collect. Each carries the entry's index and leaf hash, so that what a
// SIEM holds can be tied back to the log; the entry itself goes along unchanged, byte for byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"

namespace b2a::audit {

enum class ExportFormat : std::uint8_t { jsonl, cloudevents, otlp, ocsf, cef };
std::optional<ExportFormat> export_format(std::string_view name) noexcept;

struct ExportedEntry {
    std::uint64_t seq = 0;
    Digest leaf{};
    std::string_view body;  // canonical bytes
};

/// One line without its end. invalid_request when the body is no entry.
Result<std::string> export_line(ExportFormat format, std::string_view origin, ExportedEntry const& entry);

}  // namespace b2a::audit
