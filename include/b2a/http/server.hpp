// SPDX-License-Identifier: Apache-2.0
// The HTTP/1.1 server: one io_context and one acceptor per I/O thread (SO_REUSEPORT), a Router per thread, so
// that sessions share nothing. Owns its threads; stop() drains: no new connections, answers in flight are
// finished.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/web/router.hpp"

namespace boost::asio {
class io_context;
}

namespace b2a::http {

struct TlsFiles {
    std::string certificate_chain;  // PEM
    std::string private_key;        // PEM
};

struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;       // 0: the kernel chooses, see Server::port()
    std::optional<TlsFiles> tls;  // TLS 1.3 only
    std::size_t body_bytes_max = limits::http_body_bytes_max;
    std::size_t connections_max = limits::http_connections_max;
    std::chrono::milliseconds header_timeout = limits::http_header_timeout;
    std::chrono::milliseconds body_timeout = limits::http_body_timeout;
    std::chrono::milliseconds idle_timeout = limits::http_idle_timeout;
    std::chrono::milliseconds write_timeout = limits::http_write_timeout;
    std::size_t event_streams_max = limits::http_event_streams_max;
    std::chrono::milliseconds stream_comment_interval = limits::http_stream_comment_interval;
    std::string server_name = "b2a";
    Clock const* clock = nullptr;  // for the Date field; without a clock there is none (RFC 9110 §6.6.1)
};

/// What happened to one request; passed to the observer for the log line and the metrics.
struct Completed {
    web::Request const& request;
    web::Response const& response;
    std::string_view operation;
    std::size_t bytes_out;
    std::chrono::nanoseconds duration;
};
using Observer = std::function<void(Completed const&)>;

/// Renders an error that arises below any protocol (400, 413, 431 … of the parser, 500 of the exception
/// barrier). The status is explicit since no Code names 408, 414 and 417: web::render_problem fits.
using ErrorRenderer = std::function<void(Error const&, int status, web::Response&)>;

struct Counters {
    std::uint64_t connections_open = 0;
    std::uint64_t connections_total = 0;
    std::uint64_t connections_refused = 0;
    std::uint64_t stray_exceptions = 0;
    std::uint64_t streams_open = 0;  // answers that are being written in pieces
    std::uint64_t timeouts = 0;      // of a header, body, handshake or write; an idle connection's end is none
};

class Server {
  public:
    /// `routers`: one per I/O thread, at least one. The routers and callbacks must outlive the server;
    /// callbacks are called on any of its threads. Binds at once; errors: invalid_request (bad address),
    /// upstream_failed (bind, TLS). Destroy the server after what its handlers await (the store): a late
    /// completion still posts to its threads.
    static Result<std::unique_ptr<Server>> create(ServerOptions options, std::vector<web::Router const*> routers,
                                                  Observer observer, ErrorRenderer render_error);
    virtual ~Server() = default;

    virtual void start() = 0;
    /// Stops accepting, closes idle connections, waits at most `timeout` for answers in flight, joins the
    /// threads. Idempotent; a server that was stopped is not started again.
    virtual void stop(std::chrono::milliseconds timeout) = 0;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    [[nodiscard]] virtual Counters counters() const = 0;
};

}  // namespace b2a::http
