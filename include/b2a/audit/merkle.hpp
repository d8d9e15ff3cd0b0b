// SPDX-License-Identifier: Apache-2.0
// The RFC 6962 Merkle tree: hashes, an append-only frontier for the writer, proofs and their verification.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"

namespace b2a::audit {

Digest leaf_hash(ByteView entry);                           // SHA-256(0x00 ‖ entry), RFC 6962 §2.1
Digest node_hash(Digest const& left, Digest const& right);  // SHA-256(0x01 ‖ left ‖ right)
Digest empty_root();                                        // SHA-256("")

/// The right edge of the tree: what an appender has to remember, at most 64 digests.
class Frontier {
  public:
    Frontier() = default;
    /// Restores size and edge (largest subtree first); invalid_request when their numbers do not match.
    static Result<Frontier> restore(std::uint64_t size, std::vector<Digest> edge);

    void append(Digest const& leaf);
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] Digest root() const;
    [[nodiscard]] std::vector<Digest> const& edge() const noexcept { return edge_; }

  private:
    std::uint64_t size_ = 0;
    std::vector<Digest> edge_;
};

Digest root_of(std::span<Digest const> leaves);
/// PATH(index, D[n]); index < leaves.size().
std::vector<Digest> inclusion_proof(std::uint64_t index, std::span<Digest const> leaves);
/// PROOF(first, D[n]); 0 < first ≤ leaves.size().
std::vector<Digest> consistency_proof(std::uint64_t first, std::span<Digest const> leaves);

bool verify_inclusion(Digest const& leaf, std::uint64_t index, std::uint64_t size, std::span<Digest const> proof,
                      Digest const& root);
bool verify_consistency(std::uint64_t first, std::uint64_t second, Digest const& first_root, Digest const& second_root,
                        std::span<Digest const> proof);

}  // namespace b2a::audit
