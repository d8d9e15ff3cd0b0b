// SPDX-License-Identifier: Apache-2.0
#include "b2a/http/server.hpp"

#include <gtest/gtest.h>

#include "client.hpp"

namespace b2a::http {
namespace {

class ServerTest : public testing::Test, public Fixture {};

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
    start();
    auto client = connect();
    for (auto i = 0; i < 3; ++i) {
        auto const reply = client.send(get("/hello")).reply();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->head,
                  "HTTP/1.1 200 OK\r\nServer: b2a\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                  "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\n");
        EXPECT_EQ(reply->body, "hello");
    }
    EXPECT_EQ(server->counters().connections_total, 1U);
    EXPECT_EQ(server->counters().connections_open, 1U);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
    start();
    std::string all;
    for (auto i = 0; i < 50; ++i) all += i % 10 == 3 ? get("/missing") : get("/echo/" + std::to_string(i) + "?q");
    auto client = connect();
    client.send(all);
    for (auto i = 0; i < 50; ++i) {
        auto const reply = client.reply();
        ASSERT_TRUE(reply);
        if (i % 10 == 3) {
            EXPECT_EQ(reply->status, 404);
        } else {
            EXPECT_EQ(reply->body, std::to_string(i) + "|q");
        }
    }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrderAroundAnAwaitingOne) {
    start();
    auto client = connect();
    client.send(get("/echo/1") + get("/await") + get("/echo/2"));
    EXPECT_EQ(client.reply()->body, "1|");  // not held back by the one that waits
    gate.await_arrivals(1);
    gate.open();
    EXPECT_EQ(client.reply()->body, "awaited");
    EXPECT_EQ(client.reply()->body, "2|");
}

TEST_F(ServerTest, TakesARequestByteByByte) {
    start();
    auto client = connect();
    for (auto const c : post("/echo", "abc")) client.send({&c, 1});
    EXPECT_EQ(client.reply()->body, "abc");
}

TEST_F(ServerTest, HeadHasTheFieldsButNoBody) {
    start();
    auto client = connect();
    client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n" + get("/empty") + get("/hello"));
    auto const head = client.reply(true);
    EXPECT_EQ(head->field("content-length"), "5");
    auto const empty = client.reply();
    EXPECT_EQ(empty->status, 204);
    EXPECT_EQ(empty->field("content-length"), std::nullopt);
    EXPECT_EQ(client.reply()->body, "hello");
}

TEST_F(ServerTest, ClosesWhenAsked) {
    start();
    auto client = connect();
    auto const reply = client.send(get("/hello", "Connection: close\r\n") + get("/hello")).reply();
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, Http10ClosesUnlessKeepAliveIsAsked) {
    start();
    auto once = connect();
    EXPECT_EQ(once.send("GET /hello HTTP/1.0\r\n\r\n").reply()->field("connection"), "close");
    EXPECT_TRUE(once.closed());
    auto kept = connect();
    EXPECT_EQ(kept.send("GET /hello HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").reply()->field("connection"),
              "keep-alive");
    EXPECT_EQ(kept.send("GET /hello HTTP/1.0\r\n\r\n").reply()->body, "hello");
}

TEST_F(ServerTest, ReadsChunkedBodies) {
    start();
    auto client = connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\nA;ext=1\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n" +
        get("/hello"));
    EXPECT_EQ(client.reply()->body, "abc0123456789");
    EXPECT_EQ(client.reply()->body, "hello");
    std::string tiny = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (auto i = 0; i < 40'000; ++i) tiny += "1\r\nz\r\n";
    client.send(tiny + "0\r\n\r\n");
    EXPECT_EQ(client.reply()->body, std::string(40'000, 'z'));
}

TEST_F(ServerTest, TellsAClientThatWaitsToContinue) {
    start();
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.reply()->status, 100);
    EXPECT_EQ(client.send("abc").reply()->body, "abc");
    // One that did not wait gets no interim answer.
    EXPECT_EQ(client.send(post("/echo", "xyz", "Expect: 100-continue\r\n")).reply()->status, 200);
}

TEST_F(ServerTest, RefusesTheBodyBeforeItIsSent) {
    options.body_bytes_max = 10;
    start();
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.reply()->status, 413);
    EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, SendsLargeAnswersInFull) {
    start();
    auto client = connect();
    client.send(get("/large") + get("/large") + get("/hello"));
    EXPECT_EQ(client.reply()->body.size(), 8U * 1024 * 1024);
    EXPECT_EQ(client.reply()->body.size(), 8U * 1024 * 1024);
    EXPECT_EQ(client.reply()->body, "hello");
}

TEST_F(ServerTest, FillsInPeerSchemeAndDeadline) {
    start();
    EXPECT_EQ(connect().send(get("/peer")).reply()->body, "127.0.0.1 plain deadline");
}

TEST_F(ServerTest, AStrayExceptionIsA500AndCounted) {
    start();
    auto client = connect();
    for (auto const* target : {"/throw", "/await-throw"}) {
        auto const reply = client.send(get(target)).reply();
        EXPECT_EQ(reply->status, 500);
        EXPECT_NE(reply->body.find("urn:b2a:error:internal"), std::string::npos);
        EXPECT_EQ(reply->body.find("secret"), std::string::npos);
        EXPECT_EQ(reply->body.find("half"), std::string::npos);
    }
    EXPECT_EQ(client.send(get("/hello")).reply()->status, 200);
    EXPECT_EQ(server->counters().stray_exceptions, 2U);
}

TEST_F(ServerTest, AHandlerCannotSplitTheResponse) {
    start();
    auto const reply = connect().send(get("/split")).reply();
    EXPECT_EQ(reply->field("injected"), std::nullopt);
    EXPECT_EQ(reply->field("x-good"), "1");
    EXPECT_EQ(reply->field("content-length"), "2");
}

TEST_F(ServerTest, AnUnknownMethodIsNotImplemented) {
    start();
    auto client = connect();
    EXPECT_EQ(client.send("BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n").reply()->status, 501);
    EXPECT_EQ(client.send(get("/hello")).reply()->status, 200);
}

TEST_F(ServerTest, TheObserverSeesEveryRequestOnce) {
    start();
    auto client = connect();
    auto const first = client.send(get("/hello")).reply();
    client.send(get("/none")).reply();
    client.send("BAD\r\n\r\n").reply();
    await_seen(3);
    auto const all = seen();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].operation, "hello");
    EXPECT_EQ(all[0].target, "/hello");
    EXPECT_EQ(all[0].bytes_out, first->head.size() + first->body.size());
    EXPECT_EQ(all[1].status, 404);
    EXPECT_EQ(all[2].status, 400);
}

TEST_F(ServerTest, ADeadPeerDuringAnAwaitingHandlerIsHarmless) {
    start();
    for (auto i = 0U; i < 3; ++i) {
        auto client = connect();
        client.send(get("/await"));
        gate.await_arrivals(i + 1);
        client.reset();
        gate.open();
        await_seen(i + 1);
    }
    EXPECT_EQ(connect().send(get("/hello")).reply()->status, 200);
}

TEST_F(ServerTest, SeveralThreadsShareThePort) {
    start(2);
    for (auto i = 0; i < 32; ++i) EXPECT_EQ(connect().send(get("/hello")).reply()->status, 200);
    EXPECT_EQ(server->counters().connections_total, 32U);
}

TEST_F(ServerTest, ReportsWhatItCannotBind) {
    start();
    auto taken = options;
    taken.port = server->port();
    auto render = [](Error const&, int, web::Response&) {};
    for (std::size_t threads : {1U, 2U}) {
        auto const second = Server::create(taken, std::vector<web::Router const*>(threads, &router), {}, render);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, Code::upstream_failed);
    }
    taken.host = "not an address";
    auto const bad = Server::create(taken, {&router}, {}, render);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, Code::invalid_request);
}

}  // namespace
}  // namespace b2a::http
