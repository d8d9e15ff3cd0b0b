// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/agents.hpp"

#include <gtest/gtest.h>

#include "b2a/crypto/hash.hpp"
#include "b2a/crypto/random.hpp"
#include "b2a/store/sqlite.hpp"

#include "support/run_coro.hpp"

namespace b2a::service {
namespace {

constexpr std::string_view rules = R"(
[[rule]]
id = "operator"
effect = "permit"
actions = ["agent.manage", "operator.read"]
when.agent.trust_level.eq = 6
reason_code = "operator"
)";
constexpr std::string_view jwk =
    R"({"kid":"mine","kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"})";
constexpr std::string_view jwk_thumbprint = "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";

Money amount(std::int64_t minor, std::string_view code) {
    return {minor, *Currency::parse(code)};
}

policy::Agent agent(std::string id) {
    policy::Agent out;
    out.id = std::move(id);
    return out;
}

policy::Agent whole_agent() {
    auto out = agent("https://agent.example/profile");
    out.owner = "Owner \"& Co\"";
    out.agent_class = "shopping";
    out.tokens = {crypto::sha256(std::string_view("a")), crypto::sha256(std::string_view("b"))};
    out.keys = {"k1", "k2"};
    out.public_keys = {std::string(jwk)};
    policy::AgentLimits limits;
    limits.requests_per_minute = 60;
    limits.quantity_max = 0;
    limits.order_total_max = {amount(50'000, "EUR"), amount(9, "JPY")};
    limits.daily_total_max = {amount(1, "USD")};
    out.limits = std::make_shared<policy::AgentLimits const>(limits);
    out.suspended = true;
    out.created = from_micros(1'800'000'000'123'456);
    return out;
}

TEST(AgentCodec, KeepsEverything) {
    auto const before = whole_agent();
    auto const bytes = encode_agent(before);
    auto const after = decode_agent(bytes);
    ASSERT_TRUE(after) << after.error().detail;
    EXPECT_EQ(encode_agent(*after), bytes);
    EXPECT_EQ(after->id, before.id);
    EXPECT_EQ(after->owner, before.owner);
    EXPECT_EQ(after->agent_class, before.agent_class);
    EXPECT_EQ(after->tokens, before.tokens);
    EXPECT_EQ(after->keys, before.keys);
    EXPECT_EQ(after->public_keys, before.public_keys);
    EXPECT_EQ(*after->limits, *before.limits);
    EXPECT_EQ(after->suspended, before.suspended);
    EXPECT_EQ(after->created, before.created);
    EXPECT_EQ(decode_agent(encode_agent(agent("a")))->limits, nullptr);
}

TEST(AgentCodec, RefusesOtherBytes) {
    for (auto const* text :
         {"", "[]", "{}", R"({"id":7})", R"({"id":"a","tokens":["zz"]})", R"({"id":"a","limits":{"quantity_max":-1}})",
          R"({"id":"a","limits":{"order_total_max":[{"amount":1,"currency":"XYZ"}]}})"})
        EXPECT_FALSE(decode_agent(text)) << text;
}

TEST(AgentRegister, FindsByIdTokenAndKey) {
    auto named = agent("household");
    named.tokens = {crypto::sha256(std::string_view("secret"))};
    AgentRegister const all({whole_agent(), named});
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(all.find("household")->id, "household");
    EXPECT_EQ(all.find("HTTPS://Agent.Example:443/profile?x=1")->id, "https://agent.example/profile");
    EXPECT_EQ(all.find("nobody"), nullptr);
    EXPECT_EQ(all.by_token(crypto::sha256(std::string_view("secret")))->id, "household");
    EXPECT_EQ(all.by_token(crypto::sha256(std::string_view("other"))), nullptr);
    ASSERT_NE(all.by_key("mine"), nullptr);
    EXPECT_EQ(all.by_key("mine")->agent->id, "https://agent.example/profile");
    EXPECT_EQ(all.by_key(jwk_thumbprint)->key.kid(), "mine");
    EXPECT_EQ(all.by_key("other"), nullptr);
    EXPECT_TRUE(AgentRegister({}).empty());
}

class Agents : public testing::Test {
  protected:
    ~Agents() override { store_->close(); }

    RequestContext context(policy::TrustLevel trust = policy::TrustLevel::operator_) {
        RequestContext out;
        out.now = from_micros(1'800'000'000'000'000);
        out.id = RequestId::make(out.now, *random_);
        out.principal.id = "somebody";
        out.principal.trust = trust;
        out.deadline = Deadline::max();
        return out;
    }
    Result<policy::Agent> add(policy::Agent one) { return test::run(agents_.add(context(), {std::move(one)})); }
    std::size_t entries(std::string const& type) {
        std::size_t out = 0;
        auto const needle = "\"type\":\"" + type + '"';
        auto const all = reader_->audit_entries(0, 100);
        for (auto const& entry : *all) out += entry.body.find(needle) == std::string::npos ? 0U : 1U;
        return out;
    }

    std::unique_ptr<Random> random_ = crypto::seeded_random(1);
    PolicyHolder policy_{policy::RuleSet::load(rules, "test.toml").value()};
    Limiter limiter_;
    PolicyCounters counters_;
    Governance governance_{policy_, limiter_, *random_, counters_};
    std::unique_ptr<store::Store> store_ = store::make_memory_store();
    std::unique_ptr<store::Reader> reader_ = store_->open_reader().value();
    AgentService agents_{*store_, *reader_, governance_};
};

TEST_F(Agents, AreAddedChangedAndRemovedWithEvidence) {
    auto one = agent("household");
    one.public_keys = {std::string(jwk)};
    auto const added = add(one);
    ASSERT_TRUE(added) << added.error().detail;
    EXPECT_EQ(added->keys, std::vector<std::string>{std::string(jwk_thumbprint)});
    EXPECT_EQ(agents_.get(context(), "household")->created, context().now);
    ChangeAgent change;
    change.id = "household";
    change.suspended = true;
    EXPECT_TRUE(test::run(agents_.change(context(), change))->suspended);
    change.suspended = false;
    change.owner = "Me";
    auto const changed = test::run(agents_.change(context(), change));
    EXPECT_FALSE(changed->suspended);
    EXPECT_EQ(changed->owner, "Me");
    EXPECT_EQ(agents_.list(context())->size(), 1U);
    EXPECT_TRUE(test::run(agents_.remove(context(), {"household"})));
    EXPECT_EQ(agents_.get(context(), "household").error().code, Code::not_found);
    for (auto const* type : {"agent.added", "agent.suspended", "agent.resumed", "agent.removed"})
        EXPECT_EQ(entries(type), 1U) << type;
}

TEST_F(Agents, AreManagedByOperatorsOnly) {
    auto const refused = test::run(agents_.add(context(policy::TrustLevel::registered), {agent("a")}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied);
    EXPECT_EQ(entries("request.refused"), 1U);
    EXPECT_EQ(agents_.list(context(policy::TrustLevel::registered)).error().code, Code::policy_denied);
    EXPECT_TRUE(agents_.list(context())->empty());
}

TEST_F(Agents, HaveSoundNamesKeysAndLimits) {
    for (auto const* id : {"", "a b", "operator", "anonymous", "command-line", "https://", "https://a@b", "x/y"})
        EXPECT_EQ(add(agent(id)).error().code, Code::invalid_request) << id;
    auto bad = agent("a");
    bad.public_keys = {"{}"};
    EXPECT_EQ(add(bad).error().pointer, "/public_keys");
    bad.public_keys = {R"({"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","d":"AA"})"};
    EXPECT_NE(add(bad).error().detail.find("secret"), std::string::npos);
    bad = agent("a");
    policy::AgentLimits limits;
    limits.order_total_max = {amount(1, "EUR"), amount(2, "EUR")};
    bad.limits = std::make_shared<policy::AgentLimits const>(limits);
    EXPECT_EQ(add(bad).error().pointer, "/limits/order_total_max");
}

TEST_F(Agents, ShareNothing) {
    auto one = agent("one");
    one.public_keys = {std::string(jwk)};
    one.tokens = {crypto::sha256(std::string_view("t"))};
    ASSERT_TRUE(add(one));
    EXPECT_EQ(add(agent("one")).error().code, Code::conflict);
    auto two = agent("two");
    two.tokens = one.tokens;
    EXPECT_EQ(add(two).error().code, Code::conflict);
    two = agent("two");
    two.public_keys = one.public_keys;
    EXPECT_EQ(add(two).error().code, Code::conflict);
    ASSERT_TRUE(add(agent("https://agent.example/p")));
    EXPECT_EQ(add(agent("https://AGENT.example/p")).error().code, Code::conflict);
}

TEST_F(Agents, OfTheStoreComeOverThoseOfTheConfiguration) {
    auto configured = agent("household");
    configured.agent_class = "configured";
    auto stored = agent("household");
    stored.agent_class = "stored";
    ASSERT_TRUE(add(stored));
    auto const loaded = load_agents(*reader_, {configured, agent("other")});
    ASSERT_TRUE(loaded);
    EXPECT_EQ((*loaded)->find("household")->agent_class, "stored");
    EXPECT_NE((*loaded)->find("other"), nullptr);
}

}  // namespace
}  // namespace b2a::service
