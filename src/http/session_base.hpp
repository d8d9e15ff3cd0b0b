// SPDX-License-Identifier: Apache-2.0
// What a worker knows of its sessions: an intrusive list that the sweep and the drain walk, on the worker's
// thread.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "http/connection.hpp"

namespace b2a::http {

class SessionBase;

class SessionRegistry {
  public:
    void add(SessionBase& session) noexcept;
    void remove(SessionBase& session) noexcept;
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    /// Ends what ran out of time.
    void sweep(Deadline now);
    /// For a drain: wakes the sessions that wait for a request, so that they see it, cuts handshakes off, and asks
    /// streams to end.
    void end_unused();
    void close_all();

    std::function<void()> on_empty;

  private:
    SessionBase* first_ = nullptr;
};

struct SessionContext {
    Environment& environment;
    web::Router const& router;
    CommonFields& fields;
    bool const& draining;
};

class SessionBase {
  public:
    SessionBase(SessionRegistry& registry, SessionContext const& context, Connection::Peer peer);
    virtual ~SessionBase();
    SessionBase(SessionBase const&) = delete;
    SessionBase& operator=(SessionBase const&) = delete;

    /// Wakes the session's pending operation, the stream stays usable.
    virtual void cancel() = 0;
    virtual void close() = 0;
    /// Asks the handler of an answer in pieces to come to its end.
    virtual void end_stream() = 0;

  protected:
    Connection connection_;

  private:
    friend class SessionRegistry;
    SessionRegistry& registry_;
    SharedCounters& counters_;
    SessionBase* previous_ = nullptr;
    SessionBase* next_ = nullptr;
};

/// Start a session on the socket's executor; it owns itself until its coroutine ends.
void spawn_plain(SessionRegistry& registry, SessionContext const& context, boost::asio::ip::tcp::socket socket,
                 std::string address);
void spawn_tls(SessionRegistry& registry, SessionContext const& context, boost::asio::ip::tcp::socket socket,
               std::string address, boost::asio::ssl::context& tls);
/// Completion of every session coroutine: an exception here is a defect and is counted.
void session_ended(SharedCounters& counters, std::exception_ptr const& failure);

}  // namespace b2a::http
