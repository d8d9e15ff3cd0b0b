// SPDX-License-Identifier: Apache-2.0
// Stock levels of one snapshot: the only part of it that changes. Readers take atomics; writers take turns.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <vector>

#include "catalog/bits.hpp"

namespace b2a::catalog {

class LiveStock {
  public:
    LiveStock() = default;

    /// Before the snapshot is shared: everything untracked, thus available.
    void start(std::size_t variants, std::size_t products) {
        quantities_ = std::vector<std::atomic<std::int64_t>>(variants);
        for (auto& quantity : quantities_) quantity.store(untracked, std::memory_order_relaxed);
        available_ = std::vector<std::atomic<std::uint64_t>>(words_for(variants));
        for (std::size_t i = 0; i < variants; ++i)
            available_[i / 64].fetch_or(std::uint64_t{1} << (i % 64), std::memory_order_relaxed);
        epochs_ = std::vector<std::atomic<std::uint32_t>>(products);
    }

    [[nodiscard]] std::optional<std::int64_t> quantity(std::uint32_t variant) const noexcept {
        auto const value = quantities_[variant].load(std::memory_order_relaxed);
        return value == untracked ? std::nullopt : std::optional(value);
    }
    [[nodiscard]] bool in_stock(std::uint32_t variant) const noexcept {
        return (available_[variant / 64].load(std::memory_order_acquire) >> (variant % 64) & 1U) != 0;
    }
    [[nodiscard]] std::uint32_t epoch(std::uint32_t product) const noexcept {
        return epochs_[product].load(std::memory_order_acquire);
    }

    void set(std::uint32_t variant, std::uint32_t product, std::int64_t quantity) {
        std::scoped_lock const lock(writers_);
        quantities_[variant].store(std::max(quantity, untracked + 1), std::memory_order_relaxed);
        auto const bit = std::uint64_t{1} << (variant % 64);
        auto& word = available_[variant / 64];
        auto const before = quantity > 0 ? word.fetch_or(bit, std::memory_order_release)
                                         : word.fetch_and(~bit, std::memory_order_release);
        // After the flip: who reads the new epoch also sees the new availability.
        if (((before & bit) != 0) != (quantity > 0)) epochs_[product].fetch_add(1, std::memory_order_release);
    }

    void keep_available(WordSpan accepted) const noexcept {
        for (std::size_t i = 0; i < accepted.size(); ++i) accepted[i] &= available_[i].load(std::memory_order_relaxed);
    }

  private:
    static constexpr std::int64_t untracked = std::numeric_limits<std::int64_t>::min();

    std::mutex writers_;
    std::vector<std::atomic<std::int64_t>> quantities_;  // by variant
    std::vector<std::atomic<std::uint64_t>> available_;  // one bit per variant
    std::vector<std::atomic<std::uint32_t>> epochs_;     // by product
};

}  // namespace b2a::catalog
