// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/render_order.hpp"

#include "b2a/base/text.hpp"
#include "b2a/domain/order_progress.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::Order;
using domain::OrderStage;
using domain::Parcel;
using domain::TotalKind;

std::string_view status_text(OrderStage stage) noexcept {
    switch (stage) {
        case OrderStage::created: return "created";
        case OrderStage::processing: return "processing";
        case OrderStage::shipped: return "shipped";
        case OrderStage::completed: return "completed";
        case OrderStage::canceled: return "canceled";
    }
    return "created";
}

std::string_view status_text(Parcel const& parcel) noexcept {
    switch (parcel.stage) {
        case Parcel::Stage::pending: return "pending";
        case Parcel::Stage::processing: return "processing";
        case Parcel::Stage::shipped: return "shipped";
        case Parcel::Stage::delivered: return "delivered";
    }
    return "pending";
}

std::string_view line_status(std::int64_t current, std::int64_t fulfilled) noexcept {
    if (current == 0) return "removed";
    if (fulfilled == current) return "fulfilled";
    return fulfilled > 0 ? "partial" : "processing";
}

bool is_web_address(std::string_view url) noexcept {
    return url.starts_with("https://") || url.starts_with("http://");
}

std::string_view display_text(TotalKind kind) noexcept {
    switch (kind) {
        case TotalKind::subtotal: return "Subtotal";
        case TotalKind::items_discount:
        case TotalKind::discount: return "Discount";
        case TotalKind::fulfillment: return "Shipping";
        case TotalKind::tax: return "Tax";
        case TotalKind::fee: return "Fee";
        case TotalKind::total: return "Total";
    }
    return "Total";
}

void write_total(json::Writer& json, std::string_view type, std::string_view text, std::int64_t minor) {
    json.begin_object().member("type", type).member("display_text", text).member("amount", minor).end_object();
}

/// ACP's subtotal is what is left after the discounts of items; the one before them is items_base_amount there.
void write_totals(json::Writer& json, Order const& order) {
    std::int64_t items_discount = 0;
    for (auto const& total : order.totals)
        if (total.kind == TotalKind::items_discount) items_discount += total.minor;
    json.key("totals").begin_array();
    for (auto const& total : order.totals) {
        auto const text = total.title.empty() ? display_text(total.kind) : std::string_view(total.title);
        if (total.kind == TotalKind::subtotal) {
            if (items_discount == 0) write_total(json, "subtotal", text, total.minor);
            else write_total(json, "items_base_amount", "Items", total.minor);
            continue;
        }
        auto const given = total.kind == TotalKind::items_discount || total.kind == TotalKind::discount;
        write_total(json, to_text(total.kind), text, given ? -total.minor : total.minor);
        if (total.kind != TotalKind::items_discount) continue;
        for (auto const& base : order.totals)
            if (base.kind == TotalKind::subtotal)
                write_total(json, "subtotal", display_text(TotalKind::subtotal), base.minor + items_discount);
    }
    if (auto const back = domain::refunded(order); back > 0) write_total(json, "amount_refunded", "Refunded", back);
    json.end_array();
}

void write_line(json::Writer& json, Order const& order, domain::Line const& line, Site const& site) {
    auto const current = domain::total_quantity(order, line);
    auto const fulfilled = domain::fulfilled_quantity(order, line);
    json.begin_object().member("id", line.id).member("title", line.title).member("product_id", line.product_id);
    if (auto const image = site.absolute(line.image_url); is_web_address(image)) json.member("image_url", image);
    json.key("quantity").begin_object().member("ordered", line.quantity).member("current", current);
    json.member("fulfilled", fulfilled).end_object();
    // The domain has checked the product against money_minor_max when it priced the line.
    json.member("unit_price", line.unit_minor);
    json.member("subtotal", line.unit_minor * line.quantity + line.discount_minor);
    json.member("status", line_status(current, fulfilled)).end_object();
}

/// ACP counts what is concerned, without a sign.
void write_references(json::Writer& json, std::vector<domain::LineQuantity> const& lines) {
    json.key("line_items").begin_array();
    for (auto const& line : lines) {
        auto const units = line.quantity < 0 ? -line.quantity : line.quantity;
        json.begin_object().member("id", line.line_id).member("quantity", units).end_object();
    }
    json.end_array();
}

void write_destination(json::Writer& json, domain::FulfillmentMethod const& method) {
    auto const* destination = domain::selected_destination(method);
    if (destination == nullptr) return;
    auto const& address = destination->address;
    if (address.street_address.empty() || address.locality.empty() || address.country.empty()) return;
    auto const person = std::string(trim(address.first_name + " " + address.last_name));
    json.key("destination").begin_object().member("name", destination->name.empty() ? person : destination->name);
    json.member("line_one", address.street_address).member_if("line_two", address.extended_address);
    json.member("city", address.locality).member("state", address.region).member("country", address.country);
    json.member("postal_code", address.postal_code).end_object();
}

void write_estimate(json::Writer& json, Parcel const& parcel) {
    auto const* option = domain::selected_option(*parcel.method);
    if (option == nullptr || parcel.stage == Parcel::Stage::delivered) return;
    if (option->earliest == Timestamp{} || option->latest == Timestamp{}) return;
    json.key("estimated_delivery").begin_object().member("earliest", to_rfc3339(option->earliest));
    json.member("latest", to_rfc3339(option->latest)).end_object();
}

void write_events(json::Writer& json, std::vector<domain::FulfillmentEvent const*> const& events) {
    json.key("events").begin_array();
    for (auto const* event : events) {
        json.begin_object().member("id", event->id).member("type", to_text(event->type));
        json.member("occurred_at", to_rfc3339(event->occurred_at)).member_if("description", event->description);
        json.end_object();
    }
    json.end_array();
}

void write_parcel(json::Writer& json, Parcel const& parcel) {
    json.begin_object().member("id", "ful_" + parcel.id);
    json.member("type", parcel.method == nullptr ? "digital" : to_text(parcel.method->kind));
    json.member("status", status_text(parcel));
    write_references(json, parcel.lines);
    if (auto const* left = parcel.departure) {
        json.member_if("carrier", left->carrier).member_if("tracking_number", left->tracking_number);
        if (is_web_address(left->tracking_url)) json.member("tracking_url", left->tracking_url);
    }
    if (parcel.method != nullptr) {
        write_destination(json, *parcel.method);
        write_estimate(json, parcel);
    }
    write_events(json, parcel.events);
    json.end_object();
}

void write_adjustment(json::Writer& json, domain::Adjustment const& adjustment, Currency currency) {
    json.begin_object().member("id", adjustment.id).member("type", adjustment.type);
    json.member("occurred_at", to_rfc3339(adjustment.occurred_at)).member("status", to_text(adjustment.status));
    if (!adjustment.lines.empty()) write_references(json, adjustment.lines);
    // `amount` is what the buyer gets; a change that costs the buyer more has no place in it.
    if (adjustment.minor < 0)
        json.member("amount", -adjustment.minor).member("currency", to_ascii_lower(currency.code()));
    json.member_if("description", adjustment.description).end_object();
}

}  // namespace

void write_order(json::Writer& json, Order const& order, Site const& site) {
    json.begin_object().member("type", "order").member("id", order.id.text());
    json.member("checkout_session_id", order.checkout_id.text()).member_if("order_number", order.label);
    json.member("permalink_url", site.base_url + "/checkout/" + order.checkout_id.text());
    json.member("status", status_text(domain::stage_of(order)));
    if (!order.label.empty())
        json.key("confirmation").begin_object().member("confirmation_number", order.label).end_object();
    json.key("line_items").begin_array();
    for (auto const& line : order.lines) write_line(json, order, line, site);
    json.end_array().key("fulfillments").begin_array();
    for (auto const& parcel : domain::parcels_of(order)) write_parcel(json, parcel);
    json.end_array().key("adjustments").begin_array();
    for (auto const& adjustment : order.adjustments) write_adjustment(json, adjustment, order.currency);
    json.end_array();
    write_totals(json, order);
    json.end_object();
}

}  // namespace b2a::protocol::acp
