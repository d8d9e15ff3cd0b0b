// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/parse_parts.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "consent.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::CheckoutContent;
using json::Kind;
using json::Presence;
using json::Reader;

constexpr std::size_t destinations_max = 10;
constexpr std::size_t kind_bytes_max = 32;

void read_line(Reader& reader, CheckoutContent& content) {
    CheckoutContent::RequestedLine line;
    read_text(reader, "id", line.id, limits::id_bytes_max);
    reader.object(
        "item",
        [&](Reader& item) {
            line.variant_id = item.string("id", limits::id_bytes_max, Presence::required).value_or("");
        },
        Presence::required);
    line.quantity = reader.integer("quantity", 1, limits::line_quantity_max, Presence::required).value_or(1);
    content.lines.push_back(std::move(line));
}

void read_destination(Reader& reader, std::vector<domain::Destination>& destinations) {
    domain::Destination out;
    read_text(reader, "id", out.id, limits::id_bytes_max);
    read_address(reader, out.address);
    destinations.push_back(std::move(out));
}

/// Destinations that come without an id get one, so that the next request can select them.
void name_destinations(std::vector<domain::Destination>& destinations) {
    auto const taken = [&](std::string const& id) {
        return std::ranges::any_of(destinations, [&](auto const& d) { return d.id == id; });
    };
    std::size_t next = 1;
    for (auto& destination : destinations) {
        if (!destination.id.empty()) continue;
        while (taken("dest_" + std::to_string(next))) ++next;
        destination.id = "dest_" + std::to_string(next);
    }
}

/// The kind of a method; on updates platforms may leave it out and name the method by its id, which is the kind.
std::optional<domain::FulfillmentKind> kind_of(std::string_view type, std::string_view id) {
    auto const& name = type.empty() ? id : type;
    if (name.empty() || name == "shipping") return domain::FulfillmentKind::shipping;
    if (name == "pickup") return domain::FulfillmentKind::pickup;
    return std::nullopt;
}

void read_method(Reader& reader, CheckoutContent& content) {
    CheckoutContent::RequestedMethod method;
    read_text(reader, "id", method.id, limits::id_bytes_max);
    auto const type = reader.string("type", kind_bytes_max).value_or("");
    auto const kind = kind_of(type, method.id);
    if (!kind) return reader.problem("type", "must be one of: shipping, pickup");
    method.kind = *kind;
    if (auto ids = reader.strings("line_item_ids", limits::checkout_lines_max, limits::id_bytes_max))
        method.line_ids = *std::move(ids);
    if (method.kind == domain::FulfillmentKind::shipping) {
        reader.objects("destinations", destinations_max, [&](Reader& r) { read_destination(r, method.destinations); });
        name_destinations(method.destinations);
    }
    read_text(reader, "selected_destination_id", method.selected_destination_id, limits::id_bytes_max);
    reader.objects("groups", limits::checkout_lines_max, [&](Reader& group) {
        if (method.selected_option_id.empty())
            read_text(group, "selected_option_id", method.selected_option_id, limits::id_bytes_max);
    });
    content.methods.push_back(std::move(method));
}

}  // namespace

void read_text(Reader& reader, std::string_view key, std::string& out, std::size_t bytes_max) {
    if (!reader.has(key)) return;  // null stands for "not set"
    if (auto text = reader.string(key, bytes_max)) out = *std::move(text);
}

void read_address(Reader& reader, domain::Address& address) {
    read_text(reader, "first_name", address.first_name);
    read_text(reader, "last_name", address.last_name);
    read_text(reader, "street_address", address.street_address);
    read_text(reader, "extended_address", address.extended_address);
    read_text(reader, "address_locality", address.locality);
    read_text(reader, "address_region", address.region);
    read_text(reader, "postal_code", address.postal_code);
    read_text(reader, "address_country", address.country);
    read_text(reader, "phone_number", address.phone_number);
}

void read_lines(Reader& reader, CheckoutContent& content) {
    reader.objects(
        "line_items", limits::checkout_lines_max, [&](Reader& r) { read_line(r, content); }, Presence::required);
}

void read_buyer(Reader& reader, Terms const& terms, domain::Buyer& buyer) {
    reader.object("buyer", [&](Reader& r) {
        read_text(r, "first_name", buyer.first_name);
        read_text(r, "last_name", buyer.last_name);
        read_text(r, "email", buyer.email);
        read_text(r, "phone_number", buyer.phone_number);
        if (terms.has(Capability::buyer_consent)) read_consent(r, terms.version(), buyer.consent);
    });
}

void read_context(Reader& reader, domain::Context& context) {
    reader.object("context", [&](Reader& r) {
        read_text(r, "address_country", context.country);
        read_text(r, "address_region", context.region);
        read_text(r, "postal_code", context.postal_code);
        read_text(r, "language", context.language);
        read_text(r, "currency", context.currency);
        read_text(r, "intent", context.intent, limits::text_query_bytes_max);
        auto claims = r.strings("eligibility", limits::eligibility_claims_max, limits::id_bytes_max);
        if (!claims) return;
        for (auto& claim : *claims)
            if (std::ranges::find(context.eligibility, claim) == context.eligibility.end())
                context.eligibility.push_back(std::move(claim));
    });
}

void read_attribution(Reader& reader, CheckoutContent& content) {
    auto const view = reader.raw("attribution");
    if (!view || view->is(Kind::null)) return;
    if (!view->is(Kind::object) || view->size() > limits::attribution_entries_max)
        return reader.problem("attribution", "must be an object of at most 32 texts");
    view->each_member([&](std::string_view key, json::View value) {
        auto const text = value.as_string();
        if (!text || text->size() > limits::buyer_field_bytes_max || key.size() > limits::buyer_field_bytes_max)
            return reader.problem("attribution", "must hold texts of at most 256 bytes");
        content.attribution.emplace(key, *text);
    });
}

void read_discounts(Reader& reader, CheckoutContent& content) {
    reader.object("discounts", [&](Reader& r) {
        if (auto codes = r.strings("codes", limits::discount_codes_max, limits::discount_code_bytes_max))
            content.discount_codes = *std::move(codes);
    });
}

void read_fulfillment(Reader& reader, CheckoutContent& content) {
    reader.object("fulfillment", [&](Reader& r) {
        r.objects("methods", limits::checkout_lines_max, [&](Reader& m) { read_method(m, content); });
    });
}

Result<void> check_units(json::View body) {
    auto const lines = body.get("line_items");
    if (!lines || !lines->is(Kind::array)) return {};
    std::optional<std::size_t> wrong;
    lines->each_element([&](std::size_t index, json::View line) {
        auto const item = line.get("item");
        auto const unit = item ? item->get("quantity_unit") : std::nullopt;
        if (wrong || !unit || unit->is(Kind::null)) return;
        auto const code = unit->get("unit");
        auto const scale = unit->get("scale");
        bool const each = code && code->as_string() == "C62" && (!scale || scale->as_int() == 0);
        if (!each) wrong = index;
    });
    if (!wrong) return {};
    Error error(Code::selection_rejected, "This item is sold by the piece (unit C62, scale 0).",
                "$.line_items[" + std::to_string(*wrong) + "].item.quantity_unit");
    error.reason = "quantity_unit_mismatch";
    return error;
}

}  // namespace b2a::protocol::ucp
