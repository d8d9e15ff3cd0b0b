// SPDX-License-Identifier: Apache-2.0
// The evidence, as others may see it. Hashes and proofs are for everybody who may read at all: they say nothing about
// an entry to whoever does not have it. An entry itself is for the agent that it names, and for the operator.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "b2a/audit/receipt.hpp"
#include "b2a/audit/tiles.hpp"
#include "b2a/base/id.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

class EvidenceService {
  public:
    EvidenceService(store::Reader& reader, Governance& governance);
    ~EvidenceService();

    /// The newest signed checkpoint; it takes no decision, so that whoever wants to hold us to it can. not_found while
    /// nothing is signed.
    Result<std::string> checkpoint();
    /// Hashes under the newest checkpoint. not_found for a tile that it does not cover that far.
    Result<std::vector<Digest>> tile(RequestContext const& context, audit::TileId id, std::size_t width);
    /// Against the newest checkpoint. not_found for an index that it does not cover.
    Result<audit::Proof> proof(RequestContext const& context, std::uint64_t index);
    /// PROOF(from, D[to]); invalid_request unless 0 < from ≤ to ≤ the newest checkpoint's size.
    Result<std::vector<Digest>> consistency(RequestContext const& context, std::uint64_t from, std::uint64_t to);

    /// An entry of the caller's own dealings. Unknown, foreign and given-up entries are the same not_found.
    Result<store::AuditEntry> entry(RequestContext const& context, std::uint64_t index);
    /// The entry of the caller's order with its proof. not_found as above, and while no checkpoint covers the entry:
    /// then with a time after which it is worth to ask again.
    Result<audit::Receipt> receipt(RequestContext const& context, OrderId id);

    /// For the operator: entries [256 index, 256 index + width) that a checkpoint covers, exactly that many.
    Result<std::vector<store::AuditEntry>> entries(RequestContext const& context, std::uint64_t index,
                                                   std::size_t width);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Proof of the entry at `index` against the newest checkpoint that `reader` knows. Errors: not_found.
Result<audit::Proof> prove(store::Reader& reader, std::uint64_t index);

}  // namespace b2a::service
