// SPDX-License-Identifier: Apache-2.0
// An answer in pieces on one connection: chunks, comments in silence, and a watch on the client, which is expected to
// send nothing more. The handler, the comments and the watch are three coroutines on the connection's thread; whoever
// finds nobody writing writes what all of them have left.
#pragma once

#include <array>
#include <charconv>
#include <functional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "b2a/base/limits.hpp"
#include "b2a/web/event_stream.hpp"

#include "http/connection.hpp"
#include "http/session_base.hpp"

namespace b2a::http {

namespace asio = boost::asio;

template <class Stream>
class SessionStream final : public web::EventStream {
  public:
    SessionStream(Stream& stream, Connection& connection) :
        stream_(stream),
        connection_(connection),
        silence_(stream.get_executor()),
        changed_(stream.get_executor(), asio::steady_timer::time_point::max()) {}

    asio::awaitable<bool> open(web::Response const& response) override;
    [[nodiscard]] bool is_open() const override { return open_; }
    asio::awaitable<bool> send(std::string text) override;
    [[nodiscard]] bool ending() const override { return ending_ || connection_.draining(); }
    void on_ending(std::function<void()> wake) override { wake_ = std::move(wake); }

    void end_soon();
    /// After the handler: the end of the body, and of the other two coroutines.
    asio::awaitable<void> close();

  private:
    asio::awaitable<void> flush();
    asio::awaitable<void> watch();
    asio::awaitable<void> comment();
    asio::awaitable<void> wait_for_change();
    void lose();
    void start(asio::awaitable<void> part);

    Stream& stream_;
    Connection& connection_;
    asio::steady_timer silence_;
    asio::steady_timer changed_;  // never expires: cancelled whenever something has changed
    std::function<void()> wake_;
    std::string pending_;
    std::string out_;
    bool open_ = false;
    bool closing_ = false;
    bool gone_ = false;
    bool ending_ = false;
    bool writing_ = false;
    bool quiet_ = false;
    int parts_ = 0;
};

template <class Stream>
asio::awaitable<bool> SessionStream<Stream>::open(web::Response const& response) {
    pending_ = connection_.begin_stream(response);
    if (pending_.empty()) co_return false;
    open_ = true;
    start(watch());
    start(comment());
    co_await flush();
    co_return true;
}

template <class Stream>
asio::awaitable<bool> SessionStream<Stream>::send(std::string text) {
    if (gone_ || text.empty()) co_return !gone_;  // an empty chunk would be the last one
    std::array<char, 16> size{};
    auto const digits = std::to_chars(size.data(), size.data() + size.size(), text.size(), 16);
    pending_.append(size.data(), digits.ptr);
    pending_ += "\r\n";
    pending_ += text;
    pending_ += "\r\n";
    co_await flush();
    co_return !gone_;
}

template <class Stream>
asio::awaitable<void> SessionStream<Stream>::flush() {
    while (writing_) co_await wait_for_change();
    if (gone_ || pending_.empty()) co_return;
    writing_ = true;
    quiet_ = false;
    out_.clear();
    out_.swap(pending_);
    connection_.stream_writes(out_.size());
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    asio::const_buffer const buffer(out_.data(), out_.size());
    co_await asio::async_write(stream_, buffer, token);
    connection_.stream_waits();
    writing_ = false;
    if (ec) lose();
    changed_.cancel();
}

/// A client that closes its side has lost interest; the protocols above treat that as taking the request back.
template <class Stream>
asio::awaitable<void> SessionStream<Stream>::watch() {
    std::array<char, 512> thrown_away{};
    std::size_t total = 0;
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    auto const buffer = asio::buffer(thrown_away);
    while (!closing_ && !gone_) {
        auto const bytes = co_await stream_.async_read_some(buffer, token);
        total += bytes;
        if (closing_) break;
        if (ec || total > limits::http_stream_input_bytes_max) lose();
    }
}

template <class Stream>
asio::awaitable<void> SessionStream<Stream>::comment() {
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    while (!closing_ && !gone_) {
        silence_.expires_after(connection_.options().stream_comment_interval);
        co_await silence_.async_wait(token);
        if (closing_ || gone_) break;
        std::string line = ":\n\n";
        if (quiet_ && !writing_) co_await send(std::move(line));
        quiet_ = true;
    }
}

template <class Stream>
asio::awaitable<void> SessionStream<Stream>::close() {
    while (writing_) co_await wait_for_change();
    if (!gone_ && connection_.stream_complete()) {
        pending_ += "0\r\n\r\n";
        co_await flush();
    }
    closing_ = true;
    silence_.cancel();
    boost::system::error_code ignored;
    stream_.lowest_layer().cancel(ignored);
    while (parts_ > 0) co_await wait_for_change();
    if (gone_ || !connection_.stream_complete()) connection_.abandon();
}

template <class Stream>
asio::awaitable<void> SessionStream<Stream>::wait_for_change() {
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    co_await changed_.async_wait(token);
}

template <class Stream>
void SessionStream<Stream>::end_soon() {
    ending_ = true;
    if (wake_) wake_();
}

template <class Stream>
void SessionStream<Stream>::lose() {
    gone_ = true;
    silence_.cancel();
    changed_.cancel();
    end_soon();
}

template <class Stream>
void SessionStream<Stream>::start(asio::awaitable<void> part) {
    ++parts_;
    asio::co_spawn(stream_.get_executor(), std::move(part), [this](std::exception_ptr const& failure) {
        session_ended(connection_.counters(), failure);
        --parts_;
        changed_.cancel();
    });
}

}  // namespace b2a::http
