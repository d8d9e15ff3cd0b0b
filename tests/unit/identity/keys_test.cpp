// SPDX-License-Identifier: Apache-2.0
#include "b2a/identity/keys.hpp"

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

TEST(Thumbprint, IsThatOfRfc7638) {
    EXPECT_EQ(thumbprint(ec_key().public_key()), ec_thumbprint);
    auto const keys = key_set(ec_jwk("a") + ',' + ed_jwk("b"));
    EXPECT_EQ(keys.find("a")->thumbprint(), ec_thumbprint);
    EXPECT_EQ(keys.find("b")->thumbprint(), ed_thumbprint);
}

TEST(KeySet, ReadsBothAlgorithms) {
    auto const keys = key_set(ec_jwk("a") + ',' + ed_jwk("b"));
    ASSERT_EQ(keys.size(), 2U);
    ASSERT_NE(keys.find("a"), nullptr);
    EXPECT_EQ(keys.find("a")->kid(), "a");
    EXPECT_EQ(keys.find("a")->algorithm(), Algorithm::es256);
    EXPECT_EQ(keys.find("b")->algorithm(), Algorithm::ed25519);
    EXPECT_EQ(keys.find("c"), nullptr);
    EXPECT_EQ(keys.find(""), nullptr);
    EXPECT_TRUE(keys.find("a")->verify(as_bytes("x"), sign_ec("x")));
    EXPECT_FALSE(keys.find("a")->verify(as_bytes("y"), sign_ec("x")));
    EXPECT_TRUE(keys.find("b")->verify(as_bytes("x"), sign_ed("x")));
    EXPECT_FALSE(keys.find("b")->verify(as_bytes("x"), sign_ec("x")));
    EXPECT_FALSE(keys.find("a")->verify(as_bytes("x"), sign_ed("x")));
}

TEST(KeySet, ASignatureOfAnotherLengthVerifiesNothing) {
    auto const keys = key_set(ec_jwk("a") + ',' + ed_jwk("b"));
    auto longer = sign_ec("x");
    longer.push_back(0);
    for (auto const* kid : {"a", "b"}) {
        EXPECT_FALSE(keys.find(kid)->verify(as_bytes("x"), {}));
        EXPECT_FALSE(keys.find(kid)->verify(as_bytes("x"), longer));
        EXPECT_FALSE(keys.find(kid)->verify(as_bytes("x"), ByteView(longer).first(63)));
    }
}

TEST(KeySet, KeysForLaterAlgorithmsStayUnsupported) {
    auto const keys = key_set(R"({"kid":"pq","kty":"AKP","alg":"ML-DSA-44","pub":"AA"},)"
                              R"({"kid":"p521","kty":"EC","crv":"P-521","x":"AA","y":"AA"},)"
                              R"({"kid":"x","kty":"OKP","crv":"X25519","x":"AA"},)"
                              R"({"kid":"rsa","kty":"RSA","n":"AA","e":"AQAB"},)"
                              R"({"kid":"oct","kty":"oct","k":"c2VjcmV0"},)" +
                              ec_jwk("a"));
    EXPECT_EQ(keys.size(), 6U);
    for (auto const* kid : {"pq", "p521", "x", "rsa", "oct"}) {
        ASSERT_NE(keys.find(kid), nullptr) << kid;
        EXPECT_EQ(keys.find(kid)->algorithm(), Algorithm::unsupported) << kid;
        EXPECT_EQ(keys.find(kid)->thumbprint(), "") << kid;
        EXPECT_FALSE(keys.find(kid)->verify(as_bytes("x"), Bytes(64, 0))) << kid;
    }
    EXPECT_TRUE(keys.find("a")->verify(as_bytes("x"), sign_ec("x")));
}

TEST(KeySet, KeysForOtherUsesAreSkipped) {
    EXPECT_EQ(key_set(ec_jwk("a", R"(,"use":"enc")")).size(), 0U);
    EXPECT_EQ(key_set(ec_jwk("a", R"(,"key_ops":["sign"])")).size(), 0U);
    EXPECT_EQ(key_set(ec_jwk("a", R"(,"key_ops":[])")).size(), 0U);
    EXPECT_EQ(key_set(ec_jwk("a", R"(,"use":"sig","key_ops":["deriveKey"])")).size(), 0U);
    EXPECT_EQ(key_set(ec_jwk("a", R"(,"use":"sig","key_ops":["sign","verify"])")).size(), 1U);
}

class BadKey : public ::testing::TestWithParam<std::string> {};

TEST_P(BadKey, IsSkippedAndSpoilsNoOther) {
    auto const keys = key_set(GetParam() + ',' + ed_jwk("good") + ',' + GetParam());
    EXPECT_EQ(keys.size(), 1U);
    ASSERT_NE(keys.find("good"), nullptr);
    EXPECT_EQ(keys.find("good")->algorithm(), Algorithm::ed25519);
}

std::string ec_with(std::string_view x, std::string_view y) {
    return R"({"kid":"k","kty":"EC","crv":"P-256","x":)" + std::string(x) + R"(,"y":)" + std::string(y) + '}';
}
std::string in_quotes(std::string_view text) {
    return '"' + std::string(text) + '"';
}

INSTANTIATE_TEST_SUITE_P(Jwks, BadKey,
                         ::testing::Values("1", "null", "[]", "{}", in_quotes("key"), ec_jwk(""),  // no object, no kid
                                           R"({"kid":7,"kty":"EC","crv":"P-256"})",
                                           ec_jwk(std::string(limits::id_bytes_max + 1, 'k')),
                                           ec_with(in_quotes(ec_x), in_quotes(ec_x)),  // no point of the curve
                                           ec_with(in_quotes(ec_y), in_quotes(ec_x)),  // the wrong way round
                                           ec_with(in_quotes(ec_x), "1"),              // no text
                                           ec_with(in_quotes(ec_x), in_quotes("AA")),  // too short
                                           ec_with(in_quotes(ec_x), in_quotes(std::string(ec_y) + "=")),  // padded
                                           ec_with(in_quotes("qIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivA"),
                                                   in_quotes(ec_y)),  // base64, not url
                                           R"({"kid":"k","kty":"EC","crv":"P-256"})",
                                           R"({"kid":"k","kty":"OKP","crv":"Ed25519","x":"AA"})",
                                           R"({"kid":"k","kty":"OKP","crv":"Ed25519"})"));

TEST(KeySet, WhatIsNoListHasNoKeys) {
    json::Document document;
    for (auto const* text : {"{}", "\"x\"", "1", "null", "[]", R"({"keys":[]})"})
        EXPECT_EQ(KeySet::parse(document.parse(text).value()).size(), 0U) << text;
    EXPECT_EQ(KeySet().find("a"), nullptr);
}

TEST(KeySet, OutlivesItsDocument) {
    auto const copy = [] {
        auto const keys = key_set(ec_jwk("a"));
        return keys;
    }();
    EXPECT_EQ(copy.find("a")->thumbprint(), ec_thumbprint);
}

TEST(KeySet, ReadsABoundedNumberOfKeys) {
    std::string many;
    for (std::size_t i = 0; i < limits::document_keys_max; ++i) many += ed_jwk("k" + std::to_string(i)) + ',';
    auto const keys = key_set(many + ed_jwk("late"));
    EXPECT_EQ(keys.size(), limits::document_keys_max);
    EXPECT_EQ(keys.find("late"), nullptr);
}

OwnKey own(std::uint64_t seed, std::optional<Timestamp> retired = std::nullopt) {
    FixedRandom random(to_base64url(Bytes(32, static_cast<std::uint8_t>(seed))));
    auto key = crypto::EcSigningKey::generate(random).value();
    auto kid = thumbprint(key.public_key());
    return {std::move(kid), from_micros(static_cast<std::int64_t>(seed)), retired, std::move(key)};
}

TEST(KeyRing, TheNewestThatIsNotRetiredSigns) {
    std::vector<OwnKey> keys;
    keys.push_back(own(1, from_micros(9)));
    keys.push_back(own(2));
    keys.push_back(own(3));
    keys.push_back(own(4, from_micros(9)));
    auto const third = keys[2].kid;
    KeyRing const ring(std::move(keys));
    EXPECT_EQ(ring.keys().size(), 4U);
    EXPECT_EQ(ring.signer().kid, third);
}

TEST(KeyRingDeathTest, OneHasToSign) {
    EXPECT_DEATH(KeyRing(std::vector<OwnKey>()), "assertion failed");
    EXPECT_DEATH(
        {
            std::vector<OwnKey> keys;
            keys.push_back(own(1, from_micros(9)));
            KeyRing ring(std::move(keys));
        },
        "assertion failed");
}

TEST(OwnKeys, ArePublishedSoThatOthersCanReadThem) {
    std::string text;
    json::Writer writer(text);
    auto const key = ec_key();
    write_jwk(writer, "my-key", key.public_key());
    EXPECT_EQ(text, R"({"kid":"my-key","kty":"EC","crv":"P-256","x":")" + std::string(ec_x) + R"(","y":")" +
                        std::string(ec_y) + R"(","use":"sig","alg":"ES256"})");
    auto const keys = key_set(text);
    ASSERT_NE(keys.find("my-key"), nullptr);
    EXPECT_TRUE(keys.find("my-key")->verify(as_bytes("x"), sign_ec("x")));
}

}  // namespace
}  // namespace b2a::identity
