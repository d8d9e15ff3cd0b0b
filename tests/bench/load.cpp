// SPDX-License-Identifier: Apache-2.0
// A load generator of one thread over keep-alive connections, as exact as wrk is fast: every request is
// counted, and an unexpected answer ends the run.
//   load checkout PORT CONNECTIONS VARIANT COUNT   creates COUNT checkouts of one unit, then completes all of them
//   load flow     PORT CONNECTIONS VARIANT COUNT   creates, updates and completes COUNT checkouts
//   load signed   PORT CONNECTIONS DIR COUNT       creates COUNT checkouts, signed with the key in DIR
//   load get      PORT CONNECTIONS COUNT FILE      asks for the targets in FILE, one a line, in turns
//   load platform DIR                              makes that key, and the profile that goes with it
// Prints one JSON object.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/platform.hpp"

namespace {

using b2a::bench::Platform;
using Clock = std::chrono::steady_clock;
using Strings = std::vector<std::string>;

constexpr int patience_ms = 20'000;

/// Owns a descriptor: one connection, at most one request in flight.
class Connection {
  public:
    explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        sockaddr generic{};
        static_assert(sizeof generic == sizeof to);
        std::copy_n(reinterpret_cast<char const*>(&to), sizeof to, reinterpret_cast<char*>(&generic));
        if (::connect(socket_, &generic, sizeof generic) != 0) throw std::runtime_error("cannot connect");
        int const on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Connection() { ::close(socket_); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    void send(std::string const& request, std::size_t number) {
        received_.clear();
        number_ = number;
        started_ = Clock::now();
        for (std::size_t sent = 0; sent < request.size();) {
            auto const n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) throw std::runtime_error("the server closed a connection");
            sent += static_cast<std::size_t>(n);
        }
    }

    /// Reads what is there; true once the answer is complete.
    bool receive() {
        std::array<char, 65536> buffer;
        auto const n = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (n <= 0) throw std::runtime_error("the server closed a connection");
        received_.append(buffer.data(), static_cast<std::size_t>(n));
        auto const end = received_.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        body_ = end + 4;
        return received_.size() >= body_ + content_length(received_.substr(0, body_));
    }

    [[nodiscard]] int socket() const { return socket_; }
    [[nodiscard]] std::size_t number() const { return number_; }
    [[nodiscard]] Clock::duration took() const { return Clock::now() - started_; }
    [[nodiscard]] std::string body() const { return received_.substr(body_); }
    [[nodiscard]] int status() const { return std::atoi(received_.c_str() + sizeof "HTTP/1.1"); }

  private:
    static std::size_t content_length(std::string head) {
        std::ranges::transform(head, head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        auto const at = head.find("\r\ncontent-length:");
        if (at == std::string::npos) throw std::runtime_error("an answer without Content-Length");
        return std::strtoull(head.c_str() + at + sizeof "\r\ncontent-length:" - 1, nullptr, 10);
    }

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
             std::function<void(Connection const&)> const& answered) {
    std::vector<std::unique_ptr<Connection>> all;
    for (std::size_t i = 0; i < std::min(connections, count); ++i) all.push_back(std::make_unique<Connection>(port));
    std::vector<pollfd> waiting;
    for (auto const& one : all) waiting.push_back({one->socket(), POLLIN, 0});
    std::vector<double> times;
    times.reserve(count);
    std::size_t next = 0;
    auto const start = Clock::now();
    for (auto const& one : all) one->send(request(next), next), ++next;
    while (times.size() < count) {
        if (::poll(waiting.data(), waiting.size(), patience_ms) <= 0) throw std::runtime_error("no answer in time");
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (waiting[i].revents == 0 || !all[i]->receive()) continue;
            times.push_back(std::chrono::duration<double, std::milli>(all[i]->took()).count());
            answered(*all[i]);
            if (next < count) all[i]->send(request(next), next), ++next;
            else waiting[i].fd = -1;
        }
    }
    Measured out;
    out.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::ranges::sort(times);
    out.p50_ms = times[times.size() / 2];
    out.p99_ms = times[times.size() * 99 / 100];
    return out;
}

std::string const pay = R"({"payment":{"instruments":[{"id":"card_1","handler_id":"sandbox_card","type":"card",)"
                        R"("selected":true,"credential":{"type":"token","token":"tok_visa"}}]}})";

std::string order_of(std::string const& variant, int quantity) {
    return R"({"line_items":[{"item":{"id":")" + variant + R"("},"quantity":)" + std::to_string(quantity) +
           R"(}],"buyer":{"first_name":"Ada","last_name":"Lovelace","email":"ada@example.com"},)"
           R"("fulfillment":{"methods":[{"type":"shipping","selected_destination_id":"home",)"
           R"("destinations":[{"id":"home","street_address":)"
           R"("1 Market Street","address_locality":"San Francisco","address_region":"CA","postal_code":"94105",)"
           R"("address_country":"US"}]}]}})";
}

/// The id of the checkout that a creation answered.
std::string checkout_in(Connection const& c) {
    auto const body = c.body();
    auto const at = c.status() == 201 ? body.find("\"chk_") : std::string::npos;
    if (at == std::string::npos) throw std::runtime_error("no checkout: " + body.substr(0, 400));
    return body.substr(at + 1, body.find('"', at + 1) - at - 1);
}

constexpr std::string_view sessions = "/ucp/v1/checkout-sessions";

Measured create_all(Platform const& platform, std::uint16_t port, std::size_t connections, std::string const& body,
                    Strings& ids) {
    // Made beforehand: signing is the platform's work, not the server's.
    Strings requests(ids.size());
    for (std::size_t n = 0; n < ids.size(); ++n) requests[n] = platform.request("POST", std::string(sessions), n, body);
    return run(
        port, connections, ids.size(), [&](std::size_t n) { return requests[n]; },
        [&](Connection const& c) { ids[c.number()] = checkout_in(c); });
}

int checkout(std::uint16_t port, std::size_t connections, std::string const& variant, std::size_t count) {
    auto const platform = Platform::sandbox(port);
    Strings ids(count);
    auto const created = create_all(platform, port, connections, order_of(variant, 1), ids);
    std::size_t completed = 0;
    std::size_t failed = 0;
    auto const done = run(
        port, connections, count,
        [&](std::size_t n) {
            return platform.request("POST", std::string(sessions) + "/" + ids[n] + "/complete", count + n, pay);
        },
        [&](Connection const& c) {
            if (c.status() != 200) ++failed;
            else if (c.body().find("\"status\":\"completed\"") != std::string::npos) ++completed;
        });
    std::printf(
        "{\"created_per_second\":%.0f,\"completed\":%zu,\"not_completed\":%zu,\"failed\":%zu,"
        "\"completed_per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
        static_cast<double>(count) / created.seconds, completed, count - completed, failed,
        static_cast<double>(completed) / done.seconds, done.p50_ms, done.p99_ms);
    return 0;
}

int create_signed(std::uint16_t port, std::size_t connections, std::string const& directory, std::size_t count) {
    Strings ids(count);
    auto const created =
        create_all(Platform::signing(port, directory), port, connections, order_of("demo-ok-1", 1), ids);
    std::printf("{\"created_per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
                static_cast<double>(count) / created.seconds, created.p50_ms, created.p99_ms);
    return 0;
}

/// Whole purchases: create, update, complete, one after the other for each, many at a time.
int flow(std::uint16_t port, std::size_t connections, std::string const& variant, std::size_t count) {
    auto const platform = Platform::sandbox(port);
    Strings ids(count);
    auto const created = create_all(platform, port, connections, order_of(variant, 1), ids);
    auto const step = [&](std::string const& method, std::string const& suffix, std::size_t keys,
                          std::string const& body, std::string const& expected) {
        return run(
            port, connections, count,
            [&](std::size_t n) {
                return platform.request(method, std::string(sessions) + "/" + ids[n] + suffix, keys + n, body);
            },
            [&](Connection const& c) {
                if (c.body().find("\"status\":\"" + expected + "\"") == std::string::npos)
                    throw std::runtime_error("not " + expected + ": " + c.body().substr(0, 400));
            });
    };
    auto const updated = step("PUT", "", count, order_of(variant, 2), "ready_for_complete");
    auto const completed = step("POST", "/complete", 2 * count, pay, "completed");
    std::printf("{\"flows_per_second\":%.0f}\n",
                static_cast<double>(count) / (created.seconds + updated.seconds + completed.seconds));
    return 0;
}

int get(std::uint16_t port, std::size_t connections, std::size_t count, std::string const& file) {
    Strings targets;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) targets.push_back(line);
    if (targets.empty()) throw std::runtime_error("no targets in " + file);
    auto const done = run(
        port, connections, count,
        [&](std::size_t n) { return "GET " + targets[n % targets.size()] + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"; },
        [&](Connection const& c) {
            if (c.status() != 200) throw std::runtime_error(targets[c.number() % targets.size()] + ": " + c.body());
        });
    std::printf("{\"per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n", static_cast<double>(count) / done.seconds,
                done.p50_ms, done.p99_ms);
    return 0;
}

std::size_t number(char const* text) {
    return std::strtoull(text, nullptr, 10);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        std::string const what = argc == 6 ? argv[1] : "";
        if (what == "checkout")
            return checkout(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), argv[4], number(argv[5]));
        if (what == "get")
            return get(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), number(argv[4]), argv[5]);
        if (what == "signed")
            return create_signed(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), argv[4],
                                 number(argv[5]));
        if (what == "flow")
            return flow(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), argv[4], number(argv[5]));
        if (argc == 3 && std::string_view(argv[1]) == "platform") {
            b2a::bench::make_platform(argv[2]);
            return 0;
        }
        std::cerr
            << "usage: load checkout|flow PORT CONNECTIONS VARIANT COUNT | load signed PORT CONNECTIONS DIR COUNT\n"
               "       load get PORT CONNECTIONS COUNT FILE | load platform DIR\n";
        return 2;
    } catch (std::exception const& error) {
        std::cerr << "load: " << error.what() << '\n';
        return 1;
    }
}
