// SPDX-License-Identifier: Apache-2.0
// One connection's coroutine: moves bytes between a stream and its Connection. A template over the plain
// socket and the TLS stream; instantiated once for each (session_plain.cpp, session_tls.cpp).
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "http/connection.hpp"
#include "http/session_base.hpp"
#include "http/session_stream.hpp"

namespace b2a::http {

using PlainStream = asio::ip::tcp::socket;
using TlsStream = asio::ssl::stream<asio::ip::tcp::socket>;

template <class Stream>
class Session final : public SessionBase {
  public:
    static constexpr bool tls = std::is_same_v<Stream, TlsStream>;

    Session(SessionRegistry& registry, SessionContext const& context, Stream stream, Connection::Peer peer) :
        SessionBase(registry, context, std::move(peer)), stream_(std::move(stream)) {}

    void cancel() override {
        boost::system::error_code ignored;
        socket().cancel(ignored);
    }
    void close() override {
        boost::system::error_code ignored;
        socket().close(ignored);
    }
    void end_stream() override {
        if (events_) events_->end_soon();
    }

    asio::awaitable<void> run() {
        if constexpr (tls) co_await handshake();
        auto step = connection_.next_step();
        while (step != Connection::Step::close) {
            if (step == Connection::Step::read) {
                co_await read();
            } else if (step == Connection::Step::await_handler) {
                co_await handle();
            } else if (!write_at_once()) {
                co_await write_rest();
            }
            step = connection_.next_step();
        }
        if (connection_.lingers()) co_await linger();
    }

  private:
    asio::awaitable<void> handshake();
    asio::awaitable<void> read();
    asio::awaitable<void> handle();
    asio::awaitable<void> run_handler();
    asio::awaitable<void> write_rest();
    asio::awaitable<void> linger();
    bool write_at_once();
    asio::ip::tcp::socket& socket() {
        if constexpr (tls) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    Stream stream_;
    std::size_t sent_ = 0;
    std::optional<SessionStream<Stream>> events_;
};

template <class Stream>
asio::awaitable<void> Session<Stream>::handshake() {
    if constexpr (tls) {
        connection_.enter(Connection::Phase::handshake);
        boost::system::error_code ec;
        auto token = asio::redirect_error(asio::use_awaitable, ec);
        co_await stream_.async_handshake(asio::ssl::stream_base::server, token);
        if (ec) connection_.abandon();
    }
    co_return;
}

template <class Stream>
asio::awaitable<void> Session<Stream>::read() {
    auto const space = connection_.input();
    asio::mutable_buffer const buffer(space.data(), space.size());
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    auto const bytes = co_await stream_.async_read_some(buffer, token);
    if (ec) {
        connection_.read_failed();
    } else {
        connection_.received(bytes);
    }
}

template <class Stream>
asio::awaitable<void> Session<Stream>::handle() {
    if (connection_.handler_streams()) events_.emplace(stream_, connection_);
    co_await run_handler();
    if (!events_) co_return;
    if (events_->is_open()) co_await events_->close();
    events_.reset();
}

/// The exception barrier of awaiting handlers.
template <class Stream>
asio::awaitable<void> Session<Stream>::run_handler() {
    try {
        auto handler = connection_.start_handler(events_ ? &*events_ : nullptr);
        co_await std::move(handler);
        connection_.handler_done();
    } catch (std::exception const& e) {
        connection_.handler_failed(e.what());
    } catch (...) {
        connection_.handler_failed("not a std::exception");
    }
}

/// Most answers fit the socket's buffer: a plain call costs less than an operation. False if some is left.
template <class Stream>
bool Session<Stream>::write_at_once() {
    sent_ = 0;
    if constexpr (!tls) {
        auto const out = connection_.output();
        boost::system::error_code ec;
        sent_ = stream_.write_some(asio::const_buffer(out.data(), out.size()), ec);
        if (ec && ec != asio::error::would_block && ec != asio::error::try_again) {
            connection_.abandon();
            return true;
        }
        if (sent_ == out.size()) {
            connection_.written();
            return true;
        }
    }
    return false;
}

template <class Stream>
asio::awaitable<void> Session<Stream>::write_rest() {
    connection_.enter(Connection::Phase::writing);
    auto const out = connection_.output().substr(sent_);
    asio::const_buffer const buffer(out.data(), out.size());
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    co_await asio::async_write(stream_, buffer, token);
    if (ec) {
        connection_.abandon();
    } else {
        connection_.written();
    }
}

/// Closing with unread input would reset the connection and could destroy the answer on its way (RFC 9112
/// §9.6): we finish our side and read to the peer's end, bounded in bytes and, by the sweep, in time.
template <class Stream>
asio::awaitable<void> Session<Stream>::linger() {
    static constexpr std::size_t bytes_max = 4 * 1024 * 1024;
    connection_.enter(Connection::Phase::closing);
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    if constexpr (tls) co_await stream_.async_shutdown(token);
    auto& tcp = socket();
    tcp.shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    for (std::size_t total = 0; !ec && total < bytes_max;) {
        auto const space = connection_.discard();
        asio::mutable_buffer const buffer(space.data(), space.size());
        auto const bytes = co_await tcp.async_read_some(buffer, token);
        total += bytes;
    }
}

template <class Stream>
asio::awaitable<void> run_session(std::unique_ptr<Session<Stream>> session) {
    co_await session->run();
}

}  // namespace b2a::http
