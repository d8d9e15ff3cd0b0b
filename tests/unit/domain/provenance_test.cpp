// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/provenance.hpp"

#include "unit/domain/any_case.hpp"

namespace b2a::domain::testing {
namespace {

Provenance const* find(Provenance const& node, std::string_view kind) {
    if (node.kind == kind) return &node;
    for (auto const& part : node.parts)
        if (auto const* found = find(part, kind)) return found;
    return nullptr;
}

std::string fact(Provenance const& node, std::string_view name) {
    for (auto const& [key, value] : node.facts) {
        if (key != name) continue;
        if (auto const* text = std::get_if<std::string>(&value)) return *text;
        return std::to_string(std::get<std::int64_t>(value));
    }
    return {};
}

RC_GTEST_PROP(AnyProvenance, AddsUpFromTheOffersToTheTotal, ()) {
    auto any = any_case();
    any.shop.claims_attested = *rc::gen::arbitrary<bool>();
    auto const checkout = any.shop.apply(any.content);
    if (!checkout) return;
    Publication const publication{7, at_noon(), 3};
    auto const tree = provenance_of(*checkout, &publication);
    RC_ASSERT(tree.minor == total_of(*checkout).minor);
    RC_ASSERT(adds_up(tree));
    auto order = make_order(*checkout, OrderId(), at_noon());
    RC_ASSERT(adds_up(provenance_of(order, nullptr)));
    order.adjustments.push_back({"a", "refund", at_noon(), AdjustmentStatus::completed, {}, -tree.minor, "All of it"});
    auto const after = provenance_of(order, nullptr);
    RC_ASSERT(adds_up(after));
    RC_ASSERT(after.minor == 0);
}

TEST(Provenance, NamesWhatEveryAmountRestsOn) {
    Shop shop;
    shop.claims_attested = true;
    shop.promotions.push_back(Shop::automatic("student", 50'000));
    shop.promotions.back().eligibility = "org.example.student";
    auto content = content_of({{"", "mug", 2}, {"", "shirt", 1}});
    content.methods[0].destinations[0].address.region = "CA";
    content.context.eligibility = {"org.example.student"};
    auto const checkout = shop.apply(content).value();
    Publication const publication{7, at_noon(), 3};
    auto const tree = provenance_of(checkout, &publication);
    ASSERT_TRUE(adds_up(tree));

    auto const* line = find(tree, "line");
    ASSERT_NE(line, nullptr);
    EXPECT_EQ(line->minor, 1998);
    EXPECT_EQ(line->factor, 2);
    auto const* unit = find(tree, "unit_price");
    EXPECT_EQ(unit->minor, 999);
    EXPECT_EQ(fact(*unit, "catalog_revision"), "7");
    EXPECT_EQ(fact(*unit, "published_at"), to_rfc3339(at_noon()));
    EXPECT_EQ(fact(*unit, "audit_entry"), "3");

    auto const* discount = find(tree, "discount");
    ASSERT_NE(discount, nullptr);
    EXPECT_EQ(discount->minor, -200);
    EXPECT_EQ(fact(*discount, "promotion_id"), "student");
    EXPECT_EQ(fact(*discount, "rate_ppm"), "50000");
    EXPECT_EQ(fact(*discount, "claim_state"), "attested");
    EXPECT_EQ(fact(*discount, "attested_by"), "https://agent.test");

    EXPECT_EQ(fact(*find(tree, "fulfillment"), "option_id"), "std");
    auto const* tax = find(tree, "tax");
    ASSERT_NE(tax, nullptr);
    EXPECT_EQ(tax->derivation, Derivation::share);
    EXPECT_EQ(tax->factor, 72'500);
    EXPECT_EQ(tax->base, 1998 + 2000 - 200 + 500);
    EXPECT_EQ(fact(*tax, "rounding"), "half_away_from_zero");
}

TEST(Provenance, ATreeThatWasTamperedWithDoesNotAddUp) {
    Shop const shop;
    auto const checkout = shop.apply(content_of({{"", "mug", 2}})).value();
    auto tree = provenance_of(checkout, nullptr);
    ASSERT_TRUE(adds_up(tree));
    tree.parts[0].parts[0].parts[0].minor -= 1;
    EXPECT_FALSE(adds_up(tree));
}

TEST(Provenance, AnUnattestedClaimIsSaidToBeOne) {
    Shop shop;
    shop.promotions.push_back(Shop::automatic("student", 50'000));
    shop.promotions.back().eligibility = "org.example.student";
    auto content = content_of({{"", "shirt", 1}});
    content.context.eligibility = {"org.example.student"};
    auto const tree = provenance_of(shop.apply(content).value(), nullptr);
    EXPECT_EQ(fact(*find(tree, "discount"), "claim_state"), "not_attested");
    EXPECT_EQ(fact(*find(tree, "discount"), "attested_by"), "");
}

}  // namespace
}  // namespace b2a::domain::testing
