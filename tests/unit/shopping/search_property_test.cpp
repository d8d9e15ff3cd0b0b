// SPDX-License-Identifier: Apache-2.0
// The index answers demands with sets of bits; it must say of every variant what the assessor says of it.
#include <algorithm>
#include <map>
#include <set>

#include "any_shop.hpp"

namespace b2a::shopping {
namespace {

using Products = std::vector<std::uint32_t>;

/// A shop, a need, and the need as a query.
struct Case {
    std::shared_ptr<catalog::Snapshot const> shop = test::any_shop();
    Need need = test::any_need();
    Assessor assessor = Assessor::prepare(*shop, need, test::monday).value();
    catalog::SearchQuery query;

    Case() {
        query.demands = assessor.demands();
        query.demands_fingerprint = fingerprint(need);
        query.limit = 100;
    }

    [[nodiscard]] std::vector<std::uint32_t> variants_of(std::uint32_t product) const {
        std::vector<std::uint32_t> out;
        for (std::size_t i = 0; i < shop->product_at(product).variants.size(); ++i)
            out.push_back(shop->first_variant(product) + static_cast<std::uint32_t>(i));
        return out;
    }
    [[nodiscard]] std::vector<std::uint32_t> holding(std::uint32_t product) const {
        auto out = variants_of(product);
        std::erase_if(out, [&](auto v) { return assessor.outcome(v) != Outcome::holds; });
        return out;
    }
};

RC_GTEST_PROP(SearchProperty, StrictFindsExactlyWhatHolds, ()) {
    Case const c;
    auto const found = c.shop->search(c.query);
    RC_ASSERT(found.ok());
    std::map<std::uint32_t, std::vector<std::uint32_t>> hits;
    for (auto const& hit : found->hits) hits[hit.product_index] = hit.variants;
    for (std::uint32_t p = 0; p < c.shop->data().products.size(); ++p) {
        auto const expected = c.holding(p);
        RC_ASSERT(hits.contains(p) == !expected.empty());
        if (!expected.empty()) RC_ASSERT(hits[p] == expected);
    }
    RC_ASSERT(found->total == hits.size());
}

RC_GTEST_PROP(SearchProperty, ReportFindsAllAndWhatHoldsFirst, ()) {
    Case c;
    c.query.demand_mode = catalog::DemandMode::report;
    c.query.limit = static_cast<std::size_t>(*rc::gen::inRange(1, 4));
    Products answering, others, seen;
    for (std::uint32_t p = 0; p < c.shop->data().products.size(); ++p)
        (c.holding(p).empty() ? others : answering).push_back(p);
    for (;;) {
        auto const page = c.shop->search(c.query);
        RC_ASSERT(page.ok());
        RC_ASSERT(page->total == c.shop->data().products.size());
        RC_ASSERT(page->answering == answering.size());
        for (auto const& hit : page->hits) {
            seen.push_back(hit.product_index);
            RC_ASSERT(hit.answers == !c.holding(hit.product_index).empty());
            RC_ASSERT(hit.variants == (hit.answers ? c.holding(hit.product_index) : c.variants_of(hit.product_index)));
        }
        if (page->next_cursor.empty()) break;
        c.query.cursor = page->next_cursor;
    }
    answering.insert(answering.end(), others.begin(), others.end());
    RC_ASSERT(seen == answering);
}

std::uint64_t found_without(Case const& c, std::vector<std::size_t> const& without) {
    auto query = c.query;
    for (auto at = without.rbegin(); at != without.rend(); ++at)
        query.demands.erase(query.demands.begin() + static_cast<std::ptrdiff_t>(*at));
    return c.shop->search(query)->total;
}

RC_GTEST_PROP(SearchProperty, RelaxationsAreWhatASearchWithoutThemFinds, ()) {
    Case const c;
    if (c.shop->search(c.query)->total > 0) return;
    auto const relaxed = c.shop->relax(c.query);
    RC_ASSERT(relaxed.ok());
    RC_ASSERT(relaxed->candidates == c.shop->data().products.size());
    std::map<std::vector<std::size_t>, std::uint64_t> expected;
    auto const count = c.query.demands.size();
    for (std::size_t a = 0; a < count; ++a)
        if (auto const total = found_without(c, {a}); total > 0) expected[{a}] = total;
    bool const one_helps = !expected.empty();
    for (std::size_t first = 0; first < count && !one_helps; ++first)
        for (auto second = first + 1; second < count; ++second)
            if (auto const total = found_without(c, {first, second}); total > 0) expected[{first, second}] = total;
    std::map<std::vector<std::size_t>, std::uint64_t> told;
    for (auto const& relaxation : relaxed->without) told[relaxation.without] = relaxation.total;
    RC_ASSERT(told == expected);
    RC_ASSERT(std::ranges::is_sorted(relaxed->without, std::ranges::greater{}, &catalog::Relaxation::total));
}

RC_GTEST_PROP(SearchProperty, ACursorIsOfOneNeed, ()) {
    Case c;
    c.query.demand_mode = catalog::DemandMode::report;
    c.query.limit = 1;
    auto const cursor = c.shop->search(c.query)->next_cursor;
    RC_ASSERT(!cursor.empty());
    auto other = c.need;
    other.members.push_back(test::a_member("somebody else"));
    c.query.cursor = cursor;
    RC_ASSERT(c.shop->search(c.query).ok());
    c.query.demands_fingerprint = fingerprint(other);
    RC_ASSERT(!c.shop->search(c.query).ok());
}

}  // namespace
}  // namespace b2a::shopping
