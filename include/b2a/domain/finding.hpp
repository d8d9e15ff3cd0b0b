// SPDX-License-Identifier: Apache-2.0
// A Finding is what a rule of business says about a checkout: not an error of the program but part of the answer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::domain {

/// Stored by number: further ones go to the end.
enum class FindingCode : std::uint8_t {
    item_unavailable,  // no such variant, or no offer in the currency
    out_of_stock,
    quantity_adjusted,
    field_required,  // path says which
    address_undeliverable,
    payment_failed,
    payment_requires_action,  // 3-D Secure and the like
    payment_pending,          // outcome unknown for now
    approval_required,        // governance asks a human
    discount_code_invalid,
    discount_code_expired,
    discount_code_combination_disallowed,
    invalid_transition,  // the state forbids the operation
    not_ready,
    price_changed,
    eligibility_accepted,           // a claim took effect, provisionally or for good
    eligibility_not_accepted,       // a claim that nothing here rests on
    eligibility_invalid,            // at completion: a claim that a price rests on is not attested
    selection_rejected,             // a destination or option that is not on offer
    quantity_unit_mismatch,         // the caller counts in another unit than we sell in
    discount_code_already_applied,  // sent twice
    discount_code_user_ineligible,  // for those who make a claim that this buyer does not make
    approval_granted,               // a person at the brand has said yes
    approval_denied,
    mandate_required,   // agreed on, or of a session that is locked to it
    agent_missing_key,  // nobody whom we trust has the key that signed the mandate
    mandate_invalid_signature,
    mandate_expired,
    mandate_scope_mismatch,  // for another checkout, or less than this purchase
    merchant_authorization_invalid,
    merchant_authorization_missing,
    discount_code_minimum_not_met,  // the items cost too little for it
    checkout_expired,               // canceled, because nobody came back for it in time
};
inline constexpr FindingCode last_finding_code = FindingCode::checkout_expired;
std::string_view to_text(FindingCode code) noexcept;

enum class Severity : std::uint8_t {
    info,
    warning,
    recoverable,
    requires_buyer_input,
    requires_buyer_review,
    unrecoverable
};

struct Finding {
    FindingCode code;
    Severity severity;
    std::string path;     // RFC 9535 JSONPath on the checkout in our canonical names, "$.line_items[0]"
    std::string content;  // for the agent; plain text
    friend bool operator==(Finding const&, Finding const&) = default;
};

using Findings = std::vector<Finding>;

}  // namespace b2a::domain
