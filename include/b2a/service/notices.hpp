// SPDX-License-Identifier: Apache-2.0
// Telling other systems about orders. What a notice says is rendered by its protocol when the order changes and stored
// in the order's own transaction; the Outbox sends it afterwards, signed at each attempt, until the other side says
// 2xx.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/domain/order.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::service {

/// What a protocol gives to be told about an order: immutable and thread-safe.
class OrderNoticePort {
  public:
    virtual ~OrderNoticePort() = default;
    struct Draft {
        std::string target;
        std::string dialect;
        std::string content_type;
        std::string body;
    };
    /// Nothing when order.subscription names nobody or a dialect of another protocol.
    [[nodiscard]] virtual std::optional<Draft> render(domain::Order const& order) const = 0;
    /// The request that carries `notice` as of `now`, signed. nullopt when the dialect is another protocol's.
    [[nodiscard]] virtual std::optional<web::OutboundRequest> request(store::Notice const& notice,
                                                                      Timestamp now) const = 0;
};

/// All the protocols' ports as one; filled by the composition root.
class OrderNotices {
  public:
    explicit OrderNotices(std::vector<std::unique_ptr<OrderNoticePort>> ports = {}) : ports_(std::move(ports)) {}
    /// The notices that go into the transaction of a new or changed order (zero or one a protocol).
    [[nodiscard]] std::vector<store::Notice> about(domain::Order const& order, Timestamp now, Random& random) const;
    [[nodiscard]] std::optional<web::OutboundRequest> request(store::Notice const& notice, Timestamp now) const;

  private:
    std::vector<std::unique_ptr<OrderNoticePort>> ports_;
};

/// The dispatcher: its own thread, woken by the store's listener (which the constructor sets) and by due times. At most
/// one request per subject is under way; a failed attempt waits 1 s, 2 s, 4 s … (full jitter up to half of it, ceiling
/// an hour); the first failure a day or more after its creation makes a notice dead: it is kept, shown to the operator
/// and no longer blocks the order's next notice. 410 Gone is final at once, other 4xx are retried like 5xx, since
/// platforms come back. A request that our own client was too busy to send is no attempt. A restart continues where the
/// store says.
class Outbox {
  public:
    struct Parts {
        store::Store& store;
        std::unique_ptr<store::Reader> reader;
        OrderNotices const& notices;
        web::Outbound& outbound;
        Clock const& clock;
        Random& random;
        std::chrono::seconds first_delay{1};
    };
    explicit Outbox(Parts parts);
    ~Outbox();
    void start();
    /// Waits for attempts under way, records them, joins. Idempotent.
    void stop();
    /// There may be something to send; callable from any thread, does not block.
    void wake();

    struct Stats {
        std::uint64_t delivered = 0;
        std::uint64_t failed_attempts = 0;
        std::uint64_t dead = 0;
    };
    [[nodiscard]] Stats stats() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;  // shared with the store's listener, which may outlive it
};

/// How long after failed attempt number `attempts` (1 is the first) the next one comes; `random` gives the jitter.
std::chrono::milliseconds retry_delay(std::uint32_t attempts, std::chrono::seconds first, Random& random);

struct ReplayNotices {
    std::vector<NoticeId> ids;
};

/// The operator's view of the outbox.
class NoticeService {
  public:
    NoticeService(store::Store& store, store::Reader& reader, Governance& governance);
    ~NoticeService();
    /// At most a page, newest first. Errors: policy_denied.
    Result<std::vector<store::Notice>> list(RequestContext const& context, store::NoticeState state, std::size_t limit);
    /// Pending again, all or none, with evidence for each. Errors: not_found, policy_denied, invalid_request (none, or
    /// more than a page).
    boost::asio::awaitable<Result<store::Receipt>> replay(RequestContext context, ReplayNotices command);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
