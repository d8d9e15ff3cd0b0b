// SPDX-License-Identifier: Apache-2.0
// The rule files that ship.
#include <filesystem>
#include <set>

#include "policy/digest.hpp"
#include "policy/parse.hpp"
#include "support.hpp"

namespace b2a::policy {
namespace {

std::filesystem::path const policies = std::filesystem::path(B2A_SOURCE_DIR) / "config" / "policies";

TEST(ShippedPolicies, AllLoadAndPassTheirTests) {
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(policies)) {
        if (entry.path().extension() != ".toml") continue;
        ++files;
        auto const rules = RuleSet::load(test::read_file(entry.path()), entry.path().filename().string());
        ASSERT_TRUE(rules.ok()) << rules.error().detail;
        auto const results = (*rules)->run_tests();
        EXPECT_FALSE(results.empty());
        for (auto const& result : results) EXPECT_EQ(result.failure, "") << entry.path() << ": " << result.name;
    }
    EXPECT_GE(files, 2U);
}

TEST(ShippedPolicies, EveryRuleAndLimitOfTheDefaultIsExpectedByATest) {
    auto const file = parse(test::read_file(policies / "default.toml"), "default.toml");
    ASSERT_TRUE(file.ok()) << file.error().detail;
    std::set<std::string> covered;
    auto const cover = [&](auto const& ids) {
        if (ids) covered.insert(ids->begin(), ids->end());
    };
    for (auto const& test : file->tests) {
        if (test.expect.rule) covered.insert(*test.expect.rule);
        cover(test.expect.shadow);
        cover(test.expect.limits);
    }
    for (auto const& rule : file->rules) EXPECT_TRUE(covered.contains(rule.id)) << rule.id;
    for (auto const& limit : file->limits) EXPECT_TRUE(covered.contains(limit.rate.id)) << limit.rate.id;
}

TEST(ShippedPolicies, TheSandboxHasTheDefaultRulesWithoutLimits) {
    auto shop = parse(test::read_file(policies / "default.toml"), "default.toml");
    auto const sandbox = parse(test::read_file(policies / "sandbox.toml"), "sandbox.toml");
    ASSERT_TRUE(shop.ok() && sandbox.ok());
    shop->limits.clear();
    // Its ready-made agents have neither keys nor tokens, and shall see what was decided about them.
    std::erase_if(shop->rules, [](Rule const& rule) { return rule.id == "own.records"; });
    EXPECT_EQ(canonical_text(*shop), canonical_text(*sandbox));
}

TEST(ShippedPolicies, NoMutationWithoutIdentity) {
    auto const rules = test::load(test::read_file(policies / "default.toml"));
    for (std::size_t i = 0; i < action_count; ++i) {
        test::Case request(static_cast<Action>(i));
        request.principal.trust = TrustLevel::anonymous;
        request.facts.total = test::usd(100);
        request.facts.quantity_max = 1;
        if (is_mutating(request.facts.action)) {
            EXPECT_EQ(rules->evaluate(request.get()).outcome, Outcome::deny);
        }
    }
}

}  // namespace
}  // namespace b2a::policy
