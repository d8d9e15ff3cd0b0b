// SPDX-License-Identifier: Apache-2.0
// Somebody else's server, of raw bytes: it answers each connection's one request with what the test says.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "b2a/http/server.hpp"

namespace b2a::http {

class Peer {
  public:
    /// Called on the connection's own thread; what it returns is sent, then the connection is closed.
    using Script = std::function<std::string(std::string const& request)>;

    explicit Peer(Script script, TlsFiles const* tls = nullptr, int tls_version_max = 0);
    ~Peer();
    Peer(Peer const&) = delete;
    Peer& operator=(Peer const&) = delete;

    [[nodiscard]] std::string port() const { return std::to_string(port_); }
    [[nodiscard]] std::uint16_t port_number() const { return port_; }
    [[nodiscard]] std::size_t accepted() const { return accepted_; }
    /// The requests that were read, in order.
    [[nodiscard]] std::vector<std::string> requests() const;
    /// What SNI said on the last connection.
    [[nodiscard]] std::string server_name() const;

  private:
    void accept();
    void serve(boost::asio::ip::tcp::socket socket);
    template <class Stream>
    void talk(Stream& stream);

    Script script_;
    boost::asio::io_context io_;
    boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_server};
    bool secure_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::size_t> accepted_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::string server_name_;
    std::vector<std::thread> connections_;
    std::thread thread_;
};

/// "HTTP/1.1 200 OK" with a Content-Length.
std::string ok(std::string const& body, std::string const& fields = "");

}  // namespace b2a::http
