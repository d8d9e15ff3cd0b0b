// SPDX-License-Identifier: Apache-2.0
#include "policy/digest.hpp"

#include <set>

#include "b2a/base/encoding.hpp"

#include "support.hpp"

namespace b2a::policy {
namespace {

using test::load;
using test::rule;

std::string digest(std::string const& source) {
    auto const rules = load(source);
    return rules == nullptr ? "" : to_hex(rules->digest());
}

TEST(PolicyDigest, LayoutDoesNotCount) {
    auto const a = digest(R"(
[[rule]]
id = "a"
effect = "forbid"
actions = ["checkout.complete", "checkout.get"]
when.agent.trust_level.lte = 1
when.cart.tags.any = ["x", "y"]
when.checkout.total.gt = [{ amount = 1, currency = "USD" }, { amount = 2, currency = "EUR" }]
mode = "enforce"
)");
    auto const b = digest(R"(# a comment
[[rule]]
effect   = 'forbid'
actions  = [ "checkout.get", "checkout.complete", "checkout.get" ]   # twice is once
id       = "a"
[rule.when]
checkout.total.gt = [{ currency = "EUR", amount = 2 }, { currency = "USD", amount = 1 }]
cart = { tags = { any = ["y", "x", "y"] } }
agent = { trust_level.lte = 0x1 }
[[test]]
name = "tests decide nothing"
action = "order.get"
expect = { decision = "allow" }
)");
    EXPECT_EQ(a, b);
}

TEST(PolicyDigest, EveryMeaningfulChangeCounts) {
    std::set<std::string> seen;
    auto const fresh = [&](std::string const& source) { return seen.insert(digest(source)).second; };
    auto const when = std::string("when.agent.trust_level.gte = 1");
    EXPECT_TRUE(fresh(""));
    EXPECT_TRUE(fresh(rule("a", "permit", when)));
    EXPECT_TRUE(fresh(rule("b", "permit", when)));
    EXPECT_TRUE(fresh(rule("a", "forbid", when)));
    EXPECT_TRUE(fresh(rule("a", "permit", when, R"(["order.get"])")));
    EXPECT_TRUE(fresh(rule("a", "permit", "when.agent.trust_level.gte = 2")));
    EXPECT_TRUE(fresh(rule("a", "permit", "when.agent.trust_level.gt = 1")));
    EXPECT_TRUE(fresh(rule("a", "permit", "unless.agent.trust_level.gte = 1")));
    for (std::string const extra :
         {"mode = \"shadow\"", "valid_from = 2026-01-01T00:00:00Z", "valid_until = 2026-01-01T00:00:00Z",
          "reason_code = \"x\"", "agent_message = \"x\"", "operator_note = \"x\"", "owner = \"x\"",
          "obligate = [\"receipt\"]"})
        EXPECT_TRUE(fresh(rule("a", "permit", when + "\n" + extra))) << extra;
    auto const limit = [](std::string const& rest) { return "[[limit]]\nid = \"l\"\nactions = [\"*\"]\n" + rest; };
    EXPECT_TRUE(fresh(limit("count = 1\nwindow = \"60s\"")));
    EXPECT_TRUE(fresh(limit("count = 2\nwindow = \"60s\"")));
    EXPECT_TRUE(fresh(limit("count = 1\nwindow = \"61s\"")));
    EXPECT_TRUE(fresh(limit("count = 1\nwindow = \"60s\"\nper = \"peer\"")));
    EXPECT_TRUE(fresh(limit("count = 1\nwindow = \"60s\"\nwhen.agent.trust_level.eq = 1")));
    EXPECT_FALSE(fresh(limit("count = 1\nwindow = \"1m\"")));
}

TEST(PolicyDigest, TextsCannotImitateFields) {
    EXPECT_NE(digest(rule("a", "permit", "operator_note = \"owner:1:x\"")),
              digest(rule("a", "permit", "owner = \"x\"")));
}

TEST(PolicyDigest, KnownAnswer) {
    // The digest is kept in audit logs for years: this value changes only together with the language version.
    RuleFile file;
    EXPECT_EQ(canonical_text(file), "language:1:2\n");
    file.rules.push_back({});
    file.rules[0].id = "a";
    file.rules[0].actions.set(static_cast<std::size_t>(Action::order_get));
    EXPECT_EQ(canonical_text(file),
              "language:1:2\nrule:1:a\neffect:6:forbid\nmode:7:enforce\nstage:9:authority\naction:9:order.get\n"
              "valid_from:0:\nvalid_until:0:\nreason_code:0:\nagent_message:0:\noperator_note:0:\nowner:0:\n"
              "remedy:4:none\napproval_ttl:1:0\n");
    EXPECT_EQ(digest(""), "906741f72ebfb869c45d96a69b0635b49b797307548092b8495ee29c96ea2534");
}

}  // namespace
}  // namespace b2a::policy
