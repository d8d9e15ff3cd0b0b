// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/rebuild.hpp"

#include <algorithm>
#include <map>

#include "b2a/base/limits.hpp"
#include "b2a/shopping/assess.hpp"

#include "shopping/choice.hpp"
#include "shopping/differences.hpp"
#include "shopping/replacements.hpp"

namespace b2a::shopping {
namespace {

using catalog::VariantRef;

Replacements::Sizes sizes_of(Need const& need) {
    bool const told = std::ranges::any_of(need.members, [](Member const& member) {
        return !member.body.empty() || !member.owns.empty() || !member.sizes.empty();
    });
    return told ? Replacements::Sizes::by_need : Replacements::Sizes::by_label;
}

class Rebuilder {
  public:
    Rebuilder(catalog::Snapshot const& snapshot, RebuildQuery const& query, Assessor const& assessor) :
        snapshot_(snapshot),
        query_(query),
        assessor_(assessor),
        replacements_(snapshot, query.need.currency, sizes_of(query.need)) {}

    RebuiltLine line(std::size_t index) {
        auto const& asked = query_.lines[index];
        RebuiltLine out;
        out.asked = index;
        resolve(asked, out);
        out.change = change_of(out.meant, asked.quantity);
        if (out.change == Change::none) take(out, Rebuilt::exact, {*out.meant, {}}, asked.quantity);
        else replace(asked, out);
        finish(asked, out);
        return out;
    }

  private:
    void resolve(AskedLine const& asked, RebuiltLine& out) {
        std::vector<VariantRef> found;
        switch (asked.by) {
            case NamedBy::id: out.meant = named_item(snapshot_, asked.name, assessor_, query_.need); return;
            case NamedBy::sku: found = snapshot_.with_sku(asked.name); break;
            case NamedBy::gtin: found = snapshot_.with_gtin(asked.name); break;
            case NamedBy::text: found = by_text(asked.name); break;
        }
        if (found.empty()) return;
        out.meant = found.front();
        found.erase(found.begin());
        found.resize(std::min(found.size(), limits::rebuild_alternatives_max));
        out.alternatives = std::move(found);
    }

    /// Words name no particular thing: what is in stock goes before what is not, however well that matches.
    [[nodiscard]] std::vector<VariantRef> by_text(std::string const& words) const {
        catalog::SearchQuery search;
        search.text = words;
        search.currency = query_.need.currency;
        search.limit = limits::rebuild_alternatives_max + 1;
        std::vector<VariantRef> out;
        for (auto const availability : {catalog::Availability::in_stock, catalog::Availability::any}) {
            search.availability = availability;
            auto const result = snapshot_.search(search);
            if (!result) break;
            for (auto const& hit : result->hits)
                out.push_back(representative(snapshot_, hit.product_index, assessor_, query_.need));
            if (!out.empty()) break;
        }
        return out;
    }

    /// What is left of it after the lines before.
    [[nodiscard]] std::optional<std::int64_t> left(VariantRef const& ref) const {
        auto const stock = snapshot_.stock(ref.variant_index);
        if (!stock) return std::nullopt;
        auto const taken = taken_.find(ref.variant_index);
        return std::max<std::int64_t>(*stock - (taken == taken_.end() ? 0 : taken->second), 0);
    }

    /// Why it cannot be bought in that quantity.
    [[nodiscard]] Change change_of(std::optional<VariantRef> const& ref, std::int64_t quantity) const {
        if (!ref) return Change::unknown;
        auto const* offer = domain::find_offer(*ref->variant, query_.need.currency);
        if (offer == nullptr || offer->price.minor < 0) return Change::not_sold;
        auto const there = left(*ref);
        if (there && *there < quantity) return Change::out_of_stock;
        return assessor_.outcome(ref->variant_index) == Outcome::holds ? Change::none : Change::constraints;
    }

    void replace(AskedLine const& asked, RebuiltLine& out) {
        auto const admits = [&](VariantRef const& ref) { return change_of(ref, asked.quantity) == Change::none; };
        Replacements::Old old{asked.product_id.empty() ? asked.name : asked.product_id, {}, nullptr};
        if (asked.by == NamedBy::gtin) old.gtin = asked.name;
        if (out.meant) {
            old.meant = &*out.meant;
            old.product_id = out.meant->product->id;
        }
        if (auto const newer = replacements_.newer_model(old, admits))
            return take(out, Rebuilt::newer_model, *newer, asked.quantity);
        if (auto const other = replacements_.substitute(old, admits))
            return take(out, Rebuilt::substitute, *other, asked.quantity);
        // Better some of the very thing than nothing.
        if (out.change == Change::out_of_stock && left(*out.meant).value_or(0) > 0 &&
            change_of(out.meant, 1) == Change::none)
            return take(out, Rebuilt::exact, {*out.meant, {}}, *left(*out.meant));
        if (!out.meant && out.alternatives.empty() && !asked.title.empty()) suggest(asked.title, out);
    }

    void suggest(std::string const& title, RebuiltLine& out) const {
        out.alternatives = by_text(title.substr(0, limits::text_query_bytes_max));
        out.alternatives.resize(std::min(out.alternatives.size(), limits::rebuild_alternatives_max));
    }

    void take(RebuiltLine& out, Rebuilt outcome, Replacement replacement, std::int64_t quantity) {
        out.outcome = outcome;
        out.variant = replacement.ref;
        out.source = std::move(replacement.source);
        out.quantity = quantity;
        taken_[replacement.ref.variant_index] += quantity;
    }

    void finish(AskedLine const& asked, RebuiltLine& out) const {
        if (auto const& shown = out.variant ? out.variant : out.meant)
            out.constraints = assessor_.verdicts(shown->variant_index);
        if (!out.variant) return;
        if (out.meant) out.differences = differences_of(*out.meant, *out.variant);
        auto const* offer = domain::find_offer(*out.variant->variant, query_.need.currency);
        if (asked.price && offer != nullptr && asked.price->currency == offer->price.currency)
            out.price = PriceChange{*asked.price, offer->price};
    }

    catalog::Snapshot const& snapshot_;
    RebuildQuery const& query_;
    Assessor const& assessor_;
    Replacements replacements_;
    std::map<std::uint32_t, std::int64_t> taken_;  // by variant
};

/// What the whole basket costs at the door.
Result<void> add_up(RebuiltBasket& basket, catalog::Snapshot const& snapshot, Need const& need, Timestamp now) {
    LandedQuery query{{}, need.currency, need.ship_to, need.needed_by, {}, now};
    for (auto const& line : basket.lines)
        if (line.variant) query.lines.push_back({line.variant->variant->id, line.quantity});
    if (query.lines.empty()) return {};
    B2A_TRY(landed, landed_cost(snapshot, query));
    if (need.budget_max_minor)
        basket.budget = Verdict{Constraint::budget,
                                {},
                                {},
                                landed.total.minor <= *need.budget_max_minor ? Outcome::holds : Outcome::fails,
                                {"offer", {}, to_text(landed.total) + " altogether"}};
    basket.landed = std::move(landed);
    return {};
}

}  // namespace

std::string_view to_text(NamedBy by) noexcept {
    switch (by) {
        case NamedBy::id: return "id";
        case NamedBy::sku: return "sku";
        case NamedBy::gtin: return "gtin";
        case NamedBy::text: return "text";
    }
    return "id";
}

std::string_view to_text(Rebuilt outcome) noexcept {
    switch (outcome) {
        case Rebuilt::exact: return "exact";
        case Rebuilt::newer_model: return "newer_model";
        case Rebuilt::substitute: return "substitute";
        case Rebuilt::gone: return "gone";
    }
    return "gone";
}

std::string_view to_text(Change change) noexcept {
    switch (change) {
        case Change::none: return "none";
        case Change::unknown: return "unknown";
        case Change::not_sold: return "not_sold";
        case Change::out_of_stock: return "out_of_stock";
        case Change::constraints: return "constraints";
    }
    return "none";
}

Result<RebuiltBasket> rebuild(catalog::Snapshot const& snapshot, RebuildQuery const& query, Timestamp now) {
    auto need = query.need;
    need.quantity = 1;
    B2A_TRY(assessor, Assessor::prepare(snapshot, need, now));
    Rebuilder rebuilder(snapshot, query, assessor);
    RebuiltBasket out;
    for (std::size_t i = 0; i < query.lines.size(); ++i) out.lines.push_back(rebuilder.line(i));
    B2A_CHECK(add_up(out, snapshot, query.need, now));
    return out;
}

std::vector<AskedLine> lines_of(domain::Order const& order) {
    std::vector<AskedLine> out;
    for (auto const& line : order.lines) {
        auto const quantity = domain::total_quantity(order, line);
        if (quantity < 1) continue;
        out.push_back({NamedBy::id, line.variant_id, line.product_id, line.title, quantity,
                       Money{line.unit_minor, order.currency}});
    }
    return out;
}

}  // namespace b2a::shopping
