// SPDX-License-Identifier: Apache-2.0
// What a session agreed on: the agent says what it can do when it creates it, and every answer repeats what both can.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/checkout.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/service/payment_port.hpp"

namespace b2a::protocol::acp {

struct Terms {
    bool three_ds = false;
    bool discount = false;  // the extension
    friend bool operator==(Terms const&, Terms const&) = default;
};

/// Where a checkout keeps them: domain::Checkout::terms.
inline constexpr std::string_view terms_key = "acp";
std::string to_text(Terms const& terms);
/// Those of a checkout. One that was begun in another protocol has none: then all that we can do is offered.
Terms terms_of(domain::Checkout const& checkout);

/// The handlers that take delegated payment tokens ("spt"), which is all that ACP pays with here.
std::vector<service::HandlerInfo const*> acp_handlers(std::vector<service::HandlerInfo> const& handlers);
/// The handler whose terms a buyer's authentication needs: that of the instrument, else the first that has some;
/// nullptr without any.
service::HandlerInfo const* authenticating_handler(std::vector<service::HandlerInfo> const& handlers,
                                                   domain::Checkout const& checkout);

/// "capabilities":{…}
void write_capabilities(json::Writer& json, Terms const& terms, std::vector<service::HandlerInfo> const& handlers);
/// {"name","spec","schema"} of the discount extension, for the discovery document; `extends` for sessions.
enum class ExtensionPlace : std::uint8_t { discovery, session };
void write_discount_extension(json::Writer& json, ExtensionPlace place);

}  // namespace b2a::protocol::acp
