// SPDX-License-Identifier: Apache-2.0
// A language model's arguments as a schema wants them, where a slip leaves no doubt about what was meant. What is in
// doubt stays as it is, so that the operation's own parser can say what is wrong with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/json/value.hpp"
#include "b2a/json/view.hpp"

namespace b2a::protocol::native {

/// The object `arguments` without the members in `without`, by `schema` (an object schema of a tool, no references):
/// numbers and flags that came as text, text that came as a number, a single value for a list, a list of names with
/// commas, an id for an object whose one required member it is, JSON in a text, a name of another case, an amount with
/// its currency ("USD 12.50") where a `currency` stands beside it. Members that are null are left out.
std::string lenient(json::View arguments, json::Value const& schema, std::vector<std::string_view> const& without);

}  // namespace b2a::protocol::native
