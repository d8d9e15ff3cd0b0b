// SPDX-License-Identifier: Apache-2.0
#include "store/job.hpp"

#include <algorithm>

#include "b2a/base/assert.hpp"

#include "store/codec.hpp"

namespace b2a::store {

PreparedChanges prepare(ChangeSet changes) {
    B2A_ASSERT(!changes.events.empty());
    PreparedChanges out;
    if (changes.checkout) {
        auto& [checkout, expected] = *changes.checkout;
        checkout.version = expected + 1;
        auto const expires = is_sweepable(checkout.status) ? checkout.expires : Timestamp::max();
        out.checkout = CheckoutRow{checkout.id, expected, expires, encode(checkout)};
    }
    if (changes.cart) {
        auto& [cart, expected] = *changes.cart;
        cart.version = expected + 1;
        out.cart = CartRow{cart.id, expected, cart.expires, encode(cart)};
    }
    if (changes.order) {
        auto& [order, expected, salt] = *changes.order;
        order.version = expected + 1;
        out.order = OrderRow{order.id, order.checkout_id, expected, order.created, encode(order), std::move(salt), 0};
        auto const about = std::ranges::find(changes.events, order.id.text(), &audit::Event::subject);
        if (about != changes.events.end()) out.order->event = static_cast<std::size_t>(about - changes.events.begin());
    }
    out.stock = std::move(changes.stock);
    out.stock_set = std::move(changes.stock_set);
    out.notices = std::move(changes.notices);
    out.requeue = std::move(changes.requeue);
    out.idempotency = std::move(changes.idempotency);
    out.allowances = std::move(changes.allowances);
    out.records = std::move(changes.records);
    out.erasure = std::move(changes.erasure);
    out.prune_log_before = changes.prune_log_before;
    out.legal_hold = changes.legal_hold;
    out.events = std::move(changes.events);
    out.now = changes.now;
    return out;
}

}  // namespace b2a::store
