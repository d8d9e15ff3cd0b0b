// SPDX-License-Identifier: Apache-2.0
// HTTP from one thread over keep-alive connections, as exact as wrk is fast: every request is counted, and an
// unexpected answer ends the run.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace b2a::bench {

using Clock = std::chrono::steady_clock;

/// Owns a descriptor: one connection, at most one request in flight. Errors are exceptions.
class Connection {
  public:
    explicit Connection(std::uint16_t port);
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    void send(std::string const& request, std::size_t number);
    /// Reads what is there; true once the answer is complete.
    bool receive();

    [[nodiscard]] int socket() const { return socket_; }
    [[nodiscard]] std::size_t number() const { return number_; }
    [[nodiscard]] Clock::duration took() const { return Clock::now() - started_; }
    [[nodiscard]] std::string body() const { return received_.substr(body_); }
    [[nodiscard]] int status() const;

  private:
    int socket_;
    std::string received_;
    std::size_t number_ = 0;
    std::size_t body_ = 0;
    Clock::time_point started_;
};

struct Measured {
    double seconds = 0;
    double p50_ms = 0;
    double p99_ms = 0;
};

/// Sends requests 0 … count - 1, each connection one after the other; `answered` sees every answer.
Measured run(std::uint16_t port, std::size_t connections, std::size_t count,
             std::function<std::string(std::size_t)> const& request,
             std::function<void(Connection const&)> const& answered);

}  // namespace b2a::bench
