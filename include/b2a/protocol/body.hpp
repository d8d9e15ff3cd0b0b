// SPDX-License-Identifier: Apache-2.0
// The JSON object that a request carries, read the same way on every surface.
#pragma once

#include "b2a/json/view.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol {

enum class EmptyBody : std::uint8_t { refused, accepted };

/// The body as an object; `document` keeps it, and owns what the View shows. An empty View for a body of nothing but
/// white space where that is accepted. Errors: unsupported_media, invalid_request (also for JSON that is no object).
Result<json::View> read_body(web::Request const& request, json::Document& document,
                             EmptyBody empty = EmptyBody::refused);

}  // namespace b2a::protocol
