// SPDX-License-Identifier: Apache-2.0
#include "b2a/mandate/fault.hpp"

#include <array>

namespace b2a::mandate {
namespace {

using domain::FindingCode;
using domain::Severity;

struct Row {
    Fault fault;
    std::string_view text;
    Consequence consequence;
};

constexpr std::string_view credential = "invalid_credential";
constexpr std::string_view mandate = "invalid_mandate";
constexpr std::string_view unresolved = "unresolved_constraint";

constexpr Consequence unverified{FindingCode::mandate_invalid_signature, Severity::recoverable, credential};
constexpr Consequence mismatch{FindingCode::mandate_scope_mismatch, Severity::recoverable, mandate};
// The purchase is beyond what the agent may decide: no other mandate of its making mends that, a person can.
constexpr Consequence beyond{FindingCode::mandate_scope_mismatch, Severity::requires_buyer_review, mandate};

constexpr std::array<Row, fault_count> rows{{
    {Fault::absent, "absent", {FindingCode::mandate_required, Severity::recoverable, mandate}},
    {Fault::key_missing, "key_missing", {FindingCode::agent_missing_key, Severity::recoverable, credential}},
    {Fault::malformed, "malformed", unverified},
    {Fault::signature, "signature", unverified},
    {Fault::disclosure, "disclosure", unverified},
    {Fault::expired, "expired", {FindingCode::mandate_expired, Severity::recoverable, credential}},
    {Fault::audience, "audience", mismatch},
    {Fault::nonce, "nonce", mismatch},
    {Fault::other_checkout, "other_checkout", mismatch},
    {Fault::preset, "preset", mismatch},
    {Fault::merchant, "merchant", beyond},
    {Fault::items, "items", beyond},
    {Fault::amount, "amount", beyond},
    {Fault::instrument, "instrument", beyond},
    {Fault::date, "date", beyond},
    {Fault::constraint_unresolved,
     "constraint_unresolved",
     {FindingCode::mandate_scope_mismatch, Severity::requires_buyer_review, unresolved}},
    {Fault::used_up, "used_up", beyond},
    {Fault::authorization_missing,
     "authorization_missing",
     {FindingCode::merchant_authorization_missing, Severity::recoverable, mandate}},
    {Fault::authorization_invalid,
     "authorization_invalid",
     {FindingCode::merchant_authorization_invalid, Severity::recoverable, mandate}},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].fault) != i) return false;
    return true;
}
static_assert(in_order());

}  // namespace

std::string_view to_text(Fault fault) noexcept {
    return rows[static_cast<std::size_t>(fault)].text;
}

Consequence consequence_of(Fault fault) noexcept {
    return rows[static_cast<std::size_t>(fault)].consequence;
}

}  // namespace b2a::mandate
