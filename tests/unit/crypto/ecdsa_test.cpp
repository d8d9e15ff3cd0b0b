// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/ecdsa.hpp"

#include <algorithm>
#include <thread>
#include <vector>

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

// The order n of the group, and its base point.
constexpr std::string_view order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
constexpr std::string_view base_x = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
constexpr std::string_view base_y = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
// The prime p of the field.
constexpr std::string_view prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

// RFC 6979, appendix A.2.5: the key, and its signature of "sample" with SHA-256.
constexpr std::string_view rfc6979_x = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
constexpr std::string_view rfc6979_y = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
constexpr std::string_view sample_r = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
constexpr std::string_view sample_s = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

P256Public point(std::string_view x, std::string_view y) {
    return {array_of<32>(x), array_of<32>(y)};
}
EcdsaSignature signature(std::string_view r, std::string_view s) {
    return array_of<64>(std::string(r) + std::string(s));
}
EcPublicKey public_of(EcSigningKey const& key) {
    return EcPublicKey::from_coordinates(key.public_key()).value();
}

/// Gives the prepared draws one after the other, then the last one again and again.
class Scripted final : public Random {
  public:
    explicit Scripted(std::vector<std::string> draws) : draws_(std::move(draws)) {}
    void fill(std::span<std::uint8_t> out) override {
        auto const bytes = from_hex(draws_[std::min(next_++, draws_.size() - 1)]).value();
        ASSERT_EQ(bytes.size(), out.size());
        std::ranges::copy(bytes, out.begin());
    }
    [[nodiscard]] std::size_t draws() const { return next_; }

  private:
    std::vector<std::string> draws_;
    std::size_t next_ = 0;
};

TEST(Ecdsa, VerifiesTheSignaturesOfRfc6979) {
    auto const key = EcPublicKey::from_coordinates(point(rfc6979_x, rfc6979_y)).value();
    EXPECT_TRUE(key.verify(as_bytes("sample"), signature(sample_r, sample_s)));
    EXPECT_TRUE(
        key.verify(as_bytes("test"), signature("f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
                                               "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083")));
    EXPECT_FALSE(key.verify(as_bytes("test"), signature(sample_r, sample_s)));
}

RC_GTEST_PROP(Ecdsa, EveryFlippedBitIsNoticed, (std::string const& message)) {
    static auto const key = EcSigningKey::generate(*seeded_random(1)).value();
    static auto const known = public_of(key);
    static auto const stranger = public_of(EcSigningKey::generate(*seeded_random(2)).value());
    auto const good = key.sign(as_bytes(message));
    RC_ASSERT(known.verify(as_bytes(message), good));

    auto bad = good;
    bad[*rc::gen::inRange<std::size_t>(0, bad.size())] ^=
        static_cast<std::uint8_t>(1U << *rc::gen::inRange<unsigned>(0, 8));
    RC_ASSERT(!known.verify(as_bytes(message), bad));
    RC_ASSERT(!known.verify(as_bytes(message + "x"), good));
    RC_ASSERT(!stranger.verify(as_bytes(message), good));
}

// Every value of r and s that FIPS 186-5 excludes, and r + n, which some verifiers reduce.
TEST(Ecdsa, RefusesNumbersOutOfRange) {
    auto const key = EcPublicKey::from_coordinates(point(rfc6979_x, rfc6979_y)).value();
    std::string const zero(64, '0');
    std::string const all(64, 'f');
    for (auto const& bad : {zero, std::string(order), all}) {
        EXPECT_FALSE(key.verify(as_bytes("sample"), signature(bad, sample_s))) << bad;
        EXPECT_FALSE(key.verify(as_bytes("sample"), signature(sample_r, bad))) << bad;
        EXPECT_FALSE(key.verify(as_bytes("sample"), signature(bad, bad))) << bad;
    }
    EXPECT_FALSE(key.verify(as_bytes("sample"), signature(sample_s, sample_r)));
}

// A DER signature never fills 64 bytes with what r‖s would hold there, so that none passes however it is cut.
TEST(Ecdsa, RefusesDer) {
    auto const key = EcPublicKey::from_coordinates(point(rfc6979_x, rfc6979_y)).value();
    auto const der = "3046022100" + std::string(sample_r) + "022100" + std::string(sample_s);
    for (std::size_t at = 0; at + 128 <= der.size(); at += 2)
        EXPECT_FALSE(key.verify(as_bytes("sample"), array_of<64>(der.substr(at, 128)))) << at;
}

TEST(Ecdsa, RefusesWhatIsNoPointOfTheCurve) {
    auto const zero = std::string(64, '0');
    auto shifted = point(base_x, base_y);
    shifted.y[31] ^= 1;
    for (auto const& bad : {shifted, point(zero, zero), point(base_y, base_x), point(prime, base_y),
                            point(base_x, prime), point(zero, prime), point(base_x, std::string(64, 'f'))}) {
        auto const key = EcPublicKey::from_coordinates(bad);
        ASSERT_FALSE(key.ok());
        EXPECT_EQ(key.error().code, Code::invalid_request);
    }
    EXPECT_TRUE(EcPublicKey::from_coordinates(point(base_x, base_y)).ok());
}

TEST(Ecdsa, OneKeyServesManyThreads) {
    auto const key = EcSigningKey::generate(*seeded_random(3)).value();
    auto const known = public_of(key);
    auto const good = key.sign(as_bytes("message"));
    std::vector<int> verified(4, 0);
    {
        std::vector<std::jthread> threads;
        for (auto& count : verified)
            threads.emplace_back([&known, &key, &good, &count] {
                for (int i = 0; i < 25; ++i) {
                    count += known.verify(as_bytes("message"), good) ? 1 : 0;
                    count += known.verify(as_bytes("another"), key.sign(as_bytes("another"))) ? 1 : 0;
                }
            });
    }
    for (auto const count : verified) EXPECT_EQ(count, 50);
}

TEST(EcSigningKey, GenerationTakesTheInjectedRandomness) {
    auto const a = EcSigningKey::generate(*seeded_random(1)).value();
    auto const b = EcSigningKey::generate(*seeded_random(1)).value();
    auto const c = EcSigningKey::generate(*seeded_random(2)).value();
    EXPECT_EQ(a.public_key(), b.public_key());
    EXPECT_NE(a.public_key(), c.public_key());
}

TEST(EcSigningKey, DrawsAgainUntilTheSecretIsInRange) {
    std::string const one = std::string(63, '0') + "1";
    Scripted random({std::string(64, '0'), std::string(64, 'f'), std::string(order), one});
    auto const key = EcSigningKey::generate(random).value();
    EXPECT_EQ(random.draws(), 4U);
    EXPECT_EQ(key.public_key(), point(base_x, base_y));
    // n - 1 is the last secret: its point is the base point mirrored.
    Scripted last({"ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550"});
    auto const mirrored = EcSigningKey::generate(last).value().public_key();
    EXPECT_EQ(to_hex(mirrored.x), base_x);
    EXPECT_NE(to_hex(mirrored.y), base_y);
}

TEST(EcSigningKey, BrokenRandomnessIsAnErrorNotALoop) {
    Scripted stuck({std::string(64, '0')});
    auto const key = EcSigningKey::generate(stuck);
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.error().code, Code::internal);
}

TEST(EcSigningKey, SurvivesItsPem) {
    auto const key = EcSigningKey::generate(*seeded_random(1)).value();
    auto const pem = key.to_pem();
    EXPECT_TRUE(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    auto const again = EcSigningKey::from_pem(pem);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->public_key(), key.public_key());
    EXPECT_EQ(again->to_pem(), pem);
    EXPECT_TRUE(public_of(key).verify(as_bytes("x"), again->sign(as_bytes("x"))));
}

// From `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`; the others are made from it.
constexpr std::string_view named =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfhTHmRKLY0xTEof4\n"
    "ISIv6L52h19KP6xxYh4czk+hQ6WhRANCAATEGp8wkRtQu52LtL+z8ZZvuGytEPoY\n"
    "OJn77Yev/JJ88fPOe9vf6F4Vfewh7udYelbVZiN6RAVrTnYPHNoFpsTa\n"
    "-----END PRIVATE KEY-----\n";
// The same key, its point compressed, left out, or as SEC 1 writes it.
constexpr std::string_view compressed =
    "-----BEGIN PRIVATE KEY-----\n"
    "MGcCAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcETTBLAgEBBCB+FMeZEotjTFMSh/gh\n"
    "Ii/ovnaHX0o/rHFiHhzOT6FDpaEkAyIAAsQanzCRG1C7nYu0v7Pxlm+4bK0Q+hg4\n"
    "mfvth6/8knzx\n"
    "-----END PRIVATE KEY-----\n";
constexpr std::string_view without_point =
    "-----BEGIN PRIVATE KEY-----\n"
    "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCB+FMeZEotjTFMSh/gh\n"
    "Ii/ovnaHX0o/rHFiHhzOT6FDpQ==\n"
    "-----END PRIVATE KEY-----\n";
constexpr std::string_view named_x = "c41a9f30911b50bb9d8bb4bfb3f1966fb86cad10fa183899fbed87affc927cf1";

TEST(EcSigningKey, ReadsEveryFormOfAPlainKey) {
    for (auto const pem : {named, compressed, without_point}) {
        auto const key = EcSigningKey::from_pem(pem);
        ASSERT_TRUE(key.ok()) << pem;
        EXPECT_EQ(to_hex(key->public_key().x), named_x);
        EXPECT_TRUE(public_of(*key).verify(as_bytes("x"), key->sign(as_bytes("x"))));
        EXPECT_EQ(EcSigningKey::from_pem(key->to_pem()).value().public_key(), key->public_key());
    }
}

TEST(EcSigningKey, RefusesWhatIsNoPlainP256Key) {
    constexpr std::string_view ed25519 =
        "-----BEGIN PRIVATE KEY-----\n"
        "MC4CAQAwBQYDK2VwBCIEIHc6XTPeIp7bqzHDp5wTm2kvXBTdqyxszHmlFC+r8zyJ\n"
        "-----END PRIVATE KEY-----\n";
    constexpr std::string_view p384 =
        "-----BEGIN PRIVATE KEY-----\n"
        "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCbcX6Eg4GKyTjVLiqi\n"
        "fa3FIddyTrm29Bf5R/7KdhD6MD1kASoHba3Z0chexmxxzg2hZANiAASYQGLnnS4Y\n"
        "Sx0N1ykMRbep1xf/RTozr4G4bNWNCpZy7CMU6owGSfczH5dPqQTGWSuQtpjaG0Hw\n"
        "76mjw+O4A5ufFX2YuTeN7U63ieYrQuwQlH1EK++nT9Xl+QyQrHgNcfE=\n"
        "-----END PRIVATE KEY-----\n";
    constexpr std::string_view secp256k1 =
        "-----BEGIN PRIVATE KEY-----\n"
        "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgq2eE0WtXl+PBbwxh47LR\n"
        "X9OvBNFzx7coAQG34fTWavGhRANCAAQ+Ki1Otxk+XGeg7CK/OHx9yFCizAud/wOZ\n"
        "4uBTjnnXXow63HhfnzH736cR3xaJDCJx1v6GN2WB/7ys/YuuHxsH\n"
        "-----END PRIVATE KEY-----\n";
    constexpr std::string_view public_only =
        "-----BEGIN PUBLIC KEY-----\n"
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExBqfMJEbULudi7S/s/GWb7hsrRD6\n"
        "GDiZ++2Hr/ySfPHzznvb3+heFX3sIe7nWHpW1WYjekQFa052DxzaBabE2g==\n"
        "-----END PUBLIC KEY-----\n";
    // Under the pass phrase "secret".
    constexpr std::string_view encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjiJofctArBQQICCAAw\n"
        "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECLkjA5ain13sG5Ph+rF46gEgZAH\n"
        "1BsusV3aLd6W1LAaZSPE7IAZKaJXGZBtRPJ1liI0eXGNZgWs2iihQPZpUkYeVv9J\n"
        "bWQN8k+CGc+njznqWWxgZausOq8HjrOJ/H0Gojt3+TGcKYQKcVVVHsZAzld2I5uY\n"
        "HaTGuO8bcB8p7afdpMm3KtrAIEeKhVfyOvmZMxvNS3vACDeqCvkNBMwW+0clsT0=\n"
        "-----END ENCRYPTED PRIVATE KEY-----\n";
    for (auto const pem : {std::string_view(), std::string_view("hello"), ed25519, p384, secp256k1, public_only,
                           encrypted, named.substr(0, 100)}) {
        auto const key = EcSigningKey::from_pem(pem);
        ASSERT_FALSE(key.ok()) << pem;
        EXPECT_EQ(key.error().code, Code::invalid_request);
    }
    EXPECT_FALSE(EcSigningKey::from_pem(std::string(1'000'000, 'A')).ok());
}

}  // namespace
}  // namespace b2a::crypto
