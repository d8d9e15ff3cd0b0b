// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include <gtest/gtest.h>

#include "client.hpp"

namespace b2a::http {
namespace {

using namespace std::chrono_literals;

class Drain : public testing::Test, public Fixture {};

TEST_F(Drain, FinishesAnswersInFlightAndClosesIdleConnections) {
    start();
    auto idle = connect();
    idle.send(get("/hello")).reply();
    auto waiting = connect();
    waiting.send(get("/await") + get("/hello"));
    gate.await_arrivals(1);
    std::thread stopping([this] { server->stop(20s); });
    EXPECT_TRUE(idle.closed());
    gate.open();
    auto const reply = waiting.reply();
    EXPECT_EQ(reply->body, "awaited");
    EXPECT_EQ(reply->field("connection"), "close");
    waiting.finish_sending();
    EXPECT_TRUE(waiting.closed());
    stopping.join();
    EXPECT_EQ(server->counters().connections_open, 0U);
    EXPECT_THROW(static_cast<void>(connect()), std::runtime_error);
}

TEST_F(Drain, LetsARequestThatHasBegunArrive) {
    start();
    auto client = connect();
    client.send(get("/hello")).reply();
    auto marker = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.reply()->status, 100);
    std::thread stopping([this] { server->stop(20s); });
    EXPECT_TRUE(marker.closed());
    auto const reply = client.send("abc").reply();
    EXPECT_EQ(reply->body, "abc");
    EXPECT_EQ(reply->field("connection"), "close");
    client.finish_sending();
    stopping.join();
}

TEST_F(Drain, GivesUpOnHandlersThatDoNotEnd) {
    start();
    auto client = connect();
    client.send(get("/await"));
    gate.await_arrivals(1);
    server->stop(1ms);
    EXPECT_TRUE(client.closed());
    server->stop(1ms);
    gate.open();  // a late completion finds the threads gone
}

TEST_F(Drain, ClosesConnectionsOfPeersThatStall) {
    start();
    auto stalled = connect();
    stalled.send("GET /hello HTTP/1.1\r\n");
    auto unread = connect();
    unread.send(get("/large"));
    await_seen(1);
    server->stop(1ms);
    EXPECT_EQ(server->counters().connections_open, 0U);
}

TEST_F(Drain, StopsEveryThreadAndAServerWithoutConnections) {
    start(3);
    server->stop(20s);
    server.reset();
    start(1);
    EXPECT_EQ(connect().send(get("/hello")).reply()->status, 200);
}

}  // namespace
}  // namespace b2a::http
