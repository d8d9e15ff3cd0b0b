// SPDX-License-Identifier: Apache-2.0
// From a reader to a writer: a value that is passed on as it came.
#pragma once

#include "b2a/json/view.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::json {

/// Writes `view` with everything in it: equal values give equal bytes, whatever white space or escapes they came with.
void copy(Writer& out, View view);

}  // namespace b2a::json
