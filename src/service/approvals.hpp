// SPDX-License-Identifier: Apache-2.0
// The question whether a person approves a purchase: asked when a rule wants it, kept as a record, answered through
// service::Oversight, used up by the completion that it lets through.
#pragma once

#include <optional>

#include "b2a/domain/checkout.hpp"
#include "b2a/policy/approval.hpp"
#include "b2a/policy/authorized.hpp"
#include "b2a/service/context.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

/// The record of a checkout's question, if it was ever asked.
struct Question {
    std::optional<policy::Approval> approval;
    std::uint64_t version = 0;
};
/// Reads nothing for a checkout that bears no sign of a question.
Result<Question> question_of(store::Reader& reader, domain::Checkout const& checkout);
/// Reads it in any case: an old question may be left from before the purchase changed.
Result<Question> any_question(store::Reader& reader, CheckoutId id);

/// What a yes is for: goods, quantities, prices, total and country. No personal data goes in.
Digest content_of(domain::Checkout const& checkout);

bool is_granted(Question const& question, domain::Checkout const& checkout, Timestamp now);
bool is_denied(Question const& question, domain::Checkout const& checkout, Timestamp now);
/// The question stands as it was asked.
bool is_open(Question const& question, domain::Checkout const& checkout, Timestamp now);

/// Asks, or asks anew.
store::RecordWrite ask(Question const& question, domain::Checkout const& checkout, policy::Verdict const& verdict,
                       Timestamp now);
/// The question in another state.
store::RecordWrite moved_to(Question const& question, policy::ApprovalState state);

}  // namespace b2a::service
