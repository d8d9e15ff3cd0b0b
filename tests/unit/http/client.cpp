// SPDX-License-Identifier: Apache-2.0
#include "client.hpp"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "b2a/base/text.hpp"
#include "b2a/web/problem.hpp"

namespace b2a::http {

namespace asio = boost::asio;

std::optional<std::string> Reply::field(std::string_view name) const {
    for (auto line : split(head, '\n')) {
        auto const colon = line.find(':');
        if (colon != std::string_view::npos && iequals(line.substr(0, colon), name))
            return std::string(trim(line.substr(colon + 1)));
    }
    return std::nullopt;
}

Client::Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval const patience{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)  // NOLINT
        throw std::runtime_error("connect failed");
}

Client::~Client() {
    if (fd_ >= 0) ::close(fd_);
}

Client::Client(Client&& other) noexcept : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)) {}

Client& Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;  // the server may have refused already; the reply tells
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
}

bool Client::fill() {
    std::array<char, 65536> chunk{};
    auto const got = ::recv(fd_, chunk.data(), chunk.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("no answer in time");
    if (got <= 0) return false;
    buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
}

std::optional<Reply> Client::reply(bool head) {
    Reply reply;
    auto end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!fill()) return std::nullopt;
        end = buffer_.find("\r\n\r\n");
    }
    reply.head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    reply.status = parse_int<int>(std::string_view(reply.head).substr(9, 3)).value_or(0);
    auto const length = parse_int<std::size_t>(reply.field("content-length").value_or("0")).value_or(0);
    while (!head && buffer_.size() < length)
        if (!fill()) return std::nullopt;
    if (!head) {
        reply.body = buffer_.substr(0, length);
        buffer_.erase(0, length);
    }
    return reply;
}

bool Client::closed() {
    return buffer_.empty() && !fill();
}

std::string Client::until(std::string_view mark) {
    for (;;) {
        auto const at = buffer_.find(mark);
        if (at == std::string::npos && fill()) continue;
        auto out = buffer_.substr(0, at == std::string::npos ? at : at + mark.size());
        buffer_.erase(0, out.size());
        return out;
    }
}

std::string Client::rest() {
    while (fill()) {}
    return std::exchange(buffer_, {});
}

void Client::finish_sending() const {
    ::shutdown(fd_, SHUT_WR);
}

void Client::reset() {
    linger const now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(std::exchange(fd_, -1));
}

asio::awaitable<void> Gate::wait() {
    auto const executor = co_await asio::this_coro::executor;
    auto initiate = [this, executor](auto handler) {
        auto const shared = std::make_shared<decltype(handler)>(std::move(handler));
        std::lock_guard const lock(mutex_);
        waiting_.emplace_back([shared, executor] { asio::post(executor, [shared] { (*shared)(); }); });
        ++arrivals_;
        arrived_.notify_all();
    };
    auto waiting = asio::async_initiate<asio::use_awaitable_t<> const, void()>(initiate, asio::use_awaitable);
    co_await std::move(waiting);
}

void Gate::open() {
    std::vector<std::function<void()>> waiting;
    {
        std::lock_guard const lock(mutex_);
        waiting.swap(waiting_);
    }
    for (auto const& resume : waiting) resume();
}

void Gate::await_arrivals(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return arrivals_ >= count; });
}

Fixture::Fixture() {
    using web::Method;
    using web::Request;
    using web::Response;
    auto const text = [](Response& response, std::string body) {
        response.content_type = web::text_type;
        response.body = std::move(body);
    };
    router.add(Method::get, "/hello", "hello",
               web::Immediate([text](Request const&, Response& response) { text(response, "hello"); }));
    router.add(Method::get, "/echo/{word}", "word", web::Immediate([text](Request const& request, Response& response) {
                   text(response, std::string(request.param("word")) + "|" + std::string(request.query));
               }));
    router.add(Method::post, "/echo", "echo", web::Immediate([text](Request const& request, Response& response) {
                   text(response, std::string(request.body));
               }));
    router.add(Method::get, "/peer", "peer", web::Immediate([text](Request const& request, Response& response) {
                   auto const left = request.deadline - std::chrono::steady_clock::now();
                   bool const sane = left > std::chrono::seconds{1} && left <= std::chrono::seconds{10};
                   text(response, std::string(request.peer) + (request.secure ? " secure" : " plain") +
                                      (sane ? " deadline" : " no deadline"));
               }));
    router.add(Method::get, "/large", "large", web::Immediate([text](Request const&, Response& response) {
                   text(response, std::string(8 * 1024 * 1024, 'x'));
               }));
    router.add(Method::get, "/throw", "throw", web::Immediate([](Request const&, Response& response) {
                   response.body = "half";
                   throw std::runtime_error("secret detail");
               }));
    router.add(Method::get, "/split", "split", web::Immediate([text](Request const&, Response& response) {
                   text(response, "ok");
                   response.header("X-Bad", "a\r\nInjected: 1");
                   response.header("Content-Length", "99");
                   response.header("X-Good", "1");
               }));
    router.add(Method::get, "/empty", "empty",
               web::Immediate([](Request const&, Response& response) { response.status = 204; }));
    router.add(Method::get, "/await", "await",
               web::Awaiting([this, text](Request const&, Response& response) -> asio::awaitable<void> {
                   co_await gate.wait();
                   text(response, "awaited");
               }));
    router.add(Method::get, "/await-throw", "await_throw",
               web::Awaiting([](Request const&, Response&) -> asio::awaitable<void> {
                   throw 42;
                   co_return;
               }));
    options.clock = &clock;
}

/// The observer's members go before the server would by itself.
Fixture::~Fixture() {
    gate.open();
    server.reset();
}

void Fixture::start(std::size_t threads) {
    auto observe = [this](Completed const& completed) {
        std::lock_guard const lock(mutex_);
        seen_.push_back({completed.response.status, std::string(completed.request.method_text),
                         std::string(completed.request.target), std::string(completed.operation), completed.bytes_out});
        changed_.notify_all();
    };
    auto render = [](Error const& error, int status, web::Response& response) {
        web::render_problem(error, status, response);
    };
    std::vector<web::Router const*> const routers(threads, &router);
    auto created = Server::create(options, routers, observe, render);
    ASSERT_TRUE(created) << created.error().detail << created.error().note.text;
    server = std::move(created).value();
    server->start();
}

std::vector<Seen> Fixture::seen() const {
    std::lock_guard const lock(mutex_);
    return seen_;
}

void Fixture::await_seen(std::size_t count) const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return seen_.size() >= count; });
}

}  // namespace b2a::http
