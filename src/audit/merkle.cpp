// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/merkle.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "b2a/base/assert.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::audit {
namespace {

using Leaves = std::span<Digest const>;

crypto::Sha256& hasher() {
    thread_local crypto::Sha256 instance;
    return instance;
}

/// Where RFC 6962 §2.1 splits n > 1 leaves: the largest power of two smaller than n.
std::size_t split_of(std::size_t n) {
    return std::bit_floor(n - 1);
}

void append_consistency(std::size_t first, Leaves leaves, bool whole, std::vector<Digest>& proof) {
    if (first == leaves.size()) {
        if (!whole) proof.push_back(root_of(leaves));
        return;
    }
    auto const k = split_of(leaves.size());
    if (first <= k) {
        append_consistency(first, leaves.first(k), whole, proof);
        proof.push_back(root_of(leaves.subspan(k)));
    } else {
        append_consistency(first - k, leaves.subspan(k), false, proof);
        proof.push_back(root_of(leaves.first(k)));
    }
}

}  // namespace

Digest leaf_hash(ByteView entry) {
    constexpr std::array<std::uint8_t, 1> prefix{0x00};
    return hasher().update(ByteView(prefix)).update(entry).finish();
}

Digest node_hash(Digest const& left, Digest const& right) {
    std::array<std::uint8_t, 1 + 2 * sizeof(Digest)> input{0x01};
    std::copy(left.begin(), left.end(), input.begin() + 1);
    std::copy(right.begin(), right.end(), input.begin() + 1 + sizeof(Digest));
    return hasher().update(ByteView(input)).finish();
}

Digest empty_root() {
    return crypto::sha256(ByteView());
}

Result<Frontier> Frontier::restore(std::uint64_t size, std::vector<Digest> edge) {
    if (edge.size() != static_cast<std::size_t>(std::popcount(size)))
        return Error(Code::invalid_request, "the edge of the audit tree does not fit its size");
    Frontier frontier;
    frontier.size_ = size;
    frontier.edge_ = std::move(edge);
    return frontier;
}

void Frontier::append(Digest const& leaf) {
    auto node = leaf;
    // Each one bit at the low end of the size is a complete subtree that the new leaf completes to the next
    // power.
    for (auto carry = size_; (carry & 1U) != 0; carry >>= 1U) {
        node = node_hash(edge_.back(), node);
        edge_.pop_back();
    }
    edge_.push_back(node);
    ++size_;
}

Digest Frontier::root() const {
    if (edge_.empty()) return empty_root();
    auto root = edge_.back();
    for (auto left = edge_.rbegin() + 1; left != edge_.rend(); ++left) root = node_hash(*left, root);
    return root;
}

Digest root_of(Leaves leaves) {
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves[0];
    auto const k = split_of(leaves.size());
    return node_hash(root_of(leaves.first(k)), root_of(leaves.subspan(k)));
}

std::vector<Digest> inclusion_proof(std::uint64_t index, Leaves leaves) {
    B2A_ASSERT(index < leaves.size());
    std::vector<Digest> proof;
    while (leaves.size() > 1) {
        auto const k = split_of(leaves.size());
        if (index < k) {
            proof.push_back(root_of(leaves.subspan(k)));
            leaves = leaves.first(k);
        } else {
            proof.push_back(root_of(leaves.first(k)));
            leaves = leaves.subspan(k);
            index -= k;
        }
    }
    std::reverse(proof.begin(), proof.end());  // leaf to root
    return proof;
}

std::vector<Digest> consistency_proof(std::uint64_t first, Leaves leaves) {
    B2A_ASSERT(first > 0 && first <= leaves.size());
    std::vector<Digest> proof;
    append_consistency(first, leaves, true, proof);
    return proof;
}

// RFC 9162 §2.1.3.2.
bool verify_inclusion(Digest const& leaf, std::uint64_t index, std::uint64_t size, Leaves proof, Digest const& root) {
    if (index >= size) return false;
    auto fn = index;
    auto sn = size - 1;
    auto node = leaf;
    for (auto const& sibling : proof) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            node = node_hash(sibling, node);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            node = node_hash(node, sibling);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && node == root;
}

// RFC 9162 §2.1.4.2, and the trivial cases that it leaves out.
bool verify_consistency(std::uint64_t first, std::uint64_t second, Digest const& first_root, Digest const& second_root,
                        Leaves proof) {
    if (first > second) return false;
    if (first == second) return proof.empty() && first_root == second_root;
    if (first == 0) return proof.empty() && first_root == empty_root();
    if (proof.empty() && !std::has_single_bit(first)) return false;
    auto fn = first - 1;
    auto sn = second - 1;
    while ((fn & 1U) != 0) {
        fn >>= 1U;
        sn >>= 1U;
    }
    // When `first` is a complete subtree, its own root opens the path and is left out of the proof.
    auto const implied = std::has_single_bit(first);
    auto old_node = implied ? first_root : proof.front();
    auto new_node = old_node;
    for (auto const& sibling : implied ? proof : proof.subspan(1)) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            old_node = node_hash(sibling, old_node);
            new_node = node_hash(sibling, new_node);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            new_node = node_hash(new_node, sibling);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && old_node == first_root && new_node == second_root;
}

}  // namespace b2a::audit
