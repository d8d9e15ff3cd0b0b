// SPDX-License-Identifier: Apache-2.0
#include "shop.hpp"

namespace b2a::shopping {
namespace {

using domain::Measurement;
using std::chrono::year;
using test::Judge;

std::shared_ptr<catalog::Snapshot const> a_store() {
    catalog::CatalogData data;
    data.revision = 3;
    data.size_charts = {test::a_chart()};
    data.shipping = {test::a_method("slow", 9), test::a_method("fast", 2)};
    domain::Occasion evening;
    evening.id = "evening";
    evening.title = "Evening";
    evening.names = {"Abend"};
    evening.styles = {"elegant"};
    data.occasions = {evening};
    auto dress = test::a_dress("dress", "North");
    dress.attributes.push_back({"style", std::string("Elegant")});
    dress.attributes.push_back({"color", std::string("Navy stripe")});
    auto suit = test::a_dress("suit", "Nobody");
    suit.attributes.push_back({"occasion", std::string("Office")});
    auto men = test::a_dress("men", "Nobody");
    men.attributes[1].value = std::string("men");
    auto voucher = test::a_product("voucher");
    voucher.variants[0].delivery = domain::Delivery::digital;
    auto euros = test::a_product("euros");
    euros.variants[0].offers = {{{100, test::eur}, {100, test::eur}}};
    auto museum = test::a_product("museum");
    museum.variants[0].offers.clear();
    data.products = {dress, suit, men, voucher, euros, museum, test::a_product("lamp")};
    return catalog::Snapshot::build(std::move(data), {{"lamp-v", 2}, {"dress-L", 0}});
}

Need sized(std::vector<std::pair<Measurement, std::int64_t>> const& body, std::vector<StatedSize> sizes = {}) {
    auto need = test::a_need();
    need.members = {test::a_member("anna")};
    need.members[0].sizes = std::move(sizes);
    for (auto const& [measurement, mm] : body) EXPECT_TRUE(need.members[0].body.measure(measurement, mm).ok());
    return need;
}

TEST(Assess, ABodyIsHeldAgainstTheChart) {
    Judge const judge(a_store(),
                      sized({{Measurement::chest, 900}, {Measurement::waist, 720}, {Measurement::hip, 980}}));
    EXPECT_EQ(judge.outcome("dress-M"), Outcome::holds);
    EXPECT_EQ(judge.outcome("dress-S"), Outcome::fails);
    EXPECT_EQ(judge.outcome("suit-M"), Outcome::unknown) << "no chart, and no label";
    EXPECT_FALSE(judge.about(Constraint::size, "lamp-v").has_value());
    auto const verdict = judge.about(Constraint::size, "dress-S").value();
    EXPECT_EQ(verdict.member, "anna");
    EXPECT_EQ(verdict.evidence.source, "size_chart:north-dresses");
    EXPECT_EQ(verdict.evidence.path, "/variants/0/options/0");
    EXPECT_EQ(verdict.evidence.text,
              "S, chest tight by 21 mm, waist tight by 21 mm, hip tight by 21 mm, "
              "confidence 100 %");
}

TEST(Assess, AnOwnedGarmentStandsForABody) {
    auto need = sized({});
    need.members[0].owns = {{"North", "M", domain::Garment::dress, domain::Audience::women, std::nullopt}};
    Judge const judge(a_store(), need);
    EXPECT_EQ(judge.outcome("dress-M"), Outcome::holds);
    EXPECT_EQ(judge.outcome("dress-S"), Outcome::fails);
}

TEST(Assess, StatedLabelsServeWhereNoChartDoes) {
    Judge const judge(a_store(), sized({}, {{"M", domain::Garment::dress}}));
    EXPECT_EQ(judge.outcome("suit-M"), Outcome::holds);
    EXPECT_EQ(judge.outcome("suit-L"), Outcome::fails);
    EXPECT_EQ(judge.outcome("dress-M"), Outcome::holds);
    EXPECT_EQ(Judge(a_store(), sized({}, {{"40", domain::Garment::dress}})).outcome("suit-M"), Outcome::unknown);
    EXPECT_EQ(Judge(a_store(), sized({}, {{"M", domain::Garment::shoes}})).outcome("suit-M"), Outcome::unknown);
    auto need = sized({}, {{"M", std::nullopt}});
    need.members[0].audience = domain::Audience::women;
    EXPECT_EQ(Judge(a_store(), need).outcome("men-M"), Outcome::fails) << "made for others";
}

TEST(Assess, ColorStyleAndOccasionAreRead) {
    auto need = test::a_need();
    need.colors = {"Blue", "red"};
    need.styles = {"ELEGANT"};
    need.occasions = {"abend"};
    Judge const judge(a_store(), need);
    EXPECT_EQ(judge.outcome("dress-M"), Outcome::holds);
    EXPECT_EQ(judge.about(Constraint::color, "dress-M")->evidence,
              (Evidence{"attribute:color", "/attributes/3", "Navy stripe"}));
    EXPECT_EQ(judge.about(Constraint::occasion, "dress-M")->evidence,
              (Evidence{"attribute:style", "/attributes/2", "Elegant"}))
        << "the brand says which styles go with the evening";
    EXPECT_EQ(judge.about(Constraint::occasion, "suit-M")->outcome, Outcome::fails);
    EXPECT_EQ(judge.about(Constraint::style, "suit-M")->outcome, Outcome::unknown);
    EXPECT_EQ(judge.about(Constraint::color, "suit-M")->subject, "Blue or red");
}

TEST(Assess, PricesAreOfOneCurrency) {
    auto need = test::a_need();
    need.price_max_minor = 5'000;
    Judge const judge(a_store(), need);
    EXPECT_EQ(judge.outcome("lamp-v"), Outcome::holds);
    EXPECT_EQ(judge.outcome("dress-M"), Outcome::fails);
    EXPECT_EQ(judge.outcome("euros-v"), Outcome::unknown);
    EXPECT_EQ(judge.about(Constraint::price, "dress-M")->evidence,
              (Evidence{"offer", "/variants/1/offers/0/price", "99.00 USD"}));
}

TEST(Assess, StockIsOfAsManyAsAreWanted) {
    auto need = test::a_need();
    need.quantity = 3;
    Judge const judge(a_store(), need);
    EXPECT_EQ(judge.outcome("lamp-v"), Outcome::fails);
    EXPECT_EQ(judge.about(Constraint::stock, "lamp-v")->evidence.text, "too few") << "and not how many there are";
    EXPECT_EQ(judge.outcome("dress-M"), Outcome::holds) << "not counted";
    EXPECT_EQ(judge.outcome("dress-L"), Outcome::fails);
    EXPECT_EQ(judge.outcome("museum-v"), Outcome::fails) << "not for sale";
}

TEST(Assess, MarketsAndDaysAreThoseOfShipping) {
    auto need = test::a_need();
    need.ship_to = Destination{"US", "", ""};
    need.needed_by = year(2026) / 12 / 2;
    EXPECT_EQ(Judge(a_store(), need).outcome("lamp-v"), Outcome::holds) << "the fast one is there on Wednesday";
    EXPECT_EQ(Judge(a_store(), need).outcome("euros-v"), Outcome::fails);
    EXPECT_EQ(Judge(a_store(), need).about(Constraint::needed_by, "lamp-v")->evidence,
              (Evidence{"shipping:fast", "", "there on 2026-12-02 at the latest"}));
    need.needed_by = year(2026) / 12 / 1;
    EXPECT_EQ(Judge(a_store(), need).outcome("lamp-v"), Outcome::fails);
    EXPECT_EQ(Judge(a_store(), need).outcome("voucher-v"), Outcome::holds);
    need.needed_by.reset();
    need.ship_to->country = "BR";
    EXPECT_EQ(Judge(a_store(), need).outcome("lamp-v"), Outcome::fails);
    need.ship_to.reset();
    need.needed_by = year(2026) / 12 / 20;
    EXPECT_EQ(Judge(a_store(), need).outcome("lamp-v"), Outcome::unknown) << "nobody said where to";
}

TEST(Assess, NeedsThatContradictThemselvesAreRefused) {
    auto const shop = a_store();
    auto const pointer = [&](auto change) {
        auto need = test::a_need();
        change(need);
        auto const made = Assessor::prepare(*shop, need, test::monday);
        EXPECT_FALSE(made.ok());
        EXPECT_EQ(made.error().code, Code::unprocessable);
        return made.error().pointer;
    };
    EXPECT_EQ(pointer([](Need& need) { need.quantity = 0; }), "/need/quantity");
    EXPECT_EQ(pointer([](Need& need) { need.price_max_minor = -1; }), "/need/price_max/amount");
    EXPECT_EQ(pointer([](Need& need) { need.needed_by = year(2026) / 11 / 29; }), "/need/needed_by");
    EXPECT_EQ(pointer([](Need& need) { need.members = {test::a_member("a"), test::a_member("a")}; }),
              "/household/members/1/id");
    EXPECT_EQ(pointer([](Need& need) {
                  need.budget_max_minor = 5;
                  need.currency = {};
              }),
              "/need/currency");
}

}  // namespace
}  // namespace b2a::shopping
