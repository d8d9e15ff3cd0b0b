// SPDX-License-Identifier: Apache-2.0
// What a decision costs: with the rules that ship, and with a thousand. In one process, without a store.
#include <fstream>
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>

#include "b2a/crypto/random.hpp"
#include "b2a/policy/record.hpp"
#include "b2a/policy/ruleset.hpp"
#include "b2a/service/governance.hpp"

namespace b2a::policy {
namespace {

std::string shipped_text() {
    std::ifstream in(B2A_SOURCE_DIR "/config/policies/default.toml", std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::shared_ptr<RuleSet const> shipped() {
    return RuleSet::load(shipped_text(), "default.toml").value();
}

/// The shipped rules with allowances that no benchmark uses up.
std::shared_ptr<RuleSet const> generous() {
    auto text = shipped_text();
    for (std::string_view const count : {"count = 6000\n", "count = 600\n"})
        for (auto at = text.find(count); at != std::string::npos; at = text.find(count, at))
            text.replace(at, count.size(), "count = 1000000000\n");
    return RuleSet::load(text, "generous.toml").value();
}

/// A thousand rules that name the action, each with three conditions, of which one in ten matches.
std::shared_ptr<RuleSet const> thousand() {
    std::string text = "[[rule]]\nid = \"all\"\neffect = \"permit\"\nactions = [\"*\"]\n";
    for (int i = 0; i < 1000; ++i)
        text += "[[rule]]\nid = \"r" + std::to_string(i) +
                "\"\neffect = \"forbid\"\nmode = \"shadow\"\nactions = [\"checkout.complete\"]\n"
                "when.agent.trust_level.lte = 3\nwhen.ship_to.country.in = [\"DE\", \"FR\", \"AT\"]\n"
                "when.checkout.item_count.gt = " +
                std::to_string(i % 10 == 0 ? 1 : 50) + "\n";
    return RuleSet::load(text, "thousand.toml").value();
}

struct Purchase {
    Purchase() {
        principal.id = "https://agent.example/profile.json";
        principal.trust = TrustLevel::declared;
        principal.protocol = Protocol::ucp;
        principal.agent_class = "shopping";
        facts.action = Action::checkout_complete;
        facts.principal = &principal;
        facts.total = Money{4200, *Currency::parse("EUR")};
        facts.item_count = 3;
        facts.quantity_max = 2;
        facts.country = "DE";
        facts.tags = {{"gift", "new"}};
        facts.categories = {{"men/tops", "men/hoodies"}};
        facts.lines = {{"p1", 2}, {"p2", 1}};
        facts.payment_handler = "card";
    }
    Purchase(Purchase const&) = delete;
    Purchase& operator=(Purchase const&) = delete;
    Principal principal;
    Facts facts;
};

void evaluate(benchmark::State& state, std::shared_ptr<RuleSet const> const& rules) {
    Purchase purchase;
    for (auto _ : state) benchmark::DoNotOptimize(rules->evaluate(purchase.facts));
}

void decision_default(benchmark::State& state) {
    evaluate(state, shipped());
}
BENCHMARK(decision_default);

void decision_thousand(benchmark::State& state) {
    evaluate(state, thousand());
}
BENCHMARK(decision_thousand);

/// All that governance does about a read: stops, register, limits, rules, terms.
void read_default(benchmark::State& state) {
    service::PolicyHolder const holder(generous());
    service::Limiter limiter;
    service::PolicyCounters counters;
    auto const random = crypto::system_random();
    service::Governance governance(holder, limiter, *random, counters);
    Purchase purchase;
    service::RequestContext context;
    context.principal = purchase.principal;
    context.peer = "192.0.2.1";
    context.now = Timestamp{} + std::chrono::hours{1};
    purchase.facts.action = Action::catalog_product;
    purchase.facts.principal = &context.principal;
    for (auto _ : state) {
        context.now += std::chrono::microseconds{1};
        purchase.facts.now = context.now;
        auto const permitted = governance.permit_read(context, purchase.facts);
        if (!permitted) state.SkipWithError("refused");
        benchmark::DoNotOptimize(permitted);
    }
}
BENCHMARK(read_default);

void facts_recorded(benchmark::State& state) {
    Purchase purchase;
    for (auto _ : state) benchmark::DoNotOptimize(facts_to_json(purchase.facts));
}
BENCHMARK(facts_recorded);

}  // namespace
}  // namespace b2a::policy

BENCHMARK_MAIN();
