// SPDX-License-Identifier: Apache-2.0
// Rule files as operators and their tools may write them. Input: TOML up to a NUL byte, behind it the bytes that facts
// are made of. Whatever loads: no mutation without a rule that allows it, no refusal without a reason, and one more
// forbidding rule closes everything.
#include <algorithm>
#include <string>

#include "b2a/policy/ruleset.hpp"

#include "fuzz/target.hpp"

namespace b2a::policy {
namespace {

using fuzz::Pieces;

std::optional<std::vector<std::string>> words(Pieces& bytes) {
    auto const choice = bytes.byte();
    if (choice % 3 == 0) return std::nullopt;
    std::vector<std::string> out;
    for (int i = 0; i < choice % 4; ++i) out.emplace_back(1, static_cast<char>('a' + bytes.byte() % 26));
    return out;
}

std::optional<std::int64_t> number(Pieces& bytes) {
    auto const choice = bytes.byte();
    if (choice % 4 == 0) return std::nullopt;
    if (choice % 4 == 1) return choice % 8 == 1 ? INT64_MAX : INT64_MIN;
    return std::int64_t{choice} * bytes.byte();
}

std::string word(Pieces& bytes, std::vector<std::string> const& choices) {
    return choices[bytes.byte() % choices.size()];
}

void fill(Pieces& bytes, Principal& principal, Facts& facts) {
    principal.id = word(bytes, {"", "anonymous", "https://a.example/", "operator"});
    principal.trust = static_cast<TrustLevel>(bytes.byte() % 7);
    principal.protocol = static_cast<Protocol>(bytes.byte() % 7);
    principal.agent_class = word(bytes, {"", "shopping", "crawler"});
    principal.registered = bytes.byte() % 2 == 1;
    facts.principal = &principal;
    facts.action = static_cast<Action>(bytes.byte() % action_count);
    facts.now = Timestamp(std::chrono::seconds(std::int64_t{1'780'000'000} + 100'000 * std::int64_t{bytes.byte()}));
    if (auto const amount = number(bytes))
        facts.total = Money{*amount, *Currency::parse(word(bytes, {"USD", "EUR", "JPY"}))};
    facts.item_count = number(bytes);
    facts.quantity_max = number(bytes);
    if (bytes.byte() % 2 == 1) facts.country = word(bytes, {"US", "DE", "", "de"});
    facts.tags = words(bytes);
    facts.categories = words(bytes);
}

void check_decision(RuleSet const& rules, Facts const& facts, bool permit_is_possible) {
    auto const decision = rules.evaluate(facts);
    FUZZ_CHECK(rules.permits(facts) == (decision.outcome == Outcome::allow));
    FUZZ_CHECK(decision.ruleset == rules.digest());
    FUZZ_CHECK(decision.matched.size() <= rules.size() && decision.shadow.size() <= rules.size());
    if (decision.outcome != Outcome::allow) FUZZ_CHECK(!decision.reasons.empty());
    for (auto const& reason : decision.reasons) FUZZ_CHECK(!reason.code.empty());
    if (!needs_permit(facts.action)) return;
    if (decision.outcome != Outcome::deny) FUZZ_CHECK(!decision.matched.empty());
    if (!permit_is_possible) FUZZ_CHECK(decision.outcome != Outcome::allow);
}

void check_limits(RuleSet const& rules, Facts const& facts) {
    std::size_t count = 0;
    rules.for_each_limit(facts, [&](std::size_t at, RateLimit const& limit) {
        ++count;
        FUZZ_CHECK(&rules.rate_limits()[at] == &limit);
        FUZZ_CHECK(std::ranges::find(limit.actions, facts.action) != limit.actions.end());
        FUZZ_CHECK(limit.count >= 0 && limit.window_s > 0);
    });
    FUZZ_CHECK(count <= rules.rate_limits().size());
}

std::shared_ptr<RuleSet const> closed(std::string const& source) {
    constexpr auto more =
        "\n[[rule]]\nid = \"fuzz-closed\"\neffect = \"forbid\"\nactions = [\"*\"]\n"
        "reason_code = \"closed\"\nagent_message = \"The shop is closed.\"\n";
    auto rules = RuleSet::load(source + more, "closed.toml");
    return rules ? *rules : nullptr;  // too many rules, or the id is taken
}

void check(std::string_view input) {
    Pieces pieces(input);
    std::string const source(pieces.until('\0'));
    auto const loaded = RuleSet::load(source, "fuzz.toml");
    if (!loaded) {
        FUZZ_CHECK(loaded.error().code == Code::invalid_request);
        FUZZ_CHECK(loaded.error().detail.starts_with("fuzz.toml:"));
        return;
    }
    auto const& rules = **loaded;
    auto const again = RuleSet::load(source, "other-name.toml");
    FUZZ_CHECK(again.ok() && (*again)->digest() == rules.digest());
    for (auto const& test : rules.run_tests()) FUZZ_CHECK(test.failure.find('\0') == std::string::npos);
    // Without an escape in a string, "permit" can only be written out.
    bool const permit_is_possible =
        source.find("permit") != std::string::npos || source.find('\\') != std::string::npos;
    auto const shut = closed(source);
    for (std::size_t round = 0; round < action_count; ++round) {
        Principal principal;
        Facts facts;
        fill(pieces, principal, facts);
        if (pieces.done()) facts.action = static_cast<Action>(round);
        check_decision(rules, facts, permit_is_possible);
        check_limits(rules, facts);
        if (shut) FUZZ_CHECK(shut->evaluate(facts).outcome == Outcome::deny);
    }
}

}  // namespace
}  // namespace b2a::policy

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::policy::check(b2a::fuzz::text(data, size));
    return 0;
}
