// SPDX-License-Identifier: Apache-2.0
// Members that carts, checkouts and orders share. Private to their renderers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/domain/checkout.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::protocol::native {

/// "<key>":{"amount","currency"}
void write_amount(json::Writer& json, std::string_view key, std::int64_t minor, Currency currency);
/// What a line is: ids, title, picture, unit price, the discount that it gets. Its quantity is the caller's to write.
void write_line_members(json::Writer& json, Site const& site, domain::Line const& line, Currency currency);
/// "line_items":[…] of a cart or checkout.
void write_lines(json::Writer& json, Site const& site, std::vector<domain::Line> const& lines, Currency currency);
/// "totals":{"subtotal","adjustments":[{"kind","title","amount"}],"total"}
void write_totals(json::Writer& json, std::vector<domain::Total> const& totals, Currency currency);
/// "discounts":{"codes","applied"}; nothing where nobody asked for any.
void write_discounts(json::Writer& json, std::vector<std::string> const& codes,
                     std::vector<domain::AppliedDiscount> const& applied, std::vector<domain::Line> const& lines,
                     Currency currency);
void write_buyer(json::Writer& json, domain::Buyer const& buyer);
void write_context(json::Writer& json, domain::Context const& context);
void write_attribution(json::Writer& json, std::map<std::string, std::string> const& attribution);
void write_address_members(json::Writer& json, domain::Address const& address);
/// "messages":[{"code","severity","path"?,"text","remedy"?}], those about this call first.
void write_messages(json::Writer& json, domain::Findings const& notes, domain::Findings const& findings);
void write_ids(json::Writer& json, std::string_view key, std::vector<std::string> const& ids);

}  // namespace b2a::protocol::native
