// SPDX-License-Identifier: Apache-2.0
// A blocking client of raw bytes and a server to aim it at. Reads give up after 20 s, so that a defect fails
// a test instead of hanging it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/http/server.hpp"

namespace b2a::http {

struct Reply {
    int status = 0;
    std::string head;  // status line and fields, with the empty line
    std::string body;

    [[nodiscard]] std::optional<std::string> field(std::string_view name) const;
};

class Client {
  public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(Client&& other) noexcept;
    Client(Client const&) = delete;

    Client& send(std::string_view bytes);
    /// The next response; nullopt at the end of the connection. `head`: it answers a HEAD, so no body
    /// follows.
    std::optional<Reply> reply(bool head = false);
    /// True once the server has closed, with nothing more sent.
    bool closed();
    /// Everything up to and with `mark`; what there is if the connection ends before.
    std::string until(std::string_view mark);
    /// Everything up to the end of the connection.
    std::string rest();
    void finish_sending() const;
    /// Closes with a reset.
    void reset();

  private:
    bool fill();

    int fd_;
    std::string buffer_;
};

/// What the observer saw.
struct Seen {
    int status;
    std::string method;
    std::string target;
    std::string operation;
    std::size_t bytes_out;
};

class FixedClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return from_micros(784'111'777'250'000); }
};

/// A gate that an awaiting handler waits at until the test opens it.
class Gate {
  public:
    boost::asio::awaitable<void> wait();
    void open();
    void await_arrivals(std::size_t count);

  private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<std::function<void()>> waiting_;
    std::size_t arrivals_ = 0;
};

/// A server with the routes every test uses; options may be changed before start().
class Fixture {
  public:
    Fixture();
    ~Fixture();

    void start(std::size_t threads = 1);
    [[nodiscard]] Client connect() const { return Client(server->port()); }
    [[nodiscard]] std::vector<Seen> seen() const;
    /// Waits until the observer has seen `count` requests.
    void await_seen(std::size_t count) const;

    ServerOptions options;
    web::Router router;
    Gate gate;
    FixedClock clock;
    std::unique_ptr<Server> server;

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<Seen> seen_;
};

inline std::string get(std::string_view target, std::string_view fields = "") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
}

inline std::string post(std::string_view target, std::string_view body, std::string_view fields = "") {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace b2a::http
