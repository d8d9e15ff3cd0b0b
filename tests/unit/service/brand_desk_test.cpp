// SPDX-License-Identifier: Apache-2.0
// What the brand's people read that agents never see again, and what they send to other systems.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "b2a/crypto/random.hpp"
#include "b2a/service/attribution.hpp"
#include "b2a/service/feed.hpp"
#include "b2a/store/sqlite.hpp"

#include "support/run_coro.hpp"

namespace b2a::service::testing {
namespace {

std::shared_ptr<policy::RuleSet const> default_policy() {
    std::ifstream in(B2A_SOURCE_DIR "/config/policies/default.toml", std::ios::binary);
    std::stringstream source;
    source << in.rdbuf();
    return policy::RuleSet::load(source.str(), "default.toml").value();
}

class BrandDesk : public ::testing::Test {
  protected:
    RequestContext context(std::string id, policy::TrustLevel trust, policy::Protocol protocol) {
        RequestContext out;
        out.id = RequestId::make(now, *random);
        out.principal.id = std::move(id);
        out.principal.trust = trust;
        out.principal.protocol = protocol;
        out.now = now;
        out.deadline = Deadline::max();
        return out;
    }
    RequestContext operator_() { return context("operator", policy::TrustLevel::operator_, policy::Protocol::cli); }
    RequestContext agent() {
        return context("https://agent.example/", policy::TrustLevel::registered, policy::Protocol::acp);
    }
    void keep(store::RecordKind kind, std::string id, std::string body) {
        store::ChangeSet changes;
        changes.now = now;
        changes.records.push_back({kind, std::move(id), 0, 30'000, std::move(body), false});
        changes.events.emplace_back().type = "checkout.completed";
        EXPECT_TRUE(store::commit_blocking(*shop, std::move(changes), Deadline::max()));
    }
    std::vector<std::string> log() {
        std::vector<std::string> out;
        for (auto& entry : reader->audit_entries(0, 100).value()) out.push_back(std::move(entry.body));
        return out;
    }

    Timestamp now = from_micros(1'800'000'000'000'000);
    std::unique_ptr<Random> random = crypto::seeded_random(7);
    std::unique_ptr<store::Store> shop = store::make_memory_store();
    std::unique_ptr<store::Reader> reader = shop->open_reader().value();
    PolicyHolder rules{default_policy()};
    Limiter limiter;
    PolicyCounters counters;
    Governance governance{rules, limiter, *random, counters};
    FeedService feeds{*shop, governance};
};

TEST_F(BrandDesk, WhatAgentsLeftIsForOperatorsOnly) {
    auto const id = CheckoutId::make(now, *random);
    keep(store::RecordKind::touchpoint, id.text() + "/first", R"({"provider":"a"})");
    keep(store::RecordKind::touchpoint, id.text() + "/last", R"({"provider":"b"})");
    keep(store::RecordKind::intent_trace, id.text(), R"({"reason_code":"other"})");
    EXPECT_EQ(read_attribution(agent(), governance, *reader, id).error().code, Code::policy_denied);
    auto const found = read_attribution(operator_(), governance, *reader, id).value();
    EXPECT_EQ(found.first_touchpoint, R"({"provider":"a"})");
    EXPECT_EQ(found.last_touchpoint, R"({"provider":"b"})");
    EXPECT_EQ(found.intent_trace, R"({"reason_code":"other"})");
}

TEST_F(BrandDesk, NothingBesideACheckoutIsNoCheckoutMissing) {
    auto const id = CheckoutId::make(now, *random);
    EXPECT_EQ(read_attribution(operator_(), governance, *reader, id).error().code, Code::not_found);
    store::ChangeSet changes;
    changes.now = now;
    changes.checkout.emplace();
    changes.checkout->checkout.id = id;
    changes.events.emplace_back().type = "checkout.created";
    ASSERT_TRUE(store::commit_blocking(*shop, std::move(changes), Deadline::max()));
    EXPECT_TRUE(read_attribution(operator_(), governance, *reader, id).value().empty());
}

TEST_F(BrandDesk, APushIsOnRecordBeforeItBeginsAndWhenItEnds) {
    auto proof = test::run(feeds.begin(operator_(), {"agent.example", 7, 250}));
    ASSERT_TRUE(proof) << proof.error().detail;
    ASSERT_EQ(log().size(), 1U);
    EXPECT_NE(log()[0].find(R"("type":"feed.push_begun")"), std::string::npos) << log()[0];
    for (auto const* text : {R"("to":"agent.example")", R"("revision":"7")", R"("products":"250")", "catalog.publish"})
        EXPECT_NE(log()[0].find(text), std::string::npos) << text;
    ASSERT_TRUE(test::run(feeds.finish(operator_(), *proof, {"feed_1", 250, 3, 1, true})));
    EXPECT_NE(log().at(1).find(R"("type":"feed.pushed")"), std::string::npos);
    EXPECT_NE(log().at(1).find(R"("feed":"feed_1")"), std::string::npos);
    ASSERT_TRUE(test::run(feeds.finish(operator_(), *proof, {"feed_1", 100, 1, 5, false})));
    EXPECT_NE(log().at(2).find(R"("type":"feed.push_failed")"), std::string::npos);
}

TEST_F(BrandDesk, WhoMayNotPublishMayNotPush) {
    auto const refused = test::run(feeds.begin(agent(), {"agent.example", 7, 250}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied);
    ASSERT_EQ(log().size(), 1U);
    EXPECT_EQ(log()[0].find("feed."), std::string::npos) << "the refusal is what there is to tell";
}

}  // namespace
}  // namespace b2a::service::testing
