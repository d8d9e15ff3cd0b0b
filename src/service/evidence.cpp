// SPDX-License-Identifier: Apache-2.0
#include "service/evidence.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

namespace b2a::service {
namespace {

void add_items(audit::Event& event, std::vector<domain::Line> const& lines) {
    std::string items;
    for (std::size_t i = 0; i < std::min(lines.size(), limits::audit_items_max); ++i)
        items += (i == 0 ? "" : ",") + lines[i].variant_id;
    event.details.emplace_back("items", std::move(items));
    event.details.emplace_back("item_count", std::to_string(lines.size()));
}

}  // namespace

void describe(audit::Event& event, domain::Checkout const& checkout) {
    auto const total = domain::total_of(checkout);
    event.subject = checkout.id.text();
    event.details.emplace_back("status", domain::to_text(checkout.status));
    event.details.emplace_back("total", std::to_string(total.minor));
    event.details.emplace_back("currency", total.currency.code());
    event.details.emplace_back("catalog_revision", std::to_string(checkout.catalog_revision));
    add_items(event, checkout.lines);
}

void describe(audit::Event& event, domain::Cart const& cart) {
    event.subject = cart.id.text();
    event.details.emplace_back("currency", cart.currency.code());
    event.details.emplace_back("catalog_revision", std::to_string(cart.catalog_revision));
    add_items(event, cart.lines);
}

}  // namespace b2a::service
