// SPDX-License-Identifier: Apache-2.0
// Native requests about carts, checkouts and orders to commands. Bodies are objects; what is wrong with one comes back
// as invalid_request with a JSON pointer, unknown members included.
#pragma once

#include <string_view>

#include "b2a/json/view.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::native {

Result<service::CreateCart> parse_create_cart(json::View body);
/// The whole cart anew.
Result<service::UpdateCart> parse_replace_cart(json::View body);
/// Some members of it; what is not named stays.
Result<service::UpdateCart> parse_change_cart(json::View body);
/// With "items" or a "cart_id". Errors: also unprocessable for both.
Result<service::CreateCheckout> parse_create_checkout(json::View body);
Result<service::UpdateCheckout> parse_change_checkout(json::View body);
Result<service::CompleteCheckout> parse_complete_checkout(json::View body);

/// The version that an If-Match field names: a cart's or checkout's entity tag is its version in quotes. Error:
/// invalid_request with pointer "If-Match" for anything else but "*".
Result<std::optional<std::uint64_t>> parse_if_match(web::Request const& request);

}  // namespace b2a::protocol::native
