// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/terms.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::protocol::acp {
namespace {

constexpr std::string_view three_ds_word = "3ds";
constexpr std::string_view discount_word = "discount";
constexpr std::string_view delegated_token = "spt";

// The family of handlers that a delegated payment token is for, as the protocol publishes it.
constexpr std::string_view handler_name = "dev.acp.tokenized.card";
constexpr std::string_view handler_version = "2026-01-22";
constexpr std::string_view handler_spec = "https://acp.dev/handlers/tokenized.card";
constexpr std::string_view handler_config = "https://acp.dev/schemas/handlers/tokenized.card/config.json";
constexpr std::string_view handler_instrument = "https://acp.dev/schemas/handlers/tokenized.card/instrument.json";

bool authenticates(service::HandlerInfo const* handler) {
    return handler->authentication.has_value();
}

void write_handler(json::Writer& json, service::HandlerInfo const& handler, std::int64_t order) {
    json.begin_object().member("id", handler.id).member("name", handler_name);
    json.member_if("display_name", handler.title).member("version", handler_version).member("spec", handler_spec);
    json.member("requires_delegate_payment", true).member("requires_pci_compliance", false);
    json.member("psp", handler.provider).member("config_schema", handler_config);
    json.key("instrument_schemas").begin_array().value(handler_instrument).end_array();
    json.key("config").begin_object().member("merchant_id", handler.merchant_id).member("psp", handler.provider);
    json.member("supports_3ds", authenticates(&handler)).end_object();
    json.member("display_order", order).end_object();
}

}  // namespace

std::string to_text(Terms const& terms) {
    std::string out;
    if (terms.three_ds) out += three_ds_word;
    if (terms.discount) out += (out.empty() ? "" : " ") + std::string(discount_word);
    return out;
}

Terms terms_of(domain::Checkout const& checkout) {
    auto const stored = checkout.terms.find(std::string(terms_key));
    if (stored == checkout.terms.end()) return {true, true};
    auto const words = split(stored->second, ' ');
    auto const has = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
    return {has(three_ds_word), has(discount_word)};
}

std::vector<service::HandlerInfo const*> acp_handlers(std::vector<service::HandlerInfo> const& handlers) {
    std::vector<service::HandlerInfo const*> out;
    for (auto const& handler : handlers)
        if (std::ranges::find(handler.credential_types, delegated_token) != handler.credential_types.end())
            out.push_back(&handler);
    return out;
}

service::HandlerInfo const* authenticating_handler(std::vector<service::HandlerInfo> const& handlers,
                                                   domain::Checkout const& checkout) {
    auto const offered = acp_handlers(handlers);
    for (auto const& instrument : checkout.payment.instruments)
        for (auto const* handler : offered)
            if (handler->id == instrument.handler_id && authenticates(handler)) return handler;
    auto const first = std::ranges::find_if(offered, authenticates);
    return first == offered.end() ? nullptr : *first;
}

void write_discount_extension(json::Writer& json, ExtensionPlace place) {
    json.begin_object().member("name", discount_word);
    if (place == ExtensionPlace::session) {
        json.key("extends").begin_array().value("$.CheckoutSessionCreateRequest.discounts");
        json.value("$.CheckoutSessionUpdateRequest.discounts").value("$.CheckoutSession.discounts").end_array();
    }
    json.member("schema", "https://agentic-commerce-protocol.com/schemas/discount.json");
    json.member("spec", "https://agenticcommerce.dev/specs/discount").end_object();
}

void write_capabilities(json::Writer& json, Terms const& terms, std::vector<service::HandlerInfo> const& handlers) {
    auto const offered = acp_handlers(handlers);
    bool const three_ds = terms.three_ds && std::ranges::any_of(offered, authenticates);
    json.key("capabilities").begin_object().key("payment").begin_object().key("handlers").begin_array();
    for (std::size_t i = 0; i < offered.size(); ++i) write_handler(json, *offered[i], static_cast<std::int64_t>(i));
    json.end_array().end_object();
    json.key("interventions").begin_object().key("supported").begin_array();
    if (three_ds) json.value(three_ds_word);
    json.end_array().key("required").begin_array().end_array().member("enforcement", "conditional").end_object();
    // An empty list would be one of names and one of declarations at once, which the schema's oneOf refuses.
    if (terms.discount) {
        json.key("extensions").begin_array();
        write_discount_extension(json, ExtensionPlace::session);
        json.end_array();
    }
    json.end_object();
}

}  // namespace b2a::protocol::acp
