// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/parse_checkout.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

#include "parse_parts.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::CheckoutContent;
using json::Presence;
using json::Reader;

constexpr std::size_t credential_bytes_max = 4096;

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

/// What carts and checkouts have in common.
void read_common(Reader& reader, Payload const& payload, CheckoutContent& content) {
    content.context.language = payload.language;
    read_lines(reader, content);
    read_buyer(reader, payload.terms, content.buyer);
    read_context(reader, content.context);
    read_attribution(reader, content);
    if (payload.terms.has(Capability::discount)) read_discounts(reader, content);
}

void require_lines(Reader& reader, CheckoutContent const& content) {
    if (auto const lines = reader.raw("line_items");
        lines && lines->is(json::Kind::array) && lines->size() == 0 && content.lines.empty())
        reader.problem("line_items", "must have at least one entry");
}

void read_checkout(Reader& reader, Payload const& payload, CheckoutContent& content) {
    read_common(reader, payload, content);
    if (payload.terms.has(Capability::fulfillment)) read_fulfillment(reader, content);
    reader.object("payment", [&](Reader& r) {
        r.objects("instruments", limits::payment_instruments_max,
                  [&](Reader& i) { content.instruments.push_back(read_instrument(i)); });
    });
}

struct Offer {
    domain::Instrument instrument;
    std::string credential_type;
    std::string credential;
};

Offer read_offer(Reader& reader, std::size_t credential_max) {
    Offer out;
    out.instrument = read_instrument(reader);
    reader.object(
        "credential",
        [&](Reader& credential) {
            out.credential_type = credential.string("type", 64, Presence::required).value_or("");
            // Other types hold card data or what we cannot use; they are not even read.
            if (out.credential_type == "token")
                out.credential = credential.string("token", credential_max, Presence::required).value_or("");
        },
        Presence::required);
    return out;
}

std::vector<Offer> read_offers(Reader& reader, std::size_t credential_max) {
    std::vector<Offer> offers;
    reader.object(
        "payment",
        [&](Reader& payment) {
            payment.objects(
                "instruments", limits::payment_instruments_max,
                [&](Reader& r) { offers.push_back(read_offer(r, credential_max)); }, Presence::required);
            if (auto const list = payment.raw("instruments"); list && list->size() == 0 && offers.empty())
                payment.problem("instruments", "must have at least one entry");
        },
        Presence::required);
    return offers;
}

template <class Id>
Result<Id> parse_id(std::string_view text, std::string_view what) {
    auto const id = Id::parse(text);
    if (!id) return Error(Code::not_found, "no such " + std::string(what), std::string(text));
    return *id;
}

/// The id in the path rules; one in the body is tolerated when it says the same (2026-04-08, cart update).
void check_same_id(Reader& reader, std::string_view id) {
    auto const own = reader.raw("id");
    if (!own || own->is(json::Kind::null)) return;
    if (own->as_string() != id) reader.problem("id", "must be absent or equal to the id addressed");
}

}  // namespace

domain::Subscription subscription(Terms const& terms) {
    if (!terms.has(Capability::order) || terms.webhook_url.empty()) return {};
    return {terms.webhook_url, "ucp/" + std::string(to_text(terms.version()))};
}

Result<CheckoutId> parse_checkout_id(std::string_view text) {
    return parse_id<CheckoutId>(text, "checkout");
}

Result<CartId> parse_cart_id(std::string_view text) {
    return parse_id<CartId>(text, "cart");
}

Result<OrderId> parse_order_id(std::string_view text) {
    return parse_id<OrderId>(text, "order");
}

Result<service::CreateCheckout> parse_create_checkout(Payload const& payload) {
    service::CreateCheckout command;
    Reader reader(payload.body);
    std::string cart;
    if (payload.terms.has(Capability::cart)) read_text(reader, "cart_id", cart, limits::id_bytes_max);
    read_checkout(reader, payload, command.content);
    if (cart.empty()) require_lines(reader, command.content);
    B2A_CHECK(reader.finish());
    B2A_CHECK(check_units(payload.body));
    if (!cart.empty()) {
        auto const id = CartId::parse(cart);
        if (!id) return Error(Code::not_found, "no such cart", "/cart_id");
        command.cart_id = *id;
    }
    command.subscription = subscription(payload.terms);
    command.mandates = payload.terms.has(Capability::ap2_mandate);
    return command;
}

Result<service::UpdateCheckout> parse_update_checkout(Payload const& payload, std::string_view id) {
    service::UpdateCheckout command;
    Reader reader(payload.body);
    check_same_id(reader, id);
    read_checkout(reader, payload, command.content);
    require_lines(reader, command.content);
    B2A_CHECK(reader.finish());
    B2A_CHECK(check_units(payload.body));
    B2A_TRY(checkout, parse_checkout_id(id));
    command.id = checkout;
    command.subscription = subscription(payload.terms);
    command.mandates = payload.terms.has(Capability::ap2_mandate);
    return command;
}

Result<service::CompleteCheckout> parse_complete_checkout(Payload const& payload, std::string_view id) {
    service::CompleteCheckout command;
    Reader reader(payload.body);
    // With mandates the token is one for the payment, which is the provider's to read.
    bool const mandates = payload.terms.has(Capability::ap2_mandate);
    auto offers = read_offers(reader, mandates ? limits::mandate_bytes_max : credential_bytes_max);
    domain::Buyer buyer;
    // 2026-08-25 lets the last word on consent come with the purchase.
    if (payload.terms.version() != Version::v2026_04_08) read_buyer(reader, payload.terms, buyer);
    B2A_CHECK(reader.finish());
    B2A_TRY(checkout, parse_checkout_id(id));
    command.id = checkout;
    command.consent = std::move(buyer.consent);
    command.subscription = subscription(payload.terms);
    if (offers.size() > 1 && payload.terms.version() != Version::v2026_04_08) {
        Error error(Code::selection_rejected, "Send exactly one payment instrument; payments cannot be split here.",
                    "$.payment.instruments");
        error.reason = "payment_failed";
        return error;
    }
    // In 2026-04-08 several are no error: the selected one is meant.
    auto const selected = std::ranges::find_if(offers, [](Offer const& o) { return o.instrument.selected; });
    auto& chosen = selected == offers.end() ? offers.front() : *selected;
    command.instrument = std::move(chosen.instrument);
    command.instrument.selected = true;
    command.credential_type = std::move(chosen.credential_type);
    command.credential = std::move(chosen.credential);
    return command;
}

Result<service::CreateCart> parse_create_cart(Payload const& payload) {
    service::CreateCart command;
    Reader reader(payload.body);
    read_common(reader, payload, command.content);
    B2A_CHECK(reader.finish());
    B2A_CHECK(check_units(payload.body));
    return command;
}

Result<service::UpdateCart> parse_update_cart(Payload const& payload, std::string_view id) {
    service::UpdateCart command;
    Reader reader(payload.body);
    check_same_id(reader, id);
    read_common(reader, payload, command.content);
    B2A_CHECK(reader.finish());
    B2A_CHECK(check_units(payload.body));
    B2A_TRY(cart, parse_cart_id(id));
    command.id = cart;
    return command;
}

}  // namespace b2a::protocol::ucp
