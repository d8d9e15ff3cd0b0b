// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/limiter.hpp"

#include <algorithm>
#include <vector>

#include "b2a/base/limits.hpp"

namespace b2a::service {
namespace {

constexpr std::int64_t nanos_per_second = 1'000'000'000;

}  // namespace

void Limiter::make_room(Shard& shard, Nanos now) {
    // A caller whose allowance is whole again is the same as one never seen.
    std::erase_if(shard.whole_at, [now](auto const& entry) { return entry.second <= now; });
    auto const capacity = limits::rate_limit_callers_max / 16;
    if (shard.whole_at.size() < capacity - capacity / 8) return;
    // Under a flood of identities the quarter that used least is forgotten; they gain least by it.
    std::vector<Nanos> instants;
    instants.reserve(shard.whole_at.size());
    for (auto const& entry : shard.whole_at) instants.push_back(entry.second);
    auto const quarter = instants.begin() + static_cast<std::ptrdiff_t>(instants.size() / 4);
    std::nth_element(instants.begin(), quarter, instants.end());
    std::erase_if(shard.whole_at, [bound = *quarter](auto const& entry) { return entry.second <= bound; });
}

std::optional<std::chrono::seconds> Limiter::count(std::string_view limit, std::string_view who, std::int64_t allowance,
                                                   std::chrono::seconds window, Timestamp now_at) {
    auto const now = to_micros(now_at) * 1000;
    auto const span = static_cast<Nanos>(window.count()) * nanos_per_second;
    auto const step = std::max<Nanos>(span / std::max<std::int64_t>(allowance, 1), 1);
    KeyView const key{limit, who};
    auto& shard = shards_[(Hash{}(key) >> 7U) % shards_.size()];

    std::lock_guard const lock(shard.mutex);
    auto found = shard.whole_at.find(key);
    if (found == shard.whole_at.end()) {
        if (shard.whole_at.size() >= limits::rate_limit_callers_max / 16) make_room(shard, now);
        found = shard.whole_at.emplace(Key{std::string(limit), std::string(who)}, now).first;
    }
    // Never further than one window ahead, so that a clock set back locks nobody out for longer than that.
    found->second = std::clamp(found->second, now, now + span);
    auto const next = found->second + step;
    if (allowance < 1 || next > now + span) {
        auto const wait = allowance < 1 ? span : next - now - span;
        return std::chrono::seconds(std::max<std::int64_t>(1, (wait + nanos_per_second - 1) / nanos_per_second));
    }
    found->second = next;
    return std::nullopt;
}

std::size_t Limiter::size() const {
    std::size_t sum = 0;
    for (auto const& shard : shards_) {
        std::lock_guard const lock(shard.mutex);
        sum += shard.whole_at.size();
    }
    return sum;
}

}  // namespace b2a::service
