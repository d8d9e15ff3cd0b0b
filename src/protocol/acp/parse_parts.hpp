// SPDX-License-Identifier: Apache-2.0
// Parts of ACP requests. Private to the parsers.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/limits.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/service/checkout.hpp"

namespace b2a::protocol::acp {

using Lines = std::vector<domain::CheckoutContent::RequestedLine>;

/// Every member of the object must be one of `names`.
void closed(json::Reader& reader, std::initializer_list<std::string_view> names);
/// The member is there and null: what it stands for is to be cleared.
bool is_cleared(json::Reader const& reader, std::string_view key);
void read_text(json::Reader& reader, std::string_view key, std::string& out,
               std::size_t bytes_max = limits::buyer_field_bytes_max);
/// One of `values`, if it is there.
void read_choice(json::Reader& reader, std::string_view key, std::initializer_list<std::string_view> values);

/// A remark of this answer about a member that was read and is not used, or not as it was sent.
domain::Finding remark(domain::Severity severity, std::string param, std::string content);

/// "line_items" (or "items"): at least one where it is there; equal ids are one line.
std::optional<Lines> read_items(json::Reader& reader);
/// A closed Buyer. An address that is none is left out, with a remark.
domain::Buyer read_buyer(json::Reader& reader, domain::Findings& remarks);
/// A closed Address.
domain::Address read_address(json::Reader& reader);

/// A closed FulfillmentDetails.
struct Details {
    std::string first_name, last_name, email, phone_number;
    std::optional<domain::Address> address;
    /// Where it goes, with the recipient; without an address only who that is.
    [[nodiscard]] domain::Address destination() const;
};
Details read_details(json::Reader& reader, domain::Findings& remarks);
/// "fulfillment_groups" as methods; `details` are where those go that say nothing of their own.
std::vector<domain::CheckoutContent::RequestedMethod> read_groups(json::Reader& reader, Details const& details,
                                                                  domain::Findings& remarks);
/// "discounts" or the older "coupons"; nullopt when neither is there, empty when they are cleared.
std::optional<std::vector<std::string>> read_codes(json::Reader& reader);
void read_notes(json::Reader& reader, domain::Findings& remarks);

/// Write-only data: its structure is checked, what it says is kept for the brand alone. Errors: invalid_request with
/// the reasons "invalid_type" and "pii_not_allowed". nullopt where `key` is absent.
Result<std::optional<service::Touchpoint>> read_attribution(json::View body, std::string_view touchpoint);
Result<std::optional<service::Touchpoint>> read_intent_trace(json::View body);

}  // namespace b2a::protocol::acp
