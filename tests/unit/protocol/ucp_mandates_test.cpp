// SPDX-License-Identifier: Apache-2.0
// AP2 mandates through router and store, in both versions and over both bindings' one table. What a mandate has to be
// is tests/unit/mandate, hostile ones are tests/threats.
#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"

#include "shop.hpp"

namespace b2a::protocol::ucp {
namespace {

using json::Value;
using test::parsed;
using web::Method;

class UcpMandates : public testing::TestWithParam<Version> {
  protected:
    void SetUp() override {
        auto profile = test::platform(GetParam(), &shop_.platform_key());
        auto const name = std::string(name_of(Capability::ap2_mandate, GetParam()));
        profile["ucp"]["capabilities"][name] = Value::array({Value{{"version", std::string(to_text(GetParam()))}}});
        shop_.serve(test::platform_url(GetParam()), profile.dump());
    }
    Value call(Method method, std::string const& path, std::string const& body = {}) {
        auto const response = shop_.ucp(GetParam(), method, path, body);
        EXPECT_LE(response.status, 201) << response.body;
        return parsed(response.body);
    }
    Value ready() {
        return call(
            Method::post, "/checkout-sessions",
            R"({"line_items":[{"item":{"id":"hoodie-black-m"},"quantity":2}],"buyer":{"email":"ada@example.com"},)"
            R"("fulfillment":{"methods":[{"type":"pickup","selected_destination_id":"oslo"}]}})");
    }
    Value complete(Value const& checkout, Value const& mandate) {
        Value body;
        body["payment"]["instruments"] = Value::array({Value{{"id", "pi"},
                                                             {"handler_id", "sandbox_card"},
                                                             {"type", "card"},
                                                             {"selected", true},
                                                             {"credential", {{"type", "token"}, {"token", "tok"}}}}});
        if (!mandate.is_null()) body["ap2"]["checkout_mandate"] = mandate;
        return call(Method::post, "/checkout-sessions/" + checkout["id"].get<std::string>() + "/complete", body.dump());
    }

    static std::string encoded(Value const& value) {
        auto const text = value.dump();
        return to_base64url(as_bytes(text));
    }
    /// The detached signature of an answer with its payload.
    static std::string attached(Value checkout) {
        auto const authorization = checkout["ap2"]["merchant_authorization"].get<std::string>();
        auto const parts = split(authorization, '.');
        EXPECT_EQ(parts.size(), 3U);
        checkout.erase("ap2");
        auto const canonical = json::canonical_es(checkout).value();
        return std::string(parts.at(0)) + '.' + to_base64url(as_bytes(canonical)) + '.' + std::string(parts.at(2));
    }
    bool signed_by_us(std::string const& jws) {
        auto const ring = shop_.keys().current();
        auto const key = crypto::EcPublicKey::from_coordinates(ring->signer().key.public_key()).value();
        auto const bytes = from_base64url(jws.substr(jws.rfind('.') + 1)).value();
        crypto::EcdsaSignature signature{};
        std::copy(bytes.begin(), bytes.end(), signature.begin());
        return key.verify(as_bytes(std::string_view(jws).substr(0, jws.rfind('.'))), signature);
    }
    /// The platform signs for a buyer who is there.
    std::string mandate_for(Value const& checkout) {
        auto const jwt = attached(checkout);
        auto const& key = shop_.platform_key();
        auto const seconds = std::chrono::floor<std::chrono::seconds>(shop_.clock().now()).time_since_epoch().count();
        Value const claims{{"vct", "mandate.checkout.1"},
                           {"iat", seconds},
                           {"checkout_jwt", jwt},
                           {"checkout_hash", to_base64url(crypto::sha256(jwt))}};
        auto const input = encoded({{"alg", "ES256"}, {"typ", "dc+sd-jwt"}, {"kid", key.kid}}) + '.' + encoded(claims);
        return input + '.' + to_base64url(key.key.sign(as_bytes(input))) + '~';
    }
    static std::string code(Value const& body) {
        return body.contains("messages") ? body["messages"][0]["code"].get<std::string>() : std::string();
    }

    test::Shop shop_;
};

INSTANTIATE_TEST_SUITE_P(Versions, UcpMandates, testing::ValuesIn(all_versions), [](auto const& info) {
    std::string out(to_text(info.param));
    std::erase(out, '-');
    return out;
});

TEST_P(UcpMandates, EveryAnswerIsSignedAndAMandateBuys) {
    auto const made = ready();
    ASSERT_EQ(made["status"], "ready_for_complete");
    EXPECT_TRUE(made["ucp"]["capabilities"].contains(std::string(name_of(Capability::ap2_mandate, GetParam()))));
    EXPECT_TRUE(signed_by_us(attached(made)));
    auto const read = call(Method::get, "/checkout-sessions/" + made["id"].get<std::string>());
    EXPECT_TRUE(signed_by_us(attached(read)));
    EXPECT_EQ(read["ap2"]["nonce"], made["ap2"]["nonce"]);
    auto const done = complete(made, mandate_for(made));
    EXPECT_EQ(done["status"], "completed") << done;
    EXPECT_TRUE(signed_by_us(attached(done)));
    EXPECT_TRUE(signed_by_us(done["ap2"]["checkout_receipt"].get<std::string>()));
}

TEST_P(UcpMandates, WithoutOneNothingIsBought) {
    auto const made = ready();
    for (Value const& mandate : {Value(), Value(""), Value("x")}) {
        auto const answer = complete(made, mandate);
        EXPECT_NE(answer["status"], "completed");
        EXPECT_FALSE(answer.contains("order"));
        EXPECT_EQ(code(answer), mandate == "x" ? "mandate_invalid_signature" : "mandate_required");
    }
    auto const gone = call(Method::get, "/checkout-sessions/" + made["id"].get<std::string>());
    EXPECT_EQ(gone["status"], "canceled") << "the third time";
}

TEST_P(UcpMandates, APlatformWithoutAp2SeesNothingOfIt) {
    shop_.serve(test::platform_url(GetParam()), test::platform(GetParam(), &shop_.platform_key()).dump());
    auto const made = ready();
    EXPECT_FALSE(made.contains("ap2"));
    auto const done = complete(made, "x");
    EXPECT_EQ(done["status"], "completed") << done;
    EXPECT_FALSE(done.contains("ap2"));
}

}  // namespace
}  // namespace b2a::protocol::ucp
