// SPDX-License-Identifier: Apache-2.0
// How long the log's entries are kept. What is given up are their bytes, in whole tiles and only under a signed
// checkpoint; hashes, roots and checkpoints stay for ever, and with them the proofs of everything.
#pragma once

#include <cstdint>
#include <memory>

#include <boost/asio/awaitable.hpp>

#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct PruneLog {
    Timestamp before{};  // entries that are older may go
};
struct Pruned {
    std::uint64_t from = 0;  // entries [from, to) are given up by this call
    std::uint64_t to = 0;
};
struct SetLegalHold {
    store::LegalHold hold = store::LegalHold::released;
};

class RetentionService {
  public:
    RetentionService(store::Store& store, store::Reader& reader, Governance& governance);
    ~RetentionService();

    /// Gives up what it may, a bounded number of entries a transaction, each with its own evidence. Errors: conflict
    /// under a legal hold, policy_denied.
    boost::asio::awaitable<Result<Pruned>> prune(RequestContext context, PruneLog command);
    boost::asio::awaitable<Result<store::Receipt>> hold(RequestContext context, SetLegalHold command);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
