// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "render.hpp"
#include "render_parts.hpp"
#include "version.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::Checkout;
using domain::CheckoutStatus;
using service::HandlerInfo;

constexpr std::size_t merchant_name_bytes_max = 40;

std::string page_url(Site const& site, CheckoutId id) {
    return site.base_url + "/checkout/" + id.text();
}

bool has_expired(Checkout const& checkout) {
    auto const& findings = checkout.findings;
    return std::ranges::find(findings, domain::FindingCode::checkout_expired, &domain::Finding::code) != findings.end();
}

/// The agent can bring the buyer's authentication back, and there is somebody to ask for it.
HandlerInfo const* authentication_of(Checkout const& checkout, std::vector<HandlerInfo> const& handlers) {
    if (checkout.status != CheckoutStatus::requires_escalation ||
        checkout.payment.state != domain::PaymentState::requires_action || !terms_of(checkout).three_ds)
        return nullptr;
    return authenticating_handler(handlers, checkout);
}

void write_authentication(json::Writer& json, HandlerInfo const& handler) {
    auto const& terms = *handler.authentication;
    json.key("authentication_metadata").begin_object().key("acquirer_details").begin_object();
    json.member("acquirer_bin", terms.acquirer_bin).member("acquirer_country", terms.acquirer_country);
    json.member("acquirer_merchant_id", terms.acquirer_merchant_id);
    json.member("merchant_name", std::string_view(terms.merchant_name).substr(0, merchant_name_bytes_max));
    json.end_object().member("directory_server", terms.directory_server).end_object();
}

void write_links(json::Writer& json, Site const& site) {
    auto const link = [&](std::string_view type, std::string_view url) {
        if (!url.empty()) json.begin_object().member("type", type).member("url", site.absolute(url)).end_object();
    };
    json.key("links").begin_array();
    link("privacy_policy", site.privacy_url);
    link("terms_of_use", site.terms_url);
    link("return_policy", site.refund_url);
    link("shipping_policy", site.shipping_url);
    json.end_array();
}

void write_consent_options(json::Writer& json, Site const& site, domain::Consent const& consent) {
    if (!asks_consent(site)) return;
    json.key("marketing_consent_options").begin_array();
    auto const option = [&](std::string_view channel, std::string_view text) {
        json.begin_object().member("channel", channel).member("display_text", text);
        json.member("privacy_policy_url", site.absolute(site.privacy_url));
        auto const known = consent.find("dev.ucp.consent.marketing." + std::string(channel));
        if (known != consent.end()) json.member("is_subscribed", known->second);
        json.end_object();
    };
    option("email", "Offers of " + site.title + " by e-mail.");
    option("sms", "Offers of " + site.title + " by text message.");
    json.end_array();
}

void write_order(json::Writer& json, service::CheckoutOutcome const& outcome, Site const& site) {
    auto const& checkout = outcome.checkout;
    if (!checkout.order_id || checkout.status != CheckoutStatus::completed) return;
    json.key("order").begin_object().member("type", "order").member("id", checkout.order_id->text());
    json.member("checkout_session_id", checkout.id.text());
    if (outcome.order) json.member_if("order_number", outcome.order->label);
    json.member("permalink_url", page_url(site, checkout.id)).end_object();
}

/// What we know beyond findings, and an agent could not know otherwise.
domain::Findings hints_about(Checkout const& checkout, Frame const& frame) {
    using domain::Severity;
    domain::Findings out;
    auto const say = [&](domain::FindingCode code, Severity severity, std::string param, std::string content) {
        out.push_back({code, severity, std::move(param), std::move(content)});
    };
    auto const& asked = checkout.context.currency;
    if (!asked.empty() && asked != checkout.currency.code())
        say(domain::FindingCode::price_changed, Severity::info, "$.currency",
            "Not all of this is sold in " + asked + "; prices are in " + std::string(checkout.currency.code()) + ".");
    bool const waits = checkout.payment.state == domain::PaymentState::requires_action;
    if (waits && checkout.status == CheckoutStatus::requires_escalation &&
        authentication_of(checkout, frame.handlers) == nullptr)
        say(domain::FindingCode::mandate_required, Severity::requires_buyer_input, "$.capabilities.interventions",
            "The buyer has to authenticate the payment, which this session has no way for: continue at continue_url.");
    bool const collected = std::ranges::any_of(checkout.fulfillment.methods, [](auto const& method) {
        return method.kind == domain::FulfillmentKind::pickup;
    });
    if (checkout.fulfillment.pickup_available && !collected && !is_terminal(checkout.status))
        say(domain::FindingCode::selection_rejected, Severity::info, "$.fulfillment_groups",
            "This can also be collected in a store: send fulfillment_groups with destination_type \"pickup\".");
    return out;
}

}  // namespace

bool asks_consent(Site const& site) {
    return !site.privacy_url.empty();
}

std::string_view status_of(Checkout const& checkout, std::vector<HandlerInfo> const& handlers) {
    switch (checkout.status) {
        case CheckoutStatus::incomplete: return "not_ready_for_payment";
        case CheckoutStatus::requires_escalation:
            if (authentication_of(checkout, handlers) != nullptr) return "authentication_required";
            return checkout.approval_required ? "pending_approval" : "requires_escalation";
        case CheckoutStatus::ready_for_complete: return "ready_for_payment";
        case CheckoutStatus::complete_in_progress: return "complete_in_progress";
        case CheckoutStatus::completed: return "completed";
        case CheckoutStatus::canceled: return has_expired(checkout) ? "expired" : "canceled";
    }
    return "not_ready_for_payment";
}

std::string render_session(service::CheckoutOutcome const& outcome, Frame const& frame) {
    auto const& checkout = outcome.checkout;
    auto const terms = terms_of(checkout);
    std::string out;
    out.reserve(4096);
    json::Writer json(out);
    json.begin_object().member("id", checkout.id.text());
    json.key("protocol").begin_object().member("version", version).end_object();
    write_capabilities(json, terms, frame.handlers);
    write_buyer(json, checkout.buyer);
    json.member("status", status_of(checkout, frame.handlers)).member("currency", lower_code(checkout.currency));
    json.member_if("locale", checkout.context.language);
    write_lines(json, frame.site, checkout.lines, checkout.disclosures);
    write_fulfillment(json, checkout);
    write_totals(json, checkout.totals);
    auto const hints = hints_about(checkout, frame);
    write_messages(json, frame.site, {frame.remarks, outcome.notes, checkout.findings, hints, checkout.disclosures});
    write_links(json, frame.site);
    if (auto const* handler = authentication_of(checkout, frame.handlers)) write_authentication(json, *handler);
    json.member("created_at", to_rfc3339(checkout.created));
    if (!is_terminal(checkout.status)) {
        json.member("expires_at", to_rfc3339(checkout.expires));
        json.member("continue_url", page_url(frame.site, checkout.id));
    }
    if (terms.discount || !checkout.discount_codes.empty()) write_discounts(json, checkout);
    write_consent_options(json, frame.site, checkout.buyer.consent);
    write_order(json, outcome, frame.site);
    json.end_object();
    return out;
}

std::string render_cart(service::CartOutcome const& outcome, Frame const& frame) {
    auto const& cart = outcome.cart;
    std::string out;
    out.reserve(2048);
    json::Writer json(out);
    json.begin_object().member("id", cart.id.text());
    write_lines(json, frame.site, cart.lines, cart.disclosures);
    write_buyer(json, cart.buyer);
    json.member("currency", lower_code(cart.currency));
    write_totals(json, cart.totals);
    write_messages(json, frame.site, {frame.remarks, outcome.notes, cart.findings, {}, cart.disclosures});
    if (!cart.canceled) json.member("expires_at", to_rfc3339(cart.expires));
    json.end_object();
    return out;
}

std::string render_discovery(Site const& site, std::vector<HandlerInfo> const& handlers,
                             std::vector<Currency> const& currencies, bool orders) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("protocol").begin_object().member("name", "acp").member("version", version);
    json.key("supported_versions").begin_array().value(version).end_array().end_object();
    json.member("api_base_url", site.base_url + std::string(rest_path));
    json.key("transports").begin_array().value("rest").value("mcp").end_array();
    json.key("capabilities").begin_object().key("services").begin_array().value("checkout");
    if (orders) json.value("orders");
    json.value("carts").end_array().key("extensions").begin_array();
    write_discount_extension(json, ExtensionPlace::discovery);
    json.end_array().key("intervention_types").begin_array();
    if (authenticating_handler(handlers, {}) != nullptr) json.value("3ds");
    json.end_array().key("supported_currencies").begin_array();
    for (auto const& currency : currencies) json.value(lower_code(currency));
    json.end_array().end_object().end_object();
    return out;
}

}  // namespace b2a::protocol::acp
