// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/provenance.hpp"

#include <algorithm>

namespace b2a::domain {
namespace {

/// What checkouts and orders have in common.
struct Priced {
    std::vector<Line> const& lines;
    std::vector<AppliedDiscount> const& discounts;
    std::vector<FulfillmentMethod> const& methods;
    std::vector<AppliedTax> const& taxes;
    std::vector<Total> const& totals;
    std::uint64_t catalog_revision;
    Publication const* publication;
};

Provenance node(std::string_view kind, std::string title, std::int64_t minor, Derivation derivation) {
    Provenance out;
    out.kind = kind;
    out.title = std::move(title);
    out.minor = minor;
    out.derivation = derivation;
    return out;
}

void state(Provenance& to, std::string_view name, std::string value) {
    if (!value.empty()) to.facts.emplace_back(name, std::move(value));
}

void state(Provenance& to, std::string_view name, std::int64_t value) {
    to.facts.emplace_back(name, value);
}

Provenance unit_price(Line const& line, Priced const& priced) {
    auto out = node("unit_price", line.title, line.unit_minor, Derivation::given);
    state(out, "source", "catalog_offer");
    state(out, "variant_id", line.variant_id);
    state(out, "product_id", line.product_id);
    if (priced.catalog_revision == 0) return out;
    state(out, "catalog_revision", static_cast<std::int64_t>(priced.catalog_revision));
    if (priced.publication == nullptr) return out;
    state(out, "published_at", to_rfc3339(priced.publication->published));
    state(out, "audit_entry", static_cast<std::int64_t>(priced.publication->audit_seq));
    return out;
}

Provenance subtotal(Total const& total, Priced const& priced) {
    auto out = node("subtotal", total.title, total.minor, Derivation::sum);
    for (auto const& line : priced.lines) {
        auto part = node("line", line.title, line.unit_minor * line.quantity, Derivation::product);
        part.factor = line.quantity;
        state(part, "line_id", line.id);
        state(part, "quantity", line.quantity);
        part.parts.push_back(unit_price(line, priced));
        out.parts.push_back(std::move(part));
    }
    return out;
}

/// Negative, as in the totals.
Provenance discount_node(AppliedDiscount const& discount, std::vector<Line> const& lines) {
    bool const by_line = !discount.line_allocations.empty();
    auto out = node("discount", discount.title, -discount.minor, by_line ? Derivation::sum : Derivation::given);
    state(out, "promotion_id", discount.promotion_id);
    state(out, "code", discount.code);
    if (discount.rate_ppm != 0) state(out, "rate_ppm", discount.rate_ppm);
    if (discount.rate_ppm != 0) state(out, "rounding", "half_away_from_zero");
    if (!discount.eligibility.empty()) {
        state(out, "claim", discount.eligibility);
        state(out, "claim_state", discount.provisional ? "not_attested" : "attested");
        state(out, "attested_by", discount.attested_by);
    }
    if (by_line) state(out, "allocation", "largest_remainder");
    for (std::size_t i = 0; i < discount.line_allocations.size() && i < lines.size(); ++i) {
        if (discount.line_allocations[i] == 0) continue;
        auto part = node("allocation", lines[i].title, -discount.line_allocations[i], Derivation::given);
        state(part, "line_id", lines[i].id);
        out.parts.push_back(std::move(part));
    }
    return out;
}

Provenance discounts(Total const& total, Priced const& priced, bool on_lines) {
    auto out = node(to_text(total.kind), total.title, total.minor, Derivation::sum);
    for (auto const& discount : priced.discounts)
        if (discount.line_allocations.empty() != on_lines && discount.minor != 0)
            out.parts.push_back(discount_node(discount, priced.lines));
    return out;
}

/// Totals list the methods' options in their order, without those that cost nothing: `nth` counts the ones that do.
Provenance shipping(Total const& total, Priced const& priced, std::size_t nth) {
    auto out = node("fulfillment", total.title, total.minor, Derivation::given);
    state(out, "source", "shipping_method");
    for (auto const& method : priced.methods) {
        auto const* option = selected_option(method);
        if (option == nullptr || option->minor == 0) continue;
        if (nth-- > 0) continue;
        state(out, "option_id", option->id);
        state(out, "carrier", option->carrier);
        state(out, "method", std::string(to_text(method.kind)));
        break;
    }
    if (priced.catalog_revision != 0)
        state(out, "catalog_revision", static_cast<std::int64_t>(priced.catalog_revision));
    return out;
}

Provenance tax(Total const& total, Priced const& priced, std::size_t nth) {
    auto out = node("tax", total.title, total.minor, Derivation::given);
    if (nth >= priced.taxes.size()) return out;  // priced before rates were kept
    auto const& applied = priced.taxes[nth];
    out.derivation = Derivation::share;
    out.factor = applied.rate_ppm;
    out.base = applied.base_minor;
    state(out, "country", applied.country);
    state(out, "region", applied.region);
    state(out, "rate_ppm", applied.rate_ppm);
    state(out, "base", applied.base_minor);
    state(out, "rounding", "half_away_from_zero");
    return out;
}

Provenance total_of(Priced const& priced) {
    auto root = node("total", "Total", 0, Derivation::sum);
    std::size_t taxes = 0;
    std::size_t options = 0;
    for (auto const& total : priced.totals) {
        switch (total.kind) {
            case TotalKind::total:
                root.minor += total.minor;
                root.title = total.title;
                break;
            case TotalKind::subtotal: root.parts.push_back(subtotal(total, priced)); break;
            case TotalKind::items_discount: root.parts.push_back(discounts(total, priced, true)); break;
            case TotalKind::discount: root.parts.push_back(discounts(total, priced, false)); break;
            case TotalKind::fulfillment: root.parts.push_back(shipping(total, priced, options++)); break;
            case TotalKind::tax: root.parts.push_back(tax(total, priced, taxes++)); break;
            case TotalKind::fee: root.parts.push_back(node("fee", total.title, total.minor, Derivation::given)); break;
        }
    }
    return root;
}

}  // namespace

std::string_view to_text(Derivation derivation) noexcept {
    switch (derivation) {
        case Derivation::given: return "given";
        case Derivation::sum: return "sum";
        case Derivation::product: return "product";
        case Derivation::share: return "share";
    }
    return "given";
}

Provenance provenance_of(Checkout const& checkout, Publication const* publication) {
    return total_of({checkout.lines, checkout.discounts, checkout.fulfillment.methods, checkout.taxes, checkout.totals,
                     checkout.catalog_revision, publication});
}

Provenance provenance_of(Order const& order, Publication const* publication) {
    auto placed = total_of(
        {order.lines, order.discounts, order.methods, order.taxes, order.totals, order.catalog_revision, publication});
    auto root = node("total_after_adjustments", "Total after adjustments", placed.minor, Derivation::sum);
    for (auto const& adjustment : order.adjustments) {
        if (adjustment.status != AdjustmentStatus::completed || adjustment.minor == 0) continue;
        auto part = node("adjustment", adjustment.description, adjustment.minor, Derivation::given);
        state(part, "adjustment_id", adjustment.id);
        state(part, "type", adjustment.type);
        state(part, "occurred_at", to_rfc3339(adjustment.occurred_at));
        root.minor += adjustment.minor;
        root.parts.push_back(std::move(part));
    }
    if (root.parts.empty()) return placed;
    root.parts.insert(root.parts.begin(), std::move(placed));
    return root;
}

bool adds_up(Provenance const& node) noexcept {
    if (!std::ranges::all_of(node.parts, adds_up)) return false;
    switch (node.derivation) {
        case Derivation::given: return node.parts.empty();
        case Derivation::product: return node.parts.size() == 1 && node.parts[0].minor * node.factor == node.minor;
        case Derivation::sum: {
            std::int64_t sum = 0;
            for (auto const& part : node.parts) sum += part.minor;
            return sum == node.minor;
        }
        case Derivation::share: {
            auto const share = share_ppm({node.base, {}}, node.factor);
            return share && share->minor == node.minor;
        }
    }
    return false;
}

}  // namespace b2a::domain
