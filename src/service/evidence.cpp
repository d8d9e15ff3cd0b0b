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

/// Which disclosures the answer carried, each code once.
void add_disclosures(audit::Event& event, domain::Disclosures const& disclosures) {
    std::string codes;
    for (std::size_t i = 0; i < disclosures.size(); ++i) {
        auto const same = [&](auto const& d) { return d.code == disclosures[i].code; };
        auto const end = disclosures.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find_if(disclosures.begin(), end, same) != end) continue;
        if (!codes.empty()) codes += ',';
        codes += domain::to_text(disclosures[i].code);
    }
    if (!codes.empty()) event.details.emplace_back("disclosures", std::move(codes));
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
    add_disclosures(event, checkout.disclosures);
}

void describe(audit::Event& event, domain::Cart const& cart) {
    event.subject = cart.id.text();
    event.details.emplace_back("currency", cart.currency.code());
    event.details.emplace_back("catalog_revision", std::to_string(cart.catalog_revision));
    add_items(event, cart.lines);
}

void describe_sharing(audit::Event& event, RequestContext const& context, std::string const& owner) {
    if (owner != context.principal.id) event.details.emplace_back("session_owner", owner);
}

}  // namespace b2a::service
