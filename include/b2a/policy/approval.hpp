// SPDX-License-Identifier: Apache-2.0
// A purchase that waits for a person at the brand. One per checkout; it is for exactly what the checkout was when it
// was asked about: another total, other goods or another address need another yes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"

namespace b2a::policy {

/// Kept as the record's state, so that open ones are found: never renumber.
enum class ApprovalState : std::uint8_t { open, granted, denied, used };
std::string_view to_text(ApprovalState state) noexcept;
std::optional<ApprovalState> approval_state_from_text(std::string_view text) noexcept;

struct Approval {
    std::string checkout;  // the record's id
    Digest content{};      // of what was asked about
    Money total;
    std::int64_t item_count = 0;
    std::string agent;
    std::vector<std::string> codes;  // of the rules that ask
    std::string decision;            // the first one's id
    Timestamp asked{};
    Timestamp expires{};
    ApprovalState state = ApprovalState::open;
    std::string decided_by;
    std::string note;  // for people at the brand, and for the agent when it is a no
    Timestamp decided{};
    friend bool operator==(Approval const&, Approval const&) = default;
};

/// What stands at `now`: an open or granted one that has expired is none.
bool is_live(Approval const& approval, Timestamp now) noexcept;
std::string to_json(Approval const& approval);
Result<Approval> approval_from_json(std::string_view text);

}  // namespace b2a::policy
