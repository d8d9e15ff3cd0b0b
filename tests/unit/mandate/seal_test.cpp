// SPDX-License-Identifier: Apache-2.0
#include "b2a/mandate/seal.hpp"

#include "b2a/base/text.hpp"

#include "unit/mandate/maker.hpp"

namespace b2a::mandate::testing {
namespace {

std::string decoded(std::string_view base64url) {
    return std::string(as_text(from_base64url(base64url).value()));
}

bool verifies(std::string_view input, std::string_view signature) {
    auto const key = crypto::EcPublicKey::from_coordinates(make_key(3).public_key()).value();
    auto const bytes = from_base64url(signature).value();
    crypto::EcdsaSignature raw{};
    std::copy(bytes.begin(), bytes.end(), raw.begin());
    return key.verify(as_bytes(input), raw);
}

TEST(Seal, AuthorizationIsADetachedJws) {
    auto const shop = make_key(3);
    auto const text = authorize(R"({"id":"chk_1"})", {"shop", shop});
    auto const parts = split(text, '.');
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(decoded(parts[0]), R"({"alg":"ES256","kid":"shop"})");
    EXPECT_EQ(parts[1], "");
    auto const input = std::string(parts[0]) + '.' + to_base64url(as_bytes(R"({"id":"chk_1"})"));
    EXPECT_TRUE(verifies(input, parts[2]));
    EXPECT_FALSE(verifies(input + "x", parts[2]));
}

TEST(Seal, ReceiptsSayWhatBecameOfAMandate) {
    auto const shop = make_key(3);
    auto const claims = [&](Receipt const& receipt) {
        auto const jwt = sign_receipt(receipt, "https://shop.example", at(1'800'000'000), {"shop", shop});
        auto const parts = split(jwt, '.');
        EXPECT_TRUE(verifies(jwt.substr(0, jwt.rfind('.')), parts[2]));
        EXPECT_EQ(decoded(parts[0]), R"({"alg":"ES256","kid":"shop","typ":"JWT"})");
        return decoded(parts[1]);
    };
    EXPECT_EQ(
        claims({"ref", "ord_1", "", ""}),
        R"({"status":"Success","iss":"https://shop.example","iat":1800000000,"reference":"ref","order_id":"ord_1"})");
    EXPECT_EQ(claims({"ref", "", "invalid_mandate", "no"}),
              R"({"status":"Error","iss":"https://shop.example","iat":1800000000,"reference":"ref",)"
              R"("error":"invalid_mandate","error_description":"no"})");
}

}  // namespace
}  // namespace b2a::mandate::testing
