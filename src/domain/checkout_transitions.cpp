// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "b2a/domain/checkout.hpp"

namespace b2a::domain {
namespace {

constexpr std::size_t status_count = 6;
constexpr std::size_t action_count = 4;

// Rows in the order of CheckoutStatus, columns in that of CheckoutAction: update, complete, cancel, settle.
constexpr std::array<std::array<bool, action_count>, status_count> permitted{{
    {true, true, true, false},     // incomplete: a completion is answered with what is missing
    {true, true, true, false},     // requires_escalation: retried once the human has acted
    {true, true, true, false},     // ready_for_complete
    {false, false, false, true},   // complete_in_progress: money may have moved, only the provider's word counts
    {false, false, false, false},  // completed
    {false, false, false, false},  // canceled
}};

constexpr std::array<std::string_view, action_count> verbs{"updated", "completed", "canceled", "settled"};

}  // namespace

std::string_view to_text(CheckoutStatus status) noexcept {
    switch (status) {
        case CheckoutStatus::incomplete: return "incomplete";
        case CheckoutStatus::requires_escalation: return "requires_escalation";
        case CheckoutStatus::ready_for_complete: return "ready_for_complete";
        case CheckoutStatus::complete_in_progress: return "complete_in_progress";
        case CheckoutStatus::completed: return "completed";
        case CheckoutStatus::canceled: return "canceled";
    }
    return "incomplete";
}

std::optional<Finding> forbids(CheckoutStatus status, CheckoutAction action) {
    auto const column = static_cast<std::size_t>(action);
    if (permitted[static_cast<std::size_t>(status)][column]) return std::nullopt;
    return Finding{
        FindingCode::invalid_transition, Severity::recoverable, "$.status",
        "A checkout that is " + std::string(to_text(status)) + " cannot be " + std::string(verbs[column]) + "."};
}

}  // namespace b2a::domain
