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
    domain::CheckoutContent content;                 // replaces everything, unless there is a `patch`
    std::optional<domain::ContentPatch> patch = {};  // a cart has no fulfilment: those parts change nothing
    std::optional<std::uint64_t> if_version = {};    // the cart has to be the one that the caller saw
};
struct CancelCart {
    CartId id;
    std::optional<std::uint64_t> if_version = {};
};

struct CartOutcome {
    domain::Cart cart;
    domain::Findings notes;  // about this call only
    bool created = false;
};
using CartRenderer = std::function<store::StoredReply(CartOutcome const&)>;

/// Errors of all: policy_denied / needs_approval / rate_limited, not_found (unknown, another owner's, canceled or
/// expired), idempotency_conflict, conflict (after one retry; with the reason "version_changed" where `if_version` is
/// another one), unprocessable, overloaded, store_unavailable.
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
