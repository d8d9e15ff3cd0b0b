// SPDX-License-Identifier: Apache-2.0
// What agents left beside a checkout for the brand alone: where the buyer came from, why a purchase was called off.
// Agents never see it again; the brand's people do.
#pragma once

#include <optional>
#include <string>

#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

/// Each a JSON object as its protocol has it (for ACP: affiliate_attribution, intent_trace).
struct Attribution {
    std::optional<std::string> first_touchpoint;  // of the creation
    std::optional<std::string> last_touchpoint;   // of the completion
    std::optional<std::string> intent_trace;      // of the cancellation
    [[nodiscard]] bool empty() const noexcept { return !first_touchpoint && !last_touchpoint && !intent_trace; }
};

/// What is kept beside a checkout, which itself may be gone; asks nobody: for who has been let in already.
Result<Attribution> attribution_of(store::Reader& reader, CheckoutId const& id);

/// The same for an operator. Errors: policy_denied; not_found when there is neither a checkout nor anything beside it.
Result<Attribution> read_attribution(RequestContext const& context, Governance& governance, store::Reader& reader,
                                     CheckoutId const& id);

}  // namespace b2a::service
