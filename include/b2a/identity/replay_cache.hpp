// SPDX-License-Identifier: Apache-2.0
// Signatures that were used, so that none is used twice (RFC 9421 §7.2.2). One per process, thread-safe; bounded, and
// sharded by key, so that whoever fills it fills a shard. It is asked last: only what verified can be remembered, else
// anybody could use up the nonces of others.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/time.hpp"
#include "b2a/identity/signature.hpp"

namespace b2a::identity {

/// What a verified signature is about to authorise.
enum class Use : std::uint8_t {
    read,          // harmless to repeat, unless the profile wants its nonces used once
    change,        // must not be repeated
    keyed_change,  // has an idempotency key that the signature covers: a repeat gets the kept answer
};

class ReplayCache {
  public:
    /// `started`: nothing that was signed before it was seen, so that a change without a key has to be signed after it.
    explicit ReplayCache(Timestamp started, std::size_t entries_max = limits::replay_entries_max);

    /// Remembers a signature. verified: it may be acted on; replayed; stale: too old to tell; overloaded: there is no
    /// room and a change is at stake. Time never goes back in here: what has expired once stays so, whatever the
    /// system's clock does.
    Verdict spend(Verification const& verification, Use use, Timestamp now);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::uint64_t refused() const noexcept { return refused_.load(std::memory_order_relaxed); }

  private:
    using Seconds = std::int64_t;
    static constexpr std::size_t shard_count = 16;
    static constexpr Seconds bucket_width = 16;
    static constexpr std::size_t bucket_count = 64;  // more than the longest life needs
    struct Hash {
        std::size_t operator()(Digest const& key) const noexcept;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<Digest, Digest, Hash> used;         // what was used → the signature it was used by
        std::array<std::vector<Digest>, bucket_count> ending;  // by when it may be forgotten
        Seconds cleared = 0;                                   // buckets before this one are empty
    };

    Seconds advance(Timestamp now) noexcept;
    Verdict remember(Verification const& verification, Use use, Seconds now, Seconds until);
    static void forget(Shard& shard, Seconds now);

    Seconds started_;
    std::size_t shard_entries_max_;
    std::atomic<std::int64_t> latest_us_;
    std::atomic<std::uint64_t> refused_{0};
    std::array<Shard, shard_count> shards_;
};

}  // namespace b2a::identity
