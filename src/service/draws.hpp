// SPDX-License-Identifier: Apache-2.0
// What a decision draws on allowances, on its way to the store and back.
#pragma once

#include <string>
#include <vector>

#include "b2a/policy/authorized.hpp"
#include "b2a/store/change_set.hpp"

namespace b2a::service {

std::vector<store::AllowanceDraw> draws_of(policy::Decision const& decision);
/// Why the writer refused: the reason of the draw that it named.
policy::Reason used_up_reason(policy::Decision const& decision, std::string const& limit);
/// The verdict as a refusal for one reason.
void deny(policy::Verdict& verdict, policy::Reason reason);

}  // namespace b2a::service
