// SPDX-License-Identifier: Apache-2.0
// What others have published: AP2's example chain, and canonical JSON of a checkout.
#include "mandate/chain.hpp"
#include "mandate/constraints.hpp"
#include "unit/mandate/ap2_chain.hpp"
#include "unit/mandate/maker.hpp"

namespace b2a::mandate::testing {
namespace {

/// Nobody published the key of the example's first hop, nor the merchant's.
class AnyKey final : public KeySource {
  public:
    explicit AnyKey(std::string_view kid) : kid_(kid) {}
    [[nodiscard]] KeyVerdict check(SignedBytes const& what) const override {
        return what.kid == kid_ ? KeyVerdict::verified : KeyVerdict::unknown;
    }

  private:
    std::string kid_;
};

constexpr std::int64_t then = 1'777'342'380;
AnyKey const provider("agent-provider-key-1");
AnyKey const demo_merchant("merchant-key-1");

TEST(Ap2Example, HopsAreBoundAndDisclosed) {
    auto const chain = open_chain(ap2_chain, provider, at(then));
    ASSERT_TRUE(bool(chain)) << chain.refusal().detail;
    ASSERT_EQ(chain->hops.size(), 2U);
    EXPECT_TRUE(chain->hops[0].open);
    EXPECT_EQ(chain->hops[0].expires, at(1'777'345'957));
    EXPECT_EQ(chain->audience, "merchant");
    EXPECT_EQ(chain->nonce, "b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4");
    EXPECT_EQ(digest_of(Hash::sha256, chain->hops[0].token.text), "FzLoxbbtgQGYZxoSM2NJYJtkFTSsdfUBoVEQ12k7JN8");
    auto const jwt = text_in(chain->closed().content, "checkout_jwt");
    ASSERT_TRUE(jwt);
    EXPECT_EQ(digest_of(Hash::sha256, *jwt), "NivWhuqfzcvZNapvIEJ2-3tsdQLkiuIcye2g46WVgX8");
    EXPECT_EQ(text_in(chain->closed().content, "checkout_hash"), "NivWhuqfzcvZNapvIEJ2-3tsdQLkiuIcye2g46WVgX8");
}

TEST(Ap2Example, ExpiresAnHourAfterItWasMade) {
    auto const late = open_chain(ap2_chain, provider, at(now_seconds));
    ASSERT_FALSE(bool(late));
    EXPECT_EQ(late.refusal().fault, Fault::expired);
    EXPECT_TRUE(bool(open_chain(ap2_chain, provider, at(1'777'345'957 + 59))));
    EXPECT_FALSE(bool(open_chain(ap2_chain, provider, at(1'777'345'957 + 60))));
    EXPECT_FALSE(bool(open_chain(ap2_chain, provider, at(1'777'342'357 - 61)))) << "not made yet";
}

TEST(Ap2Example, ConstraintsHoldForItsPurchase) {
    auto const chain = open_chain(ap2_chain, provider, at(then));
    ASSERT_TRUE(bool(chain));
    Purchase purchase{
        {{"supershoe_limited_edition_gold_sneaker_womens_9_0", 1}}, Money{19900, *Currency::parse("USD")}, "stub"};
    std::vector<Draw> draws;
    Merchant us{"merchant_1", "https://demo-merchant.example"};
    EXPECT_EQ(check_constraints(*chain, 0, {provider, demo_merchant, us, "{}", purchase, at(then)}, draws),
              std::nullopt);
    ASSERT_EQ(draws.size(), 1U);
    EXPECT_EQ(draws[0].cap, 1);
    us.id = "merchant_2";
    auto refusal = check_constraints(*chain, 0, {provider, demo_merchant, us, "{}", purchase, at(then)}, draws);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->fault, Fault::merchant);
}

TEST(Ap2Example, ChangedAnywhereItFails) {
    auto const accepted = [](std::string const& token) { return bool(open_chain(token, provider, at(then))); };
    std::string const whole(ap2_chain);
    // The issuer's own signature is not checked here, so the first hop's last part is left alone.
    auto const second = whole.find("~~") + 2;
    ASSERT_TRUE(accepted(whole));
    for (std::size_t i = 0; i < whole.size(); i += 37) {
        bool const issuers = i < whole.find('~');
        if (issuers && i > whole.rfind('.', whole.find('~'))) continue;
        auto changed = whole;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(accepted(changed)) << i << (i < second ? " in the open mandate" : " in the closed one");
    }
    EXPECT_FALSE(accepted(whole.substr(0, second - 1))) << "an open mandate alone";
    EXPECT_FALSE(accepted(whole.substr(second))) << "a closed one alone";
}

TEST(Canonical, OfACheckout) {
    auto const value =
        json::parse_value(R"({"id":"chk_abc123","totals":[{"type":"total","amount":5400}],)"
                          R"("status":"ready_for_complete","currency":"EUR","line_items":[{"quantity":2,)"
                          R"("item":{"title":"Grüße","price":2500,"id":"item_123"},"id":"li_1"}]})");
    auto const text = json::canonical_es(value.value()).value();
    EXPECT_EQ(to_hex(crypto::sha256(text)), "c13dc38ee223b76baa21af40bd026c04dd71f989076b546ba29fce25eb291403");
}

}  // namespace
}  // namespace b2a::mandate::testing
