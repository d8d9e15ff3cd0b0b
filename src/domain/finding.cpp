// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/finding.hpp"

namespace b2a::domain {

std::string_view to_text(FindingCode code) noexcept {
    switch (code) {
        case FindingCode::item_unavailable: return "item_unavailable";
        case FindingCode::out_of_stock: return "out_of_stock";
        case FindingCode::quantity_adjusted: return "quantity_adjusted";
        case FindingCode::field_required: return "field_required";
        case FindingCode::address_undeliverable: return "address_undeliverable";
        case FindingCode::payment_failed: return "payment_failed";
        case FindingCode::payment_requires_action: return "payment_requires_action";
        case FindingCode::payment_pending: return "payment_pending";
        case FindingCode::approval_required: return "approval_required";
        case FindingCode::approval_granted: return "approval_granted";
        case FindingCode::approval_denied: return "approval_denied";
        case FindingCode::discount_code_invalid: return "discount_code_invalid";
        case FindingCode::discount_code_expired: return "discount_code_expired";
        case FindingCode::discount_code_combination_disallowed: return "discount_code_combination_disallowed";
        case FindingCode::discount_code_already_applied: return "discount_code_already_applied";
        case FindingCode::discount_code_user_ineligible: return "discount_code_user_ineligible";
        case FindingCode::discount_code_minimum_not_met: return "discount_code_minimum_not_met";
        case FindingCode::invalid_transition: return "invalid_transition";
        case FindingCode::not_ready: return "not_ready";
        case FindingCode::checkout_expired: return "checkout_expired";
        case FindingCode::price_changed: return "price_changed";
        case FindingCode::eligibility_accepted: return "eligibility_accepted";
        case FindingCode::eligibility_not_accepted: return "eligibility_not_accepted";
        case FindingCode::eligibility_invalid: return "eligibility_invalid";
        case FindingCode::selection_rejected: return "selection_rejected";
        case FindingCode::quantity_unit_mismatch: return "quantity_unit_mismatch";
        case FindingCode::mandate_required: return "mandate_required";
        case FindingCode::agent_missing_key: return "agent_missing_key";
        case FindingCode::mandate_invalid_signature: return "mandate_invalid_signature";
        case FindingCode::mandate_expired: return "mandate_expired";
        case FindingCode::mandate_scope_mismatch: return "mandate_scope_mismatch";
        case FindingCode::merchant_authorization_invalid: return "merchant_authorization_invalid";
        case FindingCode::merchant_authorization_missing: return "merchant_authorization_missing";
    }
    return "unknown";
}

}  // namespace b2a::domain
