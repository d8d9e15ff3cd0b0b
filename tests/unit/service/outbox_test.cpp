// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"
#include "b2a/service/notices.hpp"

#include "unit/service/notice_port.hpp"
#include "unit/service/notice_shelf.hpp"
#include "unit/service/outbound_script.hpp"

namespace b2a::service::testing {
namespace {

using namespace std::chrono_literals;
using store::Notice;
using store::NoticeState;

class OutboxTest : public ::testing::Test {
  protected:
    ~OutboxTest() override { outbox.reset(); }

    void start() {
        outbox = std::make_unique<Outbox>(
            Outbox::Parts{shelf, shelf.open_reader().value(), notices, outbound, clock, random, 1s});
        outbox->start();
    }
    Notice notice(std::string subject, std::string target = "https://platform.example/hook") {
        Notice out;
        out.id = NoticeId::make(clock.now(), random);
        out.subject = std::move(subject);
        out.target = std::move(target);
        out.dialect = "one";
        out.body = "{\"order\":\"" + out.subject + "\"}";
        out.created = clock.now();
        out.due = clock.now();
        return out;
    }
    NoticeId add(std::string subject, std::string target = "https://platform.example/hook") {
        auto one = notice(std::move(subject), std::move(target));
        auto const id = one.id;
        shelf.add(std::move(one));
        return id;
    }
    void await_state(NoticeId const& id, NoticeState state) {
        shelf.await([&](auto const& all) { return std::ranges::find(all, id, &Notice::id)->state == state; });
    }
    void await_attempts(NoticeId const& id, std::uint32_t attempts) {
        shelf.await([&](auto const& all) { return std::ranges::find(all, id, &Notice::id)->attempts >= attempts; });
    }
    void answer(Result<web::OutboundReply> with) {
        std::scoped_lock const lock(mutex);
        reply = std::move(with);
    }
    void answer(int status) { answer(web::OutboundReply{status, {}, ""}); }

    FakeClock clock;
    SeededRandom random;
    NoticeShelf shelf;
    OrderNotices notices = two_protocols();
    std::mutex mutex;
    Result<web::OutboundReply> reply = web::OutboundReply{204, {}, ""};
    ScriptedOutbound outbound{[this](web::OutboundRequest const&) {
        std::scoped_lock const lock(mutex);
        return reply;
    }};
    std::unique_ptr<Outbox> outbox;
};

TEST_F(OutboxTest, SendsWhatIsThereAtTheStartAndWhatComes) {
    auto const before = add("ord_1");
    start();
    await_state(before, NoticeState::delivered);
    auto const after = add("ord_1");
    await_state(after, NoticeState::delivered);
    EXPECT_EQ(shelf.at(after).attempts, 1U);
    EXPECT_EQ(shelf.at(after).last_result, "204");
    EXPECT_EQ(outbox->stats().delivered, 2U);
    EXPECT_EQ(outbox->stats().failed_attempts, 0U);
    auto const sent = outbound.sent();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].url, "https://platform.example/hook");
    EXPECT_EQ(sent[0].body, "{\"order\":\"ord_1\"}");
    EXPECT_EQ(sent[0].headers[0].second, before.text());
}

TEST_F(OutboxTest, AFailureWaitsAndIsTriedAgainUnderTheSameId) {
    start();
    answer(503);
    auto const id = add("ord_1");
    await_attempts(id, 1);
    auto const failed = shelf.at(id);
    EXPECT_EQ(failed.state, NoticeState::pending);
    EXPECT_EQ(failed.last_result, "503");
    EXPECT_GE(failed.due, clock.now() + 500ms);
    EXPECT_LE(failed.due, clock.now() + 1s);
    answer(204);
    outbox->wake();
    auto const other = add("ord_2");
    await_state(other, NoticeState::delivered);
    EXPECT_EQ(shelf.at(id).attempts, 1U) << "it is not due";
    clock.advance(1s);
    outbox->wake();
    await_state(id, NoticeState::delivered);
    EXPECT_EQ(shelf.at(id).attempts, 2U);
    EXPECT_EQ(outbox->stats().failed_attempts, 1U);
    auto const sent = outbound.sent();
    EXPECT_EQ(sent.front().headers[0], sent.back().headers[0]);
    EXPECT_NE(sent.front().headers[1], sent.back().headers[1]) << "signed at each attempt";
}

TEST_F(OutboxTest, ErrorsOfTheNetworkAndOtherStatusesAreFailuresToo) {
    start();
    auto const id = add("ord_1", "https://platform.example/first");
    await_state(id, NoticeState::delivered);
    for (auto const& [with, text] : std::vector<std::pair<Result<web::OutboundReply>, std::string>>{
             {outbound_failure("timeout"), "timeout"},
             {outbound_failure("address_not_admitted"), "address_not_admitted"},
             {web::OutboundReply{404, {}, ""}, "404"},
             {web::OutboundReply{302, {}, ""}, "302"},
             {web::OutboundReply{400, {}, ""}, "400"}}) {
        answer(with);
        auto const one = add("ord_" + text);
        await_attempts(one, 1);
        EXPECT_EQ(shelf.at(one).state, NoticeState::pending) << text;
        EXPECT_EQ(shelf.at(one).last_result, text);
    }
}

TEST_F(OutboxTest, GoneIsFinalAndFreesTheSubject) {
    start();
    answer(410);
    auto const id = add("ord_1");
    await_state(id, NoticeState::dead);
    answer(204);
    auto const next = add("ord_1");
    await_state(next, NoticeState::delivered);
    EXPECT_EQ(outbox->stats().dead, 1U);
    EXPECT_EQ(shelf.at(id).last_result, "410");
}

TEST_F(OutboxTest, AFailureAfterADayIsTheLast) {
    start();
    answer(500);
    auto const id = add("ord_1");
    auto const next = add("ord_1");
    await_attempts(id, 1);
    clock.advance(limits::notice_life - 1s);
    outbox->wake();
    await_attempts(id, 2);
    EXPECT_EQ(shelf.at(id).state, NoticeState::pending);
    clock.advance(2s);
    outbox->wake();
    await_state(id, NoticeState::dead);
    EXPECT_EQ(shelf.at(id).attempts, 3U);
    await_attempts(next, 1);
}

TEST_F(OutboxTest, BeingOverloadedIsNoAttempt) {
    start();
    answer(outbound_failure("overloaded"));
    auto const id = add("ord_1");
    shelf.await([&](auto const& all) { return all.front().last_result == "overloaded"; });
    EXPECT_EQ(shelf.at(id).attempts, 0U);
    EXPECT_GT(shelf.at(id).due, clock.now());
    EXPECT_EQ(outbox->stats().failed_attempts, 0U);
    answer(204);
    clock.advance(1s);
    outbox->wake();
    await_state(id, NoticeState::delivered);
}

TEST_F(OutboxTest, AnUnknownDialectIsAFailure) {
    start();
    auto one = notice("ord_1");
    one.dialect = "three";
    shelf.add(one);
    await_attempts(one.id, 1);
    EXPECT_EQ(shelf.at(one.id).last_result, "dialect_unknown");
    EXPECT_TRUE(outbound.sent().empty());
}

TEST_F(OutboxTest, OneSubjectIsToldInOrder) {
    answer(503);
    auto const first = add("ord_1");
    auto const second = add("ord_1");
    auto const other = add("ord_2");
    start();
    await_attempts(first, 1);
    await_attempts(other, 1);
    EXPECT_EQ(shelf.at(second).attempts, 0U) << "the first has not arrived";
    answer(204);
    clock.advance(1s);
    outbox->wake();
    await_state(second, NoticeState::delivered);
    EXPECT_EQ(shelf.at(first).state, NoticeState::delivered);
    std::vector<std::string> ids;
    for (auto const& request : outbound.sent())
        if (request.body.find("ord_1") != std::string::npos) ids.push_back(request.headers[0].second);
    EXPECT_EQ(ids, (std::vector<std::string>{first.text(), first.text(), second.text()}));
}

TEST_F(OutboxTest, WhatCouldNotBeRecordedIsNotSentAgainBeforeItIs) {
    shelf.fail_progress(1);
    start();
    auto const id = add("ord_1");
    await_state(id, NoticeState::delivered);  // by its own timer
    EXPECT_EQ(outbound.sent().size(), 1U);
    EXPECT_GE(shelf.progress_calls(), 2);
}

TEST_F(OutboxTest, DeliversMany) {
    std::vector<NoticeId> ids;
    for (auto i = 0; i < 500; ++i) ids.push_back(add("ord_" + std::to_string(i % 200)));
    start();
    shelf.await([](auto const& all) {
        return std::ranges::all_of(all, [](Notice const& one) { return one.state == NoticeState::delivered; });
    });
    EXPECT_EQ(outbound.sent().size(), 500U);
    EXPECT_EQ(outbox->stats().delivered, 500U);
}

TEST_F(OutboxTest, StopWithoutStartAndTwiceIsFine) {
    outbox = std::make_unique<Outbox>(
        Outbox::Parts{shelf, shelf.open_reader().value(), notices, outbound, clock, random, 1s});
    outbox->wake();
    outbox->stop();
    outbox.reset();
    shelf.add(notice("ord_1"));  // the store's listener outlives it
    start();
    outbox->stop();
    outbox->stop();
}

/// Holds every request until the test lets one go.
class HeldOutbound final : public web::Outbound {
  public:
    boost::asio::awaitable<Result<web::OutboundReply>> send(web::OutboundRequest request) override {
        auto const url = request.url;
        auto executor = co_await boost::asio::this_coro::executor;
        {
            std::scoped_lock const lock(mutex_);
            ++waiting_[url];
            changed_.notify_all();
        }
        for (;;) {
            // Polls, so that it stays on the outbox's loop and the test needs no handle on it.
            co_await boost::asio::post(executor, boost::asio::use_awaitable);
            std::scoped_lock const lock(mutex_);
            if (open_ || released_.contains(url)) break;
        }
        co_return web::OutboundReply{200, {}, ""};
    }
    void await(std::string const& url, std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_[url] >= count; });
    }
    std::size_t started(std::string const& url) {
        std::scoped_lock const lock(mutex_);
        return waiting_[url];
    }
    void open(std::string const& url) {
        std::scoped_lock const lock(mutex_);
        released_.insert(url);
    }
    void open() {
        std::scoped_lock const lock(mutex_);
        open_ = true;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, std::size_t> waiting_;
    std::set<std::string> released_;
    bool open_ = false;
};

class HeldOutboxTest : public OutboxTest {
  protected:
    void start_held() {
        outbox = std::make_unique<Outbox>(
            Outbox::Parts{shelf, shelf.open_reader().value(), notices, held, clock, random, 1s});
        outbox->start();
    }
    HeldOutbound held;
};

TEST_F(HeldOutboxTest, ASlowPartyLeavesPlacesForOthers) {
    std::string const slow = "https://slow.example/hook";
    for (auto i = 0; i < 40; ++i) add("ord_" + std::to_string(i), slow);
    auto const other = add("ord_other", "https://other.example/hook");
    held.open("https://other.example/hook");
    start_held();
    await_state(other, NoticeState::delivered);
    held.await(slow, limits::outbound_connections_per_host_max);
    EXPECT_EQ(held.started(slow), limits::outbound_connections_per_host_max);
    held.open();
    shelf.await([](auto const& all) {
        return std::ranges::all_of(all, [](Notice const& one) { return one.state == NoticeState::delivered; });
    });
}

TEST_F(HeldOutboxTest, StopWaitsForWhatIsUnderWayAndRecordsIt) {
    std::string const hook = "https://platform.example/hook";
    auto const id = add("ord_1");
    auto const later = add("ord_1");
    start_held();
    held.await(hook, 1);
    std::thread stopping([this] { outbox->stop(); });
    held.open();
    stopping.join();
    EXPECT_EQ(shelf.at(id).state, NoticeState::delivered);
    // Whether the stop came before the second was begun is open; either way what was begun is recorded.
    EXPECT_EQ(shelf.at(later).state == NoticeState::delivered, held.started(hook) == 2);
}

/// A clock that runs, for the one test of the timer.
class RunningClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override {
        auto const since = std::chrono::steady_clock::now().time_since_epoch();
        return from_micros(std::chrono::duration_cast<std::chrono::microseconds>(since).count());
    }
};

TEST_F(OutboxTest, WakesByItselfWhenANoticeFallsDue) {
    RunningClock const running;
    auto one = notice("ord_1");
    one.due = running.now() + 20ms;
    shelf.add(one);
    outbox = std::make_unique<Outbox>(
        Outbox::Parts{shelf, shelf.open_reader().value(), notices, outbound, running, random, 1s});
    outbox->start();
    await_state(one.id, NoticeState::delivered);
    outbox.reset();  // before the clock that it asks
}

}  // namespace
}  // namespace b2a::service::testing
