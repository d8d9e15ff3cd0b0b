// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "domain/checkout_rules.hpp"

namespace b2a::domain {
namespace {

std::string changed(std::string_view what, Money before, Money after) {
    return std::string(what) + " was " + to_text(before) + " and is now " + to_text(after) + ".";
}

void note_price(Checkout& checkout, std::string path, std::string content) {
    checkout.findings.push_back({FindingCode::price_changed, Severity::warning, std::move(path), std::move(content)});
}

}  // namespace

Checkout reprice(Checkout checkout, PricingFacts const& facts) {
    B2A_ASSERT(facts.lines.size() == checkout.lines.size());
    auto const stored = checkout;
    checkout.findings.clear();
    checkout.lines.clear();
    rules::StockLedger ledger;
    for (std::size_t i = 0; i < stored.lines.size(); ++i) {
        auto line = stored.lines[i];
        auto const path = "$.line_items[" + std::to_string(i) + "]";
        if (!rules::fit_line(line, facts.lines[i], checkout.currency, path, ledger, checkout.findings)) continue;
        if (line.unit_minor != stored.lines[i].unit_minor)
            note_price(
                checkout, path,
                changed("The price of item " + line.variant_id, Money{stored.lines[i].unit_minor, checkout.currency},
                        Money{line.unit_minor, checkout.currency}));
        checkout.lines.push_back(std::move(line));
    }
    if (auto const arranged = rules::arrange(checkout, rules::requests_of(stored.fulfillment), stored.lines, facts);
        !arranged)
        checkout.findings.push_back({FindingCode::selection_rejected, Severity::recoverable, arranged.error().pointer,
                                     arranged.error().detail});
    if (auto const priced = rules::price(checkout, facts, rules::Occasion::completion); !priced) {
        // Keeping the stored amounts is safe because an incomplete checkout cannot be charged.
        auto kept = stored;
        kept.findings = {{FindingCode::item_unavailable, Severity::recoverable, "$.line_items",
                          "The items can no longer be priced: " + priced.error().detail + "."}};
        kept.status = CheckoutStatus::incomplete;
        return kept;
    }
    bool const said =
        std::ranges::any_of(checkout.findings, [](auto const& f) { return f.code == FindingCode::price_changed; });
    if (!said && total_of(checkout) != total_of(stored))
        note_price(checkout, "$.totals", changed("The total", total_of(stored), total_of(checkout)));
    return checkout;
}

}  // namespace b2a::domain
