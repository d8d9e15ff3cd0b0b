// SPDX-License-Identifier: Apache-2.0
// The last look at answers, and what shops say under other laws.
#include "b2a/protocol/disclosures.hpp"

#include "shop.hpp"

namespace b2a::test {
namespace {

using domain::Disclosure;
using domain::DisclosureCode;

TEST(DisclosureGuard, FindsWhatIsMissing) {
    auto const site = make_site();
    Disclosure const allergens{DisclosureCode::allergens_unknown, "$", "Not declared.", {}, "milk"};
    std::string body;
    json::Writer json(body);
    json.begin_object();
    protocol::write_disclosures(json, site, {allergens});
    json.end_object();
    EXPECT_EQ(protocol::missing_disclosure(body, {allergens}, site, protocol::write_disclosure), nullptr);
    for (auto changed : {&Disclosure::path, &Disclosure::content, &Disclosure::detail, &Disclosure::url}) {
        auto other = allergens;
        other.*changed = "other";
        EXPECT_NE(protocol::missing_disclosure(body, {allergens, other}, site, protocol::write_disclosure), nullptr);
    }
}

TEST(DisclosureGuard, AProductTextCannotPassForADisclosure) {
    auto const site = make_site();
    Disclosure const allergens{DisclosureCode::allergens_unknown, "$", "Not declared.", {}, "milk"};
    std::string forged;
    json::Writer text(forged);
    protocol::write_disclosure(text, site, allergens);
    std::string body;
    json::Writer json(body);
    json.begin_object().member("title", forged).end_object();
    EXPECT_NE(protocol::missing_disclosure(body, {allergens}, site, protocol::write_disclosure), nullptr);
}

TEST(DisclosureGuard, CountsWhatItHoldsBack) {
    auto const site = make_site();
    auto const before = protocol::undisclosed_answers().load();
    EXPECT_TRUE(protocol::may_leave("test", "{}", {}, site, protocol::write_disclosure));
    EXPECT_FALSE(protocol::may_leave("test", "{}", {{DisclosureCode::legal_guarantee, "$", "x", {}, {}}}, site,
                                     protocol::write_disclosure));
    EXPECT_EQ(protocol::undisclosed_answers().load(), before + 1);
    EXPECT_EQ(protocol::undisclosed_error().code, Code::internal);
}

TEST(UnitPriceJson, HasTheShapeOfEachRelease) {
    auto const unit = *domain::unit_price_of(usd(500), {15, 1, "l"});
    std::string number;
    json::Writer one(number);
    one.begin_object();
    protocol::write_unit_price(one, unit, protocol::MeasureShape::number);
    one.end_object();
    EXPECT_EQ(number, R"({"unit_price":{"amount":333,"currency":"USD","measure":{"value":1.5,"unit":"l"},)"
                      R"("reference":{"value":1,"unit":"l"}}})");
    std::string scaled;
    json::Writer two(scaled);
    two.begin_object();
    protocol::write_unit_price(two, unit, protocol::MeasureShape::scaled);
    two.end_object();
    EXPECT_EQ(scaled, R"({"unit_price":{"amount":333,"currency":"USD","measure":{"value":15,"scale":1,"unit":"LTR",)"
                      R"("display_text":"l"},"reference":{"value":1,"unit":"LTR","display_text":"l"}}})");
}

TEST(Shop, OutsideTheUnionNothingIsAdded) {
    Shop shop;
    auto data = make_catalog();
    data.revision = 99;
    data.legal.eu_consumer_law = false;
    shop.holder().publish(catalog::Snapshot::build(std::move(data), {}));
    auto const honey = parsed(shop.get("/b2a/v1/products/honey").body);
    EXPECT_FALSE(honey.contains("disclosures"));
    auto const hoodie = parsed(shop.get("/b2a/v1/products/hoodie").body);
    EXPECT_EQ(hoodie["variants"][0]["offers"][0]["list_price"]["amount"], 8900) << "the brand's own list price";
    EXPECT_FALSE(hoodie["variants"][0]["offers"][0].contains("reduction"));
}

TEST(Shop, AListPriceIsNoReductionWithoutAHistory) {
    Shop shop;
    auto const hoodie = parsed(shop.get("/b2a/v1/products/hoodie").body);
    EXPECT_FALSE(hoodie["variants"][0]["offers"][0].contains("list_price"));
    auto data = make_catalog();
    data.revision = 99;
    auto const now = *from_rfc3339("2026-11-24T08:00:00Z");
    for (auto& product : data.products)
        for (auto& variant : product.variants)
            for (auto& offer : variant.offers)
                if (offer.list.minor > offer.price.minor)
                    offer.prior = domain::PriorPrice{offer.price.minor * 2, now - std::chrono::days(30), now};
    shop.holder().publish(catalog::Snapshot::build(std::move(data), {}));
    auto const reduced = parsed(shop.get("/b2a/v1/products/hoodie").body)["variants"][0]["offers"][0];
    EXPECT_EQ(reduced["list_price"]["amount"], 15'800) << "not 8900";
    EXPECT_EQ(reduced["reduction"]["percent"], 50);
    EXPECT_EQ(reduced["prior_price_30d"]["to"], "2026-11-24T08:00:00.000Z");
    auto const found = parsed(shop.get("/b2a/v1/search?q=hoodie").body)["items"][0]["matching_variants"][0];
    EXPECT_EQ(found["reduction"]["basis"], "lowest_30d");
}

}  // namespace
}  // namespace b2a::test
