// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "protocol/ucp/parse_catalog.hpp"
#include "protocol/ucp/parse_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

constexpr auto old_version = Version::v2026_04_08;
constexpr auto current = Version::v2026_08_25;

std::string directory(Version version) {
    return "ucp/" + std::string(to_text(version)) + '/';
}

/// A body together with what it is read by, as long as a test needs them.
class Sent {
  public:
    explicit Sent(std::string const& body, Version version = current) :
        Sent(body, Terms(version, all_of(version), {})) {}
    Sent(std::string const& body, Terms terms, std::string language = {}) :
        terms_(std::move(terms)), language_(std::move(language)) {
        auto root = document_.parse(body);
        EXPECT_TRUE(root.ok()) << body;
        if (root) body_ = *root;
    }
    [[nodiscard]] Payload payload() const { return {body_, terms_, language_}; }
    [[nodiscard]] json::View body() const { return body_; }

  private:
    json::Document document_;
    json::View body_;
    Terms terms_;
    std::string language_;
};

Terms terms_with(Version version, std::initializer_list<Capability> capabilities) {
    CapabilitySet active;
    for (auto const capability : capabilities) active.set(index_of(capability));
    return {version, active, {}};
}

Result<domain::CheckoutContent> content_of(std::string const& body, Version version = current) {
    auto created = parse_create_checkout(Sent(body, version).payload());
    if (!created) return std::move(created).error();
    return std::move(created->content);
}

class BothVersions : public testing::TestWithParam<Version> {};

std::string version_name(testing::TestParamInfo<Version> const& info) {
    std::string out(to_text(info.param));
    std::erase(out, '-');
    return out;
}
INSTANTIATE_TEST_SUITE_P(Ucp, BothVersions, testing::ValuesIn(all_versions), version_name);

TEST_P(BothVersions, CreateReadsAllThatAnAgentMaySet) {
    auto const content = content_of(test::golden(directory(GetParam()) + "create.request.json"), GetParam());
    ASSERT_TRUE(content.ok()) << content.error().detail;
    ASSERT_EQ(content->lines.size(), 2U);
    EXPECT_EQ(content->lines[0].variant_id, "demo-ok-1");
    EXPECT_EQ(content->lines[0].quantity, 2);
    EXPECT_EQ(content->lines[1].id, "li_2");
    EXPECT_EQ(content->buyer,
              (domain::Buyer{"Ada",
                             "Lovelace",
                             "ada@example.com",
                             "+12025550100",
                             {{"dev.ucp.consent.analytics", false}, {"dev.ucp.consent.marketing", true}}}));
    EXPECT_EQ(content->context.country, "US");
    EXPECT_EQ(content->context.currency, "EUR");
    EXPECT_EQ(content->context.eligibility, std::vector<std::string>{"com.example.loyalty_gold"});
    EXPECT_EQ(content->attribution.at("utm_source"), "agent");
    EXPECT_EQ(content->discount_codes, (std::vector<std::string>{"SAVE10", "FREESHIP"}));
    ASSERT_EQ(content->methods.size(), 1U);
    auto const& method = content->methods[0];
    EXPECT_EQ(method.kind, domain::FulfillmentKind::shipping);
    ASSERT_EQ(method.destinations.size(), 2U);
    EXPECT_EQ(method.destinations[0].id, "home");
    EXPECT_EQ(method.destinations[0].address.locality, "Springfield");
    EXPECT_EQ(method.destinations[1].id, "dest_1");
    EXPECT_EQ(method.selected_destination_id, "home");
    EXPECT_EQ(method.selected_option_id, "standard");
    ASSERT_EQ(content->instruments.size(), 1U);
    EXPECT_EQ(content->instruments[0].last_digits, "4242");
}

TEST_P(BothVersions, UpdateReadsMethodsOfBothKinds) {
    auto const id = CheckoutId{}.text();
    Sent const sent(test::golden(directory(GetParam()) + "update.request.json"), GetParam());
    auto const command = parse_update_checkout(sent.payload(), id);
    ASSERT_TRUE(command.ok()) << command.error().detail;
    EXPECT_EQ(command->id, CheckoutId{});
    ASSERT_EQ(command->content.methods.size(), 2U);
    auto const& shipping = command->content.methods[0];
    EXPECT_EQ(shipping.id, "shipping");
    EXPECT_EQ(shipping.kind, domain::FulfillmentKind::shipping);
    EXPECT_EQ(shipping.line_ids, std::vector<std::string>{"li_1"});
    auto const& pickup = command->content.methods[1];
    EXPECT_EQ(pickup.kind, domain::FulfillmentKind::pickup);
    EXPECT_EQ(pickup.line_ids, std::vector<std::string>{"li_2"});
    EXPECT_EQ(pickup.selected_destination_id, "oslo");
    EXPECT_EQ(pickup.selected_option_id, "pickup");
    EXPECT_TRUE(pickup.destinations.empty()) << "the brand's locations are not writable";
}

TEST_P(BothVersions, CompleteReadsTheInstrument) {
    Sent const sent(test::golden(directory(GetParam()) + "complete.request.json"), GetParam());
    auto const command = parse_complete_checkout(sent.payload(), CheckoutId{}.text());
    ASSERT_TRUE(command.ok()) << command.error().detail;
    EXPECT_EQ(command->instrument, (domain::Instrument{"pi_1", "sandbox_card", "card", true, "visa", "4242"}));
    EXPECT_EQ(command->credential_type, "token");
    EXPECT_EQ(command->credential, "tok_ok");
    // The last word on consent comes with the purchase in the newer version only.
    EXPECT_EQ(command->consent.size(), GetParam() == old_version ? 0U : 1U);
}

TEST_P(BothVersions, ServerOwnedAndUnknownFieldsAreTolerated) {
    auto const content = content_of(
        R"({"id":"x","status":"completed","currency":"JPY","totals":[{"type":"total","amount":1}],"order":{},
            "signals":{"dev.ucp.buyer_ip":"192.0.2.1"},"future":{"a":[1]},"context":{"eligibility":["com.example.x"]},
            "line_items":[{"item":{"id":"a","title":"T","price":1},"quantity":1,"totals":[]}],
            "fulfillment":{"methods":[{"type":"pickup","selected_destination_id":"store"},
                                      {"selected_destination_id":null,
                                       "groups":[{"id":"g","selected_option_id":null}]}]}})",
        GetParam());
    ASSERT_TRUE(content.ok()) << content.error().detail;
    EXPECT_EQ(content->lines[0].variant_id, "a");
    ASSERT_EQ(content->methods.size(), 2U);
    EXPECT_EQ(content->methods[0].selected_destination_id, "store");
    EXPECT_EQ(content->methods[1].kind, domain::FulfillmentKind::shipping);
    EXPECT_TRUE(content->methods[1].selected_destination_id.empty());
    EXPECT_TRUE(content->methods[1].selected_option_id.empty());
}

TEST(UcpParse, ADestinationsIdIsNeverTakenTwice) {
    auto const content = content_of(
        R"({"line_items":[{"item":{"id":"a"},"quantity":1}],"fulfillment":{"methods":[{"type":"shipping",
            "destinations":[{"postal_code":"1"},{"id":"dest_1","postal_code":"2"},{"postal_code":"3"}]}]}})");
    ASSERT_TRUE(content.ok());
    auto const& destinations = content->methods[0].destinations;
    EXPECT_EQ(destinations[0].id, "dest_2");
    EXPECT_EQ(destinations[1].id, "dest_1");
    EXPECT_EQ(destinations[2].id, "dest_3");
}

TEST(UcpParse, MembersOfExtensionsThatWereNotAgreedOnAreNotRead) {
    for (auto const version : all_versions) {
        Sent const sent(test::golden(directory(version) + "create.request.json"),
                        terms_with(version, {Capability::checkout}));
        auto const command = parse_create_checkout(sent.payload());
        ASSERT_TRUE(command.ok()) << command.error().detail;
        EXPECT_TRUE(command->content.methods.empty());
        EXPECT_TRUE(command->content.discount_codes.empty());
        EXPECT_TRUE(command->content.buyer.consent.empty());
        EXPECT_EQ(command->content.buyer.first_name, "Ada");
        EXPECT_TRUE(command->subscription.target.empty());
    }
}

TEST(UcpParse, TheLanguageFieldStandsInForTheContext) {
    auto const terms = Terms(current, all_of(current), {});
    Sent const silent(R"({"line_items":[{"item":{"id":"a"},"quantity":1}]})", terms, "fr-CA");
    EXPECT_EQ(parse_create_checkout(silent.payload())->content.context.language, "fr-CA");
    Sent const spoken(R"({"line_items":[{"item":{"id":"a"},"quantity":1}],"context":{"language":"de"}})", terms,
                      "fr-CA");
    EXPECT_EQ(parse_create_checkout(spoken.payload())->content.context.language, "de");
}

TEST(UcpParse, WhoHearsOfTheOrderIsSaidByTheTerms) {
    for (auto const version : all_versions) {
        Terms terms(version, all_of(version), {});
        terms.webhook_url = "https://agent.example/h";
        auto const body = std::string(R"({"line_items":[{"item":{"id":"a"},"quantity":1}]})");
        auto const dialect = "ucp/" + std::string(to_text(version));
        auto const told = domain::Subscription{"https://agent.example/h", dialect};
        EXPECT_EQ(parse_create_checkout(Sent(body, terms).payload())->subscription, told);
        EXPECT_EQ(parse_update_checkout(Sent(body, terms).payload(), CheckoutId{}.text())->subscription, told);
        Terms without_orders = terms_with(version, {Capability::checkout});
        without_orders.webhook_url = terms.webhook_url;
        EXPECT_EQ(parse_create_checkout(Sent(body, without_orders).payload())->subscription, domain::Subscription{});
    }
}

TEST(UcpParse, ACartIsConvertedWhereCartsWereAgreedOn) {
    auto const cart = CartId{}.text();
    auto const body = R"({"cart_id":")" + cart + R"(","line_items":[]})";
    auto const converted = parse_create_checkout(Sent(body).payload());
    ASSERT_TRUE(converted.ok()) << converted.error().detail;
    EXPECT_EQ(converted->cart_id, CartId{});
    Sent const without(body, terms_with(current, {Capability::checkout}));
    EXPECT_EQ(parse_create_checkout(without.payload()).error().pointer, "/line_items");
    auto const unknown = parse_create_checkout(Sent(R"({"cart_id":"crt_x","line_items":[]})").payload());
    EXPECT_EQ(unknown.error().code, Code::not_found);
    EXPECT_EQ(unknown.error().pointer, "/cart_id");
    EXPECT_EQ(parse_create_checkout(Sent(R"({"cart_id":7,"line_items":[]})").payload()).error().pointer, "/cart_id");
}

struct Bad {
    char const* body;
    char const* pointer;
};

class BadCheckout : public testing::TestWithParam<Bad> {};

TEST_P(BadCheckout, IsPointedAt) {
    for (auto const version : all_versions) {
        auto const content = content_of(GetParam().body, version);
        ASSERT_FALSE(content.ok());
        EXPECT_EQ(content.error().code, Code::invalid_request);
        EXPECT_EQ(content.error().pointer, GetParam().pointer) << content.error().detail;
    }
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
                    Bad{"{" B2A_LINE R"(,"fulfillment":{"methods":[{"type":"drone"}]}})",
                        "/fulfillment/methods/0/type"},
                    Bad{"{" B2A_LINE R"(,"fulfillment":{"methods":[{"type":"shipping","line_item_ids":"li_1"}]}})",
                        "/fulfillment/methods/0/line_item_ids"},
                    Bad{"{" B2A_LINE R"(,"context":{"eligibility":[7]}})", "/context/eligibility/0"},
                    Bad{"{" B2A_LINE R"(,"buyer":{"consent":7}})", "/buyer/consent"}));

TEST(UcpParse, LongTextsAndManyLinesAreRefused) {
    auto const line = std::string(R"({"item":{"id":"a"},"quantity":1})");
    auto many = line;
    for (int i = 0; i < 100; ++i) many += "," + line;
    EXPECT_EQ(content_of("{\"line_items\":[" + many + "]}").error().pointer, "/line_items");
    auto const long_id = std::string(256, 'x');
    EXPECT_EQ(content_of("{\"line_items\":[{\"item\":{\"id\":\"" + long_id + "\"},\"quantity\":1}]}").error().pointer,
              "/line_items/0/item/id");
}

TEST(UcpParse, UnknownIdsAreNotFoundButBodiesAreJudgedFirst) {
    Sent const good("{" B2A_LINE "}");
    EXPECT_EQ(parse_update_checkout(good.payload(), "nonsense").error().code, Code::not_found);
    EXPECT_EQ(parse_update_checkout(Sent("{}").payload(), "nonsense").error().code, Code::invalid_request);
    EXPECT_TRUE(parse_update_checkout(good.payload(), CheckoutId{}.text()).ok());
    EXPECT_EQ(parse_update_cart(good.payload(), CheckoutId{}.text()).error().code, Code::not_found);
    EXPECT_TRUE(parse_update_cart(good.payload(), CartId{}.text()).ok());
    EXPECT_EQ(parse_checkout_id("ord_x").error().code, Code::not_found);
    EXPECT_EQ(parse_order_id(CheckoutId{}.text()).error().code, Code::not_found);
    EXPECT_EQ(parse_cart_id("").error().code, Code::not_found);
}

TEST(UcpParse, AnIdInTheBodyMustBeTheOneAddressed) {
    auto const id = CartId{}.text();
    EXPECT_TRUE(parse_update_cart(Sent("{" B2A_LINE R"(,"id":")" + id + "\"}").payload(), id).ok());
    EXPECT_TRUE(parse_update_cart(Sent("{" B2A_LINE R"(,"id":null})").payload(), id).ok());
    for (auto const* other : {R"("crt_other")", "7", "\"\""})
        EXPECT_EQ(
            parse_update_cart(Sent("{" B2A_LINE R"(,"id":)" + std::string(other) + "}").payload(), id).error().pointer,
            "/id");
    EXPECT_EQ(parse_update_checkout(Sent("{" B2A_LINE R"(,"id":"chk_other"})").payload(), CheckoutId{}.text())
                  .error()
                  .pointer,
              "/id");
}

TEST(UcpParse, CartsMayBeEmptyButNotSilent) {
    auto const empty = parse_create_cart(Sent(R"({"line_items":[]})").payload());
    ASSERT_TRUE(empty.ok());
    EXPECT_TRUE(empty->content.lines.empty());
    EXPECT_EQ(parse_create_cart(Sent("{}").payload()).error().pointer, "/line_items");
    EXPECT_EQ(parse_update_cart(Sent("{}").payload(), CartId{}.text()).error().pointer, "/line_items");
    auto const full = parse_create_cart(
        Sent("{" B2A_LINE R"(,"discounts":{"codes":["A"]},"buyer":{"email":"a@b.co"},"fulfillment":{"methods":7},
              "payment":7})")
            .payload());
    ASSERT_TRUE(full.ok()) << full.error().detail;
    EXPECT_EQ(full->content.discount_codes, std::vector<std::string>{"A"});
    EXPECT_EQ(full->content.buyer.email, "a@b.co");
    EXPECT_TRUE(full->content.methods.empty());
}

std::string asserting(std::string const& unit) {
    return R"({"line_items":[{"item":{"id":"a"},"quantity":1},{"item":{"id":"b","quantity_unit":)" + unit +
           R"(},"quantity":1}]})";
}

TEST(UcpParse, OurUnitMayBeAsserted) {
    for (auto const* unit : {"null", R"({"unit":"C62"})", R"({"unit":"C62","scale":0,"display_text":"each"})"}) {
        EXPECT_TRUE(parse_create_checkout(Sent(asserting(unit)).payload()).ok()) << unit;
        EXPECT_TRUE(parse_create_cart(Sent(asserting(unit)).payload()).ok()) << unit;
    }
}

TEST(UcpParse, AnotherUnitIsAMismatchOnCreateAndUpdate) {
    for (auto const* unit : {R"({"unit":"KGM"})", R"({"unit":"C62","scale":3})", R"({"unit":"c62"})", R"({"unit":62})",
                             R"({})", R"("C62")", "7", R"({"unit":"C62","scale":"0"})"}) {
        Sent const sent(asserting(unit));
        auto const mismatch = [&](Error const& error) {
            EXPECT_EQ(error.code, Code::selection_rejected) << unit;
            EXPECT_EQ(error.reason, "quantity_unit_mismatch") << unit;
            EXPECT_EQ(error.pointer, "$.line_items[1].item.quantity_unit") << unit;
        };
        mismatch(parse_create_checkout(sent.payload()).error());
        mismatch(parse_update_checkout(sent.payload(), CheckoutId{}.text()).error());
        mismatch(parse_create_cart(sent.payload()).error());
        mismatch(parse_update_cart(sent.payload(), CartId{}.text()).error());
    }
}

Result<service::CompleteCheckout> completion(std::string const& instruments, Version version = current) {
    Sent const sent(R"({"payment":{"instruments":)" + instruments + "}}", version);
    return parse_complete_checkout(sent.payload(), CheckoutId{}.text());
}

constexpr auto two_instruments =
    R"([{"id":"a","handler_id":"sandbox_card","type":"card","credential":{"type":"token","token":"t1"}},
        {"id":"b","handler_id":"sandbox_card","type":"card","selected":true,
         "credential":{"type":"token","token":"t2"}}])";

TEST(UcpParse, OfSeveralInstrumentsTheOldVersionTakesTheSelectedOne) {
    auto const command = completion(two_instruments, old_version);
    ASSERT_TRUE(command.ok()) << command.error().detail;
    EXPECT_EQ(command->instrument.id, "b");
    EXPECT_EQ(command->credential_type, "token");
    EXPECT_EQ(command->credential, "t2");
    auto const only =
        completion(R"([{"id":"a","handler_id":"h","type":"card","credential":{"type":"token","token":"t"}}])");
    EXPECT_EQ(only->instrument.id, "a");
    EXPECT_TRUE(only->instrument.selected);
}

TEST(UcpParse, SeveralInstrumentsAreAFailedPaymentNow) {
    auto const command = completion(two_instruments);
    ASSERT_FALSE(command.ok());
    EXPECT_EQ(command.error().code, Code::selection_rejected);
    EXPECT_EQ(command.error().reason, "payment_failed");
    EXPECT_EQ(command.error().pointer, "$.payment.instruments");
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
    EXPECT_EQ(parse_complete_checkout(Sent("{}").payload(), CheckoutId{}.text()).error().pointer, "/payment");
    EXPECT_EQ(completion("[]").error().pointer, "/payment/instruments");
    EXPECT_EQ(completion("1").error().pointer, "/payment/instruments");
    EXPECT_EQ(completion(R"([{"id":"a","handler_id":"h","type":"card"}])").error().pointer,
              "/payment/instruments/0/credential");
    auto const* without_token = R"([{"id":"a","handler_id":"h","type":"card","credential":{"type":"token"}}])";
    EXPECT_EQ(completion(without_token).error().pointer, "/payment/instruments/0/credential/token");
}

}  // namespace
}  // namespace b2a::protocol::ucp
