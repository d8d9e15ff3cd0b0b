// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/message.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/bytes.hpp"
#include "b2a/base/encoding.hpp"

using namespace std::string_literals;

namespace b2a::web {
namespace {

Request with(std::string_view name, std::string_view value) {
    Request request;
    request.headers.add(name, value);
    return request;
}

TEST(Headers, FindIgnoresCaseAndReturnsTheFirst) {
    Headers headers;
    headers.add("X-One", "a");
    headers.add("x-one", "b");
    EXPECT_EQ(headers.find("X-ONE"), "a");
    EXPECT_EQ(headers.count("x-One"), 2U);
    EXPECT_EQ(headers.find("x-two"), std::nullopt);
    headers.clear();
    EXPECT_EQ(headers.count("x-one"), 0U);
}

TEST(PercentDecode, AcceptsEscapesAndKeepsPlus) {
    EXPECT_EQ(percent_decode("a%20b+c"), "a b+c");
    EXPECT_EQ(percent_decode("%e2%82%AC"), "€");
    EXPECT_EQ(percent_decode("%2F"), "/");
    EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, RefusesBadEscapesNulAndForeignBytes) {
    for (auto const bad : {"%", "%4", "a%4", "%zz", "%4g", "%00", "a%00b", "%ff", "%c0%af", "%ed%a0%80", "%%41"})
        EXPECT_EQ(percent_decode(bad), std::nullopt) << bad;
    EXPECT_EQ(percent_decode("a\0b"s), std::nullopt);
    EXPECT_EQ(percent_decode("\xff"), std::nullopt);
}

RC_GTEST_PROP(PercentEncode, RoundTripsEveryText, (std::string const& text)) {
    auto const encoded = percent_encode(text);
    RC_ASSERT(encoded.find_first_of("/?#& ") == std::string::npos);
    auto const usable = is_utf8(text) && text.find('\0') == std::string::npos;
    RC_ASSERT(percent_decode(encoded) == (usable ? std::optional(text) : std::nullopt));
}

TEST(Query, ValuesInOrderAndDecoded) {
    EXPECT_EQ(query_values("a=1&b=2&a=%33&%61=4", "a"), (std::vector<std::string>{"1", "3", "4"}));
    EXPECT_EQ(query_value("x&y=", "x"), "");
    EXPECT_EQ(query_value("x&y=", "y"), "");
    EXPECT_EQ(query_value("y=a=b", "y"), "a=b");
    EXPECT_EQ(query_value("", ""), std::nullopt);
    EXPECT_EQ(query_value("a=%zz&a=1", "a"), "1");
}

TEST(Query, PairsFailOnAnyMalformedPart) {
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(query_pairs("b=1&&a=%20"), (Pairs{{"b", "1"}, {"a", " "}}));
    EXPECT_EQ(query_pairs(""), Pairs{});
    EXPECT_EQ(query_pairs("a=1&b=%"), std::nullopt);
    EXPECT_EQ(query_pairs("%=1"), std::nullopt);
}

TEST(JsonContent, RecognisesTheTypeAndTheSuffix) {
    EXPECT_TRUE(has_json_content(with("Content-Type", "application/json")));
    EXPECT_TRUE(has_json_content(with("content-type", "Application/JSON; charset=utf-8")));
    EXPECT_TRUE(has_json_content(with("content-type", "application/merge-patch+json")));
    EXPECT_FALSE(has_json_content(with("content-type", "text/plain")));
    EXPECT_FALSE(has_json_content(with("content-type", "+json")));
    EXPECT_FALSE(has_json_content(with("content-type", "text/plain; a=application/json")));
    EXPECT_FALSE(has_json_content(Request{}));
}

TEST(Negotiate, FollowsQualityAndSpecificity) {
    auto const choose = [](std::string_view accept) {
        return negotiate(with("accept", accept), {json_type, json_ld_type, html_type});
    };
    EXPECT_EQ(negotiate(Request{}, {json_type, html_type}), json_type);
    EXPECT_EQ(choose(""), json_type);
    EXPECT_EQ(choose("*/*"), json_type);
    EXPECT_EQ(choose("application/ld+json"), json_ld_type);
    EXPECT_EQ(choose("text/*"), html_type);
    EXPECT_EQ(choose("TEXT/HTML, application/json;q=0.9"), html_type);
    EXPECT_EQ(choose("application/json;q=0.1, application/ld+json;q=0.2"), json_ld_type);
    EXPECT_EQ(choose("application/*;q=0.5, application/json;q=0"), json_ld_type);
    EXPECT_EQ(choose("*/*, application/json;q=0"), json_ld_type);
    EXPECT_EQ(choose("image/png"), "");
    EXPECT_EQ(choose("application/json;q=0"), "");
    EXPECT_EQ(choose("application/json;q=high, text/html;q=0.001"), html_type);
}

TEST(Negotiate, JoinsRepeatedFields) {
    auto request = with("Accept", "image/png");
    request.headers.add("accept", "text/html");
    EXPECT_EQ(negotiate(request, {json_type, html_type}), html_type);
}

TEST(Method, HasItsWireText) {
    EXPECT_EQ(to_text(Method::del), "DELETE");
    EXPECT_EQ(to_text(Method::patch), "PATCH");
}

TEST(Response, ClearsEverything) {
    Response response;
    response.status = 404;
    response.body = "x";
    response.header("A", "b");
    response.error_code = "e";
    response.clear();
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(response.body.empty() && response.headers.empty() && response.error_code.empty());
}

}  // namespace
}  // namespace b2a::web
