// SPDX-License-Identifier: Apache-2.0
// What can be wrong with a mandate, and what follows from it for the buyer, the platform and the receipt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "b2a/base/assert.hpp"
#include "b2a/domain/finding.hpp"

namespace b2a::mandate {

enum class Fault : std::uint8_t {
    absent,          // mandates were agreed on and none came
    key_missing,     // nobody whom we trust has the key that the mandate names
    malformed,       // no chain of SD-JWTs, or over a bound
    signature,       // a signature, an algorithm, a type or a binding that does not hold
    disclosure,      // one that is not referenced exactly once
    expired,         // or not valid yet
    audience,        // made for another merchant
    nonce,           // not one of ours for this checkout
    other_checkout,  // bound to another checkout, or to terms of before
    preset,          // the closed mandate contradicts the open one
    merchant,        // constraints from here on: we are not among the merchants
    items,
    amount,
    instrument,
    date,
    constraint_unresolved,  // unknown, not understood or not disclosed
    used_up,                // the mandate, its budget or its occurrences
    authorization_missing,  // no checkout of ours in it
    authorization_invalid,  // a checkout that we did not sign
};
inline constexpr std::size_t fault_count = 19;
/// Stable, for the audit log.
std::string_view to_text(Fault fault) noexcept;

struct Consequence {
    domain::FindingCode code{};
    domain::Severity severity{};     // recoverable where a fresh mandate can mend it
    std::string_view receipt_error;  // AP2
};
Consequence consequence_of(Fault fault) noexcept;

struct Refusal {
    Fault fault{};
    std::string detail;  // safe for the agent
    friend bool operator==(Refusal const&, Refusal const&) = default;
};

/// A value or why there is none.
template <class T>
class [[nodiscard]] Checked {
  public:
    Checked(T value) : state_(std::in_place_index<0>, std::move(value)) {}            // NOLINT(*-explicit-*)
    Checked(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}  // NOLINT(*-explicit-*)

    explicit operator bool() const noexcept { return state_.index() == 0; }
    T& operator*() { return *std::get_if<0>(&state_); }
    T const& operator*() const { return *std::get_if<0>(&state_); }
    T* operator->() { return std::get_if<0>(&state_); }
    T const* operator->() const { return std::get_if<0>(&state_); }
    Refusal& refusal() {
        B2A_ASSERT(state_.index() == 1);
        return *std::get_if<1>(&state_);
    }
    [[nodiscard]] Refusal const& refusal() const {
        B2A_ASSERT(state_.index() == 1);
        return *std::get_if<1>(&state_);
    }

  private:
    std::variant<T, Refusal> state_;
};

}  // namespace b2a::mandate
