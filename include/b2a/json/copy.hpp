// SPDX-License-Identifier: Apache-2.0
// What was read, written again: the same document in a canonical spelling, without a tree in between.
#pragma once

#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::json {

/// Writes `view` as one value, with its members in their order. Numbers are written as View::as_decimal_text() has
/// them.
void copy(Writer& out, View view);

}  // namespace b2a::json
