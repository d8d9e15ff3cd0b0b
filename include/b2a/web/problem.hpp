// SPDX-License-Identifier: Apache-2.0
// RFC 9457 problem details: the error shape of the native API, the operator API and of errors below any
// protocol.
#pragma once

#include "b2a/base/error.hpp"
#include "b2a/web/message.hpp"

namespace b2a::web {

/// HTTP status of a Code (total switch).
int http_status(Code code) noexcept;
/// {"type":"urn:b2a:error:<code>","title":…,"status":…,"detail"?,"code":…,"pointer"?,"reason"?,"decision_id"?}
/// and Retry-After when the error carries one.
void render_problem(Error const& error, Response& response);
/// The same with another status, for those that no Code names (408, 414, 417).
void render_problem(Error const& error, int status, Response& response);

}  // namespace b2a::web
