// SPDX-License-Identifier: Apache-2.0
// What the parsers of native requests share. The native API refuses members that it does not know: a misspelt wish must
// not be ignored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/json/reader.hpp"

namespace b2a::protocol::native {

/// A problem for every member that is not `known`, which it lists.
void refuse_unknown(json::Reader& reader, std::vector<std::string_view> const& known);

}  // namespace b2a::protocol::native
