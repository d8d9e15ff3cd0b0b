// SPDX-License-Identifier: Apache-2.0
#include "b2a/identity/replay_cache.hpp"

#include <algorithm>
#include <cstring>

#include "b2a/crypto/hash.hpp"

namespace b2a::identity {
namespace {

constexpr std::int64_t micros = 1'000'000;

constexpr std::int64_t seconds_of(std::chrono::seconds duration) {
    return duration.count();
}

/// A key's nonce, or without one the signature itself, whose bytes are as good: it is bound to its whole request.
Digest what_is_used(Verification const& verification) {
    thread_local crypto::Sha256 hash;
    hash.update(verification.thumbprint);
    if (verification.nonce.empty())
        return hash.update("\nsignature\n").update(ByteView(verification.signature)).finish();
    return hash.update("\nnonce\n").update(verification.nonce).finish();
}

}  // namespace

std::size_t ReplayCache::Hash::operator()(Digest const& key) const noexcept {
    std::size_t out = 0;
    std::memcpy(&out, key.data(), sizeof out);
    return out;
}

ReplayCache::ReplayCache(Timestamp started, std::size_t entries_max) :
    started_((to_micros(started) + micros - 1) / micros),
    shard_entries_max_(std::max<std::size_t>(1, entries_max / shard_count)),
    latest_us_(to_micros(started)) {}

ReplayCache::Seconds ReplayCache::advance(Timestamp now) noexcept {
    auto const mine = to_micros(now);
    auto latest = latest_us_.load(std::memory_order_relaxed);
    while (latest < mine && !latest_us_.compare_exchange_weak(latest, mine, std::memory_order_relaxed)) {}
    return std::max(latest, mine) / micros;
}

Verdict ReplayCache::spend(Verification const& verification, Use use, Timestamp now) {
    auto const seconds = advance(now);
    bool const asked = use != Use::read || (verification.profile != nullptr && verification.profile->nonce_always);
    if (!asked) return Verdict::verified;
    auto const created = verification.created;
    auto until = created.value_or(seconds) + seconds_of(limits::signature_replay_life);
    if (verification.expires) until = std::min(until, *verification.expires + seconds_of(limits::signature_skew) + 1);
    // Without `created` nobody can say how old it is; what came before this process is not remembered here.
    bool const fresh = created && *created >= started_ && seconds < until;
    if (use == Use::change && !fresh) return Verdict::stale;
    if (use == Use::keyed_change) {
        // The kept answer makes a repeat harmless, as long as it is kept.
        if (created && *created + seconds_of(limits::idempotency_ttl) <= seconds) return Verdict::stale;
        if (seconds >= until) return Verdict::verified;
    }
    if (use == Use::read && seconds >= until) return Verdict::stale;
    return remember(verification, use, seconds, until);
}

Verdict ReplayCache::remember(Verification const& verification, Use use, Seconds now, Seconds until) {
    auto const key = what_is_used(verification);
    auto const by_key = std::hash<std::string>()(verification.thumbprint);
    auto& shard = shards_.at(by_key % shard_count);
    std::scoped_lock const lock(shard.mutex);
    forget(shard, now);
    if (auto const known = shard.used.find(key); known != shard.used.end()) {
        if (use == Use::keyed_change && known->second == verification.signature) return Verdict::verified;
        refused_.fetch_add(1, std::memory_order_relaxed);
        return Verdict::replayed;
    }
    if (shard.used.size() >= shard_entries_max_) return use == Use::read ? Verdict::verified : Verdict::overloaded;
    shard.used.emplace(key, verification.signature);
    shard.ending.at(static_cast<std::size_t>(until / bucket_width) % bucket_count).push_back(key);
    return Verdict::verified;
}

void ReplayCache::forget(Shard& shard, Seconds now) {
    auto const current = now / bucket_width;
    auto const first = std::max<Seconds>(shard.cleared, current - static_cast<Seconds>(bucket_count));
    for (auto bucket = first; bucket < current; ++bucket) {
        auto& ending = shard.ending.at(static_cast<std::size_t>(bucket) % bucket_count);
        for (auto const& key : ending) shard.used.erase(key);
        ending.clear();
    }
    shard.cleared = std::max(shard.cleared, current);
}

std::size_t ReplayCache::size() const {
    std::size_t out = 0;
    for (auto const& shard : shards_) {
        std::scoped_lock const lock(shard.mutex);
        out += shard.used.size();
    }
    return out;
}

}  // namespace b2a::identity
