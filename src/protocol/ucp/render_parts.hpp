// SPDX-License-Identifier: Apache-2.0
// Members that carts, checkouts and orders share. Private to the renderers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/checkout.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

#include "mandates.hpp"
#include "terms.hpp"

namespace b2a::protocol::ucp {

/// What one rendering is made for.
struct Frame {
    Site const& site;
    Terms const& terms;
    Seal const* seal = nullptr;  // for checkouts, where mandates are among the terms
};

void write_totals(json::Writer& json, std::vector<domain::Total> const& totals);
/// "id", "item" and "totals" of a line; the quantity's shape differs.
void write_line_common(json::Writer& json, Site const& site, domain::Line const& line);
/// "line_items":[…] of a cart or a checkout.
void write_lines(json::Writer& json, Site const& site, std::vector<domain::Line> const& lines);
/// Members of a postal address, without braces; empty ones are left out.
void write_address_members(json::Writer& json, domain::Address const& address);
void write_buyer(json::Writer& json, Frame const& frame, domain::Buyer const& buyer, Capability root);
void write_context(json::Writer& json, domain::Context const& context);
void write_attribution(json::Writer& json, std::map<std::string, std::string> const& attribution);
void write_links(json::Writer& json, Site const& site);
/// "policies":[…] of 2026-08-25: what the brand says about returns; nothing in older versions.
void write_policies(json::Writer& json, Frame const& frame);
void write_discounts(json::Writer& json, std::vector<std::string> const& codes,
                     std::vector<domain::AppliedDiscount> const& applied);
/// A message that the platform must show beside what it is about and must not dismiss.
void write_disclosure_message(json::Writer& json, Site const& site, domain::Disclosure const& disclosure);
/// "messages":[…]; nothing when there are none.
struct Messages {
    domain::Findings const& notes;
    domain::Findings const& findings;
    domain::Disclosures const& disclosures;
};
void write_messages(json::Writer& json, Frame const& frame, Messages const& messages);

}  // namespace b2a::protocol::ucp
