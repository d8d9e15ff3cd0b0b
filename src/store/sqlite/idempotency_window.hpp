// SPDX-License-Identifier: Apache-2.0
// Which idempotency keys are kept, and where. Keys are client-random, and a random B-tree halves the commit rate: so
// rows are appended, and this map in memory finds them. 24 bytes of payload a key; the row holds the rest. Written by
// the writer thread only, read by every Reader.
#pragma once

#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

#include "b2a/base/bytes.hpp"

namespace b2a::store::sqlite {

class IdempotencyWindow {
  public:
    /// The row that may hold `key`. Only half of the key is kept here: compare the row's own.
    [[nodiscard]] std::optional<std::uint64_t> find(Digest const& key) const {
        std::shared_lock const lock(mutex_);
        auto const found = rows_.find(half(key));
        return found == rows_.end() ? std::nullopt : std::optional(found->second);
    }
    void insert(Digest const& key, std::uint64_t seq) {
        std::unique_lock const lock(mutex_);
        rows_.insert_or_assign(half(key), seq);
    }
    void erase(Digest const& key) {
        std::unique_lock const lock(mutex_);
        rows_.erase(half(key));
    }
    [[nodiscard]] std::size_t size() const {
        std::shared_lock const lock(mutex_);
        return rows_.size();
    }

  private:
    struct Half {
        std::uint64_t a = 0, b = 0;
        friend bool operator==(Half const&, Half const&) = default;
    };
    struct Hash {
        std::size_t operator()(Half const& half) const noexcept { return half.a; }  // a digest is its own hash
    };
    static Half half(Digest const& key) noexcept {
        Half out;
        std::memcpy(&out.a, key.data(), sizeof out.a);
        std::memcpy(&out.b, key.data() + sizeof out.a, sizeof out.b);
        return out;
    }

    mutable std::shared_mutex mutex_;
    std::unordered_map<Half, std::uint64_t, Hash> rows_;
};

}  // namespace b2a::store::sqlite
