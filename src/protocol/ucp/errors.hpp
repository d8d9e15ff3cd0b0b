// SPDX-License-Identifier: Apache-2.0
// How our errors look in UCP: protocol errors are flat {"code","content"} with a status, business outcomes without a
// resource are an error_response with status 200.
#pragma once

#include <string_view>

#include "b2a/base/error.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::ucp {

/// `error_envelope` is the "ucp" member of an error_response.
void render_error(Error const& error, std::string_view error_envelope, web::Response& response);
/// No line of a checkout can be sold: an item_unavailable outcome.
void render_unavailable(Error const& error, std::string_view error_envelope, web::Response& response);
/// The flat form by itself, for what no Error stands for.
void render_flat(int status, std::string_view code, std::string_view content, web::Response& response);

}  // namespace b2a::protocol::ucp
