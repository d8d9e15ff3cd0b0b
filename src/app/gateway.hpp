// SPDX-License-Identifier: Apache-2.0
// The composition root: makes every object once, in order, and takes them down in reverse. Each I/O thread has a Lane
// of its own (reader, services, routes), so that requests on different threads share only the snapshot and the writer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "b2a/http/server.hpp"
#include "b2a/protocol/context.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/service/operations.hpp"
#include "b2a/service/order.hpp"
#include "b2a/store/store.hpp"
#include "b2a/web/router.hpp"

#include "app/config.hpp"
#include "app/keeper.hpp"
#include "app/metrics.hpp"
#include "app/system.hpp"

namespace b2a::app {

/// What all lanes share.
struct Shared {
    Config config;
    protocol::Site site;
    SystemClock clock;
    std::unique_ptr<Random> random;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<crypto::SigningKey> key;
    std::unique_ptr<service::PaymentPort> payments;
    std::unique_ptr<service::PolicyHolder> policy;
    std::unique_ptr<service::Limiter> limiter;
    service::PolicyCounters policy_counters;
    catalog::Holder catalog;
    std::unique_ptr<Keeper> keeper;
    Metrics metrics;
};

/// One I/O thread's objects.
struct Lane {
    Lane(Shared& shared, std::unique_ptr<store::Reader> own_reader, std::vector<protocol::AgentToken> tokens);

    std::unique_ptr<store::Reader> reader;
    service::Governance governance;
    service::CatalogService catalog;
    service::CheckoutService checkouts;
    service::OrderService orders;
    service::OperatorService operations;
    protocol::ContextFactory contexts;
    web::Router router;
};

class Gateway {
  public:
    static Result<std::unique_ptr<Gateway>> create(Config config);
    ~Gateway();

    void start();
    /// Drains both listeners, commits what is queued, signs the last checkpoint. Idempotent.
    void stop();
    /// Loads the policy file anew; on a problem the old rules stay.
    Result<void> reload_policy();

    [[nodiscard]] std::string agents_url() const;
    [[nodiscard]] std::string operators_url() const;
    [[nodiscard]] catalog::Snapshot const& snapshot() const { return *shared_.catalog.current(); }

  private:
    Gateway() = default;
    Result<void> open_store();
    Result<void> open_policy();
    Result<void> seed_sandbox();
    Result<void> make_lanes();
    Result<void> bind();
    void observe(http::Completed const& done);
    [[nodiscard]] http::ServerOptions server_options(Endpoint const& endpoint) const;

    Shared shared_;
    std::vector<std::unique_ptr<Lane>> lanes_;  // the last one is the operators'
    std::unique_ptr<http::Server> agents_;
    std::unique_ptr<http::Server> operators_;
    bool stopped_ = false;
};

}  // namespace b2a::app
