// SPDX-License-Identifier: Apache-2.0
// Answers in pieces: what arrives while the handler still runs, and who ends it.
#include <thread>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include "b2a/web/event_stream.hpp"

#include "client.hpp"

namespace b2a::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// Routes that stream: they say when they have come to their end, and whether the last send() was heard.
class Streams : public testing::Test, public Fixture {
  protected:
    Streams() {
        options.stream_comment_interval = 20s;
        router.add(web::Method::get, "/two", "two",
                   web::Streaming([this](web::Request const&, web::Response& response, web::EventStream& events) {
                       return two(response, events);
                   }));
        router.add(web::Method::get, "/endless", "endless",
                   web::Streaming([this](web::Request const&, web::Response& response, web::EventStream& events) {
                       return endless(response, events);
                   }));
        router.add(web::Method::get, "/patient", "patient",
                   web::Streaming([this](web::Request const&, web::Response& response, web::EventStream& events) {
                       return patient(response, events);
                   }));
        router.add(web::Method::get, "/broken", "broken",
                   web::Streaming([](web::Request const&, web::Response& response, web::EventStream& events) {
                       return broken(response, events);
                   }));
    }
    ~Streams() override {
        gate.open();
        server.reset();
    }

    asio::awaitable<void> two(web::Response& response, web::EventStream& events) {
        response.content_type = web::event_stream_type;
        auto const opened = co_await events.open(response);
        if (!opened) {
            response.content_type = web::text_type;
            response.body = "in one piece";
            co_return;
        }
        std::string first = "first";
        co_await events.send(std::move(first));
        co_await gate.wait();
        std::string second(300, 'x');
        co_await events.send(std::move(second));
    }
    asio::awaitable<void> endless(web::Response& response, web::EventStream& events) {
        response.content_type = web::event_stream_type;
        co_await events.open(response);
        for (auto heard = true; heard;) {
            std::string piece(64 * 1024, 'y');
            sent += piece.size();
            heard = co_await events.send(std::move(piece));
        }
        ++ended;
    }
    asio::awaitable<void> patient(web::Response& response, web::EventStream& events) {
        response.content_type = web::event_stream_type;
        co_await events.open(response);
        auto const executor = co_await asio::this_coro::executor;
        asio::steady_timer timer(executor, asio::steady_timer::time_point::max());
        events.on_ending([&timer] { timer.cancel(); });
        boost::system::error_code ec;
        auto token = asio::redirect_error(asio::use_awaitable, ec);
        if (!events.ending()) co_await timer.async_wait(token);
        events.on_ending({});
        std::string last = "last words";
        co_await events.send(std::move(last));
        ++ended;
    }
    static asio::awaitable<void> broken(web::Response& response, web::EventStream& events) {
        response.content_type = web::event_stream_type;
        co_await events.open(response);
        std::string half = "half";
        co_await events.send(std::move(half));
        throw std::runtime_error("secret detail");
    }
    void await_ended(int count) const {
        for (auto tries = 0; ended < count && tries < 2000; ++tries) std::this_thread::sleep_for(10ms);
        EXPECT_EQ(ended, count);
    }

    std::atomic<int> ended{0};
    std::atomic<std::size_t> sent{0};
};

TEST_F(Streams, PiecesArriveWhileTheHandlerRuns) {
    start();
    auto client = connect();
    auto const head = client.send(get("/two")).until("\r\n\r\n");
    EXPECT_NE(head.find("HTTP/1.1 200 OK\r\n"), std::string::npos);
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_NE(head.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_NE(head.find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
    EXPECT_EQ(client.until("first\r\n"), "5\r\nfirst\r\n");
    EXPECT_EQ(server->counters().streams_open, 1U);
    gate.await_arrivals(1);
    gate.open();
    EXPECT_EQ(client.rest(), "12c\r\n" + std::string(300, 'x') + "\r\n0\r\n\r\n");
    await_seen(1);
    EXPECT_EQ(server->counters().streams_open, 0U);
    EXPECT_EQ(seen().front().operation, "two");
    EXPECT_GT(seen().front().bytes_out, 300U);
}

TEST_F(Streams, OtherConnectionsAreServedMeanwhile) {
    start();
    auto client = connect();
    client.send(get("/two")).until("first\r\n");
    EXPECT_EQ(connect().send(get("/hello")).reply()->body, "hello");
    gate.open();
}

TEST_F(Streams, WhatCannotBeStreamedComesInOnePiece) {
    options.event_streams_max = 1;
    start();
    auto old = connect();
    EXPECT_EQ(old.send("GET /two HTTP/1.0\r\n\r\n").reply()->body, "in one piece");
    auto first = connect();
    first.send(get("/two")).until("first\r\n");
    auto second = connect();
    EXPECT_EQ(second.send(get("/two")).reply()->body, "in one piece");
    EXPECT_EQ(second.send(get("/hello")).reply()->body, "hello") << "the connection stays";
    gate.await_arrivals(1);
    gate.open();
    first.rest();
    await_seen(4);
    EXPECT_NE(connect().send(get("/two")).until("first\r\n").find("chunked"), std::string::npos) << "the place is free";
}

TEST_F(Streams, AClientThatLeavesEndsTheHandler) {
    start();
    {
        auto waiting = connect();
        waiting.send(get("/patient")).until("\r\n\r\n");
    }
    await_ended(1);
    auto reading = connect();
    reading.send(get("/endless")).until("yyyy");
    reading.reset();
    await_ended(2);
    await_seen(2);
    EXPECT_EQ(server->counters().streams_open, 0U);
}

TEST_F(Streams, AClientThatDoesNotReadStopsTheHandlerAndThenLosesIt) {
    options.write_timeout = 200ms;
    start();
    auto client = connect();
    client.send(get("/endless")).until("\r\n\r\n");
    await_ended(1);
    EXPECT_LT(sent, 64U * 1024 * 1024) << "only what the kernel takes";
    EXPECT_EQ(server->counters().timeouts, 1U);
}

TEST_F(Streams, AClientThatTalksIntoItIsCutOff) {
    start();
    auto client = connect();
    client.send(get("/patient")).until("\r\n\r\n");
    client.send(get("/hello") + std::string(limits::http_stream_input_bytes_max, 'z'));
    await_ended(1);
}

TEST_F(Streams, SilenceIsFilledWithComments) {
    options.stream_comment_interval = 10ms;
    start();
    auto client = connect();
    client.send(get("/two"));
    EXPECT_NE(client.until("3\r\n:\n\n\r\n3\r\n:\n\n\r\n").find("first"), std::string::npos);
    gate.open();
    EXPECT_TRUE(client.rest().ends_with("0\r\n\r\n"));
}

TEST_F(Streams, AFailureIsNotToldAsAnEnd) {
    start();
    auto client = connect();
    auto const all = client.send(get("/broken")).rest();
    EXPECT_TRUE(all.ends_with("4\r\nhalf\r\n")) << all;
    EXPECT_EQ(all.find("secret"), std::string::npos);
    EXPECT_EQ(server->counters().stray_exceptions, 1U);
}

TEST_F(Streams, ADrainAsksForTheEndAndWaitsForIt) {
    start();
    auto client = connect();
    client.send(get("/patient")).until("\r\n\r\n");
    server->stop(20s);
    EXPECT_EQ(client.rest(), "a\r\nlast words\r\n0\r\n\r\n");
    EXPECT_EQ(ended, 1);
    EXPECT_EQ(server->counters().connections_open, 0U);
}

TEST_F(Streams, ADrainGivesUpOnThoseThatDoNotEnd) {
    start();
    auto client = connect();
    client.send(get("/two")).until("first\r\n");
    gate.await_arrivals(1);
    server->stop(1ms);
    EXPECT_EQ(client.rest(), "");
}

TEST(EventText, IsOneMessage) {
    EXPECT_EQ(web::event_text(R"({"a":1})"), "event: message\ndata: {\"a\":1}\n\n");
}

}  // namespace
}  // namespace b2a::http
