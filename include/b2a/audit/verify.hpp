// SPDX-License-Identifier: Apache-2.0
// The offline verifier: recomputes everything from entry bytes and checkpoints, trusting nothing that the store
// derived.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/audit/merkle.hpp"
#include "b2a/json/view.hpp"

namespace b2a::audit {

struct VerifyReport {
    std::uint64_t entries = 0;
    std::uint64_t given_up = 0;  // entries of which only the hashes were kept
    std::uint64_t checkpoints = 0;
    Digest root{};
    std::optional<std::uint64_t> first_bad_index;  // set when an entry is to blame
    std::vector<std::string> problems;             // empty: the log is sound; at most limits::audit_problems_max
    [[nodiscard]] bool sound() const noexcept { return problems.empty(); }
};

/// Feed entries in order, then checkpoints in ascending size, then finish(). Streaming: memory is 32 bytes an entry.
/// Checks: seq is gapless from 0; "seq" inside the entry agrees; times do not go back; the stored leaf hash (if given)
/// equals the recomputed one; each checkpoint's signature and root over the entries before it; head not behind the
/// last checkpoint. A root mismatch names the interval after the last good checkpoint, and its first index as bad,
/// unless an entry before the checkpoint is already to blame. Without a key, checkpoints are taken unauthenticated.
class Verifier {
  public:
    explicit Verifier(std::optional<VerifierKey> key) : key_(std::move(key)) {}

    void entry(std::uint64_t seq, std::string_view bytes, std::optional<Digest> stored_leaf);
    /// Instead of the entries from `seq` on: the hashes that were kept of them. Their content cannot be checked, but
    /// that they are what was logged can, by the checkpoints.
    void given_up(std::uint64_t seq, std::span<Digest const> leaves);
    void checkpoint(std::string_view note);
    /// Call once, at the end.
    VerifyReport finish();

  private:
    void check_seq(std::uint64_t seq);
    void check_content(std::uint64_t seq, std::string_view bytes);
    void check_checkpoint(Checkpoint const& checkpoint);
    void problem(std::optional<std::uint64_t> index, std::string message);

    std::optional<VerifierKey> key_;
    json::Document document_;
    std::vector<Digest> leaves_;
    std::vector<std::string> notes_;
    std::uint64_t next_seq_ = 0;
    std::string last_time_;
    Frontier replay_;                         // the tree at the checkpoint under test
    std::uint64_t confirmed_ = 0;             // size of the last good checkpoint
    std::optional<std::uint64_t> announced_;  // size of the last authentic checkpoint
    VerifyReport report_;
};

}  // namespace b2a::audit
