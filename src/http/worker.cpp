// SPDX-License-Identifier: Apache-2.0
#include "http/worker.hpp"

#include <algorithm>
#include <cerrno>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

#include "b2a/base/log.hpp"

namespace b2a::http {

namespace asio = boost::asio;
using asio::ip::tcp;

Worker::Worker(Environment& environment, web::Router const& router, asio::ssl::context* tls) :
    environment_(environment),
    router_(router),
    tls_(tls),
    fields_(environment.options),
    context_(1),
    acceptor_(context_),
    sweep_timer_(context_),
    accept_timer_(context_) {
    sessions_.on_empty = [this] { drained(); };
}

/// Sessions left over end with the io_context, when the timer that on_empty cancels is gone.
Worker::~Worker() {
    sessions_.on_empty = nullptr;
}

boost::system::error_code Worker::listen(tcp::endpoint endpoint, bool shared) {
    int const on = 1;
    boost::system::error_code ec;
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec && shared && ::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
        ec.assign(errno, boost::system::system_category());
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(tcp::acceptor::max_listen_connections, ec);
    if (!ec) port_ = acceptor_.local_endpoint(ec).port();
    return ec;
}

void Worker::run() {
    auto const ended = [this](std::exception_ptr const& failure) { session_ended(environment_.counters, failure); };
    asio::co_spawn(context_, accept(), ended);
    asio::co_spawn(context_, sweep(), ended);
    context_.run();
}

void Worker::post_drain() {
    asio::post(context_, [this] {
        draining_ = true;
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        accept_timer_.cancel();
        sessions_.end_unused();
        if (sessions_.empty()) drained();
    });
}

void Worker::post_close_all() {
    asio::post(context_, [this] { sessions_.close_all(); });
}

asio::awaitable<void> Worker::accept() {
    static constexpr std::chrono::milliseconds pause{50};
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    while (!draining_) {
        auto socket = co_await acceptor_.async_accept(token);
        if (draining_) break;
        if (!ec) {
            take(std::move(socket));
            continue;
        }
        if (ec == asio::error::connection_aborted) continue;
        // Out of descriptors or memory: pause, since the listening socket stays readable.
        log::warning("http.accept_failed", {{"what", ec.message()}});
        accept_timer_.expires_after(pause);
        co_await accept_timer_.async_wait(token);
    }
}

asio::awaitable<void> Worker::sweep() {
    auto const period = sweep_period();
    boost::system::error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    while (!draining_ || !sessions_.empty()) {
        sweep_timer_.expires_after(period);
        co_await sweep_timer_.async_wait(token);
        sessions_.sweep(std::chrono::steady_clock::now());
    }
}

void Worker::take(tcp::socket socket) {
    auto const& options = environment_.options;
    if (environment_.counters.open.load(std::memory_order_relaxed) >= options.connections_max) return refuse(socket);
    boost::system::error_code ec;
    socket.set_option(tcp::no_delay(true), ec);
    auto const remote = socket.remote_endpoint(ec);
    if (ec) return;  // gone already
    auto address = remote.address().to_string();
    SessionContext const context{environment_, router_, fields_, draining_};
    try {
        if (tls_ == nullptr) {
            spawn_plain(sessions_, context, std::move(socket), std::move(address));
        } else {
            spawn_tls(sessions_, context, std::move(socket), std::move(address), *tls_);
        }
    } catch (std::exception const& e) {  // out of memory: this connection is lost, the listener is not
        log::error("http.session_not_started", {{"what", e.what()}});
    }
}

void Worker::refuse(tcp::socket& socket) {
    environment_.counters.refused.fetch_add(1, std::memory_order_relaxed);
    if (tls_ != nullptr) return;
    web::Response response;
    render_error(environment_, Error(Code::overloaded).with_retry_after(std::chrono::seconds{1}), 503, response);
    Framing framing;
    framing.persistence = Persistence::closing;
    std::string out;
    append_response(out, response, framing, fields_.at(std::chrono::steady_clock::now()));
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(out), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void Worker::drained() {
    if (draining_) sweep_timer_.cancel();
}

std::chrono::milliseconds Worker::sweep_period() const {
    auto const& options = environment_.options;
    auto const shortest =
        std::min({options.header_timeout, options.body_timeout, options.idle_timeout, options.write_timeout});
    return std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds{5}, std::chrono::seconds{1});
}

}  // namespace b2a::http
