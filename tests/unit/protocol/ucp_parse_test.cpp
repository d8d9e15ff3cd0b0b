// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "protocol/ucp/parse_catalog.hpp"
#include "protocol/ucp/parse_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

constexpr auto version = current_version;

std::string golden_request(std::string const& name) {
    std::ifstream in(std::string(B2A_SOURCE_DIR) + "/tests/golden/ucp/2026-04-08/" + name);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

Result<domain::CheckoutContent> content_of(std::string body) {
    auto const request = test::json_request(std::move(body));
    auto created = parse_create(request.view(), version);
    if (!created) return std::move(created).error();
    return std::move(created->content);
}

TEST(UcpParse, CreateReadsAllThatAnAgentMaySet) {
    auto const content = content_of(golden_request("create.request.json"));
    ASSERT_TRUE(content.ok()) << content.error().detail;
    ASSERT_EQ(content->lines.size(), 2U);
    EXPECT_EQ(content->lines[0].variant_id, "demo-ok-1");
    EXPECT_EQ(content->lines[0].quantity, 2);
    EXPECT_EQ(content->lines[1].id, "li_2");
    EXPECT_EQ(content->buyer, (domain::Buyer{"Ada", "Lovelace", "ada@example.com", "+12025550100"}));
    EXPECT_EQ(content->context.country, "US");
    EXPECT_EQ(content->context.currency, "EUR");
    EXPECT_EQ(content->attribution.at("utm_source"), "agent");
    EXPECT_EQ(content->discount_codes, (std::vector<std::string>{"SAVE10", "FREESHIP"}));
    ASSERT_EQ(content->destinations.size(), 2U);
    EXPECT_EQ(content->destinations[0].id, "home");
    EXPECT_EQ(content->destinations[0].address.locality, "Springfield");
    EXPECT_EQ(content->destinations[1].id, "dest_1");
    EXPECT_EQ(content->selected_destination_id, "home");
    EXPECT_EQ(content->selected_option_id, "standard");
    ASSERT_EQ(content->instruments.size(), 1U);
    EXPECT_EQ(content->instruments[0].last_digits, "4242");
}

TEST(UcpParse, ServerOwnedAndUnknownFieldsAreTolerated) {
    auto const content = content_of(
        R"({"id":"x","status":"completed","currency":"JPY","totals":[{"type":"total","amount":1}],"order":{},
            "signals":{"dev.ucp.buyer_ip":"192.0.2.1"},"future":{"a":[1]},"context":{"eligibility":["com.example.x"]},
            "line_items":[{"item":{"id":"a","title":"T","price":1},"quantity":1,"totals":[]}],
            "fulfillment":{"methods":[{"type":"pickup","selected_destination_id":"store"},
                                      {"selected_destination_id":null,
                                       "groups":[{"id":"g","selected_option_id":null}]}]}})");
    ASSERT_TRUE(content.ok()) << content.error().detail;
    EXPECT_EQ(content->lines[0].variant_id, "a");
    EXPECT_TRUE(content->selected_destination_id.empty());
    EXPECT_TRUE(content->selected_option_id.empty());
}

TEST(UcpParse, TheLanguageFieldStandsInForTheContext) {
    auto request = test::json_request(R"({"line_items":[{"item":{"id":"a"},"quantity":1}]})");
    request.fields.emplace_back("Accept-Language", "fr-CA;q=0.9, en");
    EXPECT_EQ(parse_create(request.view(), version)->content.context.language, "fr-CA");
    request.body = R"({"line_items":[{"item":{"id":"a"},"quantity":1}],"context":{"language":"de"}})";
    EXPECT_EQ(parse_create(request.view(), version)->content.context.language, "de");
}

struct Bad {
    char const* body;
    char const* pointer;
};

class BadCheckout : public testing::TestWithParam<Bad> {};

TEST_P(BadCheckout, IsPointedAt) {
    auto const content = content_of(GetParam().body);
    ASSERT_FALSE(content.ok());
    EXPECT_EQ(content.error().code, Code::invalid_request);
    EXPECT_EQ(content.error().pointer, GetParam().pointer) << content.error().detail;
}

#define B2A_LINE R"("line_items":[{"item":{"id":"a"},"quantity":1}])"

INSTANTIATE_TEST_SUITE_P(
    Ucp, BadCheckout,
    testing::Values(Bad{"{}", "/line_items"}, Bad{R"({"line_items":[]})", "/line_items"},
                    Bad{R"({"line_items":{}})", "/line_items"}, Bad{R"({"line_items":[1]})", "/line_items/0"},
                    Bad{R"({"line_items":[{"quantity":1}]})", "/line_items/0/item"},
                    Bad{R"({"line_items":[{"item":{},"quantity":1}]})", "/line_items/0/item/id"},
                    Bad{R"({"line_items":[{"item":{"id":7},"quantity":1}]})", "/line_items/0/item/id"},
                    Bad{R"({"line_items":[{"item":{"id":"a"}}]})", "/line_items/0/quantity"},
                    Bad{R"({"line_items":[{"item":{"id":"a"},"quantity":0}]})", "/line_items/0/quantity"},
                    Bad{R"({"line_items":[{"item":{"id":"a"},"quantity":-1}]})", "/line_items/0/quantity"},
                    Bad{R"({"line_items":[{"item":{"id":"a"},"quantity":1.5}]})", "/line_items/0/quantity"},
                    Bad{R"({"line_items":[{"item":{"id":"a"},"quantity":"1"}]})", "/line_items/0/quantity"},
                    Bad{R"({"line_items":[{"item":{"id":"a"},"quantity":10001}]})", "/line_items/0/quantity"},
                    Bad{"{" B2A_LINE R"(,"buyer":{"email":1}})", "/buyer/email"},
                    Bad{"{" B2A_LINE R"(,"context":[]})", "/context"},
                    Bad{"{" B2A_LINE R"(,"discounts":{"codes":"SAVE10"}})", "/discounts/codes"},
                    Bad{"{" B2A_LINE R"(,"discounts":{"codes":["a","b","c","d","e","f","g","h","i","j","k"]}})",
                        "/discounts/codes"},
                    Bad{"{" B2A_LINE R"(,"attribution":{"a":1}})", "/attribution"},
                    Bad{"{" B2A_LINE R"(,"fulfillment":{"methods":[{"destinations":[{"postal_code":1}]}]}})",
                        "/fulfillment/methods/0/destinations/0/postal_code"},
                    Bad{"{" B2A_LINE R"(,"payment":{"instruments":[{"id":"i","type":"card"}]}})",
                        "/payment/instruments/0/handler_id"},
                    Bad{"[]", ""}, Bad{"null", ""}, Bad{"{", ""}, Bad{"", ""}, Bad{"{" B2A_LINE "," B2A_LINE "}", ""}));

TEST(UcpParse, LongTextsAndManyLinesAreRefused) {
    auto const line = std::string(R"({"item":{"id":"a"},"quantity":1})");
    auto many = line;
    for (int i = 0; i < 100; ++i) many += "," + line;
    EXPECT_EQ(content_of("{\"line_items\":[" + many + "]}").error().pointer, "/line_items");
    auto const long_id = std::string(256, 'x');
    EXPECT_EQ(content_of("{\"line_items\":[{\"item\":{\"id\":\"" + long_id + "\"},\"quantity\":1}]}").error().pointer,
              "/line_items/0/item/id");
}

TEST(UcpParse, OtherContentTypesAreRefusedAsSuch) {
    auto request = test::json_request("{}");
    request.fields.front().second = "application/x-www-form-urlencoded";
    EXPECT_EQ(parse_create(request.view(), version).error().code, Code::unsupported_media);
    request.fields.erase(request.fields.begin());
    EXPECT_EQ(parse_create(request.view(), version).error().code, Code::unsupported_media);
}

TEST(UcpParse, UnknownIdsAreNotFoundButBodiesAreJudgedFirst) {
    auto const good = test::json_request("{" B2A_LINE "}");
    EXPECT_EQ(parse_update(good.view(), "nonsense", version).error().code, Code::not_found);
    EXPECT_EQ(parse_update(test::json_request("{}").view(), "nonsense", version).error().code, Code::invalid_request);
    auto const id = CheckoutId{}.text();
    EXPECT_TRUE(parse_update(good.view(), id, version).ok());
    EXPECT_EQ(parse_cancel(test::RequestText{}.view(), "ord_x", version).error().code, Code::not_found);
}

TEST(UcpParse, CancelTakesNoBodyOrAnEmptyObject) {
    auto const id = CheckoutId{}.text();
    EXPECT_TRUE(parse_cancel(test::RequestText{}.view(), id, version).ok());
    EXPECT_TRUE(parse_cancel(test::json_request("{}").view(), id, version).ok());
    EXPECT_EQ(parse_cancel(test::json_request("{").view(), id, version).error().code, Code::invalid_request);
}

Result<service::CompleteCheckout> completion(std::string const& instruments) {
    auto const request = test::json_request(R"({"payment":{"instruments":)" + instruments + "}}");
    return parse_complete(request.view(), CheckoutId{}.text(), version);
}

TEST(UcpParse, CompleteTakesTheSelectedInstrument) {
    auto const command = completion(
        R"([{"id":"a","handler_id":"sandbox_card","type":"card","credential":{"type":"token","token":"t1"}},
            {"id":"b","handler_id":"sandbox_card","type":"card","selected":true,
             "credential":{"type":"token","token":"t2"}}])");
    ASSERT_TRUE(command.ok()) << command.error().detail;
    EXPECT_EQ(command->instrument.id, "b");
    EXPECT_EQ(command->credential_type, "token");
    EXPECT_EQ(command->credential, "t2");
    EXPECT_EQ(completion(R"([{"id":"a","handler_id":"h","type":"card","credential":{"type":"token","token":"t"}}])")
                  ->instrument.id,
              "a");
}

TEST(UcpParse, CardDataIsNotEvenRead) {
    auto const command = completion(
        R"([{"id":"a","handler_id":"h","type":"card",
             "credential":{"type":"card","number":"4242424242424242","token":"x"}}])");
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command->credential_type, "card");
    EXPECT_TRUE(command->credential.empty());
}

TEST(UcpParse, IncompletePaymentsArePointedAt) {
    auto const empty = test::json_request("{}");
    EXPECT_EQ(parse_complete(empty.view(), CheckoutId{}.text(), version).error().pointer, "/payment");
    EXPECT_EQ(completion("[]").error().pointer, "/payment/instruments");
    EXPECT_EQ(completion("1").error().pointer, "/payment/instruments");
    EXPECT_EQ(completion(R"([{"id":"a","handler_id":"h","type":"card"}])").error().pointer,
              "/payment/instruments/0/credential");
    auto const* without_token = R"([{"id":"a","handler_id":"h","type":"card","credential":{"type":"token"}}])";
    EXPECT_EQ(completion(without_token).error().pointer, "/payment/instruments/0/credential/token");
}

TEST(UcpParse, ASearchNeedsSomethingToLookFor) {
    for (auto const* body : {"{}", R"({"query":""})", R"({"filters":{}})", R"({"context":{"currency":"EUR"}})"})
        EXPECT_FALSE(parse_search(test::json_request(body).view(), version).ok()) << body;
    auto const command = parse_search(
        test::json_request(R"({"query":"tea","filters":{"categories":["a"],"price":{"min":1,"max":2},"other":true},
                              "pagination":{"cursor":"c","limit":5000},"context":{"currency":"EUR"}})")
            .view(),
        version);
    ASSERT_TRUE(command.ok()) << command.error().detail;
    EXPECT_EQ(command->query, "tea");
    EXPECT_EQ(command->filters.price.max, 2);
    EXPECT_EQ(command->limit, limits::page_size_max);
    EXPECT_EQ(command->cursor, "c");
    EXPECT_EQ(command->currency, "EUR");
    EXPECT_EQ(
        parse_search(test::json_request(R"({"query":"x","pagination":{"limit":0}})").view(), version).error().pointer,
        "/pagination/limit");
}

TEST(UcpParse, LookupDropsRepetitionsAndBoundsTheBatch) {
    auto const command = parse_lookup(test::json_request(R"({"ids":["a","b","a"]})").view(), version);
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command->ids, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(parse_lookup(test::json_request(R"({"ids":[]})").view(), version).error().pointer, "/ids");
    std::string many = "\"x\"";
    for (int i = 0; i < 100; ++i) many += ",\"" + std::to_string(i) + "\"";
    EXPECT_EQ(parse_lookup(test::json_request("{\"ids\":[" + many + "]}").view(), version).error().code,
              Code::payload_too_large);
}

TEST(UcpParse, ProductReadsSelections) {
    auto const command =
        parse_product(test::json_request(
                          R"({"id":"p","selected":[{"name":"color","label":"Blue","id":"7"}],"preferences":["color"]})")
                          .view(),
                      version);
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command->selected, (Selection{{"color", "Blue"}}));
    EXPECT_EQ(command->preferences, std::vector<std::string>{"color"});
    EXPECT_EQ(
        parse_product(test::json_request(R"({"id":"p","selected":[{"name":"c"}]})").view(), version).error().pointer,
        "/selected/0/label");
}

}  // namespace
}  // namespace b2a::protocol::ucp
