// SPDX-License-Identifier: Apache-2.0
// The proof that an order is in the gateway's log: its entry says what was bought for how much, a Merkle path leads
// from it to a signed checkpoint, and that checkpoint continues the one that was seen before buying. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/audit/receipt.hpp"
#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"

namespace b2a::shopper {

struct ExpectedOrder {
    std::string id;
    Money total;
};

struct VerifiedReceipt {
    std::uint64_t index = 0;
    audit::Checkpoint checkpoint;
};

/// Errors: unauthenticated, unprocessable or invalid_request, with what is wrong.
Result<VerifiedReceipt> verify_receipt(std::string_view json, audit::VerifierKey const& key,
                                       ExpectedOrder const& order);

/// The answer of /audit/consistency. True for a proof that `later` has all that `earlier` had, in the same places.
bool continues(std::string_view json, audit::Checkpoint const& earlier, audit::Checkpoint const& later);

}  // namespace b2a::shopper
