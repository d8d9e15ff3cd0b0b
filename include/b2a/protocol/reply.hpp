// SPDX-License-Identifier: Apache-2.0
// What replies of all protocols have in common: correlation and evidence fields, and the log line's fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/error.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/context.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol {

/// Longest Request-Id of a client that is echoed; other values are answered with our own id.
inline constexpr std::size_t request_id_bytes_max = 128;

/// The client's Request-Id if it is printable ASCII of sane length.
std::optional<std::string_view> client_request_id(web::Request const& request) noexcept;
/// Request-Id field (the client's or ours) and the agent for the log line.
void stamp(web::Request const& request, service::RequestContext const& context, web::Response& response);
/// "Audit-Entry: <origin>#<index>" when an entry was made.
void add_audit_entry(Site const& site, std::optional<std::uint64_t> seq, web::Response& response);
/// Fields that belong to an error on every surface: Retry-After, WWW-Authenticate, and those of the log line.
void add_error_fields(Error const& error, web::Response& response);

}  // namespace b2a::protocol
