// SPDX-License-Identifier: Apache-2.0
#include "store/holdings.hpp"

#include <algorithm>

#include "b2a/audit/tiles.hpp"
#include "b2a/base/text.hpp"

namespace b2a::store {

HoldingsSearch::HoldingsSearch(DataSubject const& subject) : subject_(subject) {
    if (!subject.email.empty()) mention(subject.email);
}

bool HoldingsSearch::is_subject(domain::Buyer const& buyer) const {
    return !subject_.email.empty() && iequals(trim(buyer.email), trim(subject_.email));
}

void HoldingsSearch::mention(std::string text) {
    if (!text.empty() && std::ranges::find(mentions_, text) == mentions_.end()) mentions_.push_back(std::move(text));
}

void HoldingsSearch::see(domain::Order order) {
    if (order.id != subject_.order && !is_subject(order.buyer)) return;
    checkouts_.insert(order.checkout_id);
    orders_.insert(order.id.text());
    mention(order.id.text());
    if (is_subject(order.buyer)) mention(order.buyer.email);
    found_.orders.push_back(std::move(order));
}

void HoldingsSearch::see(domain::Checkout checkout) {
    if (!checkouts_.contains(checkout.id) && !is_subject(checkout.buyer)) return;
    if (checkout.cart_id) carts_.insert(*checkout.cart_id);
    mention(checkout.id.text());
    if (is_subject(checkout.buyer)) mention(checkout.buyer.email);
    found_.checkouts.push_back(std::move(checkout));
}

void HoldingsSearch::see(domain::Cart cart) {
    if (!carts_.contains(cart.id) && !is_subject(cart.buyer)) return;
    mention(cart.id.text());
    if (is_subject(cart.buyer)) mention(cart.buyer.email);
    found_.carts.push_back(std::move(cart));
}

void HoldingsSearch::see(Notice notice) {
    if (orders_.contains(notice.subject) || concerns(notice.body)) found_.notices.push_back(std::move(notice));
}

bool HoldingsSearch::concerns(std::string_view reply_body) const {
    return std::ranges::any_of(mentions_, [&](auto const& text) { return reply_body.find(text) != std::string::npos; });
}

Error payment_under_way(CheckoutId const& id) {
    return Error(Code::conflict, "a payment of this buyer is under way; try again when it has ended", id.text());
}

Result<void> may_prune(std::uint64_t before, LogExtent const& log) {
    if (log.hold == LegalHold::held) return Error(Code::conflict, "a legal hold is on the log");
    if (before % audit::tile_width != 0 || before <= log.first || before > log.covered)
        return Error(Code::invalid_request, "entries can be given up only in whole tiles, under a checkpoint, once");
    return {};
}

}  // namespace b2a::store
