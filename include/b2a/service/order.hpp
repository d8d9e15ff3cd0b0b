// SPDX-License-Identifier: Apache-2.0
// Orders: reading by their owner, fulfilment events from the operator's side.
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/random.hpp"
#include "b2a/domain/order.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/service/notices.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct RecordFulfillment {
    OrderId id;
    domain::FulfillmentEvent event;  // id and time are filled in; no lines: all that is left
};
struct AdjustOrder {
    OrderId id;
    domain::Adjustment adjustment;  // id and time are filled in
};

class OrderService {
  public:
    OrderService(store::Store& store, store::Reader& reader, Governance& governance, OrderNotices const& notices,
                 Random& random);
    ~OrderService();

    /// Errors: not_found (also for another principal's order: its existence is not disclosed).
    Result<domain::Order> get(RequestContext const& context, OrderId id);
    /// Both write the order's next version, the evidence and the notice in one transaction. Errors: not_found,
    /// unprocessable (domain::record, domain::adjust), conflict.
    boost::asio::awaitable<Result<domain::Order>> record(RequestContext context, RecordFulfillment command);
    boost::asio::awaitable<Result<domain::Order>> adjust(RequestContext context, AdjustOrder command);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
