// SPDX-License-Identifier: Apache-2.0
#include "policy/selftest.hpp"

#include "support.hpp"

namespace b2a::policy {
namespace {

using test::load;

constexpr auto rules_text = R"(
[[rule]]
id = "p"
effect = "permit"
actions = ["checkout.complete"]
when.agent.id.eq = "https://a.example/"
when.agent.class.eq = "shopping"
when.agent.registered.eq = true
when.agent.trust_level.eq = 4
when.protocol.eq = "mcp"
when.checkout.total.eq = { amount = 5, currency = "EUR" }
when.checkout.item_count.eq = 3
when.checkout.quantity_max.eq = 2
when.ship_to.country.eq = "FR"
when.cart.tags.any = ["t"]
when.cart.categories.any = ["c"]
when.time.after = 2026-01-01T00:00:00Z
obligate = ["receipt"]
[[rule]]
id = "s"
effect = "forbid"
mode = "shadow"
actions = ["checkout.complete"]
[[limit]]
id = "l"
actions = ["checkout.complete"]
count = 1
window = "1s"
[[test]]
name = "everything"
action = "checkout.complete"
[test.input]
agent = { id = "https://a.example/", class = "shopping", registered = true, trust_level = 4 }
protocol = "mcp"
checkout = { total = { amount = 5, currency = "EUR" }, item_count = 3, quantity_max = 2 }
ship_to.country = "FR"
cart = { tags = ["t"], categories = ["c"] }
time = 2026-01-01T00:00:00Z
[test.expect]
)";

std::string failure(std::string const& expect) {
    auto const rules = load(rules_text + expect);
    if (rules == nullptr) return "not loaded";
    auto const results = rules->run_tests();
    EXPECT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].name, "everything");
    return results[0].failure;
}

TEST(PolicySelfTest, EveryAttributeReachesTheRules) {
    EXPECT_EQ(failure("decision = \"allow\"\nrule = \"p\"\nreason_code = \"permitted\"\nobligations = [\"receipt\"]\n"
                      "shadow = [\"s\"]\nlimits = [\"l\"]"),
              "");
}

TEST(PolicySelfTest, FailuresSayWhatDiffers) {
    EXPECT_EQ(failure("decision = \"deny\""), "decision: expected deny, got allow");
    EXPECT_EQ(failure("decision = \"allow\"\nrule = \"s\""), "rule: expected s, got p");
    EXPECT_EQ(failure("decision = \"allow\"\nreason_code = \"x\""), "reason_code: expected x, got permitted");
    EXPECT_EQ(failure("decision = \"allow\"\nobligations = []"), "obligations: expected nothing, got receipt");
    EXPECT_EQ(failure("decision = \"deny\"\nshadow = []\nlimits = []"),
              "decision: expected deny, got allow; shadow: expected nothing, got s; limits: expected nothing, got l");
}

TEST(PolicySelfTest, WhatIsNotGivenIsAbsent) {
    auto const rules = load(std::string(R"(
[[rule]]
id = "f"
effect = "forbid"
actions = ["order.get"]
when.ship_to.country.eq = "FR"
[[test]]
name = "absent"
action = "order.get"
expect = { decision = "deny", rule = "f" }
)"));
    EXPECT_EQ(rules->run_tests().at(0).failure, "");
}

}  // namespace
}  // namespace b2a::policy
