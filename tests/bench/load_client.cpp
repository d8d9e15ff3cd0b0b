// SPDX-License-Identifier: Apache-2.0
#include "bench/load_client.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace b2a::bench {
namespace {

constexpr int patience_ms = 20'000;

std::size_t content_length(std::string head) {
    std::ranges::transform(head, head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto const at = head.find("\r\ncontent-length:");
    if (at == std::string::npos) throw std::runtime_error("an answer without Content-Length");
    return std::strtoull(head.c_str() + at + sizeof "\r\ncontent-length:" - 1, nullptr, 10);
}

}  // namespace

Connection::Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
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

Connection::~Connection() {
    ::close(socket_);
}

void Connection::send(std::string const& request, std::size_t number) {
    received_.clear();
    number_ = number;
    started_ = Clock::now();
    for (std::size_t sent = 0; sent < request.size();) {
        auto const n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) throw std::runtime_error("the server closed a connection");
        sent += static_cast<std::size_t>(n);
    }
}

bool Connection::receive() {
    std::array<char, 65536> buffer;
    auto const n = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (n <= 0) throw std::runtime_error("the server closed a connection");
    received_.append(buffer.data(), static_cast<std::size_t>(n));
    auto const end = received_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    body_ = end + 4;
    return received_.size() >= body_ + content_length(received_.substr(0, body_));
}

int Connection::status() const {
    return std::atoi(received_.c_str() + sizeof "HTTP/1.1");
}

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

}  // namespace b2a::bench
