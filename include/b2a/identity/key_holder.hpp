// SPDX-License-Identifier: Apache-2.0
// The ring of our signing keys as the process has it now; swapped as a whole when keys are rotated.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "b2a/identity/keys.hpp"

namespace b2a::identity {

class KeyHolder {
  public:
    explicit KeyHolder(std::shared_ptr<KeyRing const> ring) : ring_(std::move(ring)) {}
    [[nodiscard]] std::shared_ptr<KeyRing const> current() const { return std::atomic_load(&ring_); }
    void replace(std::shared_ptr<KeyRing const> ring) {
        std::atomic_store(&ring_, std::move(ring));
        generation_.fetch_add(1, std::memory_order_acq_rel);
    }
    /// Moves with every replace(): what was rendered from the ring is stale then.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

  private:
    std::shared_ptr<KeyRing const> ring_;
    std::atomic<std::uint64_t> generation_{1};
};

}  // namespace b2a::identity
