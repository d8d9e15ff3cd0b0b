// SPDX-License-Identifier: Apache-2.0
// Canonical bytes of a document on the request path, for telling whether two requests mean the same.
#pragma once

#include <string>

#include "b2a/json/view.hpp"

namespace b2a::json {

/// RFC 8785 bytes of a parsed value: equal for equal documents, whatever their spacing, the order of their members and
/// how they write a number (1, 1.0, 1e0). Integers that no double holds stay exact instead of being rounded. An empty
/// View is the empty text.
std::string canonical_text(View view);

}  // namespace b2a::json
