// SPDX-License-Identifier: Apache-2.0
// What others have published: RFC 9421, appendix B.2, and the vectors of web-bot-auth.
#include <gtest/gtest.h>

#include "b2a/crypto/hash.hpp"
#include "b2a/crypto/rsa.hpp"

#include "identity/signature_base.hpp"
#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

constexpr std::string_view rsa_n =
    "r4tmm3r20Wd_PbqvP1s2-QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct-Lh1GH45x28Rw3Ry53mm-oAXjyQ86OnDkZ5N8lYbggD4O3w6M6p"
    "AvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuYLPL-Wokqltd11nqqzi-bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7"
    "ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4aOT9v6d-nb4bnNkQVklLQ3fVAvJm-xdDOp9LCNCN48V2pnDOkFV6-"
    "U9nV5oyc6XI2w";
constexpr std::string_view rsa_thumbprint = "oD0HwocPBSfpNy5W3bpJeyFGY_IQ_YpqxSjQ3Yd-CLA";

std::string rsa_jwk(std::string_view more = "") {
    return R"({"kid":"rsa","kty":"RSA","e":"AQAB","n":")" + std::string(rsa_n) + '"' + std::string(more) + '}';
}

web::SfInnerList list_of(std::string const& text) {
    return std::get<web::SfInnerList>(web::SfDictionary::parse("sig=" + text)->members().front().value);
}

Letter bot(std::string agent) {
    Letter out;
    out.method = "GET";
    out.target = "/path/to/resource";
    out.headers = {{"Host", "example.com"}, {"Signature-Agent", std::move(agent)}};
    return out;
}

bool fits(PublicKey const& key, Letter const& letter, std::string const& input, std::string_view signature) {
    auto const request = letter.request();
    auto const base = signature_base(message_of(request), list_of(input));
    return base && key.verify(as_bytes(*base), from_base64(signature).value());
}

std::string const dictionary_form = R"(("@authority" "signature-agent";key="agent2");created=1735689600;keyid=")";

TEST(KnownAnswers, WebBotAuthEd25519OverADictionary) {
    auto const letter = bot(R"(agent2="https://signature-agent.test")");
    auto const input = dictionary_form + std::string(ed_thumbprint) +
                       R"(";alg="ed25519";expires=4889289600;nonce="n9p433xm+NJ3ph3upfBIGmsuwHw387YV7Q/F+6BSpGCVjYCq)"
                       R"(Qw6rznNA8PVVLySrAWsv0hQtFioQb6E1YsauiA==";tag="web-bot-auth")";
    auto const keys = key_set(ed_jwk("ed"));
    EXPECT_TRUE(fits(*keys.find("ed"), letter, input,
                     "RdNFx5Bj6au3YgAMQL/RzmUlZE8QZLIaXGRpw985hWnwPfMxT228NMk6ehRS1PSl4e8PhbNZACSanGdhEwYCCg=="));
    EXPECT_FALSE(fits(*keys.find("ed"), bot(R"(agent2="https://other.test")"), input,
                      "RdNFx5Bj6au3YgAMQL/RzmUlZE8QZLIaXGRpw985hWnwPfMxT228NMk6ehRS1PSl4e8PhbNZACSanGdhEwYCCg=="));
}

TEST(KnownAnswers, WebBotAuthRsaPssOverADictionary) {
    auto const input = dictionary_form + std::string(rsa_thumbprint) +
                       R"(";alg="rsa-pss-sha512";expires=4889289600;nonce="wcfPQPh7SzkvrIVvhD00vNk9PkxJNY2NVbYl2PVBB)"
                       R"(4zmUoluSwE7W6bPtF60QA3k8g06FU7PPCD+J58YofY1zg==";tag="web-bot-auth")";
    auto const keys = key_set(rsa_jwk());
    auto const* key = keys.find("rsa");
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->algorithm(), Algorithm::rsa_pss_sha512);
    EXPECT_EQ(key->thumbprint(), rsa_thumbprint);
    EXPECT_TRUE(fits(
        *key, bot(R"(agent2="https://signature-agent.test")"), input,
        "gHzpLNeHaHIO19NaJH9YMW5dcVSi2s0wOMBr6p18vcofS106sfC4KBIS0/szPlBBd1vIcyQ88B6CTEWIhRAiVrb9zfX0mx1aG12CSGWcYkSi"
        "rHeyTxhbuJvXd27ed6skWoy4PjXItq38936ivUQjfdIwXh1aX6HxkAC3vRnEdSNfntkLWeEuIQ5BLIOBGE39fSwg27Qjq6OVWYas/9/"
        "aFUr3HA34MXWYdp+//cvlEKDp3kRoLOw9ro0AOr6srHrTeEtxon2afcws1aZVSlPdd2fZSEIGmw9HAHLDCEkFTERu1gH2k/zIEqgy7CAYX"
        "I9E5slog0cLg/Vc6+f8gih33g=="));
    EXPECT_FALSE(key->verify(as_bytes("x"), Bytes(256, 1)));
    EXPECT_FALSE(key->verify(as_bytes("x"), Bytes(64, 1)));
}

TEST(KnownAnswers, WebBotAuthEd25519OverTheBareString) {
    auto letter = bot(R"("https://signature-agent.test")");
    letter.add("Signature-Input",
               R"(sig2=("@authority" "signature-agent");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3)"
               R"(QJT5SolqXBCW38r0U";alg="ed25519";expires=1735693200;nonce="e8N7S2MFd/qrd6T2R3tdfAuuANngKI7)"
               R"(LFtKYI/vowzk4lAZYadIX6wW25MwG7DCT9RUKAJ0qVkU0mEeLElW1qg==";tag="web-bot-auth")");
    letter.add("Signature",
               "sig2=:jdq0SqOwHdyHr9+r5jw3iYZH6aNGKijYp/EstF4RQTQdi5N5YYKrD+mCT1HA1nZDsi6nJKuHxUi/5Syp3rLWBA==:");
    auto options = at(1'735'689'700);
    options.authorities = {"example.com"};
    auto const request = letter.request();
    auto const claims = read_claims(request, options);
    ASSERT_EQ(claims.list.size(), 1U);
    auto const& claim = claims.list.front();
    EXPECT_EQ(claim.verdict, Verdict::verified) << claim.detail;
    EXPECT_EQ(claim.profile, &web_bot_auth_profile);
    EXPECT_EQ(claim.coverage, Coverage::minimum);
    EXPECT_EQ(claim.agent, "https://signature-agent.test");
    EXPECT_EQ(claim.key_url, "https://signature-agent.test" + std::string(directory_path));
    auto const keys = key_set(ed_jwk("any"));
    auto const* key = keys.find_thumbprint(ed_thumbprint);
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(check(request, claim, *key, options).verdict, Verdict::verified);
    options.allow_test_keys = false;
    EXPECT_EQ(check(request, claim, *key, options).verdict, Verdict::invalid);
}

TEST(KnownAnswers, AKeyDirectoryIsBoundToItsAuthority) {
    Letter letter = bot("");
    letter.set("Host", "signature-agent.test");
    auto const request = letter.request();
    auto const asked = message_of(request);
    SignedMessage answer;
    answer.status = 200;
    answer.request = &asked;
    std::string const body =
        R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U",)"
        R"("x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","use":"sig"}]})";
    auto const digest = content_digest(body);
    EXPECT_EQ(digest, "sha-256=:CADMT2aBdV/rqQr/NIru64ERQkCobVvllA4V0fLFDu0=:");
    answer.fields = {{"content-digest", digest}};
    auto const base = signature_base(
        answer, list_of(R"(("@authority";req "content-digest");created=1735689600;expires=4889289600;keyid=")" +
                        std::string(ed_thumbprint) + R"(";tag="http-message-signatures-directory")"));
    ASSERT_TRUE(base);
    EXPECT_EQ(to_base64(ed_key().sign(as_bytes(*base))),
              "l6P8R67tm3kujAxbHWio7ll01qrEZ0dKD/WWlGhNYEmTnFZM8Wt0VQ9zqGfvo7T/UMkBxsigzChM1Gpz7gOVBg==");
}

// B.2.5: the base is right, and a shared secret is still no key that an agent may use.
TEST(KnownAnswers, HmacIsKnownAndRefused) {
    Letter letter;
    letter.headers = {
        {"Host", "example.com"}, {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"}, {"Content-Type", "application/json"}};
    auto const request = letter.request();
    auto const base = signature_base(
        message_of(request),
        list_of(R"(("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret")"));
    auto const secret =
        from_base64("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==");
    EXPECT_EQ(to_base64(crypto::hmac_sha256(*secret, as_bytes(*base))), "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
    auto const keys = key_set(R"({"kid":"s","kty":"oct","k":"c2VjcmV0"})");
    EXPECT_EQ(keys.find("s")->algorithm(), Algorithm::unsupported);
}

TEST(KnownAnswers, ComponentsWithParameters) {
    Letter letter = bot("x");
    letter.target = "/foo?param=Value&Pet=dog&two=1&two=2&sp=a%20b";
    letter.add("Example-Dict", "a=1, b=2;x=1;y=2, c=(a   b   c)").add("X-Lines", "a").add("X-Lines", " b ");
    auto const request = letter.request();
    auto const message = message_of(request);
    auto const value = [&](std::string const& component) {
        auto const base = signature_base(message, list_of('(' + component + ')'));
        if (!base) return std::string("none");
        return base->substr(component.size() + 2, base->find('\n') - component.size() - 2);
    };
    EXPECT_EQ(value(R"("example-dict";key="a")"), "1");
    EXPECT_EQ(value(R"("example-dict";key="b")"), "2;x=1;y=2");
    EXPECT_EQ(value(R"("example-dict";key="c")"), "(a b c)");
    EXPECT_EQ(value(R"("example-dict";key="d")"), "none");
    EXPECT_EQ(value(R"("x-lines";bs)"), ":YQ==:, :Yg==:");
    EXPECT_EQ(value(R"("@query-param";name="Pet")"), "dog");
    EXPECT_EQ(value(R"("@query-param";name="sp")"), "a%20b");
    EXPECT_EQ(value(R"("@query-param";name="two")"), "none");
    EXPECT_EQ(value(R"("@authority";req)"), "none");
}

TEST(KnownAnswers, KeysSayWhatTheyAreFor) {
    EXPECT_EQ(key_set(rsa_jwk(R"(,"alg":"RS256")")).find("rsa")->algorithm(), Algorithm::unsupported);
    EXPECT_EQ(key_set(rsa_jwk(R"(,"alg":"PS512")")).find("rsa")->algorithm(), Algorithm::rsa_pss_sha512);
    EXPECT_EQ(key_set(ec_jwk("a", R"(,"alg":"HS256")")).find("a")->algorithm(), Algorithm::unsupported);
    auto const bounded = key_set(ec_jwk("a", R"(,"nbf":1000,"exp":2000)")).all().front();
    EXPECT_FALSE(bounded.is_valid_at(from_micros(999'000'000)));
    EXPECT_TRUE(bounded.is_valid_at(from_micros(1'000'000'000)));
    EXPECT_FALSE(bounded.is_valid_at(from_micros(2'000'000'000)));
    auto const in_milliseconds = key_set(ec_jwk("a", R"(,"exp":1800000000000)")).all().front();
    EXPECT_TRUE(in_milliseconds.is_valid_at(Timestamp(std::chrono::seconds(1'799'999'999))));
    EXPECT_FALSE(in_milliseconds.is_valid_at(Timestamp(std::chrono::seconds(1'800'000'001))));
}

TEST(KnownAnswers, P384IsVerified) {
    // RFC 6979, appendix A.2.6: the key, and its signature of "sample" with SHA-384.
    auto const b64 = [](std::string_view hex) { return to_base64url(*from_hex(hex)); };
    auto const jwk =
        R"({"kid":"p","kty":"EC","crv":"P-384","x":")" +
        b64("ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13") +
        R"(","y":")" +
        b64("8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720") + "\"}";
    auto const keys = key_set(jwk);
    ASSERT_NE(keys.find("p"), nullptr);
    EXPECT_EQ(keys.find("p")->algorithm(), Algorithm::es384);
    auto const signature = *from_hex(
        "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46"
        "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8");
    EXPECT_TRUE(keys.find("p")->verify(as_bytes("sample"), signature));
    EXPECT_FALSE(keys.find("p")->verify(as_bytes("simple"), signature));
    EXPECT_FALSE(keys.find("p")->verify(as_bytes("sample"), ByteView(signature).first(64)));
}

}  // namespace
}  // namespace b2a::identity
