// SPDX-License-Identifier: Apache-2.0
// What governs now: the active rules, a set that is only tried out beside them, and the stops. Swapped as a whole, read
// by every lane.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "b2a/policy/ruleset.hpp"
#include "b2a/policy/stop.hpp"

namespace b2a::service {

struct ActivePolicy {
    std::shared_ptr<policy::RuleSet const> rules;   // never null
    std::shared_ptr<policy::RuleSet const> shadow;  // judged and recorded, never applied; null: none
    std::vector<policy::Stop> stops;
};

class PolicyHolder {
  public:
    explicit PolicyHolder(std::shared_ptr<policy::RuleSet const> rules) :
        active_(std::make_shared<ActivePolicy const>(ActivePolicy{std::move(rules), nullptr, {}})) {}

    [[nodiscard]] std::shared_ptr<ActivePolicy const> active() const { return std::atomic_load(&active_); }
    [[nodiscard]] std::shared_ptr<policy::RuleSet const> current() const { return active()->rules; }

    void replace(std::shared_ptr<policy::RuleSet const> rules) {
        change([&](ActivePolicy& next) { next.rules = std::move(rules); });
    }
    void replace_shadow(std::shared_ptr<policy::RuleSet const> rules) {
        change([&](ActivePolicy& next) { next.shadow = std::move(rules); });
    }
    void replace_stops(std::vector<policy::Stop> stops) {
        change([&](ActivePolicy& next) { next.stops = std::move(stops); });
    }
    /// Moves with every replacement: a lane refreshes its own pointer only then.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

  private:
    template <class Change>
    void change(Change const& apply) {
        std::scoped_lock const lock(mutex_);
        auto next = std::make_shared<ActivePolicy>(*active());
        apply(*next);
        std::atomic_store(&active_, std::shared_ptr<ActivePolicy const>(std::move(next)));
        generation_.fetch_add(1, std::memory_order_acq_rel);
    }

    std::mutex mutex_;  // of those who replace
    std::shared_ptr<ActivePolicy const> active_;
    std::atomic<std::uint64_t> generation_{1};
};

}  // namespace b2a::service
