// SPDX-License-Identifier: Apache-2.0
// Numbers as ECMAScript writes them, which is what RFC 8785 §3.2.2.3 asks for. Private to the module.
#pragma once

#include <string>

namespace b2a::json {

/// Appends the shortest text that reads back as `number`; `number` must be finite.
void append_es_number(std::string& out, double number);

}  // namespace b2a::json
