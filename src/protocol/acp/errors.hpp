// SPDX-License-Identifier: Apache-2.0
// How our errors look in ACP: one flat object {"type","code","message","param"?}, closed, with a status that is never
// 2xx. What is wrong with a purchase is no error but a message of its session.
#pragma once

#include <string>
#include <string_view>

#include "b2a/base/error.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::acp {

void render_error(Error const& error, web::Response& response);
/// 404 and 405 of paths that no operation has.
void render_miss(int status, web::Response& response);

/// Errors that have codes of their own (ACP, Idempotency and API versioning); "reason" carries the code.
Error missing_version();
Error unsupported_version();
Error missing_key();

/// RFC 6901 to RFC 9535: "/line_items/0/id" is "$.line_items[0].id". What is no pointer stays if it is a JSONPath, and
/// is empty otherwise.
std::string param_of(std::string_view pointer);

}  // namespace b2a::protocol::acp
