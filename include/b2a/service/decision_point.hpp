// SPDX-License-Identifier: Apache-2.0
// Another system of the brand that has a say in decisions. It can only refuse what the rules permit, never permit what
// they refuse.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "b2a/policy/facts.hpp"

namespace b2a::service {

class DecisionPoint {
  public:
    virtual ~DecisionPoint() = default;
    /// Is it asked about this action at all?
    [[nodiscard]] virtual bool concerns(policy::Action action) const noexcept = 0;
    /// Its answer, or what the configuration says for the case that there is none in time. `facts.principal` is set and
    /// outlives the call.
    virtual boost::asio::awaitable<bool> permits(policy::Facts const& facts) = 0;
};

}  // namespace b2a::service
