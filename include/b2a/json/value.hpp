// SPDX-License-Identifier: Apache-2.0
// The document model for everything off the request path: configuration, reports, OpenAPI, tests (nlohmann/json).
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "b2a/base/result.hpp"

namespace b2a::json {

using Value = nlohmann::ordered_json;

/// Parses without exceptions; invalid_request on failure.
Result<Value> parse_value(std::string_view text);
/// RFC 8785 canonical bytes. Decimals are refused (invalid_request): we sign and hash integers and text only.
Result<std::string> canonical(Value const& value);
/// The same for documents of others: every number, as ECMAScript writes the nearest double.
Result<std::string> canonical_es(Value const& value);

}  // namespace b2a::json
