// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/ed25519.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/random.hpp"

namespace b2a::crypto {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> array_of(std::string_view hex) {
    auto const bytes = from_hex(hex).value();
    std::array<std::uint8_t, N> out{};
    EXPECT_EQ(bytes.size(), N);
    std::copy_n(bytes.begin(), N, out.begin());
    return out;
}

SigningKey key_of(std::string_view seed_hex) {
    return SigningKey::from_seed(array_of<32>(seed_hex)).value();
}

constexpr std::string_view seed1 = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr std::string_view seed3 = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";

TEST(Ed25519, GivesTheAnswersOfRfc8032) {
    auto const one = key_of(seed1);
    EXPECT_EQ(to_hex(one.public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    EXPECT_EQ(to_hex(one.sign({})),
              "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
              "d25bf5f0595bbe24655141438e7a100b");
    auto const three = key_of(seed3);
    Bytes const message{0xaf, 0x82};
    EXPECT_EQ(to_hex(three.sign(message)),
              "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
              "4a7c15e9716ed28dc027beceea1ec40a");
    EXPECT_TRUE(verify_ed25519(three.public_key(), message, three.sign(message)));
}

RC_GTEST_PROP(Ed25519, EveryFlippedBitIsNoticed, (std::string const& message)) {
    auto const key = key_of(seed1);
    auto const good = key.sign(as_bytes(message));
    RC_ASSERT(verify_ed25519(key.public_key(), as_bytes(message), good));

    auto bad = good;
    bad[*rc::gen::inRange<std::size_t>(0, bad.size())] ^=
        static_cast<std::uint8_t>(1U << *rc::gen::inRange<unsigned>(0, 8));
    RC_ASSERT(!verify_ed25519(key.public_key(), as_bytes(message), bad));
    RC_ASSERT(!verify_ed25519(key.public_key(), as_bytes(message + "x"), good));
    RC_ASSERT(!verify_ed25519(key_of(seed3).public_key(), as_bytes(message), good));
}

TEST(Ed25519, AnUnusablePublicKeyVerifiesNothing) {
    Ed25519Public nonsense{};
    nonsense.fill(0xff);
    EXPECT_FALSE(verify_ed25519(nonsense, as_bytes("x"), key_of(seed1).sign(as_bytes("x"))));
}

TEST(Ed25519, KeysForWhichAnybodySignsVerifyNothing) {
    // The neutral element as R and zero as S: OpenSSL takes it from the neutral element as a key, for every message.
    Ed25519Signature nobodys{};
    nobodys.front() = 1;
    for (std::string_view const key : {"0100000000000000000000000000000000000000000000000000000000000000",
                                       "0100000000000000000000000000000000000000000000000000000000000080",
                                       "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                       "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
        for (std::string_view const message : {"", "a", "b", "c", "d"})
            EXPECT_FALSE(verify_ed25519(array_of<32>(key), as_bytes(message), nobodys)) << key;
}

TEST(SigningKey, SurvivesItsPem) {
    auto const key = key_of(seed1);
    auto const pem = key.to_pem();
    EXPECT_TRUE(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    auto const again = SigningKey::from_pem(pem);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->public_key(), key.public_key());
    EXPECT_EQ(again->sign(as_bytes("x")), key.sign(as_bytes("x")));
}

TEST(SigningKey, GenerationTakesTheInjectedRandomness) {
    auto const a = SigningKey::generate(*seeded_random(1)).value();
    auto const b = SigningKey::generate(*seeded_random(1)).value();
    auto const c = SigningKey::generate(*seeded_random(2)).value();
    EXPECT_EQ(a.public_key(), b.public_key());
    EXPECT_NE(a.public_key(), c.public_key());
}

TEST(SigningKey, RefusesWhatIsNoPlainEd25519Key) {
    // A P-256 key, from `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`.
    constexpr std::string_view p256 =
        "-----BEGIN PRIVATE KEY-----\n"
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfhTHmRKLY0xTEof4\n"
        "ISIv6L52h19KP6xxYh4czk+hQ6WhRANCAATEGp8wkRtQu52LtL+z8ZZvuGytEPoY\n"
        "OJn77Yev/JJ88fPOe9vf6F4Vfewh7udYelbVZiN6RAVrTnYPHNoFpsTa\n"
        "-----END PRIVATE KEY-----\n";
    // An Ed25519 key under a pass phrase, from `openssl genpkey -algorithm ED25519 -aes256`.
    constexpr std::string_view encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgDMS375KWKyAICCAAw\n"
        "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEFnJ77ID7jJxBJwn2dZZCJkEQNpX\n"
        "zceIO0+y3Ti/7Ht0nvcMHhl3w93FBI5nN8VgF8mPOc+9UcMPPOeXkBUy+kS8OI1E\n"
        "nVdqXz9bPpWBYlGoQp8=\n"
        "-----END ENCRYPTED PRIVATE KEY-----\n";
    auto const cut = key_of(seed1).to_pem().substr(0, 60);
    for (auto const pem : {std::string_view(), std::string_view("hello"), p256, encrypted, std::string_view(cut)}) {
        auto const key = SigningKey::from_pem(pem);
        ASSERT_FALSE(key.ok()) << pem;
        EXPECT_EQ(key.error().code, Code::invalid_request);
    }
    EXPECT_FALSE(SigningKey::from_pem(std::string(1'000'000, 'A')).ok());
}

}  // namespace
}  // namespace b2a::crypto
