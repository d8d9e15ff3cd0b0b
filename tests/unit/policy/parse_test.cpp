// SPDX-License-Identifier: Apache-2.0
#include "policy/parse.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"

#include "support.hpp"

namespace b2a::policy {
namespace {

using test::load;
using test::problems;
using test::rule;

bool has(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(PolicyParse, AFullRuleLoads) {
    auto const rules = load(R"(
[[rule]]
id = "a.b-c_1"
effect = "permit"
mode = "shadow"
actions = ["checkout.complete", "checkout.get"]
when.agent.trust_level.gte = 1
unless.cart.tags.any = ["x"]
valid_from = 2026-01-01T00:00:00Z
valid_until = 2027-01-01T00:00:00+02:00
reason_code = "r_1"
agent_message = "Größe 38 ist möglich."
operator_note = "note"
owner = "team"
obligate = ["receipt"]
)");
    ASSERT_NE(rules, nullptr);
    EXPECT_EQ(rules->size(), 1U);
}

struct Refusal {
    std::string source;
    std::string message;
};

TEST(PolicyParse, RefusalsNameThePlace) {
    std::vector<Refusal> const cases{
        {"rule = 1", "t.toml:1:8: write [[rule]] with two brackets"},
        {"[rule]\nid = \"a\"", "t.toml:1:1: write [[rule]] with two brackets"},
        {"version = 1", "t.toml:1:1: the file has no key \"version\""},
        {"[[rule]]\nid = \"a\"\neffect = \"permit\"\nactions = [\"*\"]\nwehn.time.after = 1",
         "t.toml:5:1: rule has no key \"wehn\""},
        {"[[rule]]\neffect = \"permit\"\nactions = [\"*\"]", "t.toml:1:1: rule needs id"},
        {"[[rule]]\nid = \"a\"\nactions = [\"*\"]", "t.toml:1:1: rule needs effect"},
        {"[[rule]]\nid = \"a\"\neffect = \"permit\"", "t.toml:1:1: rule needs actions"},
        {"[[rule]]\nid = \"a\"\neffect = \"permit\"\nactions = []", "t.toml:4:11: actions must be a list"},
        {"[[rule]]\nid = \"a\"\neffect = \"allow\"\nactions = [\"*\"]",
         "t.toml:3:10: rule.effect must be one of permit, forbid, require, approve"},
        {rule("a", "permit", "", R"(["checkout.pay"])"), "t.toml:4:12: unknown action \"checkout.pay\""},
        {rule("a", "permit", "", R"(["shop.*"])"), "t.toml:4:12: unknown action \"shop.*\""},
        {rule("a", "permit", "", R"(["check*"])"), "t.toml:4:12: unknown action \"check*\""},
        {rule("a", "permit", "", R"([7])"), "t.toml:4:12: actions must be texts"},
        {rule("a b", "permit", ""), "t.toml:2:6: rule.id must be a name"},
        {rule("", "permit", ""), "t.toml:2:6: rule.id must be a name"},
        {rule("a", "permit", "") + rule("a", "forbid", ""), "t.toml:7:6: duplicate id \"a\""},
        {rule("a", "permit", "mode = \"on\""), "t.toml:5:8: rule.mode must be one of enforce, shadow, off"},
        {rule("a", "permit", "reason_code = \"No Way\""), "t.toml:5:15: rule.reason_code must be a code"},
        {rule("a", "permit", "agent_message = \"a\\nb\""), "t.toml:5:17: rule.agent_message must be a text"},
        {rule("a", "permit", "agent_message = 3"), "t.toml:5:17: rule.agent_message must be a text"},
        {rule("a", "permit", "valid_from = 2026-01-01"), "t.toml:5:14: rule.valid_from must be a date-time"},
        {rule("a", "permit", "valid_from = 2026-01-01T00:00:00"), "rule.valid_from must be a date-time with offset"},
        {rule("a", "permit", "valid_from = 2026-01-02T00:00:00Z\nvalid_until = 2026-01-02T00:00:00Z"),
         "t.toml:6:15: valid_until must be later than valid_from"},
        {rule("a", "permit", "obligate = \"receipt\""), "t.toml:5:12: rule.obligate must be a list"},
        {rule("a", "forbid", "obligate = [\"receipt\"]"), "t.toml:5:12: only permit and approve can oblige"},
        {rule("a", "require", ""), "t.toml:1:1: effect \"require\" needs conditions"},
        {rule("a", "require", "require = {}"), "require holds no condition"},
        {rule("a", "forbid", "require.agent.trust_level.gte = 1"), "require is only for effect \"require\""},
    };
    for (auto const& [source, message] : cases) EXPECT_TRUE(has(problems(source), message)) << problems(source);
}

TEST(PolicyParse, RefusedConditions) {
    std::vector<Refusal> const cases{
        {"when = 1", "t.toml:5:8: rule.when must be a table"},
        {"when = {}", "when holds no condition"},
        {"when.agent = {}", "agent names no attribute"},
        {"when.agent.trust.gte = 1", "t.toml:5:12: when: unknown attribute \"agent.trust\"; known are agent.id"},
        {"when.\"agent.trust_level\".gte = 1", "when: unknown attribute"},
        {"when.agent = 1", "when: unknown attribute \"agent\""},
        {"when.agent.trust_level = 1", "t.toml:5:26: agent.trust_level needs an operator"},
        {"when.agent.trust_level.ge = 1", "t.toml:5:24: agent.trust_level has no operator \"ge\"; it has eq, ne"},
        {"when.agent.trust_level.prefix = \"1\"", "agent.trust_level has no operator \"prefix\""},
        {"when.agent.trust_level.gte = \"1\"", "t.toml:5:30: agent.trust_level must be an integer from 0 to 6"},
        {"when.agent.trust_level.gte = 1.0", "agent.trust_level must be an integer from 0 to 6"},
        {"when.agent.trust_level.gte = 7", "agent.trust_level must be an integer from 0 to 6"},
        {"when.agent.trust_level.gte = [1]", "agent.trust_level.gte takes one value, not a list"},
        {"when.agent.trust_level.in = 1", "agent.trust_level.in takes a list"},
        {"when.agent.trust_level.in = []", "agent.trust_level.in needs 1 to 1000 values"},
        {"when.agent.trust_level.in = [1, \"2\"]", "t.toml:5:33: agent.trust_level must be an integer"},
        {"when.agent.registered.eq = \"true\"", "agent.registered must be true or false"},
        {"when.agent.registered.gt = true", "agent.registered has no operator \"gt\""},
        {"when.agent.id.eq = 7", "agent.id must be a text"},
        {"when.protocol.eq = \"http\"", "protocol must be a protocol: native, ucp"},
        {"when.action.eq = \"checkout.*\"", "action must be an action"},
        {"when.ship_to.country.eq = \"DEU\"", "ship_to.country must be a country of two letters"},
        {"when.cart.tags.eq = \"x\"", "cart.tags has no operator \"eq\"; it has any, none"},
        {"when.cart.tags.any = \"x\"", "cart.tags.any takes a list"},
        {"when.time.after = \"2026-01-01T00:00:00Z\"", "time must be a date-time with offset"},
        {"when.time.after = 2026-01-01T00:00:00", "time must be a date-time with offset"},
        {"when.time.after = 08:00:00", "time must be a date-time with offset"},
        {"when.checkout.total.gt = 5", "t.toml:5:26: expected money"},
        {"when.checkout.total.gt = { amount = 5 }", "t.toml:5:26: money needs currency"},
        {"when.checkout.total.gt = { currency = \"EUR\" }", "t.toml:5:26: money needs amount"},
        {"when.checkout.total.gt = { amount = 5.0, currency = \"EUR\" }", "money.amount must be an integer from 0"},
        {"when.checkout.total.gt = { amount = -5, currency = \"EUR\" }", "money.amount must be an integer from 0"},
        {"when.checkout.total.gt = { amount = 9007199254740992, currency = \"EUR\" }", "money.amount must be"},
        {"when.checkout.total.gt = { amount = 5, currency = \"eur\" }", "money.currency must be an ISO 4217 code"},
        {"when.checkout.total.gt = { amount = 5, currency = 5 }", "money.currency must be an ISO 4217 code"},
        {"when.checkout.total.gt = { amount = 5, currency = \"EUR\", x = 1 }", "money has no key \"x\""},
        {"when.checkout.total = { amount = 5, currency = \"EUR\" }", "checkout.total has no operator \"amount\""},
        {"when.checkout.total.gt = [{amount=5,currency=\"EUR\"},{amount=6,currency=\"EUR\"}]", "two amounts in EUR"},
        {"unless.agent.nme.eq = \"x\"", "unless: unknown attribute \"agent.nme\""},
    };
    for (auto const& [condition, message] : cases) {
        auto const text = problems(rule("a", "forbid", condition));
        EXPECT_TRUE(has(text, message)) << condition << "\n" << text;
    }
}

TEST(PolicyParse, RefusedLimitsAndTests) {
    std::string const limit = "[[limit]]\nid = \"l\"\nactions = [\"*\"]\n";
    std::string const test = "[[test]]\nname = \"n\"\naction = \"order.get\"\n";
    std::vector<Refusal> const cases{
        {limit + "window = \"60s\"", "t.toml:1:1: limit needs one of count, orders, quantity and amount"},
        {limit + "count = 1", "t.toml:1:1: limit needs window"},
        {limit + "count = -1\nwindow = \"60s\"", "t.toml:4:9: limit.count must be an integer from 0"},
        {limit + "count = 1\nwindow = \"60\"", "t.toml:5:10: limit.window must be a time"},
        {limit + "count = 1\nwindow = \"0s\"", "limit.window must be a time"},
        {limit + "count = 1\nwindow = \"745h\"", "limit.window must be a time"},
        {limit + "count = 1\nwindow = \"\"", "limit.window must be a time"},
        {limit + "count = 1\nwindow = \"99999999999h\"", "limit.window must be a time"},
        {limit + "count = 1\nwindow = 60", "limit.window must be a time"},
        {limit + "count = 1\nwindow = \"1s\"\nper = \"agent\"", "limit.per must be one of principal, peer"},
        {limit + "count = 1\nwindow = \"1s\"\neffect = \"permit\"", "limit has no key \"effect\""},
        {limit + "count = 1\nwindow = \"1s\"\n" + rule("l", "permit", ""), "duplicate id \"l\""},
        {test, "t.toml:1:1: test needs expect"},
        {test + "expect = {}", "expect needs decision"},
        {test + "expect = { decision = \"permit\" }", "expect.decision must be \"allow\""},
        {test + "expect = { decision = \"deny\", rule = \"x\" }", "expect.rule: no rule is called \"x\""},
        {test + "expect = { decision = \"deny\", limits = [\"x\"] }", "expect.limits: nothing is called \"x\""},
        {test + "expect = { decision = \"deny\", why = \"x\" }", "expect has no key \"why\""},
        {test + "input = { agent.level = 1 }\nexpect = { decision = \"deny\" }", "unknown attribute \"agent.level\""},
        {test + "input = { action = \"order.get\" }\nexpect = { decision = \"deny\" }", "the action is test.action"},
        {test + "input = { cart.tags = \"x\" }\nexpect = { decision = \"deny\" }", "cart.tags must be a list"},
        {test + "input = { checkout.total = 5 }\nexpect = { decision = \"deny\" }", "expected money"},
        {"[[test]]\nname = \"n\"\naction = \"order.*\"\nexpect = { decision = \"deny\" }",
         "test.action must be an action"},
        {test + "expect = { decision = \"allow\" }\n" + test + "expect = { decision = \"deny\" }",
         "duplicate name \"n\""},
    };
    for (auto const& [source, message] : cases)
        EXPECT_TRUE(has(problems(source), message)) << source << problems(source);
}

TEST(PolicyParse, SyntaxErrorsHaveAPlace) {
    EXPECT_TRUE(has(problems("[[rule]]\nid = \"a"), "t.toml:2:"));
    EXPECT_TRUE(has(problems("[[rule]\n"), "t.toml:1:"));
    EXPECT_TRUE(has(problems("a = 1\na = 2\n"), "t.toml:2:"));
    EXPECT_TRUE(has(problems("a = 99999999999999999999\n"), "t.toml:1:"));
    for (std::string const bytes : {"a = \"\xff\"", "\xff\xfe", "a = \"\xed\xa0\x80\"", "\xc3"}) {
        auto const text = problems(bytes);
        EXPECT_TRUE(has(text, "t.toml:")) << text;
        EXPECT_TRUE(is_utf8(text));
    }
}

TEST(PolicyParse, SeveralProblemsAtOnceInFileOrder) {
    auto const text = problems("bad = 1\n" + rule("a", "permit", "x = 1", R"(["nope"])") +
                               rule("b", "permit", "when.agent.trust_level.gte = 9"));
    auto const lines = std::ranges::count(text, '\n') + 1;
    EXPECT_EQ(lines, 4) << text;
    EXPECT_TRUE(text.starts_with("t.toml:1:1: ")) << text;
    EXPECT_LT(text.find("t.toml:5:"), text.find("t.toml:6:"));
    EXPECT_LT(text.find("t.toml:6:"), text.find("t.toml:11:"));
}

TEST(PolicyParse, ProblemsAreBoundedAndSafeToShow) {
    std::string source;
    for (int i = 0; i < 200; ++i) source += "\"k" + std::to_string(i) + "\\n\\u0007\" = 1\n";
    auto const text = problems(source);
    EXPECT_EQ(std::ranges::count(text, '\n'), std::ptrdiff_t{limits::policy_problems_max});
    EXPECT_TRUE(has(text, "\n150 more problems are not shown"));
    EXPECT_EQ(text.find('\a'), std::string::npos);
    auto const longer = problems("\"" + std::string(79, 'x') + "\xc3\xa4\xc3\xa4\" = 1");
    EXPECT_TRUE(is_utf8(longer));
    EXPECT_TRUE(has(longer, "..."));
}

TEST(PolicyParse, SizeIsBounded) {
    auto const limit = limits::policy_source_bytes_max;
    EXPECT_NE(load(std::string(limit, '\n')), nullptr);
    EXPECT_TRUE(has(problems(std::string(limit + 1, '\n')), "larger than"));
    std::string many;
    for (std::size_t i = 0; i <= limits::policy_rules_max; ++i) many += "[[rule]]\nid=\"" + std::to_string(i) + "\"\n";
    EXPECT_TRUE(has(problems(many), "at most 10000 [[rule]] are allowed"));
    std::string values = "when.agent.id.in = [\"x\"";
    for (std::size_t i = 0; i < limits::policy_values_max; ++i) values += ",\"x\"";
    EXPECT_TRUE(has(problems(rule("a", "permit", values + "]")), "needs 1 to 1000 values"));
    auto const message = "agent_message = \"" + std::string(limits::policy_text_bytes_max + 1, 'x') + "\"";
    EXPECT_TRUE(has(problems(rule("a", "permit", message)), "rule.agent_message must be a text"));
}

}  // namespace
}  // namespace b2a::policy
