// SPDX-License-Identifier: Apache-2.0
// One I/O thread: its io_context, its acceptor, its sessions and the sweep that enforces their timeouts. Everything but
// the constructor, post_drain() and post_close_all() runs on the worker's own thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "http/environment.hpp"
#include "http/session_base.hpp"

namespace b2a::http {

class Worker {
  public:
    /// `tls`: nullptr for plain HTTP.
    Worker(Environment& environment, web::Router const& router, boost::asio::ssl::context* tls);
    ~Worker();
    Worker(Worker const&) = delete;
    Worker& operator=(Worker const&) = delete;

    /// Opens, binds and listens; `shared`: SO_REUSEPORT, so that several workers take the same port.
    boost::system::error_code listen(boost::asio::ip::tcp::endpoint endpoint, bool shared);
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

    /// The thread's body: returns once drained, or when stopped.
    void run();
    void post_drain();
    void post_close_all();
    /// Gives up on whatever is left.
    void stop() { context_.stop(); }

  private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> sweep();
    void take(boost::asio::ip::tcp::socket socket);
    void refuse(boost::asio::ip::tcp::socket& socket);
    void drained();
    [[nodiscard]] std::chrono::milliseconds sweep_period() const;

    Environment& environment_;
    web::Router const& router_;
    boost::asio::ssl::context* tls_;
    CommonFields fields_;
    std::uint16_t port_ = 0;
    bool draining_ = false;
    SessionRegistry sessions_;
    // Last, so that coroutines left over are destroyed while what they refer to is still there.
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer sweep_timer_;
    boost::asio::steady_timer accept_timer_;
};

}  // namespace b2a::http
