// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/encoding.hpp"

#include "protocol/ucp/permalink.hpp"
#include "shop.hpp"

namespace b2a::protocol::ucp {
namespace {

using web::Method;

std::optional<Permalink> parse(std::string const& items, std::string const& query = {}) {
    return parse_permalink(items, query);
}

TEST(Permalink, ItemsAreVariantsAndQuantities) {
    auto const link = parse("hoodie-black-m:2,a.B_c-9:10000,~" + to_base64url(as_bytes("café:2,x")) + ":1");
    ASSERT_TRUE(link);
    ASSERT_EQ(link->content.lines.size(), 3U);
    EXPECT_EQ(link->content.lines[0].variant_id, "hoodie-black-m");
    EXPECT_EQ(link->content.lines[0].quantity, 2);
    EXPECT_EQ(link->content.lines[1].quantity, 10'000);
    EXPECT_EQ(link->content.lines[2].variant_id, "café:2,x");
}

TEST(Permalink, MalformedItemsAreNoLink) {
    for (auto const* items :
         {"",     ",",     "a",        "a:",      ":1",      "a:0",   "a:01",    "a:-1",
          "a:+1", "a:1.0", "a:1e3",    "a: 1",    "a:1 ",    "a:x",   "a:10001", "a:99999999999999999999",
          "a:1,", ",a:1",  "a:1,,b:1", "a:1;b:1", "a b:1",   "a/b:1", "a%20b:1", "caf\xc3\xa9:1",
          "a:1:", "~:1",   "~!!:1",    "~YQ=:1",  "~YQ==:1", "~_w:1", "a~b:1",   "a*:1"})
        EXPECT_FALSE(parse(items)) << items;
    EXPECT_FALSE(parse(std::string(256, 'a') + ":1"));
    std::string many = "a:1";
    for (std::size_t i = 1; i < limits::checkout_lines_max; ++i) many += ",a:1";
    EXPECT_TRUE(parse(many));
    EXPECT_FALSE(parse(many + ",a:1"));
}

TEST(Permalink, PointersFillTheCheckout) {
    auto const link = parse("a:1",
                            "buyer/email=ada%40example.com&buyer%2Ffirst_name=Ada&context/address_country=US&"
                            "context/currency=EUR&discounts/codes/1=SECOND&discounts/codes/0=FIRST&"
                            "attribution/utm_source=mail&attribution/a~1b~0c=d");
    ASSERT_TRUE(link);
    auto const& content = link->content;
    EXPECT_EQ(content.buyer.email, "ada@example.com");
    EXPECT_EQ(content.buyer.first_name, "Ada");
    EXPECT_EQ(content.context.country, "US");
    EXPECT_EQ(content.context.currency, "EUR");
    EXPECT_EQ(content.discount_codes, (std::vector<std::string>{"FIRST", "SECOND"}));
    EXPECT_EQ(content.attribution, (std::map<std::string, std::string>{{"utm_source", "mail"}, {"a/b~c", "d"}}));
    EXPECT_TRUE(link->rest.empty());
    EXPECT_TRUE(link->continue_to.empty());
}

TEST(Permalink, WhatTheBusinessOwnsHasNoEffect) {
    auto const link = parse("a:1",
                            "line_items/0/quantity=99&payment/instruments/0/credential/token=t&"
                            "fulfillment/methods/0/type=pickup&buyer/consent/marketing=true");
    ASSERT_TRUE(link);
    EXPECT_EQ(link->content.lines.size(), 1U);
    EXPECT_EQ(link->content.lines[0].quantity, 1);
    EXPECT_TRUE(link->content.instruments.empty());
    EXPECT_TRUE(link->content.methods.empty());
    EXPECT_EQ(link->content.buyer, domain::Buyer{});
    EXPECT_TRUE(link->rest.empty());
}

TEST(Permalink, AmbiguousOrOversizedQueriesAreNoLink) {
    for (auto const& query : {std::string("buyer/email=a&buyer/email=b"),
                              std::string("buyer/email=a&buyer%2Femail=b"),
                              std::string("discounts/codes/0=A&discounts/codes/0=B"),
                              std::string("discounts/codes/00=A"),
                              std::string("discounts/codes/-0=A"),
                              std::string("discounts/codes/-1=A"),
                              std::string("discounts/codes/-=A"),
                              std::string("discounts/codes/=A"),
                              std::string("discounts/codes/x=A"),
                              std::string("discounts/codes/10=A"),
                              std::string("discounts/codes/99999999999999999999=A"),
                              std::string("attribution/=a"),
                              std::string("attribution/a/b=c"),
                              std::string("attribution/a~2=c"),
                              std::string("attribution/a~=c"),
                              std::string("continue_to=/a&continue_to=/b"),
                              std::string("a=%zz"),
                              std::string("a=%00"),
                              std::string("buyer/email=%ff"),
                              "buyer/email=" + std::string(257, 'a'),
                              "attribution/a=" + std::string(257, 'a'),
                              "attribution/" + std::string(257, 'a') + "=x"})
        EXPECT_FALSE(parse("a:1", query)) << query;
    std::string many;
    for (std::size_t i = 0; i <= limits::attribution_entries_max; ++i)
        many += "&attribution/k" + std::to_string(i) + "=v";
    EXPECT_FALSE(parse("a:1", many.substr(1)));
}

TEST(Permalink, OtherParametersArePreservedAndSecretsAreNot) {
    auto const link = parse("a:1", "utm=x&utm=y&gclid=" + std::string(2000, 'g') +
                                       "&token=s&ACCESS_TOKEN=s&code=s&state=s&signature=s&api_key=s&"
                                       "buyers=1&to%6Ben=s");
    ASSERT_TRUE(link);
    ASSERT_EQ(link->rest.size(), 4U);
    EXPECT_EQ(link->rest[0], (std::pair<std::string, std::string>("utm", "x")));
    EXPECT_EQ(link->rest[1], (std::pair<std::string, std::string>("utm", "y")));
    EXPECT_EQ(link->rest[2].second.size(), 2000U);
    EXPECT_EQ(link->rest[3].first, "buyers");
}

TEST(Permalink, ContinueToStaysOnThisSite) {
    for (auto const* path : {"/", "/a/b?c=d", "/%2525", "/a#b", "/..%2F"})
        EXPECT_TRUE(parse("a:1", "continue_to=" + web::percent_encode(path))) << path;
    for (auto const* target : {"",
                               "evil",
                               "//evil.example",
                               "/\\evil.example",
                               "\\\\evil.example",
                               "https://evil.example/",
                               "javascript:alert(1)",
                               "data:text/html,x",
                               " /a",
                               "/ a",
                               "/a\tb",
                               "/\t/evil.example",
                               "/a\nLocation: x",
                               "/a\r",
                               "/\x7f",
                               "/caf\xc3\xa9",
                               "/a\\b",
                               "http:/evil.example",
                               "%2F%2Fevil.example",
                               "@evil.example",
                               "?//evil.example"})
        EXPECT_FALSE(parse("a:1", "continue_to=" + web::percent_encode(target))) << target;
    EXPECT_FALSE(parse("a:1", "continue_to=//evil.example"));
    EXPECT_FALSE(parse("a:1", "continue_to=/%5Cevil.example"));
    EXPECT_FALSE(parse("a:1", "continue_to=%252F%252Fevil.example"));  // decoded once, and then no path
}

class FollowPermalink : public testing::Test {
  protected:
    test::Shop shop_;

    web::Response follow(std::string const& rest) { return shop_.get("/ucp/permalink/" + rest); }
};

TEST_F(FollowPermalink, LeadsToThePageOfANewCheckout) {
    auto const response = follow("hoodie-black-m:1,voucher:2?buyer/email=ada%40example.com&ref=a%20b&token=secret");
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(test::header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(test::header(response, "Referrer-Policy"), "no-referrer");
    EXPECT_FALSE(test::header(response, "Audit-Entry").empty());
    EXPECT_TRUE(response.body.empty());
    auto const location = test::header(response, "Location");
    ASSERT_TRUE(location.starts_with("https://shop.example/checkout/chk_")) << location;
    EXPECT_TRUE(location.ends_with("?ref=a%20b")) << location;
    auto const page = shop_.get(location.substr(std::string_view("https://shop.example").size(), 40));
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Fjord Hoodie"), std::string::npos);
}

TEST_F(FollowPermalink, WhatIsAppendedGoesBeforeTheFragment) {
    auto const location = test::header(follow("honey:1?continue_to=%2Fcart%3Fa%3Db%23top&ref=x"), "Location");
    EXPECT_TRUE(location.starts_with("https://shop.example/cart?a=b&checkout=chk_")) << location;
    EXPECT_TRUE(location.ends_with("&ref=x#top")) << location;
    EXPECT_TRUE(test::header(follow("honey:1?continue_to=%2Fcart"), "Location")
                    .starts_with("https://shop.example/cart?checkout=chk_"));
}

TEST_F(FollowPermalink, WhatCannotBeFollowedIsAPageForPeople) {
    for (auto const& [target, status] :
         {std::pair("honey:0", 400), std::pair("honey:1?continue_to=//evil.example", 400), std::pair("nothing:1", 404),
          std::pair("museum:1", 404), std::pair("hoodie-black-s:1", 404), std::pair("honey:1000", 404)}) {
        auto const response = follow(target);
        EXPECT_EQ(response.status, status) << target;
        EXPECT_EQ(response.content_type, web::html_type) << target;
        EXPECT_FALSE(test::header(response, "Content-Security-Policy").empty()) << target;
        EXPECT_TRUE(test::header(response, "Location").empty()) << target;
    }
}

TEST_F(FollowPermalink, NobodyComesBackToItOverAProtocol) {
    auto const location = test::header(follow("honey:1"), "Location");
    auto const id = location.substr(location.rfind('/') + 1);
    for (auto const version : all_versions) {
        auto const seen = shop_.ucp(version, Method::get, "/checkout-sessions/" + id);
        EXPECT_EQ(test::parsed(seen.body)["messages"][0]["code"], "not_found");
    }
    test::Shop::Fields const posing{{"UCP-Agent", test::agent_field("permalink:visitor")}};
    EXPECT_EQ(shop_.get("/ucp/v1/checkout-sessions/" + id, posing).status, 400);
}

}  // namespace
}  // namespace b2a::protocol::ucp
