// SPDX-License-Identifier: Apache-2.0
// How a mutation is refused: evidence first, then the answer.
#pragma once

#include <string>

#include <boost/asio/awaitable.hpp>

#include "b2a/service/governance.hpp"

#include "service/committer.hpp"

namespace b2a::service {

/// Commits the evidence of the refusal and returns what the caller hears: the refusal, or why there is no evidence.
boost::asio::awaitable<Error> refuse(Committer& committer, RequestContext context, policy::Verdict verdict,
                                     std::string subject);
/// The same for operations that do not suspend.
Error refuse_blocking(Committer& committer, RequestContext const& context, policy::Verdict const& verdict,
                      std::string subject);

}  // namespace b2a::service
