// SPDX-License-Identifier: Apache-2.0
// Slow, silent and too many clients. Every wait is for the server's own act (an answer or a close), never for
// the clock.
#include <gtest/gtest.h>

#include "client.hpp"

namespace b2a::http {
namespace {

using namespace std::chrono_literals;

class Limits : public testing::Test, public Fixture {};

TEST_F(Limits, AHeaderThatDoesNotArriveIs408) {
    options.header_timeout = 50ms;
    start();
    auto client = connect();
    auto const reply = client.send("GET /hello HTTP/1.1\r\nHo").reply();
    EXPECT_EQ(reply->status, 408);
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(server->counters().timeouts, 1U);
    ASSERT_EQ(seen().size(), 1U);
    EXPECT_EQ(seen()[0].status, 408);
}

TEST_F(Limits, ABodyThatDoesNotArriveIs408) {
    options.body_timeout = 50ms;
    start();
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
    EXPECT_EQ(client.reply()->status, 408);
    EXPECT_TRUE(client.closed());
}

TEST_F(Limits, AnIdleConnectionIsClosedSilently) {
    options.idle_timeout = 50ms;
    start();
    auto silent = connect();
    EXPECT_TRUE(silent.closed());
    auto used = connect();
    EXPECT_EQ(used.send(get("/hello")).reply()->status, 200);
    EXPECT_TRUE(used.closed());
    EXPECT_EQ(server->counters().timeouts, 0U);
}

TEST_F(Limits, AClientThatDoesNotReadIsCutOff) {
    options.write_timeout = 50ms;
    start();
    auto client = connect();
    for (auto i = 0; i < 4; ++i) client.send(get("/large"));
    await_seen(1);
    while (server->counters().timeouts == 0) connect().send(get("/hello")).reply();
    EXPECT_LT(client.rest().size(), 4U * 8 * 1024 * 1024);
}

TEST_F(Limits, AnAwaitingHandlerIsNotTimedOut) {
    options.header_timeout = options.body_timeout = options.write_timeout = 20ms;
    options.idle_timeout = 60ms;
    start();
    auto client = connect();
    client.send(get("/await"));
    gate.await_arrivals(1);
    auto idle = connect();
    EXPECT_TRUE(idle.closed());  // the sweep has passed meanwhile
    gate.open();
    EXPECT_EQ(client.reply()->body, "awaited");
}

TEST_F(Limits, TooManyConnectionsAreRefused) {
    options.connections_max = 2;
    start();
    auto first = connect();
    auto second = connect();
    EXPECT_EQ(first.send(get("/hello")).reply()->status, 200);
    EXPECT_EQ(second.send(get("/hello")).reply()->status, 200);
    auto third = connect();
    auto const reply = third.reply();
    EXPECT_EQ(reply->status, 503);
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_TRUE(third.closed());
    EXPECT_EQ(server->counters().connections_refused, 1U);
    EXPECT_EQ(first.send(get("/hello")).reply()->status, 200);
}

}  // namespace
}  // namespace b2a::http
