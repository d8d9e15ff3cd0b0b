// SPDX-License-Identifier: Apache-2.0
// The objects of the process: what all threads share, and what each I/O thread has of its own (reader, services,
// routes), so that requests on different threads share only the snapshot and the writer.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "b2a/http/outbound.hpp"
#include "b2a/identity/key_holder.hpp"
#include "b2a/identity/replay_cache.hpp"
#include "b2a/protocol/acp.hpp"
#include "b2a/protocol/context.hpp"
#include "b2a/protocol/recognizer.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/protocol/ucp.hpp"
#include "b2a/service/agents.hpp"
#include "b2a/service/cart.hpp"
#include "b2a/service/catalog.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/directory.hpp"
#include "b2a/service/evidence.hpp"
#include "b2a/service/external_decisions.hpp"
#include "b2a/service/fit.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/service/notices.hpp"
#include "b2a/service/operations.hpp"
#include "b2a/service/order.hpp"
#include "b2a/service/oversight.hpp"
#include "b2a/service/privacy.hpp"
#include "b2a/service/provenance.hpp"
#include "b2a/service/shopping.hpp"
#include "b2a/store/store.hpp"
#include "b2a/web/router.hpp"

#include "app/config.hpp"
#include "app/keeper.hpp"
#include "app/metrics.hpp"
#include "app/system.hpp"

namespace b2a::app {

/// What all lanes share. Members are destroyed in reverse: what calls comes after what it calls.
struct Shared {
    Config config;
    protocol::Site site;
    protocol::ucp::Settings ucp;
    protocol::acp::Settings acp;
    service::InFlight in_flight;  // idempotency keys
    SystemClock clock;
    std::unique_ptr<Random> random;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<crypto::SigningKey> key;       // of the audit log
    std::unique_ptr<identity::KeyHolder> signing;  // of messages
    std::unique_ptr<service::PaymentPort> payments;
    std::unique_ptr<service::PolicyHolder> policy;
    std::unique_ptr<service::Limiter> limiter;
    std::unique_ptr<http::OutboundClient> decision_client;
    std::unique_ptr<service::ExternalDecisions> decision_point;  // null: nobody else is asked
    service::PolicyCounters policy_counters;
    service::AgentHolder agents;
    protocol::IdentitySettings identity;
    std::unique_ptr<identity::ReplayCache> used_signatures;
    std::atomic<std::uint64_t> policy_reloads_failed{0};  // the old rules stayed
    catalog::Holder catalog;
    std::unique_ptr<http::OutboundClient> outbound;
    std::unique_ptr<service::Directory> directory;
    std::unique_ptr<service::OrderNotices> notices;
    std::unique_ptr<service::Outbox> outbox;
    std::unique_ptr<Keeper> keeper;
    boost::asio::thread_pool background{1};  // what looks through everything: export and erasure
    Metrics metrics;
};

/// One I/O thread's objects.
struct Lane {
    Lane(Shared& shared, std::unique_ptr<store::Reader> own_reader);

    std::unique_ptr<store::Reader> reader;
    service::Governance governance;
    service::CatalogService catalog;
    service::FitService fit;
    service::ShoppingService shopping;
    service::ProvenanceService provenance;
    service::CartService carts;
    service::CheckoutService checkouts;
    service::OrderService orders;
    service::OperatorService operations;
    service::NoticeService notices;
    service::Oversight oversight;
    service::DecisionService decisions;
    service::AgentService agents;
    service::EvidenceService evidence;
    service::PrivacyService privacy;
    protocol::ContextFactory contexts;
    std::unique_ptr<protocol::Recognizer> recognizer;  // of agents, once the directory is there
    web::Router router;
};

/// The agents of the configuration, and the sandbox's own.
Result<std::vector<policy::Agent>> configured_agents(Config const& config);

}  // namespace b2a::app
