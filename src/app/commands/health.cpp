// SPDX-License-Identifier: Apache-2.0
// `b2a health`: asks a running server's /healthz; the container's health check, since the image carries no curl.
#include <iostream>
#include <memory>
#include <string>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/commands/commands.hpp"

namespace b2a::app {
namespace {

int connect_to(Endpoint const& endpoint) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* raw = nullptr;
    if (::getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &hints, &raw) != 0) return -1;
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const found(raw, &::freeaddrinfo);
    int const fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const limit{2, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (fd >= 0 && ::connect(fd, found->ai_addr, found->ai_addrlen) == 0) return fd;
    if (fd >= 0) ::close(fd);
    return -1;
}

}  // namespace

int health(std::string const& admin_listen) {
    auto const endpoint = parse_endpoint(admin_listen);
    if (!endpoint) return fail(admin_listen + ": expected host:port");
    int const fd = connect_to(*endpoint);
    if (fd < 0) return fail(admin_listen + ": no answer");
    auto const request = fmt::format("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", admin_listen);
    std::string answer(64, '\0');
    bool const sent = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
    auto const received = sent ? ::recv(fd, answer.data(), answer.size(), 0) : -1;
    ::close(fd);
    answer.resize(received > 0 ? static_cast<std::size_t>(received) : 0);
    if (!answer.starts_with("HTTP/1.1 200 ")) return fail(admin_listen + ": not healthy");
    std::cout << "healthy\n";
    return exit_done;
}

}  // namespace b2a::app
