// SPDX-License-Identifier: Apache-2.0
// Members that sessions and carts share. Private to the renderers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/checkout.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol::acp {

std::string lower_code(Currency currency);
/// One entry of "totals".
void write_total(json::Writer& json, std::string_view type, std::string_view text, std::int64_t minor);
/// "totals":[…]: discounts are positive here, and the subtotal is what the items cost after them.
void write_totals(json::Writer& json, std::vector<domain::Total> const& totals);
/// "line_items":[…] with the disclosures of each.
void write_lines(json::Writer& json, Site const& site, std::vector<domain::Line> const& lines,
                 domain::Disclosures const& disclosures);
/// "buyer":{…}; nothing without an e-mail address, which ACP cannot be without.
void write_buyer(json::Writer& json, domain::Buyer const& buyer);
/// An Address object. `name` takes the place of the recipient's where there is one (a store's).
void write_address(json::Writer& json, domain::Address const& address, std::string_view name);
/// "fulfillment_options":[…], "selected_fulfillment_options":[…], and for orders that are collected
/// "fulfillment_groups":[…]; "fulfillment_details":{…} where something is shipped.
void write_fulfillment(json::Writer& json, domain::Checkout const& checkout);
/// "discounts":{…}
void write_discounts(json::Writer& json, domain::Checkout const& checkout);

/// "messages":[…]
struct Messages {
    domain::Findings const& remarks;
    domain::Findings const& notes;
    domain::Findings const& findings;
    domain::Findings const& hints;  // what nothing is wrong about, last
    domain::Disclosures const& disclosures;
};
void write_messages(json::Writer& json, Site const& site, Messages const& messages);
/// An info message, where the text is ours and no finding says it.
void write_info(json::Writer& json, std::string_view param, std::string_view content);
/// One disclosure, where it goes: at its line, or among the messages.
void write_disclosure_part(json::Writer& json, Site const& site, domain::Disclosure const& disclosure);

/// What ACP calls a finding. A warning without a warning's code is told as information.
struct MessageCode {
    std::string_view warning;
    std::string_view error;
};
MessageCode message_code(domain::FindingCode code) noexcept;
/// The eight reasons of the discount extension; empty for findings that are about something else.
std::string_view rejection_reason(domain::FindingCode code) noexcept;
/// Our JSONPath in ACP's names.
std::string param_of_finding(std::string_view path);

}  // namespace b2a::protocol::acp
