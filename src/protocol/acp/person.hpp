// SPDX-License-Identifier: Apache-2.0
// ACP has a name in one field where we have two, and closed formats where we have texts.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace b2a::protocol::acp {

/// "Jane Mary Doe" → {"Jane Mary", "Doe"}; one word is a first name.
std::pair<std::string, std::string> split_name(std::string_view name);
std::string join_name(std::string_view first, std::string_view last);
/// What format "email" of JSON Schema lets through: one @, dotted atoms before it, a name of at least two labels
/// behind.
bool is_email(std::string_view text) noexcept;

}  // namespace b2a::protocol::acp
