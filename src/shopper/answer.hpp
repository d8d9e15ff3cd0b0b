// SPDX-License-Identifier: Apache-2.0
// What a gateway said, read as hostile bytes: JSON is parsed strictly, every member is asked for by kind, every list,
// text and number has a bound. What does not fit is an error, never a guess.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"

namespace b2a::shopper {

/// The member at the end of that path of names; nullopt where one is missing.
std::optional<json::View> at(json::View view, std::initializer_list<std::string_view> path);
/// A text of bounded length; empty where it is missing, of another kind or too long.
std::string text_at(json::View view, std::initializer_list<std::string_view> path);
std::optional<std::int64_t> integer_at(json::View view, std::initializer_list<std::string_view> path);
/// {"amount", "currency"} with an amount of at least 0.
std::optional<Money> money_at(json::View view, std::initializer_list<std::string_view> path);

/// Calls `read` with each element of that list; upstream_failed where it is none or too long, and the first error of
/// `read`.
Result<void> each_at(json::View view, std::initializer_list<std::string_view> path,
                     std::function<Result<void>(json::View)> const& read);

/// The other side broke what it promises: nothing of its answer is used.
Error misbehaved(std::string detail);
/// The goal cannot be reached; the shop did nothing wrong.
Error unreachable(std::string detail);

}  // namespace b2a::shopper
