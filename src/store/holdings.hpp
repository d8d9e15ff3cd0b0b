// SPDX-License-Identifier: Apache-2.0
// What both stores decide alike about data that has to go. HoldingsSearch: which rows are about a data subject. A store
// shows it its rows in this order: all orders, then all checkouts, all carts, all notices, all kept replies; what was
// found leads to the next.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "b2a/store/privacy.hpp"

namespace b2a::store {

class HoldingsSearch {
  public:
    explicit HoldingsSearch(DataSubject const& subject);

    void see(domain::Order order);
    void see(domain::Checkout checkout);
    void see(domain::Cart cart);
    void see(Notice notice);
    /// Looks before a row is copied.
    [[nodiscard]] bool concerns(std::string_view reply_body) const;
    void take(HeldReply reply) { found_.replies.push_back(std::move(reply)); }
    [[nodiscard]] Holdings finish() { return std::move(found_); }

  private:
    [[nodiscard]] bool is_subject(domain::Buyer const& buyer) const;
    void mention(std::string text);

    DataSubject const& subject_;
    Holdings found_;
    std::set<CheckoutId> checkouts_;
    std::set<CartId> carts_;
    std::set<std::string, std::less<>> orders_;
    std::vector<std::string> mentions_;  // texts that give a rendered row away: ids, e-mail addresses
};

/// Of a checkout that has to go while its provider still may take the money.
Error payment_under_way(CheckoutId const& id);

struct LogExtent {
    std::uint64_t covered = 0;  // by the newest checkpoint
    std::uint64_t first = 0;
    LegalHold hold = LegalHold::released;
};
/// May the entries before `before` be given up? See ChangeSet::prune_log_before.
Result<void> may_prune(std::uint64_t before, LogExtent const& log);

}  // namespace b2a::store
