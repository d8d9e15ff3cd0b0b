// SPDX-License-Identifier: Apache-2.0
// Orders: reading by their owner, fulfilment events from the operator's side.
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/random.hpp"
#include "b2a/domain/order.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct RecordFulfillment {
    OrderId id;
    domain::FulfillmentEvent event;  // id and time are filled in
};

class OrderService {
  public:
    OrderService(store::Store& store, store::Reader& reader, Governance& governance, Random& random);
    ~OrderService();

    /// Errors: not_found (also for another principal's order: its existence is not disclosed).
    Result<domain::Order> get(RequestContext const& context, OrderId id);
    /// Errors: not_found, unprocessable (deliver before ship), conflict.
    boost::asio::awaitable<Result<domain::Order>> record(RequestContext context, RecordFulfillment command);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
