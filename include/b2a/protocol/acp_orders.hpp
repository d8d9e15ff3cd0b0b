// SPDX-License-Identifier: Apache-2.0
// What an ACP agent hears about orders: webhooks of the Agentic Commerce Protocol 2026-04-17
// (docs/protocols/acp-orders.md).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "b2a/protocol/site.hpp"
#include "b2a/service/notices.hpp"

namespace b2a::protocol::acp {

/// Subscription::dialect of who is told about orders in ACP.
inline constexpr std::string_view order_dialect = "acp/2026-04-17";

/// Notices `order_create` and `order_update` with the whole order, signed with `secret` at each attempt. Without a
/// secret nobody is told anything.
std::unique_ptr<service::OrderNoticePort> make_order_notices(Site const& site, std::string secret);

/// The field Merchant-Signature of `body` as of `now`: HMAC-SHA-256 over the seconds since 1970, a dot and the body.
std::string merchant_signature(std::string_view secret, Timestamp now, std::string_view body);

}  // namespace b2a::protocol::acp
