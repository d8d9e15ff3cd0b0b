// SPDX-License-Identifier: Apache-2.0
#include "b2a/http/outbound.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/ssl.h>

#include "b2a/base/log.hpp"

#include "http/exchange.hpp"
#include "http/lookup.hpp"
#include "http/ssrf_guard.hpp"

namespace b2a::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using Answer = Result<web::OutboundReply>;
using Done = std::function<void(Answer)>;

/// How many connections a host has, and who waits for one of them to end.
struct Host {
    std::size_t active = 0;
    std::deque<std::shared_ptr<Exchange>> waiting;
};

class Client final : public OutboundClient {
  public:
    explicit Client(OutboundOptions options) :
        options_(std::move(options)),
        guard_(options_.admit_loopback, options_.ports, options_.own_origin),
        work_(asio::make_work_guard(loop_)),
        lookup_(loop_) {}
    ~Client() override { stop(); }

    Result<void> prepare();
    void start() {
        thread_ = std::thread([this] { loop_.run(); });
    }
    awaitable<Answer> send(web::OutboundRequest request) override;
    void stop() override;

    /// Calls `done` exactly once, on some thread.
    void submit(Destination destination, web::OutboundRequest request, Done done);

  private:
    awaitable<void> serve(std::shared_ptr<Exchange> exchange, Done done);
    void enter(std::shared_ptr<Exchange> const& exchange);
    void leave(std::shared_ptr<Exchange> const& exchange);

    OutboundOptions options_;
    SsrfGuard guard_;
    std::mutex mutex_;
    bool stopping_ = false;
    std::size_t in_flight_ = 0;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    std::map<std::string, Host> hosts_;              // loop's thread only, like the next
    std::set<std::shared_ptr<Exchange>> exchanges_;  // all that were not answered yet
    asio::io_context loop_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    Lookup lookup_;
    std::thread thread_;
};

struct Initiate {
    Client* client;

    template <class Handler>
    void operator()(Handler&& handler, Destination destination, web::OutboundRequest request) const {
        // The caller's executor counts as busy until the answer is posted there.
        auto executor = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
        using Waiting = asio::any_completion_handler<void(Answer)>;
        // std::function wants copies; the handler can only be moved.
        auto const waiting = std::make_shared<Waiting>(std::forward<Handler>(handler));
        client->submit(std::move(destination), std::move(request), [waiting, executor](Answer answer) {
            asio::post(executor,
                       [waiting, answer = std::move(answer)]() mutable { std::move (*waiting)(std::move(answer)); });
        });
    }
};

Result<void> Client::prepare() {
    boost::system::error_code ec;
    if (SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION) != 1)
        return Error(Code::upstream_failed, "TLS 1.2 is not available");
    tls_.set_verify_mode(asio::ssl::verify_peer, ec);
    if (!ec) tls_.set_default_verify_paths(ec);
    if (ec) return Error(Code::upstream_failed, "TLS cannot be set up").with_note(ec.message());
    if (!options_.ca_file.empty()) tls_.load_verify_file(options_.ca_file, ec);
    if (ec)
        return Error(Code::invalid_request, "The CA file " + options_.ca_file + " cannot be read")
            .with_note(ec.message());
    return {};
}

awaitable<Answer> Client::send(web::OutboundRequest request) {
    auto destination = guard_.admit(request.url);
    if (!destination) co_return std::move(destination).error();
    Initiate initiate{this};
    auto answer = co_await asio::async_initiate<asio::use_awaitable_t<> const&, void(Answer)>(
        std::move(initiate), asio::use_awaitable, std::move(*destination), std::move(request));
    co_return answer;
}

void Client::submit(Destination destination, web::OutboundRequest request, Done done) {
    std::unique_lock lock(mutex_);
    if (stopping_ || in_flight_ >= options_.in_flight_max) {
        auto const* const reason = stopping_ ? "timeout" : "overloaded";
        lock.unlock();
        return done(outbound_error(reason, "no further request can be sent now"));
    }
    ++in_flight_;
    // Under the lock, so that stop() comes after it in the loop's queue.
    asio::post(loop_, [this, destination = std::move(destination), request = std::move(request),
                       done = std::move(done)]() mutable {
        Exchange::Context const context{loop_, tls_, lookup_};
        auto exchange =
            std::make_shared<Exchange>(context, std::move(destination), std::move(request), options_.user_agent);
        enter(exchange);
        asio::co_spawn(loop_, serve(std::move(exchange), std::move(done)), [](std::exception_ptr failure) {
            if (failure) log::error("outbound.stray_exception");
        });
    });
}

awaitable<void> Client::serve(std::shared_ptr<Exchange> exchange, Done done) {
    std::optional<Answer> answer;
    try {
        auto reply = co_await exchange->run();
        answer.emplace(std::move(reply));
    } catch (std::exception const& e) {
        answer.emplace(Error(Code::internal, "the request failed").with_note(e.what()));
    }
    leave(exchange);
    exchange.reset();
    {
        std::scoped_lock const lock(mutex_);
        --in_flight_;
    }
    done(std::move(*answer));
}

void Client::enter(std::shared_ptr<Exchange> const& exchange) {
    exchanges_.insert(exchange);
    auto& host = hosts_[exchange->destination().url.authority()];
    if (host.active >= limits::outbound_connections_per_host_max) {
        host.waiting.push_back(exchange);
        return;
    }
    ++host.active;
    exchange->admit();
}

void Client::leave(std::shared_ptr<Exchange> const& exchange) {
    exchanges_.erase(exchange);
    auto const found = hosts_.find(exchange->destination().url.authority());
    auto& host = found->second;
    if (!exchange->admitted()) {
        std::erase(host.waiting, exchange);
    } else if (!host.waiting.empty()) {
        host.waiting.front()->admit();
        host.waiting.pop_front();
    } else if (--host.active == 0) {
        hosts_.erase(found);
    }
}

void Client::stop() {
    {
        std::scoped_lock const lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
    }
    asio::post(loop_, [this] {
        for (auto const& exchange : exchanges_) exchange->expire();
        work_.reset();
    });
    if (thread_.joinable()) thread_.join();
    lookup_.join();
}

}  // namespace

Result<std::unique_ptr<OutboundClient>> OutboundClient::create(OutboundOptions options) {
    try {
        auto client = std::make_unique<Client>(std::move(options));
        B2A_CHECK(client->prepare());
        client->start();
        return std::unique_ptr<OutboundClient>(std::move(client));
    } catch (std::exception const& e) {
        return Error(Code::upstream_failed, "The outbound client cannot start").with_note(e.what());
    }
}

}  // namespace b2a::http
