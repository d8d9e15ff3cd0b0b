// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/directory.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "support/run_coro.hpp"
#include "unit/service/outbound_script.hpp"

namespace b2a::service::testing {
namespace {

using namespace std::chrono_literals;
using Got = Result<std::shared_ptr<Document const>>;

constexpr auto url = "https://agent.example/profile";

class DirectoryTest : public ::testing::Test {
  protected:
    void serve(std::string body, std::string cache_control = "") {
        answer = web::OutboundReply{200, {}, std::move(body)};
        if (!cache_control.empty()) answer->headers.emplace_back("cache-control", std::move(cache_control));
    }
    Got get(std::string const& of = url) { return test::run(directory.get(of)); }
    std::string body() {
        auto const got = get();
        return got ? (*got)->body : "error " + got.error().reason;
    }
    std::string refreshed() {
        auto const got = test::run(directory.refresh(url));
        return got ? (*got)->body : "error " + got.error().reason;
    }
    std::uint64_t fetches() { return directory.stats().fetches; }
    /// A document with this Cache-Control is served a second before `expected`, and no longer half a minute after.
    void expect_life(std::string const& cache_control, std::chrono::seconds expected) {
        serve("x", cache_control);
        auto const own = "https://agent.example/" + std::to_string(fetches());
        ASSERT_TRUE(get(own));
        answer = outbound_failure("overloaded");
        clock.advance(expected - 1s);
        EXPECT_TRUE(get(own)) << cache_control;
        clock.advance(limits::document_failure_ttl);
        EXPECT_FALSE(get(own)) << cache_control;
    }

    FakeClock clock;
    Result<web::OutboundReply> answer = outbound_failure("timeout");
    std::function<void()> during = [] {};
    ScriptedOutbound outbound{[this](web::OutboundRequest const&) {
        during();
        return answer;
    }};
    Directory directory{outbound, clock, {{"https://pinned.example/", "pinned"}}};
};

TEST_F(DirectoryTest, FetchesOnceAndKeeps) {
    EXPECT_EQ(directory.cached(url), nullptr);
    serve("v1");
    EXPECT_EQ(body(), "v1");
    serve("v2");
    EXPECT_EQ(body(), "v1");
    EXPECT_EQ(directory.cached(url)->body, "v1");
    EXPECT_EQ(directory.cached(url)->url, url);
    EXPECT_EQ(fetches(), 1U);
    EXPECT_EQ(directory.stats().documents, 1U);
    auto const sent = outbound.sent().at(0);
    EXPECT_EQ(sent.url, url);
    EXPECT_EQ(sent.method, web::Method::get);
    EXPECT_EQ(sent.reply_bytes_max, limits::document_bytes_max);
    EXPECT_EQ(sent.timeout, limits::outbound_timeout);
}

TEST_F(DirectoryTest, LifeFollowsCacheControlWithinBounds) {
    expect_life("", 60s);
    expect_life("public, max-age=300", 300s);
    expect_life("Public,Max-Age=300", 300s);
    expect_life("max-age=5", 60s);
    expect_life("max-age=864000", 24h);
    expect_life("max-age=99999999999999999999999", 24h);
    expect_life("no-store", 60s);
    expect_life("max-age=300, no-store", 60s);
    expect_life("no-cache, max-age=300", 60s);
    expect_life("private, max-age=300", 60s);
    expect_life("max-age=", 60s);
    expect_life("max-age=-1", 60s);
    expect_life("max-age=3x", 60s);
}

TEST_F(DirectoryTest, AnotherFetchWithTheSameBytesKeepsTheObject) {
    serve("same");
    auto const before = get().value();
    clock.advance(61s);
    EXPECT_EQ(get().value(), before);
    EXPECT_EQ(fetches(), 2U);
    clock.advance(61s);
    serve("other");
    EXPECT_NE(get().value(), before);
    EXPECT_EQ(before->body, "same") << "who holds it keeps it";
}

TEST_F(DirectoryTest, AStaleDocumentIsServedWhileItIsRefreshed) {
    serve("v1", "max-age=100");
    EXPECT_EQ(body(), "v1");
    clock.advance(79s);
    EXPECT_NE(directory.cached(url), nullptr);
    clock.advance(1s);
    serve("v2", "max-age=100");
    EXPECT_EQ(directory.cached(url), nullptr) << "the caller is to start the refresh";
    std::shared_ptr<Document const> meanwhile;
    during = [&] { meanwhile = directory.cached(url); };
    EXPECT_EQ(body(), "v1");
    ASSERT_NE(meanwhile, nullptr) << "a refresh is under way";
    EXPECT_EQ(meanwhile->body, "v1");
    EXPECT_EQ(body(), "v2");
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(DirectoryTest, AFailedRefreshLeavesTheDocumentAndWaits) {
    serve("v1", "max-age=1000");
    EXPECT_EQ(body(), "v1");
    clock.advance(800s);
    answer = outbound_failure("timeout");
    EXPECT_EQ(body(), "v1");
    EXPECT_EQ(body(), "v1");
    EXPECT_NE(directory.cached(url), nullptr);
    EXPECT_EQ(fetches(), 2U);
    EXPECT_EQ(directory.stats().failures, 1U);
    clock.advance(limits::document_failure_ttl);
    EXPECT_EQ(directory.cached(url), nullptr);
    EXPECT_EQ(body(), "v1");
    EXPECT_EQ(fetches(), 3U);
    clock.advance(200s);
    EXPECT_EQ(body(), "error timeout") << "it has expired";
    EXPECT_EQ(directory.stats().documents, 0U);
}

TEST_F(DirectoryTest, FailuresAreRememberedForAWhile) {
    EXPECT_EQ(body(), "error timeout");
    serve("v1");
    EXPECT_EQ(body(), "error timeout");
    EXPECT_EQ(fetches(), 1U);
    clock.advance(limits::document_failure_ttl);
    EXPECT_EQ(body(), "v1");
}

TEST_F(DirectoryTest, OurOwnShortageIsNotRemembered) {
    for (auto const* const reason : {"overloaded", "url_not_admitted"}) {
        answer = outbound_failure(reason);
        EXPECT_EQ(body(), std::string("error ") + reason);
    }
    serve("v1");
    EXPECT_EQ(body(), "v1");
}

TEST_F(DirectoryTest, OnlyA200IsADocument) {
    for (auto const& [status, reason] : std::map<int, std::string>{
             {204, "status"}, {404, "status"}, {503, "status"}, {301, "redirect"}, {304, "redirect"}}) {
        answer = web::OutboundReply{status, {{"location", "https://else.example/"}}, "body"};
        auto const got = get();
        ASSERT_FALSE(got);
        EXPECT_EQ(got.error().code, Code::upstream_failed);
        EXPECT_EQ(got.error().reason, reason) << status;
        clock.advance(limits::document_failure_ttl);
    }
    answer = web::OutboundReply{200, {{"content-encoding", "gzip"}}, "body"};
    EXPECT_EQ(body(), "error reply_malformed");
}

TEST_F(DirectoryTest, ManyCallersShareOneFetch) {
    serve("v1");
    auto const [a, b] = test::run_both(directory.get(url), directory.get(url));
    EXPECT_EQ(a.value(), b.value());
    EXPECT_EQ(fetches(), 1U);
    answer = outbound_failure("timeout");
    auto const [c, d] = test::run_both(directory.get("https://b.example/"), directory.get("https://b.example/"));
    EXPECT_EQ(c.error().reason, "timeout");
    EXPECT_EQ(d.error().reason, "timeout");
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(DirectoryTest, CallersOnManyThreadsShareFetches) {
    serve("v1");
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (auto i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (auto j = 0; j < 100; ++j) {
                auto const got = test::run(directory.get("https://a.example/" + std::to_string(j)));
                if (got && (*got)->body == "v1") ++right;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 800);
    EXPECT_EQ(fetches(), 100U);
}

TEST_F(DirectoryTest, AForcedRefreshComesOnceAMinute) {
    serve("v1", "max-age=3600");
    EXPECT_EQ(body(), "v1");
    serve("v2", "max-age=3600");
    EXPECT_EQ(refreshed(), "v2");
    serve("v3", "max-age=3600");
    EXPECT_EQ(refreshed(), "v2");
    clock.advance(59s);
    EXPECT_EQ(refreshed(), "v2");
    clock.advance(1s);
    EXPECT_EQ(refreshed(), "v3");
    EXPECT_EQ(fetches(), 3U);
    clock.advance(60s);
    answer = outbound_failure("timeout");
    EXPECT_EQ(refreshed(), "v3") << "the document is still good";
    EXPECT_EQ(refreshed(), "v3");
    EXPECT_EQ(fetches(), 4U);
}

TEST_F(DirectoryTest, AForcedRefreshOfTheUnknownIsAGet) {
    serve("v1");
    EXPECT_EQ(refreshed(), "v1");
    answer = outbound_failure("timeout");
    EXPECT_EQ(test::run(directory.refresh("https://b.example/")).error().reason, "timeout");
    EXPECT_EQ(test::run(directory.refresh("https://b.example/")).error().reason, "timeout");
    EXPECT_EQ(fetches(), 2U) << "the failure is remembered";
}

TEST_F(DirectoryTest, TheLeastRecentlyUsedGoesFirst) {
    serve("v1", "max-age=86400");
    auto const name = [](std::size_t i) { return "https://a.example/" + std::to_string(i); };
    for (std::size_t i = 0; i < limits::documents_max; ++i) ASSERT_TRUE(get(name(i)));
    ASSERT_NE(directory.cached(name(0)), nullptr);
    ASSERT_TRUE(get(name(limits::documents_max)));
    EXPECT_EQ(directory.stats().documents, limits::documents_max);
    EXPECT_NE(directory.cached(name(0)), nullptr) << "used a moment ago";
    EXPECT_EQ(directory.cached(name(1)), nullptr);
}

TEST_F(DirectoryTest, FailuresDriveNoDocumentOut) {
    serve("v1", "max-age=86400");
    EXPECT_EQ(body(), "v1");
    answer = outbound_failure("name_not_resolved");
    for (std::size_t i = 0; i < limits::documents_max + 10; ++i)
        ASSERT_FALSE(get("https://a.example/" + std::to_string(i)));
    EXPECT_NE(directory.cached(url), nullptr);
    auto const before = fetches();
    EXPECT_FALSE(get("https://a.example/0"));
    EXPECT_EQ(fetches(), before + 1) << "failures are bounded too";
}

TEST_F(DirectoryTest, AllDocumentsTogetherAreBounded) {
    serve(std::string(limits::document_bytes_max, 'x'), "max-age=86400");
    auto const fit = limits::documents_bytes_max / limits::document_bytes_max;
    for (std::size_t i = 0; i < fit + 5; ++i) ASSERT_TRUE(get("https://a.example/" + std::to_string(i)));
    EXPECT_EQ(directory.stats().documents, fit);
}

TEST_F(DirectoryTest, PinnedDocumentsAreNeverFetched) {
    auto const pinned = directory.cached("https://pinned.example/");
    ASSERT_NE(pinned, nullptr);
    EXPECT_EQ(pinned->body, "pinned");
    EXPECT_EQ(get("https://pinned.example/").value(), pinned);
    EXPECT_EQ(test::run(directory.refresh("https://pinned.example/")).value(), pinned);
    clock.advance(48h);
    EXPECT_EQ(get("https://pinned.example/").value(), pinned);
    EXPECT_EQ(fetches(), 0U);
}

}  // namespace
}  // namespace b2a::service::testing
