// SPDX-License-Identifier: Apache-2.0
#include "b2a/identity/replay_cache.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "b2a/crypto/hash.hpp"

namespace b2a::identity {
namespace {

constexpr std::int64_t start = 1'800'000'000;

Timestamp at(std::int64_t seconds) {
    return Timestamp(std::chrono::seconds(seconds));
}

Verification proof(std::string nonce, std::int64_t created, std::optional<std::int64_t> expires = std::nullopt) {
    Verification out;
    out.verdict = Verdict::verified;
    out.thumbprint = "key";
    out.profile = &ucp_profile;
    out.signature = crypto::sha256(nonce + std::to_string(created));
    out.nonce = std::move(nonce);
    out.created = created;
    out.expires = expires;
    return out;
}

TEST(ReplayCache, AChangeIsMadeOnce) {
    ReplayCache cache(at(start));
    auto const one = proof("n", start + 1);
    EXPECT_EQ(cache.spend(one, Use::change, at(start + 1)), Verdict::verified);
    EXPECT_EQ(cache.spend(one, Use::change, at(start + 1)), Verdict::replayed);
    EXPECT_EQ(cache.spend(proof("n", start + 2), Use::change, at(start + 2)), Verdict::replayed) << "the nonce";
    auto other = one;
    other.thumbprint = "another key";
    EXPECT_EQ(cache.spend(other, Use::change, at(start + 1)), Verdict::verified) << "nonces are a key's own";
    EXPECT_EQ(cache.refused(), 2U);
}

TEST(ReplayCache, WithoutANonceTheSignatureCounts) {
    ReplayCache cache(at(start));
    auto one = proof("", start + 1);
    EXPECT_EQ(cache.spend(one, Use::change, at(start + 1)), Verdict::verified);
    EXPECT_EQ(cache.spend(one, Use::change, at(start + 1)), Verdict::replayed);
    one.signature = crypto::sha256(std::string_view("other"));
    EXPECT_EQ(cache.spend(one, Use::change, at(start + 1)), Verdict::verified);
}

TEST(ReplayCache, ReadsMayRepeatUnlessTheProfileSaysOtherwise) {
    ReplayCache cache(at(start));
    auto one = proof("n", start + 1, start + 100);
    EXPECT_EQ(cache.spend(one, Use::read, at(start + 1)), Verdict::verified);
    EXPECT_EQ(cache.spend(one, Use::read, at(start + 1)), Verdict::verified);
    EXPECT_EQ(cache.size(), 0U);
    one.profile = &visa_tap_profile;
    EXPECT_EQ(cache.spend(one, Use::read, at(start + 1)), Verdict::verified);
    EXPECT_EQ(cache.spend(one, Use::read, at(start + 1)), Verdict::replayed);
}

TEST(ReplayCache, AKeyedRepeatIsForTheKeptAnswer) {
    ReplayCache cache(at(start));
    auto const one = proof("n", start - 3600);
    EXPECT_EQ(cache.spend(one, Use::keyed_change, at(start + 1)), Verdict::verified) << "signed before the start";
    EXPECT_EQ(cache.spend(one, Use::keyed_change, at(start + 1)), Verdict::verified);
    auto const fresh = proof("m", start + 1);
    EXPECT_EQ(cache.spend(fresh, Use::keyed_change, at(start + 1)), Verdict::verified);
    EXPECT_EQ(cache.spend(fresh, Use::keyed_change, at(start + 1)), Verdict::verified) << "byte for byte the same";
    EXPECT_EQ(cache.spend(proof("m", start + 2), Use::keyed_change, at(start + 2)), Verdict::replayed)
        << "the nonce on another request";
    auto const ancient = proof("a", start - limits::idempotency_ttl.count() * 3600 - 10);
    EXPECT_EQ(cache.spend(ancient, Use::keyed_change, at(start)), Verdict::stale) << "its answer is not kept any more";
}

TEST(ReplayCache, AChangeNeedsAFreshSignature) {
    ReplayCache cache(at(start));
    EXPECT_EQ(cache.spend(proof("a", start - 1), Use::change, at(start)), Verdict::stale) << "before the start";
    EXPECT_EQ(cache.spend(proof("b", start), Use::change, at(start)), Verdict::verified);
    auto undated = proof("c", start);
    undated.created.reset();
    EXPECT_EQ(cache.spend(undated, Use::change, at(start)), Verdict::stale);
    EXPECT_EQ(cache.spend(undated, Use::keyed_change, at(start)), Verdict::verified);
    EXPECT_EQ(cache.spend(proof("d", start), Use::change, at(start + 899)), Verdict::verified);
    EXPECT_EQ(cache.spend(proof("e", start), Use::change, at(start + 900)), Verdict::stale);
    ReplayCache later(at(start) + std::chrono::microseconds(1));
    EXPECT_EQ(later.spend(proof("f", start), Use::change, at(start + 1)), Verdict::stale)
        << "the second in which the process started is half unseen";
}

TEST(ReplayCache, WhatExpiredIsForgotten) {
    ReplayCache cache(at(start));
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(cache.spend(proof(std::to_string(i), start, start + 10), Use::change, at(start)), Verdict::verified);
    EXPECT_EQ(cache.size(), 100U);
    EXPECT_EQ(cache.spend(proof("last", start + 100), Use::change, at(start + 100)), Verdict::verified);
    EXPECT_EQ(cache.size(), 1U);
    EXPECT_EQ(cache.spend(proof("far", start + 1'000'000), Use::change, at(start + 1'000'000)), Verdict::verified);
    EXPECT_EQ(cache.size(), 1U);
}

TEST(ReplayCache, AStepBackOfTheClockReadmitsNothing) {
    ReplayCache cache(at(start));
    auto const one = proof("n", start + 1, start + 301);
    EXPECT_EQ(cache.spend(one, Use::change, at(start + 1)), Verdict::verified);
    EXPECT_EQ(cache.spend(proof("later", start + 500), Use::change, at(start + 500)), Verdict::verified);
    EXPECT_EQ(cache.size(), 1U) << "the first one has expired and is forgotten";
    EXPECT_EQ(cache.spend(one, Use::change, at(start + 2)), Verdict::stale);
    EXPECT_EQ(cache.spend(one, Use::change, at(start - 3600)), Verdict::stale);
}

TEST(ReplayCache, FullItIsClosedForChangesAndOpenForReads) {
    ReplayCache cache(at(start), 32);  // two a shard, and one key has one shard
    EXPECT_EQ(cache.spend(proof("a", start), Use::change, at(start)), Verdict::verified);
    EXPECT_EQ(cache.spend(proof("b", start), Use::change, at(start)), Verdict::verified);
    EXPECT_EQ(cache.spend(proof("c", start), Use::change, at(start)), Verdict::overloaded);
    EXPECT_EQ(cache.spend(proof("a", start), Use::change, at(start)), Verdict::replayed) << "it still knows";
    auto read = proof("d", start, start + 100);
    read.profile = &visa_tap_profile;
    EXPECT_EQ(cache.spend(read, Use::read, at(start)), Verdict::verified);
    EXPECT_EQ(cache.spend(proof("c", start + 1000), Use::change, at(start + 1000)), Verdict::verified) << "room again";
}

TEST(ReplayCache, OfManyAtOnceOneIsFirst) {
    ReplayCache cache(at(start));
    std::atomic<int> first{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n)
                if (cache.spend(proof(std::to_string(n), start), Use::change, at(start)) == Verdict::verified) ++first;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(first, 200);
}

}  // namespace
}  // namespace b2a::identity
