// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/render_parts.hpp"

#include "b2a/protocol/catalog_json.hpp"

namespace b2a::protocol::native {
namespace {

using domain::FindingCode;
using domain::Severity;

std::string_view text_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::info: return "info";
        case Severity::warning: return "warning";
        case Severity::recoverable: return "recoverable";
        case Severity::requires_buyer_input: return "requires_buyer_input";
        case Severity::requires_buyer_review: return "requires_buyer_review";
        case Severity::unrecoverable: return "unrecoverable";
    }
    return "unrecoverable";
}

/// What the agent can do about it, a stable word; empty where there is nothing to do.
std::string_view remedy_of(FindingCode code) noexcept {
    switch (code) {
        case FindingCode::item_unavailable:
        case FindingCode::out_of_stock: return "choose_another_item";
        case FindingCode::quantity_adjusted: return "confirm_with_buyer";
        case FindingCode::field_required: return "supply_field";
        case FindingCode::address_undeliverable: return "change_address";
        case FindingCode::payment_failed: return "pay_otherwise";
        case FindingCode::payment_requires_action: return "hand_over_to_buyer";
        case FindingCode::payment_pending: return "read_again_later";
        case FindingCode::approval_required: return "wait_for_approval";
        case FindingCode::approval_granted: return "complete";
        case FindingCode::approval_denied: return "change_order";
        case FindingCode::discount_code_invalid:
        case FindingCode::discount_code_expired:
        case FindingCode::discount_code_combination_disallowed:
        case FindingCode::discount_code_already_applied:
        case FindingCode::discount_code_user_ineligible: return "remove_code";
        case FindingCode::discount_code_minimum_not_met: return "add_items";
        case FindingCode::invalid_transition:
        case FindingCode::checkout_expired: return "start_anew";
        case FindingCode::not_ready: return "supply_field";
        case FindingCode::price_changed: return "confirm_with_buyer";
        case FindingCode::eligibility_accepted: return {};
        case FindingCode::eligibility_not_accepted: return "remove_claim";
        case FindingCode::eligibility_invalid: return "sign_request";
        case FindingCode::selection_rejected: return "choose_offered_option";
        case FindingCode::quantity_unit_mismatch: return "count_in_pieces";
        case FindingCode::mandate_required:
        case FindingCode::agent_missing_key:
        case FindingCode::mandate_invalid_signature:
        case FindingCode::mandate_expired:
        case FindingCode::mandate_scope_mismatch:
        case FindingCode::merchant_authorization_invalid:
        case FindingCode::merchant_authorization_missing: return "complete_over_ucp";
    }
    return {};
}

/// A method travels in one group, which native answers do not show as a level of its own.
std::string native_path(std::string path) {
    constexpr std::string_view group = ".groups[0]";
    if (auto const at = path.find(group); at != std::string::npos) path.erase(at, group.size());
    return path;
}

void write_message(json::Writer& json, domain::Finding const& finding) {
    json.begin_object().member("code", to_text(finding.code)).member("severity", text_of(finding.severity));
    json.member_if("path", native_path(finding.path)).member("text", finding.content);
    json.member_if("remedy", remedy_of(finding.code)).end_object();
}

void write_applied(json::Writer& json, domain::AppliedDiscount const& discount, std::vector<domain::Line> const& lines,
                   Currency currency) {
    json.begin_object().member_if("code", discount.code).member("title", discount.title);
    write_amount(json, "amount", -discount.minor, currency);
    json.member("automatic", discount.code.empty());
    if (!discount.eligibility.empty())
        json.member("eligibility", discount.eligibility).member("provisional", discount.provisional);
    json.key("allocations").begin_array();
    for (std::size_t i = 0; i < discount.line_allocations.size() && i < lines.size(); ++i) {
        if (discount.line_allocations[i] == 0) continue;
        json.begin_object().member("line_item_id", lines[i].id);
        write_amount(json, "amount", -discount.line_allocations[i], currency);
        json.end_object();
    }
    json.end_array().end_object();
}

/// The line's price after its discount. The domain has checked it against money_minor_max when it priced the line.
std::int64_t line_total(domain::Line const& line) noexcept {
    return line.unit_minor * line.quantity + line.discount_minor;
}

}  // namespace

void write_amount(json::Writer& json, std::string_view key, std::int64_t minor, Currency currency) {
    json.key(key);
    write_money(json, Money{minor, currency});
}

void write_ids(json::Writer& json, std::string_view key, std::vector<std::string> const& ids) {
    json.key(key).begin_array();
    for (auto const& id : ids) json.value(id);
    json.end_array();
}

void write_line_members(json::Writer& json, Site const& site, domain::Line const& line, Currency currency) {
    json.member("id", line.id).member("variant_id", line.variant_id).member("product_id", line.product_id);
    json.member("title", line.title);
    if (!line.image_url.empty()) json.member("image_url", site.absolute(line.image_url));
    json.member("delivery", line.delivery == domain::Delivery::digital ? "digital" : "physical");
    write_amount(json, "unit_price", line.unit_minor, currency);
    if (line.discount_minor != 0) write_amount(json, "discount", line.discount_minor, currency);
    write_amount(json, "total", line_total(line), currency);
}

void write_lines(json::Writer& json, Site const& site, std::vector<domain::Line> const& lines, Currency currency) {
    json.key("line_items").begin_array();
    for (auto const& line : lines) {
        json.begin_object();
        write_line_members(json, site, line, currency);
        json.member("quantity", line.quantity).end_object();
    }
    json.end_array();
}

void write_totals(json::Writer& json, std::vector<domain::Total> const& totals, Currency currency) {
    json.key("totals").begin_object();
    json.key("adjustments").begin_array();
    for (auto const& total : totals) {
        if (total.kind == domain::TotalKind::subtotal || total.kind == domain::TotalKind::total) continue;
        json.begin_object().member("kind", to_text(total.kind)).member("title", total.title);
        write_amount(json, "amount", total.minor, currency);
        json.end_object();
    }
    json.end_array();
    for (auto const& total : totals)
        if (total.kind == domain::TotalKind::subtotal || total.kind == domain::TotalKind::total)
            write_amount(json, to_text(total.kind), total.minor, currency);
    json.end_object();
}

void write_discounts(json::Writer& json, std::vector<std::string> const& codes,
                     std::vector<domain::AppliedDiscount> const& applied, std::vector<domain::Line> const& lines,
                     Currency currency) {
    if (codes.empty() && applied.empty()) return;
    json.key("discounts").begin_object();
    write_ids(json, "codes", codes);
    json.key("applied").begin_array();
    for (auto const& discount : applied) write_applied(json, discount, lines, currency);
    json.end_array().end_object();
}

void write_buyer(json::Writer& json, domain::Buyer const& buyer) {
    if (buyer == domain::Buyer{}) return;
    json.key("buyer").begin_object();
    json.member_if("first_name", buyer.first_name).member_if("last_name", buyer.last_name);
    json.member_if("email", buyer.email).member_if("phone_number", buyer.phone_number);
    if (!buyer.consent.empty()) {
        json.key("consent").begin_object();
        for (auto const& [purpose, granted] : buyer.consent) json.member(purpose, granted);
        json.end_object();
    }
    json.end_object();
}

void write_context(json::Writer& json, domain::Context const& context) {
    if (context == domain::Context{}) return;
    json.key("context").begin_object();
    json.member_if("address_country", context.country).member_if("address_region", context.region);
    json.member_if("postal_code", context.postal_code).member_if("language", context.language);
    json.member_if("currency", context.currency).member_if("intent", context.intent);
    if (!context.eligibility.empty()) write_ids(json, "eligibility", context.eligibility);
    json.end_object();
}

void write_attribution(json::Writer& json, std::map<std::string, std::string> const& attribution) {
    if (attribution.empty()) return;
    json.key("attribution").begin_object();
    for (auto const& [key, value] : attribution) json.member(key, value);
    json.end_object();
}

void write_address_members(json::Writer& json, domain::Address const& address) {
    json.member_if("first_name", address.first_name).member_if("last_name", address.last_name);
    json.member_if("street_address", address.street_address);
    json.member_if("extended_address", address.extended_address);
    json.member_if("address_locality", address.locality).member_if("address_region", address.region);
    json.member_if("postal_code", address.postal_code).member_if("address_country", address.country);
    json.member_if("phone_number", address.phone_number);
}

void write_messages(json::Writer& json, domain::Findings const& notes, domain::Findings const& findings) {
    json.key("messages").begin_array();
    for (auto const& finding : notes) write_message(json, finding);
    for (auto const& finding : findings) write_message(json, finding);
    json.end_array();
}

}  // namespace b2a::protocol::native
