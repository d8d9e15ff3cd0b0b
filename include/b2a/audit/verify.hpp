// SPDX-License-Identifier: Apache-2.0
// The offline verifier: recomputes everything from entry bytes and checkpoints, trusting nothing that the store derived.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/audit/merkle.hpp"

namespace b2a::audit {

struct VerifyReport {
    std::uint64_t entries = 0;
    std::uint64_t checkpoints = 0;
    Digest root{};
    std::optional<std::uint64_t> first_bad_index;  // set when an entry is to blame
    std::vector<std::string> problems;             // empty: the log is sound
    [[nodiscard]] bool sound() const noexcept { return problems.empty(); }
};

/// Feed entries in order, then checkpoints in ascending size, then finish(). Streaming: memory is 32 bytes an entry.
/// Checks: seq is gapless from 0; "seq" inside the entry agrees; times do not go back; the stored leaf hash (if given)
/// equals the recomputed one; each checkpoint's signature and root over the entries before it; head not behind the
/// last checkpoint. A root mismatch names the interval after the last good checkpoint, and its first index as bad.
class Verifier {
  public:
    explicit Verifier(std::optional<VerifierKey> key) : key_(std::move(key)) {}

    void entry(std::uint64_t seq, std::string_view bytes, std::optional<Digest> stored_leaf);
    void checkpoint(std::string_view note);
    VerifyReport finish();

  private:
    void problem(std::optional<std::uint64_t> index, std::string message);

    std::optional<VerifierKey> key_;
    std::vector<Digest> leaves_;
    std::vector<std::string> notes_;
    std::string last_time_;
    VerifyReport report_;
};

}  // namespace b2a::audit
