// SPDX-License-Identifier: Apache-2.0
// Requests of ACP to commands. Objects are closed, as the published schemas have them, but for `quantity` beside an
// item's id and the older `items`; what does not fit comes back as invalid_request with its JSON pointer. null clears,
// what is absent stays.
#pragma once

#include <string_view>

#include "b2a/json/view.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/checkout.hpp"

namespace b2a::protocol::acp {

/// The body of a request, an object (for a cancellation also an empty View), and what it is read by.
struct Payload {
    json::View body;
    std::string_view language;     // of Accept-Language; `locale` wins
    std::string_view webhook_url;  // where its order is told; empty: nowhere
};

/// A command, with what the answer has to say about parts of the request that no session holds.
template <class Command>
struct Parsed {
    Command command;
    domain::Findings remarks;
};

Result<Parsed<service::CreateCheckout>> parse_create(Payload const& payload);
/// Errors of these: also not_found when `id` is none of ours.
Result<Parsed<service::UpdateCheckout>> parse_update(Payload const& payload, std::string_view id);
/// A payment that is refused for what it is (a purchase order) has no handler in its command and a remark that says so.
Result<Parsed<service::CompleteCheckout>> parse_complete(Payload const& payload, std::string_view id);
Result<service::CancelCheckout> parse_cancel(Payload const& payload, std::string_view id);
Result<Parsed<service::CreateCart>> parse_create_cart(Payload const& payload);
Result<Parsed<service::UpdateCart>> parse_update_cart(Payload const& payload, std::string_view id);

Result<CheckoutId> parse_session_id(std::string_view text);
Result<CartId> parse_cart_id(std::string_view text);

}  // namespace b2a::protocol::acp
