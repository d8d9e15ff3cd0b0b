// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "b2a/web/event_stream.hpp"

#include "client.hpp"
#include "identity.hpp"

namespace b2a::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class Tls : public testing::Test, public Fixture {
  protected:
    void SetUp() override {
        router.add(web::Method::get, "/pieces", "pieces",
                   web::Streaming([](web::Request const&, web::Response& response, web::EventStream& events) {
                       return pieces(response, events);
                   }));
        router.add(web::Method::get, "/until-gone", "until_gone",
                   web::Streaming([](web::Request const&, web::Response& response, web::EventStream& events) {
                       return until_gone(response, events);
                   }));
        options.tls = identity.files();
        start();
    }
    asio::ssl::stream<tcp::socket>& open(std::string_view alpn = "") {
        context.set_verify_mode(asio::ssl::verify_none);
        stream = std::make_unique<asio::ssl::stream<tcp::socket>>(io, context);
        if (!alpn.empty())
            SSL_set_alpn_protos(stream->native_handle(),
                                reinterpret_cast<unsigned char const*>(alpn.data()),  // NOLINT
                                static_cast<unsigned int>(alpn.size()));
        stream->next_layer().connect({asio::ip::address_v4::loopback(), server->port()});
        return *stream;
    }
    /// Sends, then reads to the end; the server closes since the request asks it to.
    std::string exchange(std::string const& request) {
        asio::write(*stream, asio::buffer(request));
        std::string answer;
        boost::system::error_code ec;
        asio::read(*stream, asio::dynamic_buffer(answer), ec);
        EXPECT_EQ(ec, asio::error::eof) << ec.message();  // a proper close_notify, not a cut
        return answer;
    }

    static asio::awaitable<void> pieces(web::Response& response, web::EventStream& events) {
        co_await events.open(response);
        for (auto const* text : {"one", "two"}) {
            std::string piece = text;
            co_await events.send(std::move(piece));
        }
    }
    static asio::awaitable<void> until_gone(web::Response& response, web::EventStream& events) {
        co_await events.open(response);
        std::string piece = "one";
        co_await events.send(std::move(piece));
        auto const executor = co_await asio::this_coro::executor;
        asio::steady_timer timer(executor, asio::steady_timer::time_point::max());
        events.on_ending([&timer] { timer.cancel(); });
        boost::system::error_code ec;
        auto token = asio::redirect_error(asio::use_awaitable, ec);
        if (!events.ending()) co_await timer.async_wait(token);
        events.on_ending({});
    }

    Identity identity;
    asio::io_context io;
    asio::ssl::context context{asio::ssl::context::tls_client};
    std::unique_ptr<asio::ssl::stream<tcp::socket>> stream;
};

TEST_F(Tls, AnswersOverTls13) {
    open().handshake(asio::ssl::stream_base::client);
    EXPECT_STREQ(SSL_get_version(stream->native_handle()), "TLSv1.3");
    auto const answer = exchange(get("/hello") + get("/peer", "Connection: close\r\n"));
    EXPECT_NE(answer.find("\r\n\r\nhelloHTTP/1.1 200"), std::string::npos);
    EXPECT_NE(answer.find("127.0.0.1 secure deadline"), std::string::npos);
}

TEST_F(Tls, SendsLargeAnswersInFull) {
    open().handshake(asio::ssl::stream_base::client);
    EXPECT_GT(exchange(get("/large", "Connection: close\r\n")).size(), 8U * 1024 * 1024);
}

TEST_F(Tls, RefusesOlderVersions) {
    SSL_CTX_set_max_proto_version(context.native_handle(), TLS1_2_VERSION);
    boost::system::error_code ec;
    open().handshake(asio::ssl::stream_base::client, ec);
    EXPECT_TRUE(ec);
}

TEST_F(Tls, NegotiatesHttp11Only) {
    open("\x02h2\x08http/1.1").handshake(asio::ssl::stream_base::client);
    unsigned char const* protocol = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(stream->native_handle(), &protocol, &size);
    EXPECT_EQ(std::string(protocol, protocol + size), "http/1.1");
    boost::system::error_code ec;
    open("\x02h2").handshake(asio::ssl::stream_base::client, ec);
    EXPECT_TRUE(ec);
}

TEST_F(Tls, SurvivesPlainTextAndSilence) {
    auto client = connect();
    client.send(get("/hello"));
    client.rest();
    auto silent = connect();
    open().handshake(asio::ssl::stream_base::client);
    EXPECT_NE(exchange(get("/hello", "Connection: close\r\n")).find("hello"), std::string::npos);
    EXPECT_EQ(server->counters().stray_exceptions, 0U);
}

TEST_F(Tls, DrainFinishesAnAwaitingAnswerAndCutsAHandshake) {
    auto silent = connect();
    open().handshake(asio::ssl::stream_base::client);
    asio::write(*stream, asio::buffer(get("/await")));
    gate.await_arrivals(1);
    std::thread stopping([this] { server->stop(std::chrono::seconds{20}); });
    EXPECT_TRUE(silent.closed());
    gate.open();
    auto const answer = exchange("");
    EXPECT_NE(answer.find("awaited"), std::string::npos);
    stream.reset();
    stopping.join();
}

TEST_F(Tls, PiecesAreWrittenWhileTheClientIsWatched) {
    open().handshake(asio::ssl::stream_base::client);
    auto const answer = exchange(get("/pieces"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")) << answer;
}

TEST_F(Tls, AClientThatLeavesAStreamIsNoticed) {
    open().handshake(asio::ssl::stream_base::client);
    asio::write(*stream, asio::buffer(get("/until-gone")));
    std::string head;
    asio::read_until(*stream, asio::dynamic_buffer(head), "one\r\n");
    EXPECT_EQ(server->counters().streams_open, 1U);
    stream.reset();
    await_seen(1);
    EXPECT_EQ(server->counters().streams_open, 0U);
}

TEST(TlsFilesTest, UnusableFilesAreReported) {
    ServerOptions options;
    options.tls = TlsFiles{"/nonexistent/cert.pem", "/nonexistent/key.pem"};
    web::Router const router;
    auto const server = Server::create(options, {&router}, {}, [](Error const&, int, web::Response&) {});
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().code, Code::upstream_failed);
}

}  // namespace
}  // namespace b2a::http
