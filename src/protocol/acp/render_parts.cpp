// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/render_parts.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/protocol/presentation.hpp"

#include "person.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::TotalKind;

/// The type of a total, and what is said where the domain has no title.
struct Naming {
    std::string_view type;
    std::string_view text;
};

Naming naming(TotalKind kind) noexcept {
    switch (kind) {
        case TotalKind::subtotal: return {"items_base_amount", "Items"};
        case TotalKind::items_discount: return {"items_discount", "Discount"};
        case TotalKind::discount: return {"discount", "Discount"};
        case TotalKind::fulfillment: return {"fulfillment", "Delivery"};
        case TotalKind::tax: return {"tax", "Tax"};
        case TotalKind::fee: return {"fee", "Fee"};
        case TotalKind::total: return {"total", "Total"};
    }
    return {"fee", "Fee"};
}

bool is_of_items(TotalKind kind) noexcept {
    return kind == TotalKind::subtotal || kind == TotalKind::items_discount;
}

bool is_discount(TotalKind kind) noexcept {
    return kind == TotalKind::items_discount || kind == TotalKind::discount;
}

void write_line_totals(json::Writer& json, domain::Line const& line) {
    // The domain has checked the product against money_minor_max when it priced the line.
    auto const base = line.unit_minor * line.quantity;
    json.key("totals").begin_array();
    write_total(json, "items_base_amount", "Items", base);
    if (line.discount_minor != 0) write_total(json, "items_discount", "Discount", -line.discount_minor);
    write_total(json, "subtotal", "Subtotal", base + line.discount_minor);
    write_total(json, "total", "Total", base + line.discount_minor);
    json.end_array();
}

bool is_about_line(domain::Disclosure const& disclosure, std::size_t index) {
    return std::string_view(disclosure.path).starts_with("$.line_items[" + std::to_string(index) + "]");
}

void write_line_disclosures(json::Writer& json, Site const& site, domain::Disclosures const& disclosures,
                            std::size_t index) {
    auto const about = [&](domain::Disclosure const& disclosure) { return is_about_line(disclosure, index); };
    if (std::ranges::none_of(disclosures, about)) return;
    json.key("disclosures").begin_array();
    for (auto const& disclosure : disclosures)
        if (about(disclosure)) write_disclosure_part(json, site, disclosure);
    json.end_array();
}

/// Parts per million as a percentage: "10", "7.25".
std::string percent_text(std::int64_t rate_ppm) {
    auto out = decimal_text(rate_ppm, 4);
    while (out.ends_with('0')) out.pop_back();
    if (out.ends_with('.')) out.pop_back();
    return out;
}

void write_coupon(json::Writer& json, domain::AppliedDiscount const& discount, Currency currency) {
    json.key("coupon").begin_object().member("id", discount.promotion_id).member("name", discount.title);
    if (discount.rate_ppm != 0) json.member_raw("percent_off", percent_text(discount.rate_ppm));
    else json.member("amount_off", discount.minor).member("currency", lower_code(currency));
    json.end_object();
}

void write_allocations(json::Writer& json, domain::AppliedDiscount const& discount) {
    json.key("allocations").begin_array();
    auto const allocation = [&](std::string const& path, std::int64_t minor) {
        if (minor != 0) json.begin_object().member("path", path).member("amount", minor).end_object();
    };
    if (discount.line_allocations.empty()) allocation("$.totals.fulfillment", discount.minor);
    for (std::size_t i = 0; i < discount.line_allocations.size(); ++i)
        allocation("$.line_items[" + std::to_string(i) + "]", discount.line_allocations[i]);
    json.end_array();
}

/// A finding about one of the codes; nullopt if it is about something else.
std::optional<std::size_t> rejected_code(domain::Finding const& finding) {
    constexpr std::string_view prefix = "$.discounts.codes[";
    std::string_view path = finding.path;
    if (rejection_reason(finding.code).empty() || !path.starts_with(prefix) || !path.ends_with(']'))
        return std::nullopt;
    path.remove_prefix(prefix.size());
    path.remove_suffix(1);
    return parse_int<std::size_t>(path);
}

}  // namespace

std::string lower_code(Currency currency) {
    return to_ascii_lower(currency.code());
}

void write_total(json::Writer& json, std::string_view type, std::string_view text, std::int64_t minor) {
    json.begin_object().member("type", type).member("display_text", text).member("amount", minor).end_object();
}

void write_totals(json::Writer& json, std::vector<domain::Total> const& totals) {
    std::int64_t items = 0;
    bool items_done = false;
    json.key("totals").begin_array();
    for (auto const& total : totals) {
        if (is_of_items(total.kind)) items += total.minor;
        else if (!items_done) {
            write_total(json, "subtotal", "Subtotal", items);
            items_done = true;
        }
        auto const [type, text] = naming(total.kind);
        auto const title = total.title.empty() || total.kind == TotalKind::subtotal ? text : total.title;
        write_total(json, type, title, is_discount(total.kind) ? -total.minor : total.minor);
    }
    json.end_array();
}

void write_lines(json::Writer& json, Site const& site, std::vector<domain::Line> const& lines,
                 domain::Disclosures const& disclosures) {
    json.key("line_items").begin_array();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto const& line = lines[i];
        json.begin_object().member("id", line.id).key("item").begin_object();
        json.member("id", line.variant_id).member("name", line.title).member("unit_amount", line.unit_minor);
        json.end_object().member("quantity", line.quantity).member("name", line.title);
        if (!line.image_url.empty()) json.key("images").begin_array().value(site.absolute(line.image_url)).end_array();
        json.member("unit_amount", line.unit_minor).member_if("product_id", line.product_id);
        json.member("variant_id", line.variant_id);
        write_line_disclosures(json, site, disclosures, i);
        write_line_totals(json, line);
        json.end_object();
    }
    json.end_array();
}

void write_buyer(json::Writer& json, domain::Buyer const& buyer) {
    if (!is_email(buyer.email)) return;
    json.key("buyer").begin_object();
    json.member_if("first_name", buyer.first_name).member_if("last_name", buyer.last_name);
    json.member("email", buyer.email).member_if("phone_number", buyer.phone_number).end_object();
}

void write_address(json::Writer& json, domain::Address const& address, std::string_view name) {
    auto const recipient = name.empty() ? join_name(address.first_name, address.last_name) : std::string(name);
    json.begin_object().member("name", recipient).member("line_one", address.street_address);
    json.member_if("line_two", address.extended_address).member("city", address.locality);
    json.member("state", address.region).member("country", address.country);
    json.member("postal_code", address.postal_code).end_object();
}

void write_discounts(json::Writer& json, domain::Checkout const& checkout) {
    json.key("discounts").begin_object().key("codes").begin_array();
    for (auto const& code : checkout.discount_codes) json.value(code);
    json.end_array().key("applied").begin_array();
    std::int64_t priority = 0;
    for (auto const& discount : checkout.discounts) {
        json.begin_object().member("id", discount.promotion_id).member_if("code", discount.code);
        write_coupon(json, discount, checkout.currency);
        json.member("amount", discount.minor).member("automatic", discount.code.empty());
        json.member("method", "across").member("priority", ++priority);
        write_allocations(json, discount);
        json.end_object();
    }
    json.end_array().key("rejected").begin_array();
    for (auto const& finding : checkout.findings) {
        auto const index = rejected_code(finding);
        if (!index || *index >= checkout.discount_codes.size()) continue;
        json.begin_object().member("code", checkout.discount_codes[*index]);
        json.member("reason", rejection_reason(finding.code)).member("message", finding.content).end_object();
    }
    json.end_array().end_object();
}

}  // namespace b2a::protocol::acp
