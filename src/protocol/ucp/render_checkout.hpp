// SPDX-License-Identifier: Apache-2.0
// Checkouts and orders to JSON. Signals and credentials have no way in: the domain does not keep them.
#pragma once

#include <string>

#include "b2a/json/writer.hpp"
#include "b2a/service/checkout.hpp"

#include "profile.hpp"

namespace b2a::protocol::ucp {

std::string render_checkout(service::CheckoutOutcome const& outcome, Site const& site, Envelopes const& envelopes);
std::string render_order(domain::Order const& order, Site const& site, Envelopes const& envelopes);

/// Where a person continues, and where a finished checkout shows its order.
std::string hand_off_url(Site const& site, CheckoutId id);

// Parts that both have.
void write_totals(json::Writer& json, std::vector<domain::Total> const& totals);
/// "id", "item" and "totals" of a line; the quantity's shape differs.
void write_line_common(json::Writer& json, Site const& site, domain::Line const& line);
/// Members of a postal address, without braces; empty ones are left out.
void write_address_members(json::Writer& json, domain::Address const& address);
void write_attribution(json::Writer& json, std::map<std::string, std::string> const& attribution);
void write_message(json::Writer& json, domain::Finding const& finding, Version version);

}  // namespace b2a::protocol::ucp
