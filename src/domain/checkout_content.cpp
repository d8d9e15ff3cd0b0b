// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain {
namespace {

constexpr std::string_view line_prefix = "li_";

std::string item_path(std::size_t index) {
    return "$.line_items[" + std::to_string(index) + "]";
}

Result<void> check_shape(CheckoutContent const& content) {
    if (content.lines.empty()) return Error(Code::unprocessable, "a checkout needs at least one item", "/line_items");
    if (content.lines.size() > limits::checkout_lines_max)
        return Error(Code::unprocessable, "too many items", "/line_items");
    if (content.discount_codes.size() > limits::discount_codes_max)
        return Error(Code::unprocessable, "too many discount codes", "/discounts/codes");
    for (std::size_t i = 0; i < content.lines.size(); ++i)
        if (content.lines[i].quantity < 1 || content.lines[i].quantity > limits::line_quantity_max)
            return Error(Code::unprocessable, "quantity is out of range",
                         "/line_items/" + std::to_string(i) + "/quantity");
    return {};
}

/// Ids for the requested lines: those of the lines they continue, or empty for new ones. An id in the request wins
/// over a match by item, wherever it stands, so that two lines of a variant keep their identities.
std::vector<std::string> continued_ids(std::vector<Line> const& old, CheckoutContent const& content) {
    std::vector<std::string> ids(content.lines.size());
    std::vector<bool> used(old.size(), false);
    auto const match = [&](auto const& wanted) {
        for (std::size_t i = 0; i < content.lines.size(); ++i) {
            if (!ids[i].empty()) continue;
            for (std::size_t k = 0; k < old.size(); ++k)
                if (!used[k] && wanted(content.lines[i], old[k])) {
                    used[k] = true;
                    ids[i] = old[k].id;
                    break;
                }
        }
    };
    match([](auto const& line, Line const& candidate) { return line.id == candidate.id; });
    match([](auto const& line, Line const& candidate) { return line.variant_id == candidate.variant_id; });
    return ids;
}

std::int64_t highest_number(std::vector<Line> const& lines) {
    std::int64_t highest = 0;
    for (auto const& line : lines)
        if (std::string_view(line.id).starts_with(line_prefix))
            highest = std::max(highest, parse_int(std::string_view(line.id).substr(line_prefix.size())).value_or(0));
    return highest;
}

std::vector<Line> build_lines(Checkout& next, std::vector<Line> const& old, CheckoutContent const& content,
                              PricingFacts const& facts) {
    std::vector<Line> lines;
    rules::StockLedger ledger;
    auto const ids = continued_ids(old, content);
    auto number = highest_number(old);
    for (std::size_t i = 0; i < content.lines.size(); ++i) {
        Line line;
        line.variant_id = content.lines[i].variant_id;
        line.quantity = content.lines[i].quantity;
        if (!rules::fit_line(line, facts.lines[i], next.currency, item_path(i), ledger, next.findings)) continue;
        line.id = ids[i].empty() ? std::string(line_prefix) + std::to_string(++number) : ids[i];
        lines.push_back(std::move(line));
    }
    return lines;
}

Error nothing_left(CheckoutContent const& content, Findings const& findings) {
    bool const all_stock =
        std::ranges::all_of(findings, [](auto const& f) { return f.code == FindingCode::out_of_stock; });
    return all_stock ? Error(Code::out_of_stock, "none of the items is in stock", content.lines[0].variant_id)
                     : Error(Code::not_found, "none of the items can be bought", content.lines[0].variant_id);
}

/// Destinations as sent; those without an id get one from their position.
void set_destinations(Fulfillment& fulfillment, CheckoutContent const& content) {
    fulfillment = Fulfillment{};
    fulfillment.destinations = content.destinations;
    for (std::size_t i = 0; i < fulfillment.destinations.size(); ++i)
        if (auto& id = fulfillment.destinations[i].id; id.empty()) id = "dest_" + std::to_string(i + 1);
    fulfillment.selected_destination_id = content.selected_destination_id;
    fulfillment.selected_option_id = content.selected_option_id;
}

bool same_purchase(Checkout const& a, Checkout const& b) {
    return a.lines == b.lines && a.buyer == b.buyer && a.discounts == b.discounts && a.totals == b.totals &&
           a.fulfillment.destinations == b.fulfillment.destinations &&
           a.fulfillment.selected_destination_id == b.fulfillment.selected_destination_id &&
           a.fulfillment.selected_option_id == b.fulfillment.selected_option_id;
}

}  // namespace

Currency choose_currency(CheckoutContent const& content, PricingFacts const& facts, Currency fallback) {
    auto const wanted = Currency::parse(content.context.currency);
    if (!wanted) return fallback;
    bool any = false;
    for (auto const& line : facts.lines) {
        if (line.variant == nullptr) continue;  // leaves the checkout anyway, so it has no say
        if (find_offer(*line.variant, *wanted) == nullptr) return fallback;
        any = true;
    }
    return any ? *wanted : fallback;
}

Result<Checkout> apply_content(Checkout base, CheckoutContent const& content, PricingFacts const& facts) {
    B2A_ASSERT(facts.lines.size() == content.lines.size());
    B2A_CHECK(check_shape(content));
    Checkout next = base;
    next.findings.clear();
    next.currency = choose_currency(content, facts, base.currency);
    next.lines = build_lines(next, base.lines, content, facts);
    if (next.lines.empty()) return nothing_left(content, next.findings);
    next.buyer = content.buyer;
    next.context = content.context;
    next.attribution = content.attribution;
    next.discount_codes = content.discount_codes;
    next.payment.instruments = content.instruments;
    next.payment.state = PaymentState::none;
    next.approval_required = false;
    set_destinations(next.fulfillment, content);
    if (rules::selected_destination(next) == nullptr && !next.fulfillment.destinations.empty())
        next.fulfillment.selected_destination_id = next.fulfillment.destinations.front().id;
    B2A_CHECK(rules::price(next, facts));
    // Asking again for the very same purchase does not shake off the approval it waits for.
    if (base.approval_required && same_purchase(base, next)) return hold_for_approval(std::move(next));
    return next;
}

}  // namespace b2a::domain
