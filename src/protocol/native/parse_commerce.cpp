// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/parse_commerce.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/protocol/need.hpp"

namespace b2a::protocol::native {
namespace {

using domain::CheckoutContent;
using domain::ContentPatch;
using json::Presence;
using json::Reader;

constexpr std::size_t credential_bytes_max = 4096;
constexpr std::size_t text_bytes_max = limits::buyer_field_bytes_max;

using Names = std::vector<std::string_view>;

Names const cart_members{"items", "discount_codes", "buyer", "context", "attribution"};

Names with(Names names, std::initializer_list<std::string_view> more) {
    names.insert(names.end(), more);
    return names;
}

void read_text(Reader& reader, std::string_view key, std::string& out, std::size_t bytes_max = text_bytes_max) {
    if (auto text = reader.string(key, bytes_max)) out = *std::move(text);
}

std::string required_text(Reader& reader, std::string_view key, std::size_t bytes_max = limits::id_bytes_max) {
    auto text = reader.string(key, bytes_max, Presence::required);
    if (text && text->empty()) reader.problem(key, "must not be empty");
    return text.value_or("");
}

std::vector<CheckoutContent::RequestedLine> read_items(Reader& reader, std::string_view key) {
    std::vector<CheckoutContent::RequestedLine> out;
    reader.objects(key, limits::checkout_lines_max, [&](Reader& item) {
        refuse_unknown(item, {"variant_id", "quantity", "line_id"});
        CheckoutContent::RequestedLine line;
        line.variant_id = required_text(item, "variant_id");
        line.quantity = item.integer("quantity", 1, limits::line_quantity_max).value_or(1);
        read_text(item, "line_id", line.id, limits::id_bytes_max);
        out.push_back(std::move(line));
    });
    return out;
}

void read_consent(Reader& reader, domain::Consent& consent) {
    auto const view = reader.raw("consent");
    if (!view || view->is(json::Kind::null)) return;
    if (!view->is(json::Kind::object) || view->size() > limits::consent_purposes_max)
        return reader.problem("consent", "must be an object of at most 32 purposes");
    view->each_member([&](std::string_view purpose, json::View granted) {
        auto const flag = granted.as_bool();
        if (!flag || purpose.empty() || purpose.size() > text_bytes_max)
            return reader.problem("consent", "must say true or false for each purpose");
        consent.emplace(purpose, *flag);
    });
}

std::optional<domain::Buyer> read_buyer(Reader& reader) {
    std::optional<domain::Buyer> out;
    reader.object("buyer", [&](Reader& r) {
        refuse_unknown(r, {"first_name", "last_name", "email", "phone_number", "consent"});
        auto& buyer = out.emplace();
        read_text(r, "first_name", buyer.first_name);
        read_text(r, "last_name", buyer.last_name);
        read_text(r, "email", buyer.email);
        read_text(r, "phone_number", buyer.phone_number);
        read_consent(r, buyer.consent);
    });
    return out;
}

std::optional<domain::Context> read_context(Reader& reader) {
    std::optional<domain::Context> out;
    reader.object("context", [&](Reader& r) {
        refuse_unknown(
            r, {"address_country", "address_region", "postal_code", "language", "currency", "intent", "eligibility"});
        auto& context = out.emplace();
        read_text(r, "address_country", context.country);
        read_text(r, "address_region", context.region);
        read_text(r, "postal_code", context.postal_code);
        read_text(r, "language", context.language);
        read_text(r, "currency", context.currency);
        read_text(r, "intent", context.intent, limits::text_query_bytes_max);
        if (auto claims = r.strings("eligibility", limits::eligibility_claims_max, limits::id_bytes_max))
            context.eligibility = *std::move(claims);
    });
    return out;
}

std::optional<std::map<std::string, std::string>> read_attribution(Reader& reader) {
    auto const view = reader.raw("attribution");
    if (!view || view->is(json::Kind::null)) return std::nullopt;
    std::map<std::string, std::string> out;
    if (!view->is(json::Kind::object) || view->size() > limits::attribution_entries_max) {
        reader.problem("attribution", "must be an object of at most 32 texts");
        return std::nullopt;
    }
    view->each_member([&](std::string_view key, json::View value) {
        auto const text = value.as_string();
        if (!text || text->size() > text_bytes_max || key.size() > text_bytes_max)
            return reader.problem("attribution", "must hold texts of at most 256 bytes");
        out.emplace(key, *text);
    });
    return out;
}

domain::Address read_address(Reader& reader) {
    refuse_unknown(reader, {"first_name", "last_name", "street_address", "extended_address", "address_locality",
                            "address_region", "postal_code", "address_country", "phone_number"});
    domain::Address out;
    read_text(reader, "first_name", out.first_name);
    read_text(reader, "last_name", out.last_name);
    read_text(reader, "street_address", out.street_address);
    read_text(reader, "extended_address", out.extended_address);
    read_text(reader, "address_locality", out.locality);
    read_text(reader, "address_region", out.region);
    read_text(reader, "postal_code", out.postal_code);
    read_text(reader, "address_country", out.country);
    read_text(reader, "phone_number", out.phone_number);
    return out;
}

/// Where the goods go: to an address, or to a store that the buyer comes to.
void read_delivery(Reader& reader, ContentPatch& patch) {
    reader.object("ship_to", [&](Reader& r) { patch.ship_to = read_address(r); });
    reader.objects("selected_fulfillment_options", limits::checkout_lines_max, [&](Reader& r) {
        refuse_unknown(r, {"option_id"});
        patch.selected_options.push_back(required_text(r, "option_id"));
    });
    reader.object("pickup", [&](Reader& r) {
        refuse_unknown(r, {"location_id"});
        CheckoutContent::RequestedMethod method;
        method.kind = domain::FulfillmentKind::pickup;
        method.selected_destination_id = required_text(r, "location_id");
        if (!patch.selected_options.empty()) method.selected_option_id = patch.selected_options.front();
        patch.methods.emplace(1, std::move(method));
    });
    if (patch.ship_to && patch.methods) reader.problem("pickup", "must not stand beside ship_to: choose one");
}

void read_cart_members(Reader& reader, ContentPatch& patch) {
    if (reader.has("items")) patch.lines = read_items(reader, "items");
    if (auto codes = reader.strings("discount_codes", limits::discount_codes_max, limits::discount_code_bytes_max))
        patch.discount_codes = *std::move(codes);
    patch.buyer = read_buyer(reader);
    patch.context = read_context(reader);
    patch.attribution = read_attribution(reader);
}

/// What the patch makes of nothing.
Result<CheckoutContent> content_of(ContentPatch const& patch) {
    B2A_TRY(out, domain::patched(domain::Checkout(), patch));
    if (!patch.context) out.context = {};
    return out;
}

service::Authentication read_authentication(Reader& reader) {
    refuse_unknown(reader, {"outcome", "cryptogram", "electronic_commerce_indicator", "transaction_id", "version"});
    service::Authentication out;
    out.outcome = required_text(reader, "outcome", text_bytes_max);
    read_text(reader, "cryptogram", out.cryptogram);
    read_text(reader, "electronic_commerce_indicator", out.electronic_commerce_indicator);
    read_text(reader, "transaction_id", out.transaction_id);
    read_text(reader, "version", out.version);
    return out;
}

void read_payment(Reader& reader, service::CompleteCheckout& command) {
    refuse_unknown(reader,
                   {"handler_id", "token", "credential_type", "type", "brand", "last_digits", "authentication"});
    auto& instrument = command.instrument;
    instrument.id = "instrument_1";
    instrument.handler_id = required_text(reader, "handler_id");
    instrument.type = reader.string("type", text_bytes_max).value_or("card");
    read_text(reader, "brand", instrument.brand, 32);
    read_text(reader, "last_digits", instrument.last_digits, 4);
    command.credential_type = reader.string("credential_type", 64).value_or("token");
    command.credential = required_text(reader, "token", credential_bytes_max);
    reader.object("authentication", [&](Reader& r) { command.authentication = read_authentication(r); });
}

Result<ContentPatch> parse_cart_patch(json::View body, Names const& known) {
    Reader reader(body);
    refuse_unknown(reader, known);
    ContentPatch patch;
    read_cart_members(reader, patch);
    patch.add = read_items(reader, "add");
    B2A_CHECK(reader.finish());
    return patch;
}

}  // namespace

Result<service::CreateCart> parse_create_cart(json::View body) {
    B2A_TRY(patch, parse_cart_patch(body, cart_members));
    service::CreateCart command;
    B2A_TRY(content, content_of(patch));
    command.content = std::move(content);
    return command;
}

Result<service::UpdateCart> parse_replace_cart(json::View body) {
    B2A_TRY(create, parse_create_cart(body));
    service::UpdateCart command;
    command.content = std::move(create.content);
    return command;
}

Result<service::UpdateCart> parse_change_cart(json::View body) {
    B2A_TRY(patch, parse_cart_patch(body, with(cart_members, {"add"})));
    service::UpdateCart command;
    command.patch = std::move(patch);
    return command;
}

Result<service::CreateCheckout> parse_create_checkout(json::View body) {
    Reader reader(body);
    refuse_unknown(reader, with(cart_members, {"cart_id", "ship_to", "selected_fulfillment_options", "pickup"}));
    ContentPatch patch;
    auto const cart = reader.string("cart_id", limits::id_bytes_max);
    read_cart_members(reader, patch);
    read_delivery(reader, patch);
    if (cart && patch.lines) reader.problem("items", "must not stand beside cart_id: the cart has the items");
    if (!cart && (!patch.lines || patch.lines->empty()))
        reader.problem("items", "is required, with at least one entry, unless there is a cart_id");
    B2A_CHECK(reader.finish());
    service::CreateCheckout command;
    if (cart) {
        command.cart_id = CartId::parse(*cart);
        if (!command.cart_id) return Error(Code::not_found, "no such cart", "/cart_id");
    }
    B2A_TRY(content, content_of(patch));
    command.content = std::move(content);
    return command;
}

Result<service::UpdateCheckout> parse_change_checkout(json::View body) {
    Reader reader(body);
    refuse_unknown(reader, with(cart_members, {"add", "ship_to", "selected_fulfillment_options", "pickup"}));
    service::UpdateCheckout command;
    auto& patch = command.patch.emplace();
    read_cart_members(reader, patch);
    patch.add = read_items(reader, "add");
    read_delivery(reader, patch);
    if (patch.lines && patch.lines->empty() && patch.add.empty())
        reader.problem("items", "must have at least one entry; cancel the checkout to give it up");
    B2A_CHECK(reader.finish());
    return command;
}

Result<service::CompleteCheckout> parse_complete_checkout(json::View body) {
    Reader reader(body);
    refuse_unknown(reader, {"payment", "buyer"});
    service::CompleteCheckout command;
    reader.object("payment", [&](Reader& r) { read_payment(r, command); }, Presence::required);
    command.buyer = read_buyer(reader);
    B2A_CHECK(reader.finish());
    if (command.buyer) command.consent = command.buyer->consent;
    return command;
}

Result<std::optional<std::uint64_t>> parse_if_match(web::Request const& request) {
    auto const field = request.headers.find("If-Match");
    if (!field || trim(*field) == "*") return std::optional<std::uint64_t>();
    auto text = trim(*field);
    bool const quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
    auto const version = quoted ? parse_int<std::uint64_t>(text.substr(1, text.size() - 2)) : std::nullopt;
    if (!version) return Error(Code::invalid_request, "must be one entity tag of ours, like \"3\"", "If-Match");
    return std::optional(*version);
}

}  // namespace b2a::protocol::native
