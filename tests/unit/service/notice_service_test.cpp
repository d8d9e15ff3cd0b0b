// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"
#include "b2a/crypto/random.hpp"
#include "b2a/service/notices.hpp"
#include "b2a/store/sqlite.hpp"

#include "support/run_coro.hpp"

namespace b2a::service::testing {
namespace {

using store::Notice;
using store::NoticeState;

std::shared_ptr<policy::RuleSet const> default_policy() {
    std::ifstream in(B2A_SOURCE_DIR "/config/policies/default.toml", std::ios::binary);
    std::stringstream source;
    source << in.rdbuf();
    return policy::RuleSet::load(source.str(), "default.toml").value();
}

class NoticeServiceTest : public ::testing::Test {
  protected:
    RequestContext context(std::string id, policy::TrustLevel trust, policy::Protocol protocol) {
        RequestContext out;
        out.id = RequestId::make(now, *random);
        out.principal = {std::move(id), trust, protocol, "", false, {}};
        out.now = now;
        out.deadline = Deadline::max();
        return out;
    }
    RequestContext operator_() { return context("operator", policy::TrustLevel::operator_, policy::Protocol::admin); }
    RequestContext agent() {
        return context("https://agent.example/", policy::TrustLevel::registered, policy::Protocol::ucp);
    }

    NoticeId add(std::string subject) {
        Notice notice;
        notice.id = NoticeId::make(now, *random);
        notice.subject = std::move(subject);
        notice.target = "https://platform.example/hook";
        notice.dialect = "one";
        notice.body = "{}";
        notice.created = now;
        notice.due = now;
        store::ChangeSet changes;
        changes.now = now;
        changes.notices.push_back(notice);
        changes.events.emplace_back().type = "order.placed";
        EXPECT_TRUE(store::commit_blocking(*shop, std::move(changes), Deadline::max()));
        return notice.id;
    }
    NoticeId add_dead(std::string subject) {
        auto const id = add(std::move(subject));
        EXPECT_TRUE(shop->note_progress({{id, NoticeState::dead, 7, now, "410"}}));
        return id;
    }
    std::vector<Notice> listed(NoticeState state) { return service.list(operator_(), state, 1000).value(); }
    Result<store::Receipt> replay(RequestContext by, std::vector<NoticeId> ids) {
        return test::run(service.replay(std::move(by), ReplayNotices{std::move(ids)}));
    }
    /// Audit entries that hold `text`.
    std::size_t entries(std::string const& text) {
        auto const all = reader->audit_entries(0, 1000).value();
        return static_cast<std::size_t>(
            std::ranges::count_if(all, [&](auto const& entry) { return entry.body.find(text) != std::string::npos; }));
    }

    Timestamp const now = from_micros(1'800'000'000'000'000);
    std::unique_ptr<Random> random = crypto::seeded_random(7);
    std::unique_ptr<store::Store> shop = store::make_memory_store();
    std::unique_ptr<store::Reader> reader = shop->open_reader().value();
    PolicyHolder rules{default_policy()};
    Limiter limiter;
    PolicyCounters counters;
    Governance governance{rules, limiter, *random, counters};
    NoticeService service{*shop, *reader, governance};
};

TEST_F(NoticeServiceTest, TheOperatorSeesThemByState) {
    auto const dead = add_dead("ord_1");
    auto const pending = add("ord_2");
    ASSERT_EQ(listed(NoticeState::dead).size(), 1U);
    EXPECT_EQ(listed(NoticeState::dead)[0].id, dead);
    EXPECT_EQ(listed(NoticeState::dead)[0].last_result, "410");
    EXPECT_EQ(listed(NoticeState::pending)[0].id, pending);
    EXPECT_TRUE(listed(NoticeState::delivered).empty());
    EXPECT_EQ(service.list(agent(), NoticeState::dead, 10).error().code, Code::policy_denied);
}

TEST_F(NoticeServiceTest, AListIsAPageAtMost) {
    for (std::size_t i = 0; i < limits::page_size_max + 1; ++i) add("ord_" + std::to_string(i));
    EXPECT_EQ(listed(NoticeState::pending).size(), limits::page_size_max);
    EXPECT_EQ(service.list(operator_(), NoticeState::pending, 3)->size(), 3U);
}

TEST_F(NoticeServiceTest, AReplayMakesThemPendingWithEvidence) {
    auto const first = add_dead("ord_1");
    auto const second = add_dead("ord_2");
    ASSERT_TRUE(replay(operator_(), {first, second, first}));
    EXPECT_TRUE(listed(NoticeState::dead).empty());
    auto const pending = listed(NoticeState::pending);
    ASSERT_EQ(pending.size(), 2U);
    EXPECT_EQ(pending[0].attempts, 0U);
    EXPECT_EQ(pending[0].due, now);
    EXPECT_EQ(entries("\"notice.replayed\""), 2U);
    EXPECT_EQ(entries(first.text()), 1U);
    EXPECT_EQ(entries(second.text()), 1U);
}

TEST_F(NoticeServiceTest, AReplayWakesTheOutbox) {
    int woken = 0;
    shop->on_notice([&] { ++woken; });
    auto const id = add_dead("ord_1");
    EXPECT_EQ(woken, 1);
    ASSERT_TRUE(replay(operator_(), {id}));
    EXPECT_EQ(woken, 2);
}

TEST_F(NoticeServiceTest, AnUnknownOneFailsAll) {
    auto const known = add_dead("ord_1");
    EXPECT_EQ(replay(operator_(), {known, NoticeId::make(now, *random)}).error().code, Code::not_found);
    EXPECT_EQ(listed(NoticeState::dead).size(), 1U);
    EXPECT_EQ(entries("\"notice.replayed\""), 0U);
}

TEST_F(NoticeServiceTest, AgentsAreRefusedWithEvidence) {
    auto const id = add_dead("ord_1");
    EXPECT_EQ(replay(agent(), {id}).error().code, Code::policy_denied);
    EXPECT_EQ(listed(NoticeState::dead).size(), 1U);
    EXPECT_EQ(entries("\"request.refused\""), 1U);
    EXPECT_EQ(entries(id.text()), 1U);
}

TEST_F(NoticeServiceTest, ARequestNamesBetweenOneAndAPage) {
    EXPECT_EQ(replay(operator_(), {}).error().code, Code::invalid_request);
    EXPECT_EQ(replay(operator_(), std::vector<NoticeId>(limits::page_size_max + 1)).error().code,
              Code::invalid_request);
}

}  // namespace
}  // namespace b2a::service::testing
