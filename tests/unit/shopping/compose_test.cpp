// SPDX-License-Identifier: Apache-2.0
#include "b2a/shopping/compose.hpp"

#include <map>

#include <gtest/gtest.h>

#include "shop.hpp"

namespace b2a::shopping {
namespace {

using domain::Allergen;
using domain::AllergenStatus;

domain::Product priced(domain::Product product, std::int64_t minor, std::string category = {}) {
    for (auto& variant : product.variants) variant.offers[0] = {{minor, test::usd}, {minor, test::usd}};
    if (!category.empty()) product.categories = {std::move(category)};
    return product;
}

domain::Product colored(domain::Product product, std::string color) {
    product.attributes.push_back({"color", std::move(color)});
    return product;
}

ComposeSlot named(std::string name, std::vector<std::string> products) {
    ComposeSlot slot;
    slot.name = std::move(name);
    slot.products = std::move(products);
    return slot;
}

ComposeSlot in_category(std::string name, std::string category) {
    ComposeSlot slot;
    slot.name = std::move(name);
    slot.categories = {std::move(category)};
    return slot;
}

/// Bags and shoes, food of several kinds, one dress, and two ways to send them.
catalog::CatalogData shop_data() {
    catalog::CatalogData data;
    data.products = {
        colored(priced(test::a_product("bag-black"), 4'000, "Bags"), "Black"),
        colored(priced(test::a_product("bag-red"), 2'000, "Bags"), "Red"),
        priced(test::a_food("bread", {}, true), 400, "Bread"),
        priced(test::a_food("bread-unknown", {}, false), 100, "Bread"),
        priced(test::a_dress("dress", "North"), 9'900, "Dresses"),
        priced(test::a_food("salad", {}, true), 700, "Lunch"),
        colored(priced(test::a_product("shoes-black"), 6'000, "Shoes"), "Black"),
        colored(priced(test::a_product("shoes-green"), 5'000, "Shoes"), "Green"),
        priced(test::a_food("soup", {{Allergen::milk, AllergenStatus::contains}}, true), 500, "Lunch"),
        priced(test::a_food("tofu", {}, true), 600, "Lunch"),
    };
    data.size_charts = {test::a_chart()};
    auto free = test::a_method("post", 4);
    free.free_above = {{10'000, test::usd}};
    auto fast = test::a_method("courier", 1);
    fast.prices = {{1'500, test::usd}};
    data.shipping = {fast, free};
    return data;
}

std::shared_ptr<catalog::Snapshot const> shop(catalog::StockLevels const& stock = {}) {
    return catalog::Snapshot::build(shop_data(), stock);
}

ComposeQuery asking(std::vector<ComposeSlot> slots) {
    ComposeQuery query;
    query.slots = std::move(slots);
    query.need = test::a_need();
    return query;
}

ComposeResult composed(catalog::Snapshot const& snapshot, ComposeQuery const& query) {
    return compose(snapshot, query, test::monday).value();
}

std::vector<std::string> products(std::optional<Basket> const& basket) {
    std::vector<std::string> ids;
    if (basket)
        for (auto const& line : basket->lines) ids.push_back(line.ref.product->id);
    return ids;
}

using Ids = std::vector<std::string>;

std::vector<std::string> told(Relaxation const& relaxation) {
    std::vector<std::string> all;
    for (auto const& concession : relaxation) {
        auto text = std::string(to_text(concession.kind));
        if (!concession.subject.empty()) text += " " + concession.subject;
        if (concession.minor) text += " " + std::to_string(*concession.minor);
        all.push_back(text);
    }
    return all;
}

TEST(Compose, theFirstNamedIsTheBrandsChoice) {
    auto const snapshot = shop();
    auto const result = composed(*snapshot, asking({named("bag", {"bag-black", "bag-red"})}));
    EXPECT_TRUE(result.optimal);
    EXPECT_EQ(products(result.best), Ids{"bag-black"});
    EXPECT_EQ(products(result.runner_up), Ids{"bag-red"});
    EXPECT_EQ(result.best->landed.total.minor, 4'000);
    EXPECT_EQ(result.best->lines[0].reasons[0], "choice 1 of those named for this slot");
}

TEST(Compose, theScoreIsTheSumOfWhatIsShown) {
    auto const snapshot = shop();
    auto const result = composed(*snapshot, asking({in_category("bag", "Bags"), in_category("shoes", "Shoes")}));
    std::int64_t sum = 0;
    for (auto const& line : result.best->lines)
        for (auto const& factor : line.factors) {
            EXPECT_LE(factor.points, factor.weight);
            sum += factor.points;
        }
    for (auto const& bond : result.best->bonds) sum += bond.points;
    EXPECT_EQ(sum, result.best->score);
    EXPECT_EQ(result.bound, result.best->score);
}

TEST(Compose, whatGoesTogetherIsWorthMore) {
    auto data = shop_data();
    data.products[0].edges = {{domain::EdgeType::goes_with, "shoes-black", "file:edges.csv"}};
    auto const snapshot = catalog::Snapshot::build(std::move(data), {});
    auto const result = composed(*snapshot, asking({named("bag", {"bag-black"}), in_category("shoes", "Shoes")}));
    EXPECT_EQ(products(result.best), (Ids{"bag-black", "shoes-green"}))
        << "a thousand cheaper counts more than one edge";
    auto data2 = shop_data();
    data2.products[0].edges = {{domain::EdgeType::goes_with, "shoes-black", "file:edges.csv"}};
    for (auto& variant : data2.products[7].variants) variant.offers[0].price.minor = 6'000;
    auto const even = catalog::Snapshot::build(std::move(data2), {});
    auto const matched = composed(*even, asking({named("bag", {"bag-black"}), in_category("shoes", "Shoes")}));
    EXPECT_EQ(products(matched.best), (Ids{"bag-black", "shoes-black"}));
    ASSERT_FALSE(matched.best->bonds.empty());
    EXPECT_EQ(matched.best->bonds[0].name, "goes_with");
    EXPECT_EQ(matched.best->bonds[0].source, "file:edges.csv");
}

TEST(Compose, hardRulesHold) {
    auto const snapshot = shop();
    auto query = asking({in_category("bag", "Bags"), in_category("shoes", "Shoes")});
    query.rules = {{ComposeRule::Type::same_color, {}, 1, {}, {}}};
    EXPECT_EQ(products(composed(*snapshot, query).best), (Ids{"bag-black", "shoes-black"}));
    query.rules = {{ComposeRule::Type::incompatible, {}, 1, {"bag-red", "shoes-green"}, {}},
                   {ComposeRule::Type::incompatible, {}, 1, {"bag-black", "shoes-green"}, {}}};
    auto const result = composed(*snapshot, query);
    EXPECT_EQ(products(result.best).back(), "shoes-black");
}

TEST(Compose, theBudgetIncludesTheCheapestDeliveryInTime) {
    auto const snapshot = shop();
    auto query = asking({in_category("bag", "Bags"), in_category("shoes", "Shoes")});
    query.need.ship_to = Destination{"US", "", ""};
    query.need.budget_max_minor = 7'500;
    EXPECT_EQ(composed(*snapshot, query).best->landed.total.minor, 7'500);
    query.need.budget_max_minor = 7'499;
    EXPECT_FALSE(composed(*snapshot, query).best.has_value());
    query.need.budget_max_minor = 8'500;
    query.need.needed_by = std::chrono::floor<std::chrono::days>(test::monday) + std::chrono::days(2);
    auto const fast = composed(*snapshot, query);
    EXPECT_EQ(fast.best->landed.shipping->id, "courier");
    EXPECT_EQ(fast.best->landed.total.minor, 8'500);
}

TEST(Compose, goodsThatMakeTheDeliveryFreeMayBeCheaperInAll) {
    auto const snapshot = shop();
    // 4,000 + 5,000 + 500 is as little as black bags allow, 4,000 + 6,000 is 500 more.
    auto query = asking({named("bag", {"bag-black"}), in_category("shoes", "Shoes")});
    query.need.ship_to = Destination{"US", "", ""};
    query.need.budget_max_minor = 9'400;
    auto const result = composed(*snapshot, query);
    ASSERT_EQ(result.relaxations.size(), 3U);
    EXPECT_EQ(told(result.relaxations[0]), Ids{"budget 9500"});
    EXPECT_EQ(told(result.relaxations[1]), Ids{"slot bag"});
    EXPECT_EQ(told(result.relaxations[2]), Ids{"slot shoes"});
}

TEST(Compose, everyPersonGetsWhatSuitsThem) {
    auto const snapshot = shop();
    auto slot = in_category("lunch", "Lunch");
    slot.per_person = true;
    auto query = asking({slot});
    query.need.members = {test::a_member("anna"), test::a_member("ben"), test::a_member("cleo")};
    query.need.members[1].avoid = {Allergen::milk};
    auto const result = composed(*snapshot, query);
    std::map<std::string, std::string> by_member;
    for (auto const& line : result.best->lines) by_member[line.member] = line.ref.product->id;
    EXPECT_EQ(by_member, (std::map<std::string, std::string>{{"anna", "soup"}, {"ben", "tofu"}, {"cleo", "soup"}}));
    EXPECT_EQ(result.best->landed.total.minor, 1'600);
}

TEST(Compose, sharedFoodSuitsAll) {
    auto const snapshot = shop();
    auto query = asking({in_category("lunch", "Lunch"), in_category("bread", "Bread")});
    query.need.members = {test::a_member("anna"), test::a_member("ben")};
    query.need.members[1].avoid = {Allergen::milk};
    auto const result = composed(*snapshot, query);
    EXPECT_EQ(products(result.best), (Ids{"tofu", "bread"}))
        << "bread without a declaration costs less and is not safe";
    for (auto const& line : result.best->lines)
        for (auto const& verdict : line.constraints) EXPECT_EQ(verdict.outcome, Outcome::holds);
}

TEST(Compose, daysAreFilledAnew) {
    auto const snapshot = shop();
    auto query = asking({in_category("lunch", "Lunch")});
    query.days = 5;
    query.rules = {{ComposeRule::Type::max_per_product, {}, 2, {}, {}}};
    auto const result = composed(*snapshot, query);
    std::map<std::string, int> count;
    std::set<std::uint32_t> days;
    for (auto const& line : result.best->lines) {
        ++count[line.ref.product->id];
        days.insert(line.day);
    }
    EXPECT_EQ(count, (std::map<std::string, int>{{"salad", 1}, {"soup", 2}, {"tofu", 2}}));
    EXPECT_EQ(days.size(), 5U);
    query.rules[0].count = 1;
    auto const few = composed(*snapshot, query);
    EXPECT_FALSE(few.best.has_value());
    ASSERT_EQ(few.relaxations.size(), 1U);
    EXPECT_EQ(told(few.relaxations[0]), Ids{"rule max_per_product"});
}

TEST(Compose, stockIsSharedByThePlaces) {
    auto const snapshot = shop({{"soup-v", 1}, {"tofu-v", 1}});
    auto query = asking({in_category("lunch", "Lunch")});
    query.days = 3;
    EXPECT_EQ(composed(*snapshot, query).best->lines.size(), 3U);
    std::map<std::string, int> count;
    for (auto const& id : products(composed(*snapshot, query).best)) ++count[id];
    EXPECT_LE(count["soup"], 1);
    EXPECT_LE(count["tofu"], 1);
}

TEST(Compose, optionalSlotsAreLeftEmptyForTheBudget) {
    auto const snapshot = shop();
    auto bag = in_category("bag", "Bags");
    bag.required = false;
    auto query = asking({bag, in_category("shoes", "Shoes")});
    query.need.budget_max_minor = 6'500;
    auto const result = composed(*snapshot, query);
    EXPECT_EQ(products(result.best), Ids{"shoes-green"});
}

TEST(Compose, theSizeOfTheMemberIsTaken) {
    auto const snapshot = shop();
    auto query = asking({in_category("dress", "Dresses")});
    query.need.members = {test::a_member("anna")};
    query.need.members[0].sizes = {{"M", std::nullopt}};
    EXPECT_EQ(composed(*snapshot, query).best->lines[0].ref.variant->id, "dress-M");
    query.need.members[0].sizes = {{"XXL", std::nullopt}};
    auto const none = composed(*snapshot, query);
    EXPECT_FALSE(none.best.has_value());
    EXPECT_TRUE(none.relaxations.empty()) << "nobody is told to wear another size";
    ASSERT_EQ(none.blocked_by.size(), 1U);
    EXPECT_EQ(none.blocked_by[0].constraint, Constraint::size);
    EXPECT_EQ(none.blocked_by[0].member, "anna");
    EXPECT_EQ(none.blocked_by[0].fails + none.blocked_by[0].unknown, 3U);
}

TEST(Compose, anAllergyIsNothingToGiveUp) {
    auto const snapshot = shop();
    auto query = asking({named("soup", {"soup"})});
    query.need.avoid = {Allergen::milk};
    query.need.price_max_minor = 400;
    auto const result = composed(*snapshot, query);
    EXPECT_FALSE(result.best.has_value());
    EXPECT_TRUE(result.optimal) << "it is proven that nothing is possible";
    EXPECT_TRUE(result.relaxations.empty());
    ASSERT_EQ(result.blocked_by.size(), 1U);
    EXPECT_EQ(result.blocked_by[0].constraint, Constraint::allergen);
    EXPECT_EQ(result.blocked_by[0].subject, "milk");
    EXPECT_EQ(result.blocked_by[0].fails, 1U);
}

TEST(Compose, twoConcessionsWhereOneDoesNotHelp) {
    auto const snapshot = shop();
    auto query = asking({named("bag", {"bag-black"})});
    query.need.colors = {"red"};
    query.need.budget_max_minor = 3'000;
    auto const result = composed(*snapshot, query);
    ASSERT_EQ(result.relaxations.size(), 1U);
    EXPECT_EQ(told(result.relaxations[0]), (Ids{"budget 4000", "colors"}));
}

TEST(Compose, aLookAndTheOccasionThatItIsFor) {
    auto data = shop_data();
    data.occasions = {{"evening", "Evening", {"Abend"}, {"elegant"}, "file:looks"}};
    data.looks = {
        {"black",
         "North",
         "All black",
         "",
         {"evening"},
         {},
         {{"bag", {"bag-black"}, {"Bags"}, 1, false, true}, {"shoes", {"shoes-black"}, {"Shoes"}, 1, false, true}},
         "file:looks",
         true},
        {"plain", "North", "Plain", "", {"evening"}, {}, {{"bag", {}, {"Bags"}, 1, false, true}}, "", true}};
    auto const snapshot = catalog::Snapshot::build(std::move(data), {});
    auto query = asking({});
    query.look = "black";
    auto const look = composed(*snapshot, query);
    EXPECT_EQ(products(look.best), (Ids{"bag-black", "shoes-black"}));
    EXPECT_EQ(look.look->title, "All black");
    query.look.clear();
    query.occasion = "abend";
    auto const occasion = composed(*snapshot, query);
    EXPECT_EQ(occasion.look->id, "black") << "named products are worth more";
    query.occasion = "moon landing";
    auto const unknown = compose(*snapshot, query, test::monday);
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().reason, "no_look");
    EXPECT_EQ(unknown.error().pointer, "/occasion");
}

TEST(Compose, whatIsUnknownIsNamed) {
    auto const snapshot = shop();
    auto const refused = [&](ComposeQuery const& query) {
        auto const result = compose(*snapshot, query, test::monday);
        EXPECT_FALSE(result.ok());
        return result.ok() ? std::string() : result.error().pointer + " " + result.error().reason;
    };
    auto look = asking({});
    look.look = "none";
    EXPECT_EQ(refused(look), "/look unknown_look");
    auto member = asking({in_category("bag", "Bags")});
    member.slots[0].member = "nobody";
    EXPECT_EQ(refused(member), "/slots/0/member unknown_member");
    EXPECT_EQ(refused(asking({named("bag", {"bag-red", "bag-blue"})})), "/slots/0/products/1 unknown_product");
    auto rule = asking({in_category("bag", "Bags")});
    rule.rules = {{ComposeRule::Type::same_color, {"hat"}, 1, {}, {}}};
    EXPECT_EQ(refused(rule), "/rules/0/slots/0 unknown_slot");
    auto many = asking({in_category("bag", "Bags")});
    many.slots[0].per_person = true;
    many.people = 32;
    many.days = 14;
    EXPECT_EQ(refused(many), "/slots too_many_places");
}

TEST(Compose, moreGuestsThanMembers) {
    auto const snapshot = shop();
    auto slot = in_category("lunch", "Lunch");
    slot.per_person = true;
    auto query = asking({slot});
    query.people = 6;
    query.need.members = {test::a_member("anna"), test::a_member("ben")};
    query.need.members[1].avoid = {Allergen::milk};
    auto const result = composed(*snapshot, query);
    EXPECT_EQ(result.best->lines.size(), 6U);
    for (auto const& line : result.best->lines)
        EXPECT_EQ(line.ref.product->id, line.member == "anna" ? "soup" : "tofu") << "guests get what suits everybody";
}

}  // namespace
}  // namespace b2a::shopping
