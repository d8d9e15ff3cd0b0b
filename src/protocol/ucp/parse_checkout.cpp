// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/parse_checkout.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::CheckoutContent;
using json::Presence;
using json::Reader;

constexpr std::size_t credential_bytes_max = 4096;
constexpr std::size_t destinations_max = 10;

/// A short text into `out`, if the member is there.
void read_text(Reader& reader, std::string_view key, std::string& out,
               std::size_t bytes_max = limits::buyer_field_bytes_max) {
    if (auto text = reader.string(key, bytes_max)) out = *std::move(text);
}

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

void read_buyer(Reader& reader, domain::Buyer& buyer) {
    read_text(reader, "first_name", buyer.first_name);
    read_text(reader, "last_name", buyer.last_name);
    read_text(reader, "email", buyer.email);
    read_text(reader, "phone_number", buyer.phone_number);
}

void read_context(Reader& reader, domain::Context& context) {
    read_text(reader, "address_country", context.country);
    read_text(reader, "address_region", context.region);
    read_text(reader, "postal_code", context.postal_code);
    read_text(reader, "language", context.language);
    read_text(reader, "currency", context.currency);
    read_text(reader, "intent", context.intent, limits::text_query_bytes_max);
}

void read_attribution(Reader& reader, CheckoutContent& content) {
    auto const view = reader.raw("attribution");
    if (!view || view->is(json::Kind::null)) return;
    if (!view->is(json::Kind::object) || view->size() > limits::attribution_entries_max)
        return reader.problem("attribution", "must be an object of at most 32 texts");
    view->each_member([&](std::string_view key, json::View value) {
        auto const text = value.as_string();
        if (!text || text->size() > limits::buyer_field_bytes_max || key.size() > limits::buyer_field_bytes_max)
            return reader.problem("attribution", "must hold texts of at most 256 bytes");
        content.attribution.emplace(key, *text);
    });
}

void read_destination(Reader& reader, CheckoutContent& content) {
    domain::Destination out;
    auto& address = out.address;
    read_text(reader, "id", out.id, limits::id_bytes_max);
    read_text(reader, "first_name", address.first_name);
    read_text(reader, "last_name", address.last_name);
    read_text(reader, "street_address", address.street_address);
    read_text(reader, "extended_address", address.extended_address);
    read_text(reader, "address_locality", address.locality);
    read_text(reader, "address_region", address.region);
    read_text(reader, "postal_code", address.postal_code);
    read_text(reader, "address_country", address.country);
    read_text(reader, "phone_number", address.phone_number);
    content.destinations.push_back(std::move(out));
}

/// Destinations that come without an id get one, so that the next request can select them.
void name_destinations(std::vector<domain::Destination>& destinations) {
    auto const taken = [&](std::string const& id) {
        return std::any_of(destinations.begin(), destinations.end(), [&](auto const& d) { return d.id == id; });
    };
    std::size_t next = 1;
    for (auto& destination : destinations) {
        if (!destination.id.empty()) continue;
        while (taken("dest_" + std::to_string(next))) ++next;
        destination.id = "dest_" + std::to_string(next);
    }
}

void read_method(Reader& reader, CheckoutContent& content, bool& taken) {
    auto const type = reader.string("type", 32).value_or("shipping");
    if (type != "shipping" || taken) return;  // we ship everything that is physical, in one group
    taken = true;
    reader.objects("destinations", destinations_max, [&](Reader& r) { read_destination(r, content); });
    read_text(reader, "selected_destination_id", content.selected_destination_id, limits::id_bytes_max);
    reader.objects("groups", limits::checkout_lines_max, [&](Reader& group) {
        if (content.selected_option_id.empty())
            read_text(group, "selected_option_id", content.selected_option_id, limits::id_bytes_max);
    });
}

domain::Instrument read_instrument(Reader& reader) {
    domain::Instrument out;
    out.id = reader.string("id", limits::id_bytes_max, Presence::required).value_or("");
    out.handler_id = reader.string("handler_id", limits::id_bytes_max, Presence::required).value_or("");
    out.type = reader.string("type", limits::id_bytes_max, Presence::required).value_or("");
    out.selected = reader.boolean("selected").value_or(false);
    reader.object("display", [&](Reader& display) {
        read_text(display, "brand", out.brand, 32);
        read_text(display, "last_digits", out.last_digits, 4);
    });
    return out;
}

void read_content(Reader& reader, CheckoutContent& content) {
    reader.objects(
        "line_items", limits::checkout_lines_max, [&](Reader& r) { read_line(r, content); }, Presence::required);
    if (auto const lines = reader.raw("line_items"); lines && lines->is(json::Kind::array) && lines->size() == 0)
        reader.problem("line_items", "must have at least one entry");
    reader.object("buyer", [&](Reader& r) { read_buyer(r, content.buyer); });
    reader.object("context", [&](Reader& r) { read_context(r, content.context); });
    read_attribution(reader, content);
    reader.object("discounts", [&](Reader& r) {
        if (auto codes = r.strings("codes", limits::discount_codes_max, limits::discount_code_bytes_max))
            content.discount_codes = *std::move(codes);
    });
    reader.object("fulfillment", [&](Reader& r) {
        bool taken = false;
        r.objects("methods", limits::checkout_lines_max, [&](Reader& m) { read_method(m, content, taken); });
    });
    name_destinations(content.destinations);
    reader.object("payment", [&](Reader& r) {
        r.objects("instruments", limits::payment_instruments_max,
                  [&](Reader& i) { content.instruments.push_back(read_instrument(i)); });
    });
}

Result<CheckoutContent> parse_content(web::Request const& request) {
    B2A_TRY(root, parse_json_body(request));
    CheckoutContent content;
    if (auto const language = request.headers.find("Accept-Language"); language && !language->starts_with('*'))
        content.context.language = trim(language->substr(0, language->find_first_of(",;"))).substr(0, 64);
    Reader reader(root);
    read_content(reader, content);
    B2A_CHECK(reader.finish());
    return content;
}

struct Offered {
    domain::Instrument instrument;
    std::string credential_type;
    std::string credential;
};

Offered read_offered(Reader& reader) {
    Offered out;
    out.instrument = read_instrument(reader);
    reader.object(
        "credential",
        [&](Reader& credential) {
            out.credential_type = credential.string("type", 64, Presence::required).value_or("");
            // Other types hold card data or what we cannot use; they are not even read.
            if (out.credential_type == "token")
                out.credential = credential.string("token", credential_bytes_max, Presence::required).value_or("");
        },
        Presence::required);
    return out;
}

}  // namespace

Result<json::View> parse_json_body(web::Request const& request) {
    if (!web::has_json_content(request)) return Error(Code::unsupported_media, "send application/json");
    thread_local json::Document document;
    auto root = document.parse(request.body);
    if (!root) return root;
    if (!root->is(json::Kind::object)) return Error(Code::invalid_request, "the body must be a JSON object");
    return root;
}

Result<CheckoutId> parse_checkout_id(std::string_view text) {
    auto const id = CheckoutId::parse(text);
    if (!id) return Error(Code::not_found, "no such checkout");
    return *id;
}

Result<service::CreateCheckout> parse_create(web::Request const& request, Version) {
    B2A_TRY(content, parse_content(request));
    return service::CreateCheckout{std::move(content)};
}

Result<service::UpdateCheckout> parse_update(web::Request const& request, std::string_view id, Version) {
    B2A_TRY(content, parse_content(request));
    B2A_TRY(checkout, parse_checkout_id(id));
    return service::UpdateCheckout{checkout, std::move(content)};
}

Result<service::CompleteCheckout> parse_complete(web::Request const& request, std::string_view id, Version) {
    B2A_TRY(root, parse_json_body(request));
    std::vector<Offered> offered;
    Reader reader(root);
    reader.object(
        "payment",
        [&](Reader& payment) {
            payment.objects(
                "instruments", limits::payment_instruments_max, [&](Reader& r) { offered.push_back(read_offered(r)); },
                Presence::required);
            if (auto const list = payment.raw("instruments"); list && list->size() == 0 && offered.empty())
                payment.problem("instruments", "must have at least one entry");
        },
        Presence::required);
    B2A_CHECK(reader.finish());
    auto const selected =
        std::find_if(offered.begin(), offered.end(), [](Offered const& o) { return o.instrument.selected; });
    auto& chosen = selected == offered.end() ? offered.front() : *selected;
    chosen.instrument.selected = true;
    B2A_TRY(checkout, parse_checkout_id(id));
    return service::CompleteCheckout{checkout, std::move(chosen.instrument), std::move(chosen.credential_type),
                                     std::move(chosen.credential)};
}

Result<service::CancelCheckout> parse_cancel(web::Request const& request, std::string_view id, Version) {
    if (!trim(request.body).empty()) B2A_CHECK(parse_json_body(request));
    B2A_TRY(checkout, parse_checkout_id(id));
    return service::CancelCheckout{checkout};
}

}  // namespace b2a::protocol::ucp
