// SPDX-License-Identifier: Apache-2.0
// Checkout requests of UCP to commands. Fields that the business owns are ignored, unknown ones tolerated; what is
// wrong comes back as invalid_request with its JSON pointer.
#pragma once

#include <string_view>

#include "b2a/json/view.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/web/message.hpp"

#include "version.hpp"

namespace b2a::protocol::ucp {

Result<service::CreateCheckout> parse_create(web::Request const& request, Version version);
/// Errors: also not_found when `id` is none of ours.
Result<service::UpdateCheckout> parse_update(web::Request const& request, std::string_view id, Version version);
Result<service::CompleteCheckout> parse_complete(web::Request const& request, std::string_view id, Version version);
Result<service::CancelCheckout> parse_cancel(web::Request const& request, std::string_view id, Version version);

/// The content type and the JSON of a body; the view lives until the next call on this thread.
Result<json::View> parse_json_body(web::Request const& request);
Result<CheckoutId> parse_checkout_id(std::string_view text);

}  // namespace b2a::protocol::ucp
