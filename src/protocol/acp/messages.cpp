// SPDX-License-Identifier: Apache-2.0
// Findings and disclosures as ACP messages: severity and resolution change places, codes are closed lists, paths get
// ACP's names.
#include <array>
#include <utility>

#include "b2a/base/text.hpp"

#include "render_parts.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::FindingCode;
using domain::Severity;

constexpr std::string_view line_prefix = "$.line_items[";

bool is_of_line(domain::Disclosure const& disclosure) {
    return disclosure.path.starts_with(line_prefix);
}

std::string disclosed_text(Site const& site, domain::Disclosure const& disclosure) {
    if (disclosure.url.empty()) return disclosure.content;
    return disclosure.content + " (" + site.absolute(disclosure.url) + ")";
}

/// How urgent it is for the buyer; what to do about it is the resolution.
std::string_view severity_text(Severity severity) noexcept {
    switch (severity) {
        case Severity::info: return "info";
        case Severity::warning: return "medium";
        case Severity::recoverable:
        case Severity::requires_buyer_input:
        case Severity::requires_buyer_review: return "high";
        case Severity::unrecoverable: return "critical";
    }
    return "high";
}

std::string_view resolution_text(Severity severity) noexcept {
    switch (severity) {
        case Severity::recoverable: return "recoverable";
        case Severity::requires_buyer_input: return "requires_buyer_input";
        case Severity::requires_buyer_review: return "requires_buyer_review";
        case Severity::info:
        case Severity::warning:
        case Severity::unrecoverable: return {};
    }
    return {};
}

void write_message(json::Writer& json, domain::Finding const& finding) {
    auto const codes = message_code(finding.code);
    json.begin_object();
    if (finding.severity == Severity::info || (finding.severity == Severity::warning && codes.warning.empty()))
        json.member("type", "info");
    else if (finding.severity == Severity::warning) json.member("type", "warning").member("code", codes.warning);
    else json.member("type", "error").member("code", codes.error);
    json.member("severity", severity_text(finding.severity));
    json.member_if("resolution", resolution_text(finding.severity)).member_if("param", param_of_finding(finding.path));
    json.member("content_type", "plain").member("content", finding.content).end_object();
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> address_names{{
    {".street_address", ".line_one"},
    {".extended_address", ".line_two"},
    {".address_locality", ".city"},
    {".address_region", ".state"},
    {".address_country", ".country"},
    {".postal_code", ".postal_code"},
    {".first_name", ".name"},
    {".last_name", ".name"},
}};

}  // namespace

MessageCode message_code(FindingCode code) noexcept {
    switch (code) {
        case FindingCode::item_unavailable: return {"", "not_found"};
        case FindingCode::out_of_stock: return {"limited_availability", "out_of_stock"};
        case FindingCode::quantity_adjusted: return {"low_stock", "quantity_exceeded"};
        case FindingCode::field_required: return {"", "missing"};
        case FindingCode::address_undeliverable: return {"", "region_restricted"};
        case FindingCode::payment_failed: return {"", "payment_declined"};
        case FindingCode::payment_requires_action: return {"", "requires_3ds"};
        case FindingCode::payment_pending: return {"", "conflict"};
        case FindingCode::approval_required: return {"", "approval_required"};
        case FindingCode::approval_granted: return {"", "approval_required"};
        case FindingCode::approval_denied: return {"", "approval_required"};
        case FindingCode::discount_code_invalid: return {"discount_code_invalid", "coupon_invalid"};
        case FindingCode::discount_code_expired: return {"discount_code_expired", "coupon_expired"};
        case FindingCode::discount_code_combination_disallowed:
            return {"discount_code_combination_disallowed", "coupon_invalid"};
        case FindingCode::discount_code_already_applied: return {"discount_code_already_applied", "coupon_invalid"};
        case FindingCode::discount_code_user_ineligible: return {"discount_code_user_ineligible", "coupon_invalid"};
        case FindingCode::discount_code_minimum_not_met: return {"discount_code_minimum_not_met", "minimum_not_met"};
        case FindingCode::checkout_expired: return {"", "expired"};
        case FindingCode::invalid_transition: return {"", "conflict"};
        case FindingCode::not_ready: return {"", "invalid"};
        case FindingCode::price_changed: return {"price_change", "conflict"};
        case FindingCode::eligibility_accepted: return {"", "unsupported"};
        case FindingCode::eligibility_not_accepted: return {"", "unsupported"};
        case FindingCode::eligibility_invalid: return {"", "invalid"};
        case FindingCode::selection_rejected: return {"", "invalid"};
        case FindingCode::quantity_unit_mismatch: return {"", "unsupported"};
        case FindingCode::mandate_required:
        case FindingCode::agent_missing_key:
        case FindingCode::mandate_invalid_signature:
        case FindingCode::mandate_expired:
        case FindingCode::mandate_scope_mismatch:
        case FindingCode::merchant_authorization_invalid:
        case FindingCode::merchant_authorization_missing: return {"", "intervention_required"};
    }
    return {"", "invalid"};
}

std::string_view rejection_reason(FindingCode code) noexcept {
    auto const warning = message_code(code).warning;
    return warning.starts_with("discount_code_") ? warning : std::string_view();
}

std::string param_of_finding(std::string_view path) {
    if (path.starts_with("$.payment") && !path.starts_with("$.payment_data"))
        return "$.payment_data" + std::string(path.substr(std::string_view("$.payment").size()));
    if (!path.starts_with("$.fulfillment.") && path != "$.fulfillment") return std::string(path);
    if (path == "$.fulfillment" || path.ends_with(".line_item_ids")) return "$.fulfillment_groups";
    if (path.ends_with("selected_option_id") || path.ends_with("selected_destination_id"))
        return "$.selected_fulfillment_options";
    for (auto const& [ours, theirs] : address_names)
        if (path.ends_with(ours)) return "$.fulfillment_details.address" + std::string(theirs);
    return "$.fulfillment_details.address";
}

void write_info(json::Writer& json, std::string_view param, std::string_view content) {
    json.begin_object().member("type", "info").member("severity", "info").member_if("param", param);
    json.member("content_type", "plain").member("content", content).end_object();
}

void write_disclosure_part(json::Writer& json, Site const& site, domain::Disclosure const& disclosure) {
    auto const content = disclosed_text(site, disclosure);
    if (!is_of_line(disclosure)) return write_info(json, disclosure.path, content);
    json.begin_object().member("type", "disclaimer").member("content_type", "plain");
    json.member("content", content).end_object();
}

void write_messages(json::Writer& json, Site const& site, Messages const& messages) {
    json.key("messages").begin_array();
    for (auto const* findings : {&messages.remarks, &messages.notes, &messages.findings, &messages.hints})
        for (auto const& finding : *findings) write_message(json, finding);
    for (auto const& disclosure : messages.disclosures)
        if (!is_of_line(disclosure)) write_disclosure_part(json, site, disclosure);
    json.end_array();
}

}  // namespace b2a::protocol::acp
