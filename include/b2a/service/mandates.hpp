// SPDX-License-Identifier: Apache-2.0
// What a protocol with mandates brings to a completion. The protocol knows whose keys and which form of the checkout
// are meant; whether a mandate is needed and what follows from a bad one is decided by the checkout's use-case.
#pragma once

#include <functional>

#include "b2a/domain/checkout.hpp"
#include "b2a/mandate/verify.hpp"

namespace b2a::service {

struct MandateClaim {
    bool negotiated = false;  // both sides agreed on mandates
    bool presented = false;   // one came with the request
    /// Judges the one that came, for the checkout as it is stored; set when it is to be judged.
    std::function<mandate::Judgement(domain::Checkout const&, mandate::Purchase)> judge;
};

}  // namespace b2a::service
