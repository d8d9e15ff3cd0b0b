// SPDX-License-Identifier: Apache-2.0
// The JSON object that a request carries, read the same way on every surface.
#pragma once

#include "b2a/json/view.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol {

/// What an operation does with a body.
enum class BodyRule : std::uint8_t { none, optional, required };

/// The body as an object; `document` keeps it, and owns what the View shows. An empty View where there is none to read:
/// no body is wanted, or an optional one is nothing but white space. Errors: unsupported_media, invalid_request (also
/// for JSON that is no object).
Result<json::View> read_body(web::Request const& request, json::Document& document, BodyRule rule = BodyRule::required);

}  // namespace b2a::protocol
