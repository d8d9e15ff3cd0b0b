// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"

#include "parse_parts.hpp"
#include "protocol/acp/parse.hpp"
#include "terms.hpp"
#include "version.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::CheckoutContent;
using domain::ContentPatch;
using domain::Severity;
using json::Kind;
using json::Presence;
using json::Reader;

constexpr std::size_t credential_bytes_max = 4096;
constexpr std::size_t locale_bytes_max = 64;
constexpr std::size_t capabilities_max = 32;
constexpr std::string_view consent_prefix = "dev.ucp.consent.marketing.";

Error no_items(std::string detail) {
    Error error(Code::invalid_request, std::move(detail), "/line_items");
    error.reason = "missing_line_items";
    return error;
}

/// What a creation and an update have in common.
void read_content(Reader& reader, ContentPatch& patch, domain::Findings& remarks) {
    patch.lines = read_items(reader);
    if (is_cleared(reader, "buyer")) patch.buyer.emplace();
    reader.object("buyer", [&](Reader& r) { patch.buyer = read_buyer(r, remarks); });
    Details details;
    reader.object("fulfillment_details", [&](Reader& r) {
        details = read_details(r, remarks);
        patch.ship_to = details.destination();
        // Who buys is asked for here and nowhere else: contact data for the parcel stands in where it came along.
        patch.contact_email = details.email;
        if (patch.buyer && patch.buyer->phone_number.empty()) patch.buyer->phone_number = details.phone_number;
    });
    if (is_cleared(reader, "fulfillment_details")) patch.methods.emplace();
    if (reader.has("fulfillment_groups")) patch.methods = read_groups(reader, details, remarks);
    patch.discount_codes = read_codes(reader);
    read_notes(reader, remarks);
}

/// Names of `key`, which may also be objects with a "name"; a version behind "@" says nothing here.
bool lists(json::View object, std::string_view key, std::string_view wanted) {
    auto const list = object.get(key);
    if (!list || !list->is(Kind::array)) return false;
    bool found = false;
    list->each_element([&](std::size_t, json::View element) {
        auto const named = element.get("name").value_or(element).as_string().value_or("");
        if (named.substr(0, named.find('@')) == wanted) found = true;
    });
    return found;
}

void check_list(Reader& reader, std::string_view key) {
    auto const list = reader.raw(key);
    if (!list || list->is(Kind::null)) return;
    if (!list->is(Kind::array) || list->size() > capabilities_max)
        reader.problem(key, "must be an array of at most 32 elements");
}

/// Values that we do not know are no mistake (ACP, capability negotiation).
Terms read_capabilities(Reader& reader) {
    Terms out;
    reader.object(
        "capabilities",
        [&](Reader& capabilities) {
            closed(capabilities, {"payment", "interventions", "extensions"});
            capabilities.object("payment", [](Reader&) {});
            capabilities.object("interventions", [&](Reader& r) {
                closed(r, {"supported", "required", "enforcement", "display_context", "redirect_context",
                           "max_redirects", "max_interaction_depth"});
                for (auto const* key : {"supported", "required"}) check_list(r, key);
                for (auto const* key : {"enforcement", "display_context", "redirect_context"})
                    r.string(key, limits::id_bytes_max);
                r.integer("max_redirects", 0, INT32_MAX);
                r.integer("max_interaction_depth", 1, INT32_MAX);
                out.three_ds = lists(r.view(), "supported", "3ds");
            });
            check_list(capabilities, "extensions");
            out.discount = lists(capabilities.view(), "extensions", "discount");
        },
        Presence::required);
    return out;
}

std::string read_currency(Reader& reader) {
    auto code = reader.string("currency", limits::id_bytes_max, Presence::required).value_or("");
    std::ranges::transform(code, code.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    if (!code.empty() && !Currency::parse(code)) reader.problem("currency", "must be an ISO 4217 code");
    return code;
}

/// What a creation may say beside its content.
void read_surroundings(Reader& reader, Payload const& payload, domain::Context& context, domain::Findings& remarks) {
    context.currency = read_currency(reader);
    context.language = payload.language;
    read_text(reader, "locale", context.language, locale_bytes_max);
    reader.string("timezone", locale_bytes_max);
    reader.object("metadata", [](Reader&) {});
    auto const quote = reader.string("quote_id", limits::id_bytes_max);
    if (quote) remarks.push_back(remark(Severity::info, "$.quote_id", "This quote is not known; prices are today's."));
}

/// Choices of options; a digital one is no choice.
void read_selection(Reader& reader, ContentPatch& patch) {
    if (is_cleared(reader, "selected_fulfillment_options")) patch.selected_options.emplace_back();
    reader.objects("selected_fulfillment_options", limits::checkout_lines_max, [&](Reader& r) {
        closed(r, {"type", "option_id", "item_ids"});
        auto const type = r.string("type", limits::id_bytes_max, Presence::required).value_or("");
        auto option = r.string("option_id", limits::id_bytes_max, Presence::required).value_or("");
        r.strings("item_ids", limits::checkout_lines_max, limits::id_bytes_max, Presence::required);
        read_choice(r, "type", {"shipping", "digital", "pickup", "local_delivery"});
        if (option.empty()) r.problem("option_id", "must not be empty");
        if (type != "digital") patch.selected_options.push_back(std::move(option));
    });
}

/// Anything but a token is card data or what nobody here can use: it is not even read.
void read_instrument(Reader& reader, service::CompleteCheckout& command) {
    command.instrument.type = reader.string("type", limits::id_bytes_max, Presence::required).value_or("");
    reader.object(
        "credential",
        [&](Reader& credential) {
            command.credential_type = credential.string("type", limits::id_bytes_max, Presence::required).value_or("");
            auto token = credential.string("token", credential_bytes_max, Presence::required);
            if (command.credential_type != "card") command.credential = token.value_or("");
        },
        Presence::required);
}

void read_payment(Reader& payment, Parsed<service::CompleteCheckout>& out) {
    closed(payment, {"handler_id", "instrument", "billing_address", "purchase_order_number", "payment_terms",
                     "due_date", "approval_required"});
    payment.object("billing_address", [](Reader& r) { read_address(r); });
    payment.string("due_date", limits::id_bytes_max);
    read_choice(payment, "payment_terms", {"immediate", "net_15", "net_30", "net_60", "net_90"});
    payment.boolean("approval_required");
    payment.string("purchase_order_number", limits::buyer_field_bytes_max);
    bool const invoice = payment.has("purchase_order_number") && !payment.has("handler_id");
    if (invoice) {
        out.remarks.push_back(remark(Severity::recoverable, "$.payment_data.purchase_order_number",
                                     "Purchase orders are not taken; pay with one of the payment handlers."));
        return;
    }
    auto& instrument = out.command.instrument;
    instrument.id = "instrument_1";
    instrument.selected = true;
    instrument.handler_id = payment.string("handler_id", limits::id_bytes_max, Presence::required).value_or("");
    payment.object("instrument", [&](Reader& r) { read_instrument(r, out.command); }, Presence::required);
}

void read_authentication(Reader& reader, service::CompleteCheckout& command) {
    reader.object("authentication_result", [&](Reader& r) {
        closed(r, {"outcome", "outcome_details"});
        auto& result = command.authentication.emplace();
        result.outcome = r.string("outcome", limits::id_bytes_max, Presence::required).value_or("");
        read_choice(r, "outcome",
                    {"abandoned", "attempt_acknowledged", "authenticated", "canceled", "denied", "informational",
                     "internal_error", "not_supported", "processing_error", "rejected"});
        bool const proven = result.outcome == "authenticated" || result.outcome == "informational" ||
                            result.outcome == "attempt_acknowledged";
        r.object(
            "outcome_details",
            [&](Reader& details) {
                closed(details, {"three_ds_cryptogram", "electronic_commerce_indicator", "transaction_id", "version"});
                auto const required = [&](std::string_view key) {
                    return details.string(key, limits::buyer_field_bytes_max, Presence::required).value_or("");
                };
                result.cryptogram = required("three_ds_cryptogram");
                result.electronic_commerce_indicator = required("electronic_commerce_indicator");
                read_choice(details, "electronic_commerce_indicator", {"01", "02", "05", "06", "07"});
                result.transaction_id = required("transaction_id");
                result.version = required("version");
            },
            proven ? Presence::required : Presence::optional);
    });
}

/// Channels that were not offered are nobody's business here (ACP, marketing consent).
void read_consents(Reader& reader, domain::Consent& consent) {
    reader.objects("marketing_consents", limits::consent_purposes_max, [&](Reader& r) {
        closed(r, {"channel", "opted_in"});
        auto const channel = r.string("channel", limits::id_bytes_max, Presence::required).value_or("");
        auto const opted_in = r.boolean("opted_in", Presence::required);
        if (opted_in && (channel == "email" || channel == "sms"))
            consent[std::string(consent_prefix) + channel] = *opted_in;
    });
}

void check_risk(Reader& reader) {
    reader.object("risk_signals", [](Reader& r) {
        closed(r, {"ip_address", "user_agent", "accept_language", "session_id", "device_fingerprint"});
        for (auto const* name : {"ip_address", "user_agent", "accept_language", "session_id", "device_fingerprint"})
            r.string(name, credential_bytes_max);
    });
}

domain::Subscription subscription(Payload const& payload) {
    if (payload.webhook_url.empty()) return {};
    return {std::string(payload.webhook_url), std::string(dialect)};
}

template <class Id>
Result<Id> parse_id(std::string_view text, std::string_view what) {
    auto const id = Id::parse(text);
    if (!id) return Error(Code::not_found, "no such " + std::string(what), std::string(text));
    return *id;
}

/// A cart is created and replaced by the same members.
Result<CheckoutContent> read_cart(Payload const& payload, bool creating, domain::Findings& remarks) {
    Reader reader(payload.body);
    CheckoutContent out;
    out.context.language = payload.language;
    if (creating) {
        closed(reader, {"line_items", "items", "buyer", "locale"});
        read_text(reader, "locale", out.context.language, locale_bytes_max);
    } else {
        closed(reader, {"line_items", "items", "buyer"});
    }
    auto lines = read_items(reader);
    reader.object("buyer", [&](Reader& r) { out.buyer = read_buyer(r, remarks); });
    B2A_CHECK(reader.finish());
    if (!lines || lines->empty()) return no_items("a cart needs at least one item");
    out.lines = *std::move(lines);
    return out;
}

}  // namespace

Result<CheckoutId> parse_session_id(std::string_view text) {
    return parse_id<CheckoutId>(text, "checkout session");
}

Result<CartId> parse_cart_id(std::string_view text) {
    return parse_id<CartId>(text, "cart");
}

Result<Parsed<service::CreateCheckout>> parse_create(Payload const& payload) {
    Parsed<service::CreateCheckout> out;
    Reader reader(payload.body);
    closed(reader, {"buyer", "line_items", "items", "currency", "fulfillment_details", "capabilities",
                    "fulfillment_groups", "affiliate_attribution", "coupons", "discounts", "locale", "timezone",
                    "quote_id", "metadata", "order_notes"});
    ContentPatch patch;
    patch.buyer.emplace();
    read_content(reader, patch, out.remarks);
    read_surroundings(reader, payload, patch.context.emplace(), out.remarks);
    auto const terms = read_capabilities(reader);
    B2A_CHECK(reader.finish());
    if (!patch.lines || patch.lines->empty()) return no_items("a checkout session needs at least one item");
    B2A_TRY(touchpoint, read_attribution(payload.body, "first"));
    B2A_TRY(content, domain::patched(domain::Checkout{}, patch));
    auto& command = out.command;
    command.content = std::move(content);
    command.subscription = subscription(payload);
    command.terms.emplace(terms_key, to_text(terms));
    command.touchpoint = std::move(touchpoint);
    return out;
}

Result<Parsed<service::UpdateCheckout>> parse_update(Payload const& payload, std::string_view id) {
    Parsed<service::UpdateCheckout> out;
    Reader reader(payload.body);
    closed(reader, {"buyer", "line_items", "items", "fulfillment_details", "fulfillment_groups",
                    "selected_fulfillment_options", "coupons", "discounts", "order_notes"});
    auto& patch = out.command.patch.emplace();
    read_content(reader, patch, out.remarks);
    read_selection(reader, patch);
    bool const no_lines = (patch.lines && patch.lines->empty()) || is_cleared(reader, "line_items");
    B2A_CHECK(reader.finish());
    if (no_lines) return no_items("a checkout session keeps at least one item; cancel it instead");
    B2A_TRY(session, parse_session_id(id));
    out.command.id = session;
    return out;
}

Result<Parsed<service::CompleteCheckout>> parse_complete(Payload const& payload, std::string_view id) {
    Parsed<service::CompleteCheckout> out;
    Reader reader(payload.body);
    closed(reader, {"buyer", "payment_data", "authentication_result", "affiliate_attribution", "risk_signals",
                    "marketing_consents", "order_notes"});
    auto& command = out.command;
    reader.object("payment_data", [&](Reader& r) { read_payment(r, out); }, Presence::required);
    reader.object("buyer", [&](Reader& r) { command.buyer = read_buyer(r, out.remarks); });
    read_authentication(reader, command);
    read_consents(reader, command.consent);
    check_risk(reader);
    read_notes(reader, out.remarks);
    B2A_CHECK(reader.finish());
    B2A_TRY(touchpoint, read_attribution(payload.body, "last"));
    B2A_TRY(session, parse_session_id(id));
    command.id = session;
    command.subscription = subscription(payload);
    command.touchpoint = std::move(touchpoint);
    return out;
}

Result<service::CancelCheckout> parse_cancel(Payload const& payload, std::string_view id) {
    service::CancelCheckout out;
    B2A_TRY(trace, read_intent_trace(payload.body));
    B2A_TRY(session, parse_session_id(id));
    out.id = session;
    out.intent_trace = std::move(trace);
    return out;
}

Result<Parsed<service::CreateCart>> parse_create_cart(Payload const& payload) {
    Parsed<service::CreateCart> out;
    B2A_TRY(content, read_cart(payload, true, out.remarks));
    out.command.content = std::move(content);
    return out;
}

Result<Parsed<service::UpdateCart>> parse_update_cart(Payload const& payload, std::string_view id) {
    Parsed<service::UpdateCart> out;
    B2A_TRY(content, read_cart(payload, false, out.remarks));
    B2A_TRY(cart, parse_cart_id(id));
    out.command.content = std::move(content);
    out.command.id = cart;
    return out;
}

}  // namespace b2a::protocol::acp
