// SPDX-License-Identifier: Apache-2.0
#include "b2a/policy/own_limits.hpp"

#include "support.hpp"

namespace b2a::policy {
namespace {

using test::Case;
using test::eur;
using test::load;
using test::problems;
using test::usd;

std::string limit(std::string const& rest, std::string const& actions = R"(["checkout.complete"])") {
    return "[[limit]]\nid = \"l\"\nactions = " + actions + "\nwindow = \"1d\"\n" + rest + "\n";
}

struct Purchase : Case {
    explicit Purchase(Money total) {
        facts.total = total;
        facts.item_count = 3;
        facts.lines = {{"shirt", 2}, {"belt", 1}};
        facts.now = Timestamp{} + std::chrono::hours{36};
    }
};
Purchase purchase(Money total = eur(1000)) {
    return Purchase(total);
}

TEST(PolicyDraws, CountsOrdersQuantitiesAndAmounts) {
    auto request = purchase();
    auto const orders = load(limit("orders = 5"))->draws(request.get(), "");
    ASSERT_EQ(orders.size(), 1U);
    EXPECT_EQ(orders[0].amount, 1);
    EXPECT_EQ(orders[0].cap, 5);
    EXPECT_EQ(orders[0].reason.rule, "l");
    EXPECT_EQ(orders[0].reason.code, "allowance_exceeded");
    EXPECT_EQ(orders[0].expires, Timestamp{} + std::chrono::hours{48});  // the day it is, in UTC

    auto const quantity = load(limit("quantity = 10"))->draws(request.get(), "");
    ASSERT_EQ(quantity.size(), 1U);
    EXPECT_EQ(quantity[0].amount, 3);

    auto const amount = load(limit("amount = [{ amount = 5000, currency = \"EUR\" }]"))->draws(request.get(), "");
    ASSERT_EQ(amount.size(), 1U);
    EXPECT_EQ(amount[0].amount, 1000);
    EXPECT_EQ(amount[0].cap, 5000);
}

TEST(PolicyDraws, AnAmountThatIsNotKnownIsOverTheCap) {
    auto const rules = load(limit("amount = { amount = 5000, currency = \"EUR\" }"));
    auto foreign = purchase(usd(1));
    auto draws = rules->draws(foreign.get(), "");
    ASSERT_EQ(draws.size(), 1U);
    EXPECT_GT(draws[0].amount, draws[0].cap);
    auto unknown = purchase();
    unknown.facts.total.reset();
    draws = rules->draws(unknown.get(), "");
    ASSERT_EQ(draws.size(), 1U);
    EXPECT_GT(draws[0].amount, draws[0].cap);
    auto gift = purchase(eur(0));
    EXPECT_TRUE(rules->draws(gift.get(), "").empty());
    auto uncounted = purchase();
    uncounted.facts.item_count.reset();
    draws = load(limit("quantity = 10"))->draws(uncounted.get(), "");
    ASSERT_EQ(draws.size(), 1U);
    EXPECT_GT(draws[0].amount, draws[0].cap);
}

TEST(PolicyDraws, WhoSharesAnAllowance) {
    auto const key = [](std::string const& per, Case& request, std::string_view peer) {
        auto const draws = load(limit("orders = 5\nper = \"" + per + "\""))->draws(request.get(), peer);
        return draws.at(0).key;
    };
    auto one = purchase();
    auto other = purchase();
    other.principal.id = "https://other.example/profile";
    one.principal.agent_class = other.principal.agent_class = "shopping";
    EXPECT_NE(key("principal", one, "a"), key("principal", other, "a"));
    EXPECT_EQ(key("principal", one, "a"), key("principal", one, "b"));
    EXPECT_EQ(key("peer", one, "a"), key("peer", other, "a"));
    EXPECT_NE(key("peer", one, "a"), key("peer", one, "b"));
    EXPECT_EQ(key("class", one, "a"), key("class", other, "b"));
    EXPECT_EQ(key("everyone", one, "a"), key("everyone", other, "b"));
    auto tomorrow = purchase();
    tomorrow.facts.now += std::chrono::hours{24};
    EXPECT_NE(key("principal", one, ""), key("principal", tomorrow, ""));
    auto later = purchase();
    later.facts.now += std::chrono::hours{11};
    EXPECT_EQ(key("principal", one, ""), key("principal", later, ""));
    one.principal.trust = TrustLevel::anonymous;
    EXPECT_NE(key("principal", one, "a"), key("principal", one, "b"));
}

TEST(PolicyDraws, AProductIsCountedByItself) {
    auto request = purchase();
    auto const draws = load(limit("quantity = 2\nper = \"product\""))->draws(request.get(), "");
    ASSERT_EQ(draws.size(), 2U);
    EXPECT_EQ(draws[0].amount, 2);
    EXPECT_EQ(draws[1].amount, 1);
    EXPECT_NE(draws[0].key, draws[1].key);
}

TEST(PolicyDraws, LimitsThatCannotBeMeantAreRefused) {
    auto const has = [](std::string const& source, std::string_view message) {
        return problems(source).find(message) != std::string::npos;
    };
    EXPECT_TRUE(has(limit("orders = 1\ncount = 1"), "one of count, orders, quantity and amount"));
    EXPECT_TRUE(has(limit("orders = 1", R"(["checkout.*"])"), "checkout.complete only"));
    EXPECT_TRUE(has(limit("orders = 1\nper = \"product\""), "is for quantity only"));
    EXPECT_TRUE(has(limit("count = 1\nper = \"product\""), "requests name no product"));
    EXPECT_TRUE(has(limit("amount = []"), "names no amount"));
    EXPECT_TRUE(has(limit("amount = 5"), "expected money"));
    EXPECT_TRUE(has(limit("amount = [{amount=1,currency=\"EUR\"},{amount=2,currency=\"EUR\"}]"), "a currency twice"));
    EXPECT_EQ(problems(limit("quantity = 1\nper = \"product\"")), "loaded");
}

TEST(OwnLimits, BindBesideTheRules) {
    auto request = purchase(eur(1000));
    request.facts.quantity_max = 2;
    EXPECT_EQ(forbidden_by_register(request.get()), std::nullopt);
    EXPECT_TRUE(own_draws(request.get()).empty());
    AgentLimits limits;
    limits.quantity_max = 2;
    limits.order_total_max = {eur(1000)};
    limits.daily_total_max = {eur(3000)};
    request.principal.limits = std::make_shared<AgentLimits const>(limits);
    EXPECT_EQ(forbidden_by_register(request.get()), std::nullopt);
    ASSERT_EQ(own_draws(request.get()).size(), 1U);
    EXPECT_EQ(own_draws(request.get())[0].cap, 3000);

    request.facts.quantity_max = 3;
    EXPECT_EQ(forbidden_by_register(request.get())->code, "agent_quantity_limit");
    request.facts.quantity_max = 2;
    request.facts.total = eur(1001);
    EXPECT_EQ(forbidden_by_register(request.get())->code, "agent_order_limit");
    request.facts.total = usd(1);  // a currency without a bound is over it
    EXPECT_EQ(forbidden_by_register(request.get())->code, "agent_order_limit");
    request.facts.total.reset();
    EXPECT_EQ(forbidden_by_register(request.get())->code, "agent_order_limit");
    request.facts.action = Action::checkout_get;
    EXPECT_EQ(forbidden_by_register(request.get()), std::nullopt);
    request.principal.suspended = true;
    EXPECT_EQ(forbidden_by_register(request.get())->code, "agent_suspended");
}

}  // namespace
}  // namespace b2a::policy
