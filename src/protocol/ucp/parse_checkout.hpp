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

/// A change of parts: members of an update as they are there, and {address}, {option_id}, {codes}. Errors: also
/// invalid_request when nothing is to change.
Result<service::UpdateCheckout> parse_change(Payload const& payload, std::string_view id);
/// One item of a conversation, {variant_id | product_id | line_item_id, quantity?}.
struct NamedItem {
    std::string variant_id;
    std::string product_id;
    std::string line_id;
    std::optional<std::int64_t> quantity;
};
Result<NamedItem> parse_item(json::View body);
/// What a platform agreed to hear about; for commands that are not parsed from a whole checkout.
domain::Subscription subscription(Terms const& terms);

Result<service::CreateCart> parse_create_cart(Payload const& payload);
Result<service::UpdateCart> parse_update_cart(Payload const& payload, std::string_view id);

Result<CheckoutId> parse_checkout_id(std::string_view text);
Result<CartId> parse_cart_id(std::string_view text);
Result<OrderId> parse_order_id(std::string_view text);

}  // namespace b2a::protocol::ucp
