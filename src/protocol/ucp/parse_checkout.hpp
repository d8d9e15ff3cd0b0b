// SPDX-License-Identifier: Apache-2.0
// Cart and checkout requests of UCP to commands. Fields that the business owns are ignored, unknown ones tolerated, and
// so are those of extensions that are not among the terms; what is wrong comes back as invalid_request with its JSON
// pointer. An asserted unit of quantity that is not ours is selection_rejected with the reason quantity_unit_mismatch.
#pragma once

#include <string_view>

#include "b2a/json/view.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/checkout.hpp"

#include "terms.hpp"

namespace b2a::protocol::ucp {

/// The body of a request and what it is read by.
struct Payload {
    json::View body;  // an object
    Terms const& terms;
    std::string_view language;  // of Accept-Language; context.language wins
};

Result<service::CreateCheckout> parse_create_checkout(Payload const& payload);
/// Errors: also not_found when `id` is none of ours.
Result<service::UpdateCheckout> parse_update_checkout(Payload const& payload, std::string_view id);
Result<service::CompleteCheckout> parse_complete_checkout(Payload const& payload, std::string_view id);
Result<service::CreateCart> parse_create_cart(Payload const& payload);
Result<service::UpdateCart> parse_update_cart(Payload const& payload, std::string_view id);

Result<CheckoutId> parse_checkout_id(std::string_view text);
Result<CartId> parse_cart_id(std::string_view text);
Result<OrderId> parse_order_id(std::string_view text);

}  // namespace b2a::protocol::ucp
