// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"
#include "b2a/crypto/hash.hpp"

#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

Verification with_parameters(std::string parameters, Signer signer = sign_ec) {
    auto letter = whole_letter();
    Seal with;
    with.parameters = std::move(parameters);
    with.signer = std::move(signer);
    return judge(seal(letter, with));
}

TEST(Verify, SaysWhoSigned) {
    auto letter = whole_letter();
    Bytes made;
    Seal with;
    with.label = "my-label";
    with.signer = [&](std::string_view base) { return made = sign_ec(base); };
    auto const verification = judge(seal(letter, with));
    EXPECT_EQ(verification.verdict, Verdict::verified);
    EXPECT_EQ(verification.label, "my-label");
    EXPECT_EQ(verification.kid, "ec");
    EXPECT_EQ(verification.thumbprint, ec_thumbprint);
    EXPECT_EQ(verification.signature, crypto::sha256(ByteView(made)));
    auto const ed = with_parameters(R"(;keyid="ed")", sign_ed);
    EXPECT_EQ(ed.verdict, Verdict::verified);
    EXPECT_EQ(ed.thumbprint, ed_thumbprint);
}

TEST(Verify, ARequestWithoutSignatureClaimsNothing) {
    EXPECT_EQ(judge(whole_letter()).verdict, Verdict::unsigned_);
    EXPECT_EQ(judge(Letter()).verdict, Verdict::unsigned_);
    EXPECT_FALSE(is_signed(whole_letter().request()));
    EXPECT_TRUE(is_signed(Letter().add("signature", "x").request()));
    EXPECT_TRUE(is_signed(Letter().add("signature-input", "x").request()));
}

TEST(Verify, ContentDigestIsCheckedWithoutASignatureToo) {
    auto letter = whole_letter();
    letter.body += ' ';
    EXPECT_EQ(judge(letter).verdict, Verdict::digest_mismatch);
    letter.set("Content-Digest", "md5=:AAAA:");
    EXPECT_EQ(judge(letter).verdict, Verdict::digest_mismatch);
    letter.drop("Content-Digest");
    EXPECT_EQ(judge(letter).verdict, Verdict::unsigned_);
    letter.set("Content-Digest", content_digest(letter.body));
    EXPECT_EQ(judge(letter).verdict, Verdict::unsigned_);
}

TEST(Verify, KeysDecideTheAlgorithm) {
    EXPECT_EQ(with_parameters(R"(;keyid="ec";alg="ecdsa-p256-sha256")").verdict, Verdict::verified);
    EXPECT_EQ(with_parameters(R"(;keyid="ed";alg="ed25519")", sign_ed).verdict, Verdict::verified);
    for (auto const* alg : {"\"ed25519\"", "\"hmac-sha256\"", "\"ecdsa-p384-sha384\"", "\"ES256\"", "\"none\"", "\"\"",
                            "ecdsa-p256-sha256", "?1", "1"})
        EXPECT_EQ(with_parameters(R"(;keyid="ec";alg=)" + std::string(alg)).verdict, Verdict::invalid) << alg;
    EXPECT_EQ(with_parameters(R"(;keyid="ed";alg="ecdsa-p256-sha256")", sign_ed).verdict, Verdict::invalid);
    // Signed with one key in the name of the other.
    EXPECT_EQ(with_parameters(R"(;keyid="ed")", sign_ec).verdict, Verdict::invalid);
    EXPECT_EQ(with_parameters(R"(;keyid="ec")", sign_ed).verdict, Verdict::invalid);
}

TEST(Verify, UnknownAndUnsupportedKeysAreToldApart) {
    auto const unknown = with_parameters(R"(;keyid="nobody")");
    EXPECT_EQ(unknown.verdict, Verdict::key_not_found);
    EXPECT_EQ(unknown.kid, "nobody");
    EXPECT_EQ(with_parameters(R"(;keyid="future")").verdict, Verdict::algorithm_unsupported);
    auto letter = whole_letter();
    EXPECT_EQ(judge(seal(letter), KeySet()).verdict, Verdict::key_not_found);
    EXPECT_EQ(judge(letter, key_set(ec_jwk("ec", R"(,"use":"enc")"))).verdict, Verdict::key_not_found);
    EXPECT_EQ(judge(letter, key_set(ed_jwk("ec"))).verdict, Verdict::invalid);
}

TEST(Verify, AKeyIdIsRequiredAndIsText) {
    EXPECT_EQ(with_parameters(";created=1800000000").verdict, Verdict::unsigned_);
    EXPECT_EQ(with_parameters(";keyid=ec").verdict, Verdict::malformed);
    EXPECT_EQ(with_parameters(";keyid").verdict, Verdict::malformed);
}

TEST(Verify, DerSignaturesAreRefused) {
    auto const der = [](std::string_view base) {
        auto const raw = sign_ec(base);
        Bytes out{0x30, 70, 0x02, 33, 0};
        out.insert(out.end(), raw.begin(), raw.begin() + 32);
        out.insert(out.end(), {0x02, 33, 0});
        out.insert(out.end(), raw.begin() + 32, raw.end());
        return out;
    };
    EXPECT_EQ(with_parameters(R"(;keyid="ec")", der).verdict, Verdict::invalid);
}

std::string when(std::string_view name, std::int64_t seconds) {
    return ';' + std::string(name) + '=' + std::to_string(seconds) + R"(;keyid="ec")";
}

TEST(Verify, TimesHaveAMinuteOfSkew) {
    EXPECT_EQ(with_parameters(when("created", now_seconds + 60)).verdict, Verdict::verified);
    EXPECT_EQ(with_parameters(when("created", now_seconds + 61)).verdict, Verdict::invalid);
    EXPECT_EQ(with_parameters(when("created", 0)).verdict, Verdict::verified);  // UCP sets no maximum age
    EXPECT_EQ(with_parameters(when("expires", now_seconds - 60)).verdict, Verdict::verified);
    EXPECT_EQ(with_parameters(when("expires", now_seconds - 61)).verdict, Verdict::invalid);
    EXPECT_EQ(with_parameters(when("expires", 999'999'999'999'999)).verdict, Verdict::verified);
    EXPECT_EQ(with_parameters(when("created", 999'999'999'999'999)).verdict, Verdict::invalid);
    EXPECT_EQ(with_parameters(when("expires", -999'999'999'999'999)).verdict, Verdict::invalid);
    EXPECT_EQ(with_parameters(R"(;keyid="ec")").verdict, Verdict::verified);
}

TEST(Verify, TimesAreIntegers) {
    for (auto const* value : {"1800000000.0", "\"1800000000\"", "?1", "t"})
        for (std::string const name : {";created=", ";expires="})
            EXPECT_EQ(with_parameters(name + value + R"(;keyid="ec")").verdict, Verdict::invalid) << name << value;
}

TEST(Verify, TheRequestHasToBeMeantForUs) {
    auto letter = whole_letter();
    seal(letter);
    auto options = at(now_seconds);
    options.authorities = {"other.example"};
    EXPECT_EQ(judge(letter, known_keys(), options).verdict, Verdict::invalid);
    options.authorities = {"other.example", "shop.example"};
    EXPECT_EQ(judge(letter, known_keys(), options).verdict, Verdict::verified);
    options.authorities.clear();
    EXPECT_EQ(judge(letter, known_keys(), options).verdict, Verdict::invalid);
    letter.set("X-Forwarded-Host", "shop.example");
    for (auto const* host : {"", "shop.example:8443", "shop.example.", "shop.example, other.example"})
        EXPECT_EQ(judge(letter.set("Host", host)).verdict, Verdict::invalid) << host;
    EXPECT_EQ(judge(letter.drop("Host")).verdict, Verdict::invalid);
}

TEST(Verify, OnlyTheDefaultPortOfTheSchemeIsDropped) {
    auto letter = whole_letter();
    seal(letter);
    EXPECT_EQ(judge(letter.set("Host", "shop.example:443")).verdict, Verdict::verified);
    EXPECT_EQ(judge(letter.set("Host", "shop.example:80")).verdict, Verdict::invalid);
    letter.secure = false;
    EXPECT_EQ(judge(letter).verdict, Verdict::verified);
    EXPECT_EQ(judge(letter.set("Host", "shop.example:443")).verdict, Verdict::invalid);
}

TEST(Verify, OneGoodSignatureOfSeveralIsEnough) {
    Seal bad;
    bad.label = "bad";
    bad.signer = [](std::string_view) { return Bytes(64, 7); };
    Seal tagged;
    tagged.label = "wba";
    tagged.parameters = R"(;keyid="ec";tag="web-bot-auth")";
    Seal partial;
    partial.label = "partial";
    partial.cover = {"@authority"};
    Seal good;
    good.label = "good";
    auto letter = whole_letter();
    for (auto const* with : {&bad, &tagged, &partial}) seal(letter, *with);
    EXPECT_EQ(judge(letter).verdict, Verdict::invalid);
    auto const verification = judge(seal(letter, good));
    EXPECT_EQ(verification.verdict, Verdict::verified);
    EXPECT_EQ(verification.label, "good");
}

// If one of several signatures names a key that is not known yet, a newer key set may verify it: that is worth more to
// the caller than knowing what is wrong with the others.
TEST(Verify, AnUnknownKeyIsReportedBeforeOtherFailures) {
    for (auto const* other : {"ec", "future"})
        for (bool const first : {true, false}) {
            Seal unknown;
            unknown.label = "new";
            unknown.parameters = R"(;keyid="rotated")";
            Seal failing;
            failing.label = "old";
            failing.parameters = R"(;keyid=")" + std::string(other) + '"';
            failing.signer = [](std::string_view) { return Bytes(64, 7); };
            auto letter = whole_letter();
            seal(letter, first ? unknown : failing);
            seal(letter, first ? failing : unknown);
            auto const verification = judge(letter);
            EXPECT_EQ(verification.verdict, Verdict::key_not_found) << other;
            EXPECT_EQ(verification.kid, "rotated");
        }
}

TEST(Verify, SignaturesOfOtherProfilesAreSkipped) {
    for (auto const* tag : {"\"web-bot-auth\"", "\"agent-payer-auth\"", "\"\"", "x", "?0"})
        EXPECT_EQ(with_parameters(R"(;keyid="ec";tag=)" + std::string(tag)).verdict, Verdict::unsigned_) << tag;
}

TEST(Verify, ALabelTakesItsOwnSignature) {
    auto letter = whole_letter();
    seal(letter);
    for (auto& [name, value] : letter.headers)
        if (name == "Signature") value.replace(0, 4, "sig2");
    EXPECT_EQ(judge(letter).verdict, Verdict::malformed);
}

TEST(Verify, HalfASignatureIsMalformed) {
    auto letter = whole_letter();
    seal(letter);
    auto half = letter;
    EXPECT_EQ(judge(half.drop("Signature")).verdict, Verdict::malformed);
    half = letter;
    EXPECT_EQ(judge(half.drop("Signature-Input")).verdict, Verdict::malformed);
}

TEST(Verify, VerdictsHaveTheirNames) {
    EXPECT_EQ(to_text(Verdict::verified), "verified");
    EXPECT_EQ(to_text(Verdict::unsigned_), "signature_missing");
    EXPECT_EQ(to_text(Verdict::key_not_found), "key_not_found");
    EXPECT_EQ(to_text(Verdict::digest_mismatch), "digest_mismatch");
    EXPECT_EQ(to_text(Verdict::algorithm_unsupported), "algorithm_unsupported");
    EXPECT_EQ(to_text(Verdict::invalid), "signature_invalid");
}

}  // namespace
}  // namespace b2a::identity
