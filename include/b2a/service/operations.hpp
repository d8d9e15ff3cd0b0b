// SPDX-License-Identifier: Apache-2.0
// What an operator does to the shop by hand. In a sandbox these simulate events, and the log says so.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/money.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct Restock {
    std::string variant_id;
    std::int64_t quantity = 0;  // the new level
};
struct ChangePrice {
    std::string variant_id;
    Money price;
};
struct AdvanceClock {
    std::int64_t seconds = 0;
};

class OperatorService {
  public:
    OperatorService(store::Store& store, Governance& governance);
    ~OperatorService();

    boost::asio::awaitable<Result<store::Receipt>> restock(RequestContext context, Restock command);
    /// Publishes a catalog revision with the new price and returns its number. Blocks on the catalog's own connection.
    /// Errors: not_found.
    Result<std::uint64_t> change_price(RequestContext const& context, ChangePrice command);
    /// Evidence that the clock is about to be moved; moving it is the caller's part.
    boost::asio::awaitable<Result<store::Receipt>> note_clock(RequestContext context, AdvanceClock command);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
