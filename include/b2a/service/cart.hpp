// SPDX-License-Identifier: Apache-2.0
// The cart use-cases, the same way as checkouts: prefetch → pure rules → policy → ChangeSet → group commit.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/awaitable.hpp>

#include "b2a/domain/cart.hpp"
#include "b2a/service/checkout.hpp"

namespace b2a::service {

struct CreateCart {
    domain::CheckoutContent content;
};
struct UpdateCart {
    CartId id;
    domain::CheckoutContent content;
};
struct CancelCart {
    CartId id;
};

struct CartOutcome {
    domain::Cart cart;
    domain::Findings notes;  // about this call only
    bool created = false;
};
using CartRenderer = std::function<store::StoredReply(CartOutcome const&)>;

/// Errors of all: policy_denied / needs_approval / rate_limited, not_found (unknown, another owner's, canceled or
/// expired), idempotency_conflict, conflict (after one retry), unprocessable, overloaded, store_unavailable.
/// Cancel answers with the final state once; afterwards the cart is not_found.
class CartService {
  public:
    struct Parts {
        catalog::Holder const& catalog;
        store::Store& store;
        store::Reader& reader;
        Governance& governance;
        Random& random;
        Currency default_currency;
    };
    explicit CartService(Parts parts);
    ~CartService();

    boost::asio::awaitable<Result<Replied>> create(RequestContext context, CreateCart command, CartRenderer render);
    boost::asio::awaitable<Result<Replied>> update(RequestContext context, UpdateCart command, CartRenderer render);
    boost::asio::awaitable<Result<Replied>> cancel(RequestContext context, CancelCart command, CartRenderer render);
    Result<CartOutcome> get(RequestContext const& context, CartId id);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
