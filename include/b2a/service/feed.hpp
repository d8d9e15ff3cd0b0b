// SPDX-License-Identifier: Apache-2.0
// Sending the catalog to another system is an effect like publishing it: decided first, with evidence before the first
// byte leaves and after the last one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct PushFeed {
    std::string target;  // host and port of the other system
    std::uint64_t revision = 0;
    std::uint64_t products = 0;  // that are about to be sent
};

/// What became of it.
struct FeedOutcome {
    std::string feed;  // the other side's name for it
    std::uint64_t products = 0, batches = 0, retries = 0;
    bool complete = false;
};

class FeedService {
  public:
    FeedService(store::Store& store, Governance& governance);
    ~FeedService();

    /// Asks for catalog.publish and notes what is about to be sent. Errors: policy_denied, those of the store.
    boost::asio::awaitable<Result<policy::Authorized<PushFeed>>> begin(RequestContext context, PushFeed command);
    /// Notes how it went.
    boost::asio::awaitable<Result<store::Receipt>> finish(RequestContext context,
                                                          policy::Authorized<PushFeed> const& proof,
                                                          FeedOutcome outcome);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
