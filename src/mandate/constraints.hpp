// SPDX-License-Identifier: Apache-2.0
// The constraints of open mandates (AP2: checkout_mandate.md, payment_mandate.md), evaluated on our own purchase and
// never on what the agent says of it. One that is unknown or hidden fails. Private to the module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "b2a/mandate/verify.hpp"

#include "mandate/chain.hpp"

namespace b2a::mandate {

/// Checks hop `index` of the chain, an open one, and adds what its use draws.
std::optional<Refusal> check_constraints(Chain const& chain, std::size_t index, Expected const& expected,
                                         std::vector<Draw>& draws);

/// The one use of a mandate that no constraint lets be used again.
Draw single_use(Hop const& hop, Timestamp now);

/// Can each requirement be met in full by distinct units of `items`, with none left over? (A maximal flow.)
struct Requirement {
    std::vector<std::string> acceptable;
    std::int64_t quantity = 0;
};
bool fulfils(std::vector<Purchase::Item> const& items, std::vector<Requirement> const& requirements);

}  // namespace b2a::mandate
