// SPDX-License-Identifier: Apache-2.0
// Sessions and carts to JSON. Answers are closed objects: nothing is written here that the published schemas lack, and
// what we know and they have no place for (attribution, mandates, evidence) stays out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/finding.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/payment_port.hpp"

#include "terms.hpp"

namespace b2a::protocol::acp {

/// What one rendering is made for.
struct Frame {
    Site const& site;
    std::vector<service::HandlerInfo> const& handlers;
    domain::Findings const& remarks;  // about this call only
};

std::string render_session(service::CheckoutOutcome const& outcome, Frame const& frame);
std::string render_cart(service::CartOutcome const& outcome, Frame const& frame);
/// The discovery document. `orders`: somebody is told about orders.
std::string render_discovery(Site const& site, std::vector<service::HandlerInfo> const& handlers,
                             std::vector<Currency> const& currencies, bool orders);

/// The state of a session, in ACP's words.
std::string_view status_of(domain::Checkout const& checkout, std::vector<service::HandlerInfo> const& handlers);
/// Whether it may ask for consent to be written to: that needs a privacy policy to point at.
bool asks_consent(Site const& site);

}  // namespace b2a::protocol::acp
