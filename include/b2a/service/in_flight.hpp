// SPDX-License-Identifier: Apache-2.0
// Which idempotency keys are being worked on now, over all threads: a protocol that says "the first one still runs"
// (ACP) asks here before it begins. Nothing is decided by it: two that ran at once would still be one effect in the
// store.
#pragma once

#include <cstddef>
#include <mutex>
#include <unordered_set>
#include <utility>

#include "b2a/base/bytes.hpp"
#include "b2a/base/result.hpp"

namespace b2a::service {

inline constexpr std::size_t keys_in_flight_max = 65'536;  // far more than connections there may be

class InFlight {
  public:
    explicit InFlight(std::size_t keys_max = keys_in_flight_max) : keys_max_(keys_max) {}

    /// A key's place; it is free again when this ends. The table must outlive it.
    class Seat {
      public:
        Seat(Seat&& other) noexcept : table_(std::exchange(other.table_, nullptr)), key_(other.key_) {}
        Seat& operator=(Seat&&) = delete;
        ~Seat() {
            if (table_ != nullptr) table_->leave(key_);
        }

      private:
        friend class InFlight;
        Seat(InFlight* table, Digest const& key) : table_(table), key_(key) {}
        InFlight* table_;
        Digest key_;
    };

    /// Errors: conflict with the reason "idempotency_in_flight" while somebody else has the place, overloaded when all
    /// places are taken; both say when to try again. Thread-safe.
    Result<Seat> enter(Digest const& key);
    [[nodiscard]] std::size_t size() const;

  private:
    /// Keys are SHA-256 digests: any of their bytes are as good as a hash of them.
    struct First {
        std::size_t operator()(Digest const& key) const noexcept;
    };
    void leave(Digest const& key);

    std::size_t keys_max_;
    mutable std::mutex mutex_;
    std::unordered_set<Digest, First> keys_;
};

}  // namespace b2a::service
