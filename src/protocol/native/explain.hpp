// SPDX-License-Identifier: Apache-2.0
// An error for a reader who acts on words: the problem document with an example of what would be right, and a hint.
#pragma once

#include "b2a/json/value.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::native {

/// Adds to the problem in `response`: "example" (of the part of `schema` that its pointer names), "hint" and
/// "retry_after_seconds", where there are such.
void explain(json::Value const& schema, web::Response& response);

}  // namespace b2a::protocol::native
