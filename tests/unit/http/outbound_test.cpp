// SPDX-License-Identifier: Apache-2.0
#include "b2a/http/outbound.hpp"

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "identity.hpp"
#include "peer.hpp"
#include "support/run_coro.hpp"

namespace b2a::http {
namespace {

using boost::asio::awaitable;
using Answer = Result<web::OutboundReply>;

/// Holds those that pass until it is opened.
class Barrier {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void await(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }
    void open() {
        std::scoped_lock const lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t waiting_ = 0;
    bool open_ = false;
};

/// A request that runs on a thread and loop of its own.
class Sending {
  public:
    Sending(web::Outbound& client, web::OutboundRequest request) :
        thread_([this, &client, request = std::move(request)]() mutable {
            answer_.emplace(test::run(client.send(std::move(request))));
        }) {}
    ~Sending() {
        if (thread_.joinable()) thread_.join();
    }
    Answer const& answer() {
        thread_.join();
        return *answer_;
    }

  private:
    std::optional<Answer> answer_;
    std::thread thread_;
};

class OutboundTest : public testing::Test {
  protected:
    OutboundTest() { options.admit_loopback = true; }

    web::Outbound& client() {
        if (!client_) client_ = OutboundClient::create(options).value();
        return *client_;
    }
    static web::OutboundRequest request(std::string url) {
        web::OutboundRequest out;
        out.url = std::move(url);
        out.timeout = std::chrono::seconds{20};  // against hanging only
        return out;
    }
    Answer send(web::OutboundRequest one) { return test::run(client().send(std::move(one))); }
    Answer get(std::string url) { return send(request(std::move(url))); }
    std::string refusal(std::string url) {
        auto const answer = get(std::move(url));
        return answer ? "none" : answer.error().reason;
    }
    /// What a reply of these bytes leads to.
    Answer replied(std::string bytes) {
        Peer const peer([&](std::string const&) { return bytes; });
        return get("http://127.0.0.1:" + peer.port() + "/");
    }
    std::string refused_reply(std::string bytes) {
        auto const answer = replied(std::move(bytes));
        return answer ? "none" : answer.error().reason;
    }

    OutboundOptions options;
    std::unique_ptr<OutboundClient> client_;
};

TEST_F(OutboundTest, SendsAndReads) {
    Peer const peer([](std::string const&) { return ok("{}", "ETag: \"1\"\r\nX-Two: a\r\nX-Two: b\r\n"); });
    auto one = request("http://127.0.0.1:" + peer.port() + "/profile?v=1");
    one.headers = {{"Accept", "application/json"}, {"User-Agent", "shop"}, {"Host", "evil.example"}};
    auto const reply = send(one);
    ASSERT_TRUE(reply) << reply.error().reason;
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "{}");
    EXPECT_EQ(reply->header("etag"), "\"1\"");
    EXPECT_EQ(reply->header("x-two"), "a");
    auto const sent = peer.requests().at(0);
    EXPECT_TRUE(sent.starts_with("GET /profile?v=1 HTTP/1.1\r\n")) << sent;
    for (std::string const& line :
         {"Host: 127.0.0.1:" + peer.port(), std::string("Accept-Encoding: identity"),
          std::string("Accept: application/json"), std::string("User-Agent: shop"), std::string("Connection: close")})
        EXPECT_NE(sent.find("\r\n" + line + "\r\n"), std::string::npos) << line;
    EXPECT_EQ(sent.find("evil.example"), std::string::npos);
}

TEST_F(OutboundTest, PostsABody) {
    Peer const peer([](std::string const&) { return "HTTP/1.1 204 No Content\r\n\r\n"; });
    auto one = request("http://localhost:" + peer.port() + "/hook");
    one.method = web::Method::post;
    one.headers = {{"Content-Type", "application/json"}, {"Content-Length", "1"}};
    one.body = "{\"id\":1}";
    EXPECT_EQ(send(one)->status, 204);
    auto const sent = peer.requests().at(0);
    EXPECT_TRUE(sent.starts_with("POST /hook HTTP/1.1\r\n"));
    EXPECT_NE(sent.find("Content-Length: 8\r\n"), std::string::npos);
    EXPECT_EQ(sent.find("Content-Length: 1\r\n"), std::string::npos);
    EXPECT_TRUE(sent.ends_with("\r\n\r\n{\"id\":1}"));
}

TEST_F(OutboundTest, FieldsCannotBeInjected) {
    Peer const peer([](std::string const&) { return ok(""); });
    for (auto const& field : {std::pair<std::string, std::string>{"X", "a\r\nY: b"},
                              {"X\r\nY", "b"},
                              {"X", std::string("a\0b", 3)},
                              {"", "a"},
                              {"X Y", "a"},
                              {"X", std::string(limits::http_header_bytes_max, 'a')}}) {
        auto one = request("http://localhost:" + peer.port() + "/");
        one.headers = {field};
        EXPECT_FALSE(send(one)) << field.first;
    }
    EXPECT_EQ(peer.accepted(), 0U);
}

TEST_F(OutboundTest, ResumesOnTheCallersExecutor) {
    Peer const peer([](std::string const&) { return ok(""); });
    auto const check = [](web::Outbound& client, web::OutboundRequest one) -> awaitable<bool> {
        auto const before = std::this_thread::get_id();
        auto const reply = co_await client.send(std::move(one));
        co_return reply.ok() && before == std::this_thread::get_id();
    };
    EXPECT_TRUE(test::run(check(client(), request("http://localhost:" + peer.port() + "/"))));
}

TEST_F(OutboundTest, ReadsEveryFraming) {
    EXPECT_EQ(replied("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")->body,
              "abc");
    EXPECT_EQ(replied("HTTP/1.1 200 OK\r\n\r\nto the end")->body, "to the end");
    EXPECT_EQ(replied("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok("final"))->body, "final");
    Peer const peer([](std::string const&) { return "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"; });
    auto one = request("http://localhost:" + peer.port() + "/");
    one.method = web::Method::head;
    EXPECT_EQ(send(one)->header("content-length"), "9");
}

TEST_F(OutboundTest, RedirectsAreRepliesLikeOthers) {
    Peer const target([](std::string const&) { return ok(""); });
    auto const reply =
        replied("HTTP/1.1 302 Found\r\nLocation: http://localhost:" + target.port() + "/\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(reply->status, 302);
    EXPECT_EQ(target.accepted(), 0U);
    EXPECT_EQ(replied("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")->status, 503);
}

TEST_F(OutboundTest, LargeRepliesAreRefused) {
    auto const limit = request("").reply_bytes_max;
    EXPECT_EQ(replied(ok(std::string(limit, 'x')))->body.size(), limit);
    EXPECT_EQ(refused_reply(ok(std::string(limit + 1, 'x'))), "reply_too_large");
    EXPECT_EQ(refused_reply("HTTP/1.1 200 OK\r\n\r\n" + std::string(limit + 1, 'x')), "reply_too_large");
    std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (auto i = 0; i < 129; ++i) chunked += "400\r\n" + std::string(1024, 'x') + "\r\n";
    EXPECT_EQ(refused_reply(chunked + "0\r\n\r\n"), "reply_too_large");
    EXPECT_EQ(refused_reply("HTTP/1.1 200 OK\r\nX: " + std::string(limits::http_header_bytes_max, 'x') + "\r\n\r\n"),
              "reply_too_large");
}

TEST_F(OutboundTest, MalformedRepliesAreRefused) {
    for (std::string const bytes :
         {"", "hello\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\n\r\n",
          "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 "
          "C\r\n\r\n"
          "HTTP/1.1 200 OK\r\n\r\n"})
        EXPECT_EQ(refused_reply(bytes), "reply_malformed") << bytes;
}

TEST_F(OutboundTest, SilenceEndsInATimeout) {
    Barrier barrier;
    Peer const peer([&](std::string const&) {
        barrier.pass();
        return ok("");
    });
    auto one = request("http://localhost:" + peer.port() + "/");
    one.timeout = std::chrono::milliseconds{50};
    auto const answer = send(one);
    EXPECT_EQ(answer.error().reason, "timeout");
    EXPECT_EQ(answer.error().code, Code::upstream_failed);
    barrier.open();
}

TEST_F(OutboundTest, AClosedPortFails) {
    std::string port;
    {
        Peer const gone([](std::string const&) { return ""; });
        port = gone.port();
    }
    EXPECT_EQ(refusal("http://127.0.0.1:" + port + "/"), "connect_failed");
}

TEST_F(OutboundTest, SpecialAddressesAreNeverCalled) {
    Peer const peer([](std::string const&) { return ok(""); });
    options.admit_loopback = false;
    options.ports = {443, peer.port_number()};
    EXPECT_EQ(refusal("https://localhost:" + peer.port() + "/"), "address_not_admitted") << "resolved";
    EXPECT_EQ(refusal("https://127.0.0.1:" + peer.port() + "/"), "address_not_admitted");
    EXPECT_EQ(refusal("https://[::ffff:127.0.0.1]:" + peer.port() + "/"), "address_not_admitted");
    for (auto const* const url : {"https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::ffff:10.0.0.1]/",
                                  "https://[fd00::1]/", "https://0.0.0.0/", "https://[64:ff9b::10.0.0.1]/"})
        EXPECT_EQ(refusal(url), "address_not_admitted") << url;
    EXPECT_EQ(refusal("http://localhost:" + peer.port() + "/"), "url_not_admitted");
    EXPECT_EQ(peer.accepted(), 0U);
}

TEST_F(OutboundTest, TheSandboxCallsThisMachineOnly) {
    EXPECT_EQ(refusal("http://10.0.0.1/"), "url_not_admitted");
    EXPECT_EQ(refusal("http://agent.example/"), "url_not_admitted");
    EXPECT_EQ(refusal("https://10.0.0.1/"), "address_not_admitted");
    EXPECT_EQ(refusal("http://user@localhost/"), "url_not_admitted");
    EXPECT_EQ(refusal("http://localhost/#fragment"), "url_not_admitted");
}

TEST_F(OutboundTest, UnknownNamesAreReported) {
    auto one = request("https://no-such-host.invalid/");
    one.timeout = std::chrono::seconds{60};
    auto const answer = send(one);
    EXPECT_EQ(answer.error().reason, "name_not_resolved");
    EXPECT_EQ(answer.error().code, Code::invalid_request);
}

TEST_F(OutboundTest, TheNumberInFlightIsBounded) {
    options.in_flight_max = 1;
    Barrier barrier;
    Peer const peer([&](std::string const&) {
        barrier.pass();
        return ok("");
    });
    auto const url = "http://localhost:" + peer.port() + "/";
    Sending first(client(), request(url));
    barrier.await(1);
    EXPECT_EQ(refusal(url), "overloaded");
    barrier.open();
    EXPECT_TRUE(first.answer());
    EXPECT_TRUE(get(url));
}

TEST_F(OutboundTest, OneHostGetsItsShareOfConnections) {
    std::atomic<std::size_t> active = 0;
    std::atomic<std::size_t> most = 0;
    Barrier barrier;
    Peer const peer([&](std::string const&) {
        auto const now = ++active;
        for (auto seen = most.load(); seen < now && !most.compare_exchange_weak(seen, now);) {}
        barrier.pass();
        --active;
        return ok("");
    });
    std::vector<std::unique_ptr<Sending>> sending;
    for (std::size_t i = 0; i < 3 * limits::outbound_connections_per_host_max; ++i)
        sending.push_back(std::make_unique<Sending>(client(), request("http://localhost:" + peer.port() + "/")));
    barrier.await(limits::outbound_connections_per_host_max);
    auto late = request("http://localhost:" + peer.port() + "/");
    late.timeout = std::chrono::milliseconds{50};
    EXPECT_EQ(send(late).error().reason, "timeout") << "the wait for a turn counts";
    barrier.open();
    for (auto& one : sending) EXPECT_TRUE(one->answer());
    EXPECT_EQ(most, limits::outbound_connections_per_host_max);
}

TEST_F(OutboundTest, StopEndsWhatIsInFlight) {
    Barrier barrier;
    Peer const peer([&](std::string const&) {
        barrier.pass();
        return ok("");
    });
    auto const url = "http://localhost:" + peer.port() + "/";
    Sending first(client(), request(url));
    barrier.await(1);
    client_->stop();
    EXPECT_EQ(first.answer().error().reason, "timeout");
    EXPECT_EQ(refusal(url), "timeout");
    client_->stop();
    barrier.open();
}

TEST(OutboundOptionsTest, AnUnreadableCaFileIsReported) {
    OutboundOptions options;
    options.ca_file = "/nonexistent/ca.pem";
    auto const client = OutboundClient::create(options);
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code, Code::invalid_request);
}

class OutboundTlsTest : public OutboundTest {
  protected:
    static std::string hello(std::string const& /*request*/) { return ok("hello"); }
    void trust(Identity const& identity) { options.ca_file = identity.files().certificate_chain; }
};

TEST_F(OutboundTlsTest, VerifiesTheNameAndSaysIt) {
    Identity const identity("DNS:localhost");
    trust(identity);
    Peer const peer(&hello, &identity.files());
    auto const reply = get("https://localhost:" + peer.port() + "/");
    ASSERT_TRUE(reply) << reply.error().reason << reply.error().note.text;
    EXPECT_EQ(reply->body, "hello");
    EXPECT_EQ(peer.server_name(), "localhost");
    EXPECT_EQ(refusal("https://127.0.0.1:" + peer.port() + "/"), "tls_failed") << "not a name of that certificate";
}

TEST_F(OutboundTlsTest, VerifiesAddresses) {
    Identity const identity("IP:127.0.0.1");
    trust(identity);
    Peer const peer(&hello, &identity.files());
    EXPECT_TRUE(get("https://127.0.0.1:" + peer.port() + "/"));
    EXPECT_EQ(peer.server_name(), "") << "no SNI for addresses";
    EXPECT_EQ(refusal("https://127.0.0.2:" + peer.port() + "/"), "connect_failed");
    EXPECT_EQ(refusal("https://localhost:" + peer.port() + "/"), "tls_failed");
}

TEST_F(OutboundTlsTest, RefusesAnUnknownIssuer) {
    Identity const identity("DNS:localhost");
    Identity const other("DNS:localhost");
    trust(other);
    Peer const peer(&hello, &identity.files());
    EXPECT_EQ(refusal("https://localhost:" + peer.port() + "/"), "tls_failed");
    EXPECT_TRUE(peer.requests().empty());
}

TEST_F(OutboundTlsTest, RefusesWithoutACaFile) {
    Identity const identity("DNS:localhost");
    Peer const peer(&hello, &identity.files());
    EXPECT_EQ(refusal("https://localhost:" + peer.port() + "/"), "tls_failed");
}

TEST_F(OutboundTlsTest, RefusesTheCommonName) {
    Identity const identity;  // CN=test and no subjectAltName
    trust(identity);
    Peer const peer(&hello, &identity.files());
    EXPECT_EQ(refusal("https://localhost:" + peer.port() + "/"), "tls_failed");
}

TEST_F(OutboundTlsTest, SpeaksTls12ButNothingOlder) {
    Identity const identity("DNS:localhost");
    trust(identity);
    Peer const newer(&hello, &identity.files(), TLS1_2_VERSION);
    EXPECT_TRUE(get("https://localhost:" + newer.port() + "/"));
    Peer const older(&hello, &identity.files(), TLS1_1_VERSION);
    EXPECT_EQ(refusal("https://localhost:" + older.port() + "/"), "tls_failed");
}

TEST_F(OutboundTlsTest, PlainTextIsNoTls) {
    Identity const identity("DNS:localhost");
    trust(identity);
    Peer const peer(&hello);
    auto one = request("https://localhost:" + peer.port() + "/");
    one.timeout = std::chrono::milliseconds{200};
    auto const answer = send(one);
    ASSERT_FALSE(answer);
    EXPECT_TRUE(peer.requests().empty());
}

}  // namespace
}  // namespace b2a::http
