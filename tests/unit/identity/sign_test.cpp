// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

OwnKey own_key() {
    return {std::string(ec_thumbprint), Timestamp{}, std::nullopt, ec_key()};
}
KeySet const& our_keys() {
    static KeySet const keys = key_set(ec_jwk(ec_thumbprint));
    return keys;
}
Timestamp const now{std::chrono::seconds(now_seconds)};

web::OutboundRequest webhook() {
    web::OutboundRequest out;
    out.method = web::Method::post;
    out.url = "https://shop.example/hooks/orders?shop=1";
    out.headers = {{"Content-Type", "application/json"},
                   {"UCP-Agent", R"(profile="https://us.example/.well-known/ucp")"},
                   {"Webhook-Id", "w-1"},
                   {"Webhook-Timestamp", "1800000000"}};
    out.body = R"({"id":"order-1"})";
    return out;
}
std::vector<std::string_view> const webhook_cover{"ucp-agent", "webhook-id", "webhook-timestamp"};

/// As the receiver sees it.
Letter received(web::OutboundRequest const& sent, Fields const& fields, std::string target) {
    Letter out;
    out.method = web::to_text(sent.method);
    out.target = std::move(target);
    for (auto const& [name, value] : sent.headers) out.add(name, value);
    for (auto const& [name, value] : fields) out.add(name, value);
    out.body = sent.body;
    return out;
}

std::string field(Fields const& fields, std::string_view name) {
    for (auto const& [key, value] : fields)
        if (key == name) return value;
    return {};
}

TEST(Sign, WhatWeSignVerifies) {
    auto const sent = webhook();
    auto const fields = sign(sent, webhook_cover, own_key(), now);
    ASSERT_EQ(fields.size(), 3U);
    EXPECT_EQ(field(fields, "Content-Digest"), content_digest(sent.body));
    EXPECT_EQ(field(fields, "Signature-Input"),
              "sig1=(\"@method\" \"@authority\" \"@path\" \"@query\" \"ucp-agent\" \"webhook-id\" "
              "\"webhook-timestamp\" \"content-digest\" \"content-type\");created=1800000000;keyid=\"" +
                  std::string(ec_thumbprint) + '"');
    auto const letter = received(sent, fields, "/hooks/orders?shop=1");
    auto const verification = judge(letter, our_keys());
    EXPECT_EQ(verification.verdict, Verdict::verified) << verification.detail;
    EXPECT_EQ(verification.label, "sig1");
    EXPECT_EQ(verification.thumbprint, ec_thumbprint);
}

TEST(Sign, WhatIsCoveredIsBound) {
    auto const sent = webhook();
    auto const letter = received(sent, sign(sent, webhook_cover, own_key(), now), "/hooks/orders?shop=1");
    for (auto const* name : {"UCP-Agent", "Webhook-Id", "Webhook-Timestamp", "Content-Type"}) {
        auto changed = letter;
        EXPECT_EQ(judge(changed.set(name, "other"), our_keys()).verdict, Verdict::invalid) << name;
    }
    auto changed = letter;
    changed.body = R"({"id":"order-2"})";
    EXPECT_EQ(judge(changed, our_keys()).verdict, Verdict::digest_mismatch);
}

TEST(Sign, WithoutBodyAndQueryThereIsLessToCover) {
    web::OutboundRequest sent;
    sent.url = "https://shop.example";
    auto const fields = sign(sent, {}, own_key(), now);
    EXPECT_EQ(field(fields, "Content-Digest"), "");
    EXPECT_EQ(
        field(fields, "Signature-Input"),
        "sig1=(\"@method\" \"@authority\" \"@path\");created=1800000000;keyid=\"" + std::string(ec_thumbprint) + '"');
    EXPECT_EQ(judge(received(sent, fields, "/"), our_keys()).verdict, Verdict::verified);
}

TEST(Sign, UrlsAreReadAsTheOtherSideReadsThem) {
    struct Case {
        char const* url;
        char const* target;
    };
    for (auto const& one : {Case{"https://shop.example/", "/"}, Case{"https://SHOP.Example/a", "/a"},
                            Case{"HTTPS://shop.example:443/a%2fb", "/a%2fb"}, Case{"https://shop.example?x=1", "/?x=1"},
                            Case{"https://shop.example/a?", "/a?"}, Case{"https://shop.example/a?b=c?d", "/a?b=c?d"}}) {
        web::OutboundRequest sent;
        sent.url = one.url;
        auto const fields = sign(sent, {}, own_key(), now);
        auto const verification = judge(received(sent, fields, one.target), our_keys());
        EXPECT_EQ(verification.verdict, Verdict::verified) << one.url << ' ' << verification.detail;
    }
}

TEST(Sign, OtherPortsAndPlainHttpAreKept) {
    auto const check = [](std::string const& url, std::string const& authority, bool secure) {
        web::OutboundRequest sent;
        sent.url = url;
        auto letter = received(sent, sign(sent, {}, own_key(), now), "/a");
        letter.secure = secure;
        letter.set("Host", authority);
        auto options = at(now_seconds);
        options.authorities = {authority};
        return judge(letter, our_keys(), options).verdict;
    };
    EXPECT_EQ(check("https://shop.example:8443/a", "shop.example:8443", true), Verdict::verified);
    EXPECT_EQ(check("https://shop.example:80/a", "shop.example:80", true), Verdict::verified);
    EXPECT_EQ(check("http://127.0.0.1:8080/a", "127.0.0.1:8080", false), Verdict::verified);
    EXPECT_EQ(check("http://127.0.0.1:80/a", "127.0.0.1", false), Verdict::verified);
    EXPECT_EQ(check("https://[2001:db8::1]/a", "[2001:db8::1]", true), Verdict::verified);
    EXPECT_EQ(check("https://shop.example:8443/a", "shop.example", true), Verdict::invalid);
}

TEST(Sign, TimesAreFloored) {
    auto const fields = sign(webhook(), webhook_cover, own_key(), now + std::chrono::microseconds(999'999));
    EXPECT_NE(field(fields, "Signature-Input").find(";created=1800000000;"), std::string::npos);
}

TEST(Sign, AnswersCoverStatusAndBody) {
    web::Response response;
    response.status = 201;
    response.content_type = web::json_type;
    response.body = R"({"id":"checkout-1"})";
    auto const fields = sign(response, own_key(), now);
    auto const parameters = "(\"@status\" \"content-digest\" \"content-type\");created=1800000000;keyid=\"" +
                            std::string(ec_thumbprint) + '"';
    EXPECT_EQ(field(fields, "Signature-Input"), "sig1=" + parameters);
    EXPECT_EQ(field(fields, "Content-Digest"), content_digest(response.body));
    auto const base = "\"@status\": 201\n\"content-digest\": " + content_digest(response.body) +
                      "\n\"content-type\": application/json\n\"@signature-params\": " + parameters;
    auto const text = field(fields, "Signature");
    ASSERT_TRUE(text.starts_with("sig1=:") && text.ends_with(':'));
    auto const signature = from_base64(std::string_view(text).substr(6, text.size() - 7));
    ASSERT_TRUE(signature);
    EXPECT_TRUE(our_keys().find(ec_thumbprint)->verify(as_bytes(base), *signature));
}

TEST(Sign, AnswersWithoutBodyCoverTheStatus) {
    web::Response response;
    response.status = 204;
    auto const fields = sign(response, own_key(), now);
    EXPECT_EQ(field(fields, "Content-Digest"), "");
    EXPECT_EQ(field(fields, "Signature-Input"),
              "sig1=(\"@status\");created=1800000000;keyid=\"" + std::string(ec_thumbprint) + '"');
}

TEST(SignDeathTest, WhatCannotBeSignedIsAMistakeOfOurs) {
    EXPECT_DEATH(sign(webhook(), {"x-absent"}, own_key(), now), "assertion failed");
}

RC_GTEST_PROP(Sign, AnyBodyAndFieldComeThrough, (std::string const& body, std::string const& any)) {
    std::string value;
    for (char const c : any)
        if (c >= 0x21 && c <= 0x7e) value += c;
    auto sent = webhook();
    sent.body = body;
    sent.headers[2].second = value;
    auto const letter = received(sent, sign(sent, webhook_cover, own_key(), now), "/hooks/orders?shop=1");
    RC_ASSERT(judge(letter, our_keys()).verdict == Verdict::verified);
}

}  // namespace
}  // namespace b2a::identity
