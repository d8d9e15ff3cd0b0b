// SPDX-License-Identifier: Apache-2.0
#include "b2a/http/server.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <boost/asio/ip/address.hpp>

#include "b2a/base/assert.hpp"

#include "http/tls.hpp"
#include "http/worker.hpp"

namespace b2a::http {
namespace {

using boost::asio::ip::tcp;

class WorkerServer final : public Server {
  public:
    WorkerServer(ServerOptions options, Observer observer, ErrorRenderer render_error) :
        environment_{std::move(options), std::move(observer), std::move(render_error), {}} {}
    ~WorkerServer() override { stop(std::chrono::milliseconds{0}); }

    Result<void> bind(std::vector<web::Router const*> const& routers);

    void start() override;
    void stop(std::chrono::milliseconds timeout) override;
    [[nodiscard]] std::uint16_t port() const override { return workers_.front()->port(); }
    [[nodiscard]] Counters counters() const override;

  private:
    void worker_ended();
    bool wait_for_workers(std::chrono::milliseconds timeout);

    Environment environment_;
    std::unique_ptr<boost::asio::ssl::context> tls_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::thread> threads_;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::size_t running_ = 0;
};

Error bind_failed(tcp::endpoint const& endpoint, boost::system::error_code const& ec) {
    return Error(Code::upstream_failed, "Cannot listen on " + endpoint.address().to_string() + " port " +
                                            std::to_string(endpoint.port()) + ": " + ec.message());
}

Result<void> WorkerServer::bind(std::vector<web::Router const*> const& routers) {
    boost::system::error_code ec;
    auto const address = boost::asio::ip::make_address(environment_.options.host, ec);
    if (ec) return Error(Code::invalid_request, "Not an IP address: " + environment_.options.host);
    if (environment_.options.tls) {
        auto context = make_tls_context(*environment_.options.tls);
        if (!context) return std::move(context).error();
        tls_ = std::move(context).value();
    }
    tcp::endpoint endpoint(address, environment_.options.port);
    bool const shared = routers.size() > 1;
    if (shared && endpoint.port() != 0) {
        // SO_REUSEPORT would join a stranger's port without an error; a plain bind tells whether it is free.
        Worker probe(environment_, *routers.front(), nullptr);
        if ((ec = probe.listen(endpoint, false))) return bind_failed(endpoint, ec);
    }
    for (auto const* router : routers) {
        auto worker = std::make_unique<Worker>(environment_, *router, tls_.get());
        if ((ec = worker->listen(endpoint, shared))) return bind_failed(endpoint, ec);
        endpoint.port(worker->port());
        workers_.push_back(std::move(worker));
    }
    return {};
}

void WorkerServer::start() {
    B2A_ASSERT(threads_.empty());
    running_ = workers_.size();
    for (auto const& worker : workers_) {
        threads_.emplace_back([this, &worker = *worker] {
            worker.run();
            worker_ended();
        });
    }
}

void WorkerServer::stop(std::chrono::milliseconds timeout) {
    static constexpr std::chrono::milliseconds closing_time{200};
    if (threads_.empty()) return;
    for (auto const& worker : workers_) worker->post_drain();
    if (!wait_for_workers(timeout)) {
        for (auto const& worker : workers_) worker->post_close_all();
        if (!wait_for_workers(closing_time))
            for (auto const& worker : workers_) worker->stop();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void WorkerServer::worker_ended() {
    std::lock_guard const lock(mutex_);
    --running_;
    ended_.notify_all();
}

bool WorkerServer::wait_for_workers(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, timeout, [this] { return running_ == 0; });
}

Counters WorkerServer::counters() const {
    auto const& shared = environment_.counters;
    Counters counters;
    counters.connections_open = shared.open.load(std::memory_order_relaxed);
    counters.connections_total = shared.total.load(std::memory_order_relaxed);
    counters.connections_refused = shared.refused.load(std::memory_order_relaxed);
    counters.stray_exceptions = shared.stray_exceptions.load(std::memory_order_relaxed);
    counters.streams_open = shared.streams.load(std::memory_order_relaxed);
    counters.timeouts = shared.timeouts.load(std::memory_order_relaxed);
    return counters;
}

}  // namespace

Result<std::unique_ptr<Server>> Server::create(ServerOptions options, std::vector<web::Router const*> routers,
                                               Observer observer, ErrorRenderer render_error) {
    B2A_ASSERT(!routers.empty() && render_error);
    auto server = std::make_unique<WorkerServer>(std::move(options), std::move(observer), std::move(render_error));
    if (auto bound = server->bind(routers); !bound) return std::move(bound).error();
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace b2a::http
