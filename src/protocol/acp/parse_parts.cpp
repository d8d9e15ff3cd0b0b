// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/parse_parts.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "b2a/base/text.hpp"

#include "person.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::CheckoutContent;
using domain::Severity;
using json::Kind;
using json::Presence;
using json::Reader;

constexpr std::size_t notes_bytes_max = 5000;

void add_line(Reader& reader, std::string id, std::int64_t quantity, Lines& lines) {
    auto const known = std::ranges::find(lines, id, &CheckoutContent::RequestedLine::variant_id);
    if (known == lines.end()) {
        lines.push_back({{}, std::move(id), quantity});
        return;
    }
    known->quantity += quantity;  // at most checkout_lines_max × line_quantity_max
    if (known->quantity > limits::line_quantity_max)
        reader.problem("id", "is there too often: more than " + std::to_string(limits::line_quantity_max) + " units");
}

/// The schema has no quantity, the text and the examples do; the oldest of them call the id product_id.
void read_item(Reader& reader, Lines& lines) {
    closed(reader, {"id", "product_id", "name", "unit_amount", "quantity"});
    std::string id;
    auto const key = reader.has("id") || !reader.has("product_id") ? "id" : "product_id";
    id = reader.string(key, limits::id_bytes_max, Presence::required).value_or("");
    reader.string("name", limits::product_title_bytes_max);
    reader.integer("unit_amount", INT64_MIN, INT64_MAX);  // ours counts
    auto const quantity = reader.integer("quantity", 1, limits::line_quantity_max).value_or(1);
    add_line(reader, std::move(id), quantity, lines);
}

void read_company(Reader& reader) {
    closed(reader, {"name", "tax_id", "department", "cost_center"});
    for (auto const* key : {"name", "tax_id", "department", "cost_center"})
        reader.string(key, limits::buyer_field_bytes_max);
}

void read_loyalty(Reader& reader) {
    closed(reader, {"tier", "points_balance", "member_since"});
    reader.string("tier", limits::buyer_field_bytes_max);
    reader.integer("points_balance", INT64_MIN, INT64_MAX);
    reader.string("member_since", limits::buyer_field_bytes_max);
}

void read_exemption(Reader& reader) {
    closed(reader, {"certificate_id", "certificate_type", "exempt_regions", "expires_at"});
    reader.string("certificate_id", limits::buyer_field_bytes_max, Presence::required);
    read_choice(reader, "certificate_type", {"resale", "exempt_organization", "government"});
    reader.strings("exempt_regions", limits::attribution_entries_max, limits::buyer_field_bytes_max);
    reader.string("expires_at", limits::buyer_field_bytes_max);
}

std::string email_in(Reader& reader, std::string const& param, domain::Findings& remarks) {
    std::string email;
    read_text(reader, "email", email);
    if (email.empty() || is_email(email)) return email;
    remarks.push_back(remark(Severity::recoverable, param, "This is no e-mail address; it was left out."));
    return {};
}

std::optional<domain::FulfillmentKind> kind_of(std::string_view type) {
    if (type == "shipping") return domain::FulfillmentKind::shipping;
    if (type == "pickup") return domain::FulfillmentKind::pickup;
    return std::nullopt;
}

/// All that nothing else is said about, to where the request says; to where it went before when it does not.
CheckoutContent::RequestedMethod shipping_to(Details const& details) {
    CheckoutContent::RequestedMethod out;
    out.kind = domain::FulfillmentKind::shipping;
    if (details.address) out.destinations.push_back({"dest_1", {}, details.destination()});
    return out;
}

void read_group(Reader& reader, Details const& details, domain::Findings& remarks,
                std::vector<CheckoutContent::RequestedMethod>& methods) {
    closed(reader, {"id", "item_ids", "destination_type", "fulfillment_details", "location_id", "instructions"});
    CheckoutContent::RequestedMethod method;
    reader.string("id", limits::id_bytes_max, Presence::required);
    auto const type = reader.string("destination_type", limits::id_bytes_max, Presence::required).value_or("");
    if (auto ids = reader.strings("item_ids", limits::checkout_lines_max, limits::id_bytes_max, Presence::required))
        method.line_ids = *std::move(ids);
    read_text(reader, "location_id", method.selected_destination_id, limits::id_bytes_max);
    reader.string("instructions", notes_bytes_max);
    auto own = details;
    reader.object("fulfillment_details", [&](Reader& r) { own = read_details(r, remarks); });
    if (type == "digital") return;  // nothing travels
    auto const kind = kind_of(type);
    if (!kind) return reader.problem("destination_type", "must be one of: shipping, pickup, digital");
    method.kind = *kind;
    if (std::ranges::find(methods, *kind, &CheckoutContent::RequestedMethod::kind) != methods.end())
        return reader.problem("destination_type",
                              "may be there once: all that is shipped goes to one address, all "
                              "that is collected to one location");
    if (*kind == domain::FulfillmentKind::shipping) {
        auto ids = std::move(method.line_ids);
        method = shipping_to(own);
        method.line_ids = std::move(ids);
    }
    methods.push_back(std::move(method));
}

}  // namespace

void closed(Reader& reader, std::initializer_list<std::string_view> names) {
    reader.view().each_member([&](std::string_view key, json::View) {
        if (std::ranges::find(names, key) == names.end()) reader.problem(key, "is not a member of this object");
    });
}

bool is_cleared(Reader const& reader, std::string_view key) {
    auto const member = reader.raw(key);
    return member && member->is(Kind::null);
}

void read_text(Reader& reader, std::string_view key, std::string& out, std::size_t bytes_max) {
    if (auto text = reader.string(key, bytes_max)) out = *std::move(text);
}

void read_choice(Reader& reader, std::string_view key, std::initializer_list<std::string_view> values) {
    auto const text = reader.string(key, limits::id_bytes_max);
    if (!text || std::ranges::find(values, *text) != values.end()) return;
    std::string names;
    for (auto const value : values) names += (names.empty() ? "" : ", ") + std::string(value);
    reader.problem(key, "must be one of: " + names);
}

domain::Finding remark(Severity severity, std::string param, std::string content) {
    return {domain::FindingCode::selection_rejected, severity, std::move(param), std::move(content)};
}

std::optional<Lines> read_items(Reader& reader) {
    auto const* key = reader.has("line_items") || !reader.has("items") ? "line_items" : "items";
    if (!reader.has(key)) return std::nullopt;
    Lines lines;
    reader.objects(key, limits::checkout_lines_max, [&](Reader& item) { read_item(item, lines); });
    return lines;
}

domain::Buyer read_buyer(Reader& reader, domain::Findings& remarks) {
    closed(reader, {"first_name", "last_name", "full_name", "email", "phone_number", "customer_id", "account_type",
                    "authentication_status", "company", "loyalty", "tax_exemption"});
    domain::Buyer out;
    if (!reader.has("email")) reader.problem("email", "is required");
    out.email = email_in(reader, "$.buyer.email", remarks);
    read_text(reader, "first_name", out.first_name);
    read_text(reader, "last_name", out.last_name);
    std::string full_name;
    read_text(reader, "full_name", full_name);
    if (out.first_name.empty() && out.last_name.empty())
        std::tie(out.first_name, out.last_name) = split_name(full_name);
    read_text(reader, "phone_number", out.phone_number);
    reader.string("customer_id", limits::id_bytes_max);
    read_choice(reader, "account_type", {"guest", "registered", "business"});
    read_choice(reader, "authentication_status", {"authenticated", "guest", "requires_signin"});
    reader.object("company", read_company);
    reader.object("loyalty", read_loyalty);
    reader.object("tax_exemption", read_exemption);
    return out;
}

domain::Address read_address(Reader& reader) {
    closed(reader, {"name", "line_one", "line_two", "city", "state", "country", "postal_code", "company"});
    auto const required = [&](std::string_view key) {
        return reader.string(key, limits::buyer_field_bytes_max, Presence::required).value_or("");
    };
    domain::Address out;
    std::tie(out.first_name, out.last_name) = split_name(required("name"));
    out.street_address = required("line_one");
    out.locality = required("city");
    out.region = required("state");
    out.country = required("country");
    out.postal_code = required("postal_code");
    read_text(reader, "line_two", out.extended_address);
    std::string company;
    read_text(reader, "company", company);
    // We have one line for both, and a parcel to a company needs its name.
    if (!company.empty())
        out.extended_address = company + (out.extended_address.empty() ? "" : ", ") + out.extended_address;
    return out;
}

domain::Address Details::destination() const {
    auto out = address.value_or(domain::Address{});
    if (out.first_name.empty()) {
        out.first_name = first_name;
        out.last_name = last_name;
    }
    out.phone_number = phone_number;
    return out;
}

Details read_details(Reader& reader, domain::Findings& remarks) {
    closed(reader, {"name", "phone_number", "email", "address"});
    Details out;
    std::string name;
    read_text(reader, "name", name);
    std::tie(out.first_name, out.last_name) = split_name(name);
    read_text(reader, "phone_number", out.phone_number);
    out.email = email_in(reader, "$.fulfillment_details.email", remarks);
    reader.object("address", [&](Reader& r) { out.address = read_address(r); });
    return out;
}

std::vector<CheckoutContent::RequestedMethod> read_groups(Reader& reader, Details const& details,
                                                          domain::Findings& remarks) {
    std::vector<CheckoutContent::RequestedMethod> out;
    reader.objects("fulfillment_groups", limits::checkout_lines_max,
                   [&](Reader& group) { read_group(group, details, remarks, out); });
    // What no group names is shipped.
    if (std::ranges::find(out, domain::FulfillmentKind::shipping, &CheckoutContent::RequestedMethod::kind) == out.end())
        out.push_back(shipping_to(details));
    return out;
}

std::optional<std::vector<std::string>> read_codes(Reader& reader) {
    std::optional<std::vector<std::string>> out;
    auto const read = [&](Reader& from, std::string_view key) {
        out = from.strings(key, limits::discount_codes_max, limits::discount_code_bytes_max)
                  .value_or(std::vector<std::string>());
    };
    if (reader.raw("coupons")) read(reader, "coupons");
    if (is_cleared(reader, "discounts")) out.emplace();
    reader.object("discounts", [&](Reader& discounts) {
        closed(discounts, {"codes"});
        if (discounts.raw("codes")) read(discounts, "codes");
    });
    return out;
}

void read_notes(Reader& reader, domain::Findings& remarks) {
    auto const notes = reader.string("order_notes", notes_bytes_max);
    if (!notes || notes->empty()) return;
    remarks.push_back(remark(Severity::info, "$.order_notes", "Notes do not reach the shop with this order."));
}

}  // namespace b2a::protocol::acp
