// SPDX-License-Identifier: Apache-2.0
// Rate limits over the whole process, by the generic cell rate algorithm: one instant per (limit, caller) says when the
// allowance will be whole again. Sharded, so that lanes rarely meet; bounded, because callers can invent identities.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "b2a/base/time.hpp"

namespace b2a::service {

class Limiter {
  public:
    /// Counts one request of `who` against the limit. nullopt: within it; else how long to wait. Known callers cost no
    /// allocation.
    std::optional<std::chrono::seconds> count(std::string_view limit, std::string_view who, std::int64_t allowance,
                                              std::chrono::seconds window, Timestamp now);
    /// Callers remembered, for tests and metrics.
    [[nodiscard]] std::size_t size() const;

  private:
    struct KeyView {
        std::string_view limit, who;
    };
    struct Key {
        std::string limit, who;
        operator KeyView() const noexcept { return {limit, who}; }  // NOLINT(*-explicit-*)
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(KeyView key) const noexcept {
            std::hash<std::string_view> const hash;
            return hash(key.who) ^ (hash(key.limit) * 0x9e3779b97f4a7c15ULL);
        }
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(KeyView a, KeyView b) const noexcept { return a.who == b.who && a.limit == b.limit; }
    };
    using Nanos = std::int64_t;
    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<Key, Nanos, Hash, Equal> whole_at;
    };

    static void make_room(Shard& shard, Nanos now);

    std::array<Shard, 16> shards_;
};

}  // namespace b2a::service
