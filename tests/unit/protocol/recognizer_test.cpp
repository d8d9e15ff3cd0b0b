// SPDX-License-Identifier: Apache-2.0
// Whose keys are looked for where, how often, and what is made of it when they cannot be had.
#include "b2a/protocol/recognizer.hpp"

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/hash.hpp"

#include "shop.hpp"
#include "support/run_coro.hpp"

namespace b2a::protocol {
namespace {

using identity::Outcome;
using identity::Verdict;
using policy::TrustLevel;

constexpr std::string_view origin = "https://bot.example";
std::string const directory = std::string(origin) + std::string(identity::directory_path);

class RecognizerTest : public testing::Test {
  protected:
    std::unique_ptr<test::Shop> shop_ = std::make_unique<test::Shop>(ucp::Settings{}, false);
    identity::OwnKey key_ = test::make_key(40);

    static std::string set_of(std::vector<identity::OwnKey const*> const& keys) {
        json::Value out;
        out["keys"] = json::Value::array();
        for (auto const* key : keys) out["keys"].push_back(test::jwk_of(*key));
        return out.dump();
    }

    /// A GET of a search, signed for web-bot-auth over the authority and the agent (or over all of it).
    test::Shop::Fields signed_by(identity::OwnKey const& key, std::string const& agent, bool whole = false) const {
        auto const seconds = std::chrono::floor<std::chrono::seconds>(shop_->clock().time).time_since_epoch().count();
        std::string const cover = whole ? R"( "@method" "@path" "@query")" : "";
        auto const input = R"(("@authority" "signature-agent";key="a")" + cover +
                           ");created=" + std::to_string(seconds) + ";expires=" + std::to_string(seconds + 60) +
                           ";keyid=\"" + key.kid + "\";tag=\"web-bot-auth\"";
        std::string base = "\"@authority\": shop.example\n\"signature-agent\";key=\"a\": \"" + agent + "\"\n";
        if (whole) base += "\"@method\": GET\n\"@path\": /b2a/v1/search\n\"@query\": ?q=hoodie\n";
        base += "\"@signature-params\": " + input;
        return {{"Signature-Agent", "a=\"" + agent + '"'},
                {"Signature-Input", "s=" + input},
                {"Signature", "s=:" + to_base64(key.key.sign(as_bytes(base))) + ':'}};
    }
    web::Response search(test::Shop::Fields const& fields) { return shop_->get("/b2a/v1/search?q=hoodie", fields); }
    Recognition recognise(test::Shop::Fields const& fields) {
        std::string const target = "/b2a/v1/search?q=hoodie";
        std::string const body;
        auto const request = test::Shop::request_of(web::Method::get, target, fields, body);
        auto& recognizer = shop_->recognizer();
        auto presented = recognizer.presented_by(request);
        if (auto now = recognizer.at_once(request, presented)) return *std::move(now);
        return test::run(recognizer.recognize(request, std::move(presented)));
    }
    void enrol(policy::Agent agent) {
        shop_->agents().replace(std::make_shared<service::AgentRegister const>(std::vector{std::move(agent)}));
    }
};

TEST_F(RecognizerTest, WhoSignsIsRecognisedByTheKeysOfItsUrl) {
    shop_->serve(directory, set_of({&key_}));
    auto const minimal = recognise(signed_by(key_, std::string(origin)));
    EXPECT_EQ(minimal.outcome(), Outcome::verified) << minimal.proof.detail;
    EXPECT_EQ(minimal.id, origin);
    EXPECT_EQ(minimal.trust(), TrustLevel::url_verified);
    EXPECT_FALSE(minimal.binds_request());
    auto const whole = recognise(signed_by(key_, std::string(origin), true));
    EXPECT_EQ(whole.trust(), TrustLevel::request_bound);
    EXPECT_EQ(shop_->fetches(), 1U);
    EXPECT_EQ(search(signed_by(key_, std::string(origin))).agent, origin);
}

TEST_F(RecognizerTest, KeysThatCannotBeHadDecideNothing) {
    shop_->fail(directory, "timeout");
    auto const seen = recognise(signed_by(key_, std::string(origin)));
    EXPECT_EQ(seen.outcome(), Outcome::unverified);
    auto const answer = search(signed_by(key_, std::string(origin)));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.agent, "anonymous");
    EXPECT_EQ(shop_->fetches(), 1U) << "a failure is remembered";
}

TEST_F(RecognizerTest, AFailedLookEvictsNothingAndASuccessfulOneDoes) {
    auto const next = test::make_key(90);
    shop_->serve(directory, set_of({&key_}));
    EXPECT_EQ(recognise(signed_by(key_, std::string(origin))).outcome(), Outcome::verified);
    shop_->fail(directory, "timeout");
    EXPECT_EQ(recognise(signed_by(next, std::string(origin))).proof.verdict, Verdict::key_not_found);
    EXPECT_EQ(recognise(signed_by(key_, std::string(origin))).outcome(), Outcome::verified);
    shop_->serve(directory, set_of({&next}));
    EXPECT_EQ(recognise(signed_by(next, std::string(origin))).proof.verdict, Verdict::key_not_found)
        << "one look a minute";
    shop_->clock().time += std::chrono::seconds(61);
    EXPECT_EQ(recognise(signed_by(next, std::string(origin))).outcome(), Outcome::verified);
    EXPECT_EQ(recognise(signed_by(key_, std::string(origin))).proof.verdict, Verdict::key_not_found);
    EXPECT_EQ(search(signed_by(key_, std::string(origin))).status, 401);
}

TEST_F(RecognizerTest, AKeyOfTheRegisterNeedsNoLook) {
    policy::Agent agent;
    agent.id = "fridge";
    agent.public_keys = {test::jwk_of(key_).dump()};
    agent.suspended = true;
    enrol(agent);
    auto const seen = recognise(signed_by(key_, std::string(origin), true));
    EXPECT_EQ(seen.trust(), TrustLevel::registered);
    EXPECT_EQ(seen.id, "fridge");
    EXPECT_TRUE(seen.agent->suspended);
    EXPECT_EQ(shop_->fetches(), 0U);
}

// Its key counts for the profile it was registered with, and for no other URL.
TEST_F(RecognizerTest, AProfilesKeyIsNoOtherProfiles) {
    policy::Agent agent;
    agent.id = std::string(origin);
    agent.public_keys = {test::jwk_of(key_).dump()};
    agent.keys = {key_.kid};
    enrol(agent);
    EXPECT_EQ(recognise(signed_by(key_, std::string(origin))).id, origin);
    EXPECT_EQ(shop_->fetches(), 0U);
    EXPECT_EQ(recognise(signed_by(key_, "https://other.example")).outcome(), Outcome::unverified);
    // And its register entry takes no key that only the directory lists.
    auto const other = test::make_key(91);
    shop_->serve(directory, set_of({&key_, &other}));
    EXPECT_EQ(recognise(signed_by(other, std::string(origin))).proof.verdict, Verdict::invalid);
}

TEST_F(RecognizerTest, UnsignedRequestsAreNobody) {
    auto const seen = recognise({});
    EXPECT_EQ(seen.outcome(), Outcome::none);
    EXPECT_EQ(seen.trust(), TrustLevel::anonymous);
    EXPECT_EQ(search({{"X-Agent-Id", "operator"}, {"X-Trust-Level", "6"}}).agent, "anonymous");
}

TEST_F(RecognizerTest, ATokenOfTheRegisterIsAnAgent) {
    policy::Agent agent;
    agent.id = "household";
    agent.agent_class = "shopping";
    agent.tokens = {crypto::sha256(std::string_view("secret"))};
    enrol(agent);
    EXPECT_EQ(search({{"Authorization", "Bearer secret"}}).agent, "household");
    EXPECT_EQ(search({{"Authorization", "Bearer wrong"}}).status, 401);
}

}  // namespace
}  // namespace b2a::protocol
