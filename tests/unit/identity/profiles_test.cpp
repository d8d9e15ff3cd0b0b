// SPDX-License-Identifier: Apache-2.0
// The profiles as data: what each takes for a signature, and for whose.
#include <gtest/gtest.h>

#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

struct Draft {
    std::string agent = R"(sig1="https://agent.example")";
    std::string input;  // after "sig1="
    std::string cover;  // lines of the base
    Signer signer = sign_ed;
};

std::string parameters(std::int64_t created, std::int64_t expires, std::string_view tag,
                       std::string_view keyid = ed_thumbprint, std::string_view more = "") {
    return ";created=" + std::to_string(created) + ";expires=" + std::to_string(expires) + ";keyid=\"" +
           std::string(keyid) + "\";tag=\"" + std::string(tag) + '"' + std::string(more);
}

struct Told {
    Claim claim;
    Verification proof;
};

/// Signs a GET of /b2a/v1/search?q=x with what `draft` says and reads it.
Told tell(Draft const& draft, VerifyOptions options = at(now_seconds)) {
    Letter letter;
    letter.method = "GET";
    letter.target = "/b2a/v1/search?q=x";
    if (!draft.agent.empty()) letter.add("Signature-Agent", draft.agent);
    auto const base = draft.cover + "\"@signature-params\": " + draft.input;
    letter.add("Signature-Input", "sig1=" + draft.input);
    letter.add("Signature", "sig1=:" + to_base64(draft.signer(base)) + ':');
    auto const request = letter.request();
    auto claims = read_claims(request, options);
    if (claims.list.empty()) {
        Told told;
        told.proof.verdict = claims.verdict;
        told.proof.detail = claims.detail;
        return told;
    }
    auto claim = claims.list.front();
    auto const keys = key_set(ed_jwk("ed") + ',' + ec_jwk("ec"));
    auto const* key = keys.find_thumbprint(claim.keyid);
    if (key == nullptr) key = keys.find("ed");
    auto proof = check(request, claim, *key, options);
    return {std::move(claim), std::move(proof)};
}

Draft bot(std::string agent, std::string component, std::string value, std::string extra_cover = "",
          std::string extra_lines = "") {
    Draft out;
    out.agent = std::move(agent);
    out.input =
        R"(("@authority" )" + component + extra_cover + ')' + parameters(now_seconds, now_seconds + 60, "web-bot-auth");
    out.cover = "\"@authority\": shop.example\n" + component + ": " + value + '\n' + extra_lines;
    return out;
}

Draft dictionary(std::string const& url, std::string const& more = "") {
    return bot("sig1=\"" + url + '"' + more, R"("signature-agent";key="sig1")", '"' + url + '"' + more);
}

TEST(WebBotAuth, TheDictionaryNamesTheAgent) {
    auto const told = tell(dictionary("https://Agent.Example"));
    EXPECT_EQ(told.proof.verdict, Verdict::verified) << told.proof.detail;
    EXPECT_EQ(told.proof.coverage, Coverage::minimum);
    EXPECT_EQ(told.claim.agent, "https://agent.example");
    EXPECT_EQ(told.claim.key_url, "https://agent.example/.well-known/http-message-signatures-directory");
}

TEST(WebBotAuth, AValueWithAPathIsTheKeySetItself) {
    auto const told = tell(dictionary("https://agent.example/keys.json?v=2"));
    EXPECT_EQ(told.claim.key_url, "https://agent.example/keys.json?v=2");
    EXPECT_EQ(told.claim.agent, "https://agent.example/keys.json");
}

TEST(WebBotAuth, TheTypeOfMeunier00IsRead) {
    auto told = tell(dictionary("https://agent.example", ";type=jwks_uri"));
    EXPECT_EQ(told.proof.verdict, Verdict::verified) << told.proof.detail;
    EXPECT_EQ(told.claim.key_url, "https://agent.example/");
    EXPECT_EQ(told.claim.agent, "https://agent.example");
    // A parameter that nobody knows makes the member as good as none.
    for (auto const* more : {";type=card", ";type=\"jwks_uri\"", ";x", ";type=jwks_uri;x"}) {
        told = tell(dictionary("https://agent.example", more));
        EXPECT_EQ(told.claim.agent, "") << more;
    }
    auto options = at(now_seconds);
    options.dialects.meunier_00 = false;
    EXPECT_EQ(tell(dictionary("https://agent.example", ";type=jwks_uri"), options).claim.agent, "");
}

TEST(WebBotAuth, TheBareStringIsRead) {
    auto const legacy = bot(R"("https://agent.example")", R"("signature-agent")", R"("https://agent.example")");
    auto told = tell(legacy);
    EXPECT_EQ(told.proof.verdict, Verdict::verified) << told.proof.detail;
    EXPECT_EQ(told.claim.agent, "https://agent.example");
    auto options = at(now_seconds);
    options.dialects.legacy = false;
    EXPECT_EQ(tell(legacy, options).claim.agent, "");
}

TEST(WebBotAuth, OnlyACoveredMemberIsMeant) {
    auto draft = bot(R"(sig1="https://agent.example")", R"("@method")", "GET");
    auto told = tell(draft);
    EXPECT_EQ(told.claim.agent, "") << "the field was perhaps added on the way";
    draft = bot(R"(a="https://a.example", b="https://b.example")", R"("signature-agent";key="b")",
                R"("https://b.example")");
    EXPECT_EQ(tell(draft).claim.agent, "https://b.example");
    draft = bot(R"(a="https://a.example", b="https://b.example")", R"("signature-agent")",
                R"(a="https://a.example", b="https://b.example")");
    EXPECT_EQ(tell(draft).proof.verdict, Verdict::invalid) << "which of them?";
    draft = bot(R"(a="https://a.example")", R"("signature-agent";key="c")", R"("https://a.example")");
    EXPECT_EQ(tell(draft).proof.verdict, Verdict::invalid);
}

TEST(WebBotAuth, TheAgentIsAnHttpsUrl) {
    for (auto const* url : {"http://agent.example", "http://127.0.0.1:9", "ftp://agent.example", "agent.example", "",
                            "https://user@agent.example", "https://2130706433", "data:application/json,{}"})
        EXPECT_EQ(tell(dictionary(url)).proof.verdict, Verdict::invalid) << url;
    auto options = at(now_seconds);
    options.loopback_http = true;
    EXPECT_EQ(tell(dictionary("http://127.0.0.1:9"), options).proof.verdict, Verdict::verified);
    EXPECT_EQ(tell(dictionary("http://agent.example"), options).proof.verdict, Verdict::invalid);
}

TEST(WebBotAuth, NeedsItsParametersAndItsWindow) {
    auto const with = [](std::string list) {
        auto draft = dictionary("https://agent.example");
        draft.input = R"(("@authority" "signature-agent";key="sig1"))" + std::move(list);
        return tell(draft).proof.verdict;
    };
    auto const day = 24 * 3600;
    EXPECT_EQ(with(parameters(now_seconds, now_seconds + day, "web-bot-auth")), Verdict::verified);
    EXPECT_EQ(with(parameters(now_seconds, now_seconds + day + 1, "web-bot-auth")), Verdict::invalid);
    EXPECT_EQ(with(parameters(now_seconds + 60, now_seconds + 70, "web-bot-auth")), Verdict::verified);
    EXPECT_EQ(with(parameters(now_seconds + 61, now_seconds + 70, "web-bot-auth")), Verdict::invalid);
    EXPECT_EQ(with(parameters(now_seconds - 90, now_seconds - 60, "web-bot-auth")), Verdict::verified);
    EXPECT_EQ(with(parameters(now_seconds - 90, now_seconds - 61, "web-bot-auth")), Verdict::invalid);
    EXPECT_EQ(with(parameters(now_seconds, now_seconds, "web-bot-auth")), Verdict::invalid);
    EXPECT_EQ(with(";keyid=\"" + std::string(ed_thumbprint) + "\";tag=\"web-bot-auth\""), Verdict::invalid);
}

TEST(WebBotAuth, TheKeyIdIsTheThumbprint) {
    auto draft = dictionary("https://agent.example");
    draft.input = R"(("@authority" "signature-agent";key="sig1"))" +
                  parameters(now_seconds, now_seconds + 60, "web-bot-auth", "ed");
    EXPECT_EQ(tell(draft).proof.verdict, Verdict::invalid);
    draft.input = R"(("@authority" "signature-agent";key="sig1"))" +
                  parameters(now_seconds, now_seconds + 60, "web-bot-auth", ec_thumbprint);
    EXPECT_EQ(tell(draft).proof.verdict, Verdict::invalid) << "an EC key's id, an Ed25519 signature";
    draft.signer = sign_ec;
    EXPECT_EQ(tell(draft).proof.verdict, Verdict::verified);
}

TEST(WebBotAuth, TheWholeRequestMayBeCovered) {
    auto const component = std::string(R"("signature-agent";key="sig1")");
    auto whole =
        bot(R"(sig1="https://agent.example")", component, R"("https://agent.example")",
            R"( "@method" "@path" "@query")", "\"@method\": GET\n\"@path\": /b2a/v1/search\n\"@query\": ?q=x\n");
    EXPECT_EQ(tell(whole).proof.coverage, Coverage::request);
    whole =
        bot(R"(sig1="https://agent.example")", component, R"("https://agent.example")", R"( "@method" "@target-uri")",
            "\"@method\": GET\n\"@target-uri\": https://shop.example/b2a/v1/search?q=x\n");
    EXPECT_EQ(tell(whole).proof.verdict, Verdict::verified);
    EXPECT_EQ(tell(whole).proof.coverage, Coverage::request);
}

Draft tap(std::string list, std::string_view tag = "agent-browser-auth") {
    Draft out;
    out.agent.clear();
    out.input = "(\"@authority\" \"@path\")" + std::move(list) + ";tag=\"" + std::string(tag) + '"';
    out.cover = "\"@authority\": shop.example\n\"@path\": /b2a/v1/search\n";
    return out;
}
std::string tap_list(std::int64_t width = 480, std::string_view alg = "ed25519") {
    return ";created=" + std::to_string(now_seconds) + ";expires=" + std::to_string(now_seconds + width) +
           ";keyid=\"ed\";alg=\"" + std::string(alg) + "\";nonce=\"n-1\"";
}

TEST(VisaTap, BothTagsAndEightMinutes) {
    for (auto const* tag : {"agent-browser-auth", "agent-payer-auth"}) {
        auto const told = tell(tap(tap_list(), tag));
        EXPECT_EQ(told.proof.verdict, Verdict::verified) << told.proof.detail;
        EXPECT_EQ(told.claim.profile, &visa_tap_profile);
        EXPECT_EQ(told.proof.coverage, Coverage::minimum);
        EXPECT_EQ(told.proof.nonce, "n-1");
        EXPECT_EQ(tell(tap(tap_list(481), tag)).proof.verdict, Verdict::invalid);
    }
    EXPECT_EQ(tell(tap(tap_list(60, "rsa-pss-sha256"))).proof.verdict, Verdict::invalid);
}

TEST(VisaTap, NeedsANonce) {
    auto const times = ";created=1800000000;expires=1800000100;keyid=\"ed\";alg=\"ed25519\"";
    EXPECT_EQ(tell(tap(times)).proof.verdict, Verdict::invalid);
    EXPECT_EQ(tell(tap(std::string(times) + ";nonce=\"\"")).proof.verdict, Verdict::invalid);
    EXPECT_EQ(tell(tap(std::string(times) + ";nonce=1")).proof.verdict, Verdict::invalid);
}

TEST(VisaTap, TakesSignatureInputAsItIsSent) {
    auto draft = tap("");
    draft.input =
        "(\"@authority\" \"@path\"); created=1800000000; expires=1800000100; keyId=\"ed\"; alg=\"ed25519\"; "
        "nonce=\"a, b\"; tag=\"agent-payer-auth\"";
    auto const told = tell(draft);
    EXPECT_EQ(told.proof.verdict, Verdict::verified) << told.proof.detail;
    EXPECT_EQ(told.claim.keyid, "ed");
    // The same liberties are malformed in any other profile.
    auto other = dictionary("https://agent.example");
    other.input = R"(("@authority" "signature-agent";key="sig1");created=1800000000;expires=1800000060;keyId=")" +
                  std::string(ed_thumbprint) + R"(";tag="web-bot-auth")";
    EXPECT_EQ(tell(other).proof.verdict, Verdict::malformed);
    // Spaces alone are no offence to RFC 8941, but there the base has none.
    other = dictionary("https://agent.example");
    other.input = R"(("@authority" "signature-agent";key="sig1"); created=1800000000; expires=1800000060; keyid=")" +
                  std::string(ed_thumbprint) + R"("; tag="web-bot-auth")";
    EXPECT_EQ(tell(other).proof.verdict, Verdict::invalid);
}

TEST(Profiles, OfTags) {
    EXPECT_EQ(profile_of_tag("web-bot-auth"), &web_bot_auth_profile);
    EXPECT_EQ(profile_of_tag("agent-payer-auth"), &visa_tap_profile);
    EXPECT_EQ(profile_of_tag(""), nullptr);
    EXPECT_EQ(profile_of_tag("Web-Bot-Auth"), nullptr);
}

TEST(Profiles, UrlsHaveOneSpelling) {
    EXPECT_EQ(normalized_url("https://Agent.Example:443/"), "https://agent.example");
    EXPECT_EQ(normalized_url("HTTPS://agent.example/P?q=1"), "https://agent.example/P");
    EXPECT_EQ(normalized_url("https://agent.example:8443"), "https://agent.example:8443");
    EXPECT_EQ(normalized_url("agent"), "");
}

}  // namespace
}  // namespace b2a::identity
