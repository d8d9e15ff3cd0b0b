// SPDX-License-Identifier: Apache-2.0
// Requests to commands: what is taken, what is refused and where the mistake is said to be.
#include <array>

#include <gtest/gtest.h>

#include "b2a/json/value.hpp"

#include "protocol/acp/errors.hpp"
#include "protocol/acp/parse.hpp"
#include "protocol/acp/person.hpp"
#include "protocol/acp/terms.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::FulfillmentKind;

std::string const session_id = CheckoutId(std::array<std::uint8_t, 16>{0x01, 0x93, 0x5c}).text();

/// A body that lives as long as what was read from it.
class Sent {
  public:
    explicit Sent(std::string text, std::string_view language = {}) : text_(std::move(text)), language_(language) {}
    Payload payload() {
        auto const root = document_.parse(text_);
        EXPECT_TRUE(bool(root)) << text_;
        return {root ? *root : json::View(), language_, "https://agent.example/hook"};
    }

  private:
    std::string text_;
    std::string_view language_;
    json::Document document_;
};

Result<Parsed<service::CreateCheckout>> create(std::string members) {
    return parse_create(Sent(R"({"currency":"usd","capabilities":{},)" + members + "}").payload());
}
std::string const one_item = R"("line_items":[{"id":"tote"}])";

struct Refused {
    std::string reason, param;
};
template <class T>
Refused refused(Result<T> const& result) {
    EXPECT_FALSE(bool(result));
    if (result) return {};
    EXPECT_EQ(result.error().code, Code::invalid_request);
    return {result.error().reason, param_of(result.error().pointer)};
}

TEST(AcpParse, ACreationInFull) {
    Sent sent(R"({"line_items":[{"id":"tote","quantity":2,"name":"Tote","unit_amount":1},{"id":"mug"},{"id":"tote"}],
        "currency":"eur","locale":"de-DE","timezone":"Europe/Berlin","metadata":{"any":[1]},
        "capabilities":{"interventions":{"supported":["3ds","teleport"]},"extensions":["discount@2026-01-27","x"]},
        "buyer":{"email":"ada@example.com","full_name":"Ada Byron Lovelace","account_type":"guest"},
        "fulfillment_details":{"name":"Grace Hopper","phone_number":"+12025550100","address":{"name":"Grace Hopper",
            "line_one":"1 Main St","line_two":"Apt 2","company":"Navy","city":"Springfield","state":"IL","country":"US",
            "postal_code":"62701"}},"discounts":{"codes":["SAVE10"]}})",
              "fr");
    auto const parsed = parse_create(sent.payload());
    ASSERT_TRUE(bool(parsed)) << parsed.error().detail;
    auto const& [command, remarks] = *parsed;
    ASSERT_EQ(command.content.lines.size(), 2U);
    EXPECT_EQ(command.content.lines[0].variant_id, "tote");
    EXPECT_EQ(command.content.lines[0].quantity, 3) << "equal ids are one line";
    EXPECT_EQ(command.content.lines[1].quantity, 1);
    EXPECT_EQ(command.content.context.currency, "EUR");
    EXPECT_EQ(command.content.context.language, "de-DE");
    EXPECT_EQ(command.content.buyer.first_name, "Ada Byron");
    EXPECT_EQ(command.content.buyer.last_name, "Lovelace");
    EXPECT_EQ(command.content.buyer.email, "ada@example.com");
    EXPECT_EQ(command.content.buyer.phone_number, "+12025550100") << "stands in for what is not said of the buyer";
    ASSERT_EQ(command.content.methods.size(), 1U);
    auto const& address = command.content.methods[0].destinations.at(0).address;
    EXPECT_EQ(address.first_name, "Grace");
    EXPECT_EQ(address.extended_address, "Navy, Apt 2");
    EXPECT_EQ(address.phone_number, "+12025550100");
    EXPECT_EQ(command.content.discount_codes, std::vector<std::string>{"SAVE10"});
    EXPECT_EQ(command.terms.at("acp"), "3ds discount");
    EXPECT_EQ(command.subscription.target, "https://agent.example/hook");
    EXPECT_EQ(command.subscription.dialect, "acp/2026-04-17");
    EXPECT_FALSE(command.touchpoint);
    EXPECT_TRUE(remarks.empty());
}

TEST(AcpParse, OlderNamesAreTaken) {
    auto const items = create(R"("items":[{"product_id":"tote","quantity":2}],"coupons":["A"])");
    ASSERT_TRUE(bool(items)) << items.error().detail;
    EXPECT_EQ(items->command.content.lines[0].variant_id, "tote");
    EXPECT_EQ(items->command.content.lines[0].quantity, 2);
    EXPECT_EQ(items->command.content.discount_codes, std::vector<std::string>{"A"});
}

TEST(AcpParse, ContactDataOfTheParcelStandsInForTheBuyer) {
    auto const parsed = create(one_item + R"(,"fulfillment_details":{"email":"g@example.com","phone_number":"+1202"})");
    ASSERT_TRUE(bool(parsed));
    EXPECT_EQ(parsed->command.content.buyer.email, "g@example.com");
    EXPECT_EQ(parsed->command.content.buyer.phone_number, "+1202");
    EXPECT_TRUE(parsed->command.content.methods.empty());
}

TEST(AcpParse, WhatASessionCannotHoldIsRemarkedOn) {
    auto const parsed = create(one_item + R"(,"buyer":{"email":"nobody"},"order_notes":"ring","quote_id":"q1")");
    ASSERT_TRUE(bool(parsed));
    EXPECT_EQ(parsed->command.content.buyer.email, "");
    ASSERT_EQ(parsed->remarks.size(), 3U);
    EXPECT_EQ(parsed->remarks[0].path, "$.buyer.email");
    EXPECT_EQ(parsed->remarks[0].severity, domain::Severity::recoverable);
    EXPECT_EQ(parsed->remarks[1].path, "$.order_notes");
    EXPECT_EQ(parsed->remarks[2].path, "$.quote_id");
}

TEST(AcpParse, MistakesAreSaidWhereTheyAre) {
    struct Case {
        std::string members, param, reason;
    };
    for (auto const& [members, param, reason] : std::vector<Case>{
             {R"("buyer":{"email":"a@b.co"})", "$.line_items", "missing_line_items"},
             {R"("line_items":[])", "$.line_items", "missing_line_items"},
             {R"("line_items":{})", "$.line_items", ""},
             {R"("line_items":[{"id":"a","color":"red"}])", "$.line_items[0].color", ""},
             {R"("line_items":[{"id":7}])", "$.line_items[0].id", ""},
             {R"("line_items":[{"quantity":1}])", "$.line_items[0].id", ""},
             {R"("line_items":[{"id":"a","quantity":0}])", "$.line_items[0].quantity", ""},
             {R"("line_items":[{"id":"a","quantity":1.5}])", "$.line_items[0].quantity", ""},
             {R"("line_items":[{"id":"a","quantity":10000},{"id":"a"}])", "$.line_items[1].id", ""},
             {one_item + R"(,"shipping":1)", "$.shipping", ""},
             {one_item + R"(,"it's \"odd\"":1)", "$['its \"odd\"']", ""},
             {one_item + R"(,"buyer":{})", "$.buyer.email", ""},
             {one_item + R"(,"buyer":{"email":"a@b.co","age":7})", "$.buyer.age", ""},
             {one_item + R"(,"buyer":{"email":"a@b.co","account_type":"king"})", "$.buyer.account_type", ""},
             {one_item + R"(,"fulfillment_details":{"address":{"name":"A"}})", "$.fulfillment_details.address.line_one",
              ""},
             {one_item + R"(,"discounts":{"code":"A"})", "$.discounts.code", ""},
             {one_item + R"(,"discounts":{"codes":"A"})", "$.discounts.codes", ""},
             {one_item + R"(,"fulfillment_groups":[{"id":"g","item_ids":[],"destination_type":"local_delivery"}])",
              "$.fulfillment_groups[0].destination_type", ""},
         }) {
        auto const found = refused(create(members));
        EXPECT_EQ(found.param, param) << members;
        EXPECT_EQ(found.reason, reason) << members;
    }
    EXPECT_EQ(refused(parse_create(Sent("{" + one_item + R"(,"capabilities":{}})").payload())).param, "$.currency");
    EXPECT_EQ(refused(parse_create(Sent("{" + one_item + R"(,"currency":"usd"})").payload())).param, "$.capabilities");
    EXPECT_EQ(refused(parse_create(Sent("{" + one_item + R"(,"currency":"u","capabilities":{}})").payload())).param,
              "$.currency");
}

TEST(AcpParse, AnUpdateNamesWhatChanges) {
    Sent nothing("{}");
    auto const none = parse_update(nothing.payload(), session_id);
    ASSERT_TRUE(bool(none)) << none.error().detail;
    auto const& empty = *none->command.patch;
    EXPECT_FALSE(empty.lines || empty.buyer || empty.methods || empty.ship_to || empty.discount_codes || empty.context);
    EXPECT_TRUE(empty.selected_options.empty());
    EXPECT_TRUE(none->command.subscription.target.empty()) << "who hears of it is said when it begins and when it ends";

    Sent cleared(R"({"buyer":null,"fulfillment_details":null,"discounts":null,"selected_fulfillment_options":null})");
    auto const nulls = parse_update(cleared.payload(), session_id);
    ASSERT_TRUE(bool(nulls)) << nulls.error().detail;
    EXPECT_EQ(nulls->command.patch->buyer, domain::Buyer{});
    EXPECT_TRUE(nulls->command.patch->methods->empty());
    EXPECT_TRUE(nulls->command.patch->discount_codes->empty());
    EXPECT_EQ(nulls->command.patch->selected_options, std::vector<std::string>{""});

    Sent choice(R"({"selected_fulfillment_options":[{"type":"shipping","option_id":"express","item_ids":["tote"]},
        {"type":"digital","option_id":"digital","item_ids":[]}]})");
    auto const chosen = parse_update(choice.payload(), session_id);
    ASSERT_TRUE(bool(chosen)) << chosen.error().detail;
    EXPECT_EQ(chosen->command.patch->selected_options, std::vector<std::string>{"express"});

    for (auto const* lines : {R"({"line_items":[]})", R"({"line_items":null})"}) {
        Sent sent(lines);
        EXPECT_EQ(refused(parse_update(sent.payload(), session_id)).reason, "missing_line_items") << lines;
    }
    EXPECT_EQ(parse_update(Sent("{}").payload(), "nonsense").error().code, Code::not_found);
    EXPECT_EQ(refused(parse_update(Sent(R"({"currency":"usd"})").payload(), session_id)).param, "$.currency");
}

TEST(AcpParse, GroupsAreMethods) {
    Sent sent(
        R"({"fulfillment_groups":[{"id":"g1","item_ids":["tote"],"destination_type":"pickup","location_id":"soho"},
        {"id":"g2","item_ids":["mug"],"destination_type":"shipping"},{"id":"g3","item_ids":["book"],
        "destination_type":"digital"}],"fulfillment_details":{"address":{"name":"A B","line_one":"1","city":"C",
        "state":"","country":"US","postal_code":"1"}}})");
    auto const parsed = parse_update(sent.payload(), session_id);
    ASSERT_TRUE(bool(parsed)) << parsed.error().detail;
    auto const& methods = *parsed->command.patch->methods;
    ASSERT_EQ(methods.size(), 2U);
    EXPECT_EQ(methods[0].kind, FulfillmentKind::pickup);
    EXPECT_EQ(methods[0].selected_destination_id, "soho");
    EXPECT_EQ(methods[0].line_ids, std::vector<std::string>{"tote"});
    EXPECT_EQ(methods[1].destinations.at(0).address.last_name, "B");

    Sent only(R"({"fulfillment_groups":[{"id":"g1","item_ids":["tote"],"destination_type":"pickup"}]})");
    auto const rest = parse_update(only.payload(), session_id);
    ASSERT_EQ(rest->command.patch->methods->size(), 2U);
    EXPECT_EQ(rest->command.patch->methods->back().kind, FulfillmentKind::shipping) << "what no group names";
    EXPECT_TRUE(rest->command.patch->methods->back().line_ids.empty());
}

std::string completion(std::string const& more) {
    return R"({"payment_data":{"handler_id":"sandbox_card","instrument":{"type":"card","credential":{"type":"spt",
        "token":"tok_1"}}})" +
           more + "}";
}

TEST(AcpParse, ACompletionInFull) {
    Sent sent(completion(R"(,"buyer":{"email":"a@b.co"},"authentication_result":{"outcome":"authenticated",
        "outcome_details":{"three_ds_cryptogram":"c","electronic_commerce_indicator":"05","transaction_id":"t",
        "version":"2.2.0"}},"marketing_consents":[{"channel":"email","opted_in":true},
        {"channel":"fax","opted_in":true}],"risk_signals":{"ip_address":"192.0.2.7"},
        "affiliate_attribution":{"provider":"p","token":"s"})"));
    auto const parsed = parse_complete(sent.payload(), session_id);
    ASSERT_TRUE(bool(parsed)) << parsed.error().detail;
    auto const& command = parsed->command;
    EXPECT_EQ(command.instrument.handler_id, "sandbox_card");
    EXPECT_EQ(command.credential_type, "spt");
    EXPECT_EQ(command.credential, "tok_1");
    EXPECT_EQ(command.buyer->email, "a@b.co");
    EXPECT_EQ(command.authentication->outcome, "authenticated");
    EXPECT_EQ(command.authentication->electronic_commerce_indicator, "05");
    EXPECT_EQ(command.consent, (domain::Consent{{"dev.ucp.consent.marketing.email", true}}));
    EXPECT_EQ(command.touchpoint->body, R"({"provider":"p","token":"s","touchpoint":"last"})");
    EXPECT_EQ(command.subscription.dialect, "acp/2026-04-17");
}

TEST(AcpParse, CardDataIsNotEvenRead) {
    Sent sent(R"({"payment_data":{"handler_id":"h","instrument":{"type":"card","credential":{"type":"card",
        "token":"4242424242424242","cvc":"123"}}}})");
    auto const parsed = parse_complete(sent.payload(), session_id);
    ASSERT_TRUE(bool(parsed)) << parsed.error().detail;
    EXPECT_EQ(parsed->command.credential_type, "card");
    EXPECT_EQ(parsed->command.credential, "");
}

TEST(AcpParse, APurchaseOrderHasNoHandler) {
    Sent sent(R"({"payment_data":{"purchase_order_number":"PO-1","payment_terms":"net_30"}})");
    auto const parsed = parse_complete(sent.payload(), session_id);
    ASSERT_TRUE(bool(parsed)) << parsed.error().detail;
    EXPECT_EQ(parsed->command.instrument.handler_id, "");
    ASSERT_EQ(parsed->remarks.size(), 1U);
    EXPECT_EQ(parsed->remarks[0].path, "$.payment_data.purchase_order_number");
}

TEST(AcpParse, CompletionsThatAreNone) {
    for (auto const& [body, param] : std::vector<std::pair<std::string, std::string>>{
             {"{}", "$.payment_data"},
             {R"({"payment_data":{}})", "$.payment_data.handler_id"},
             {R"({"payment_data":{"handler_id":"h"}})", "$.payment_data.instrument"},
             {R"({"payment_data":{"handler_id":"h","instrument":{"type":"card"}}})",
              "$.payment_data.instrument.credential"},
             {R"({"payment_data":{"handler_id":"h","card":"4242"}})", "$.payment_data.card"},
             {completion(R"(,"authentication_result":{"outcome":"fine"})"), "$.authentication_result.outcome"},
             {completion(R"(,"authentication_result":{"outcome":"authenticated"})"),
              "$.authentication_result.outcome_details"},
             {completion(R"(,"marketing_consents":[{"channel":"email"}])"), "$.marketing_consents[0].opted_in"},
             {completion(R"(,"risk_signals":{"mood":"good"})"), "$.risk_signals.mood"},
         }) {
        Sent sent(body);
        EXPECT_EQ(refused(parse_complete(sent.payload(), session_id)).param, param) << body;
    }
    Sent denied(completion(R"(,"authentication_result":{"outcome":"denied"})"));
    EXPECT_TRUE(bool(parse_complete(denied.payload(), session_id))) << "only a success needs its details";
}

TEST(AcpParse, AttributionIsCheckedAndKept) {
    auto const parsed = create(one_item + R"(,"affiliate_attribution":{"provider":"impact.com","publisher_id":"p1",
        "metadata":{"rate":0.15,"ok":true,"id":"1234567890"},"touchpoint":"last","later":1,
        "source":{"type":"url","url":"https://example.com"}})");
    ASSERT_TRUE(bool(parsed)) << parsed.error().detail;
    EXPECT_EQ(parsed->command.touchpoint->body,
              R"({"provider":"impact.com","publisher_id":"p1","source":{"type":"url","url":"https://example.com"},)"
              R"("metadata":{"id":"1234567890","ok":true,"rate":0.15},"touchpoint":"first"})");
    for (auto const& [attribution, reason, param] : std::vector<std::tuple<std::string, std::string, std::string>>{
             {"7", "invalid_type", "$.affiliate_attribution"},
             {R"({"token":"t"})", "invalid_type", "$.affiliate_attribution.provider"},
             {R"({"provider":"p"})", "invalid_type", "$.affiliate_attribution.token"},
             {R"({"provider":"p","token":7})", "invalid_type", "$.affiliate_attribution.token"},
             {R"({"provider":"p","token":"t","source":{"type":"tv"}})", "invalid_type",
              "$.affiliate_attribution.source.type"},
             {R"({"provider":"p","token":"t","metadata":{"a":{"b":1}}})", "invalid_type",
              "$.affiliate_attribution.metadata.a"},
             {R"({"provider":"p","token":"t","metadata":{"a":[1]}})", "invalid_type",
              "$.affiliate_attribution.metadata.a"},
             {R"({"provider":"p","token":"t","metadata":{"who":"it is ada@example.com"}})", "pii_not_allowed",
              "$.affiliate_attribution.metadata.who"},
             {R"({"provider":"p","token":"t","metadata":{"call":"+1 (202) 555-0100"}})", "pii_not_allowed",
              "$.affiliate_attribution.metadata.call"},
         }) {
        auto const found = refused(create(one_item + R"(,"affiliate_attribution":)" + attribution));
        EXPECT_EQ(found.reason, reason) << attribution;
        EXPECT_EQ(found.param, param) << attribution;
    }
}

TEST(AcpParse, AnIntentTraceIsOpenToNewReasons) {
    auto const trace_of = [](std::string const& body) {
        Sent sent(body);
        return parse_cancel(sent.payload(), session_id);
    };
    EXPECT_FALSE(trace_of("{}")->intent_trace);
    EXPECT_EQ(trace_of(R"({"intent_trace":{"reason_code":"comparison","trace_summary":"found it","x":1}})")
                  ->intent_trace->body,
              R"({"trace_summary":"found it","reason_code":"comparison"})");
    EXPECT_EQ(trace_of(R"({"intent_trace":{"reason_code":"weather"}})")->intent_trace->body,
              R"({"reason_code":"other"})");
    EXPECT_EQ(refused(trace_of(R"({"intent_trace":{}})")).reason, "invalid_type");
    EXPECT_EQ(refused(trace_of(R"({"intent_trace":{"reason_code":"other","metadata":{"a":{}}}})")).param,
              "$.intent_trace.metadata.a");
    EXPECT_EQ(refused(trace_of(R"({"intent_trace":{"reason_code":"other","metadata":{"a":"b@c.de"}}})")).reason,
              "pii_not_allowed");
}

TEST(AcpParse, NamesAreSplitAndJoined) {
    EXPECT_EQ(split_name(" Jane  Mary Doe "), (std::pair<std::string, std::string>("Jane  Mary", "Doe")));
    EXPECT_EQ(split_name("Plato"), (std::pair<std::string, std::string>("Plato", "")));
    EXPECT_EQ(split_name(""), (std::pair<std::string, std::string>("", "")));
    EXPECT_EQ(join_name("Jane", "Doe"), "Jane Doe");
    EXPECT_EQ(join_name("", "Doe"), "Doe");
}

TEST(AcpParse, AddressesThatTheSchemaLetsThrough) {
    for (auto const* good : {"a@b.co", "ada.lovelace+x@mail.example.com", "o'neil@ex-ample.org"})
        EXPECT_TRUE(is_email(good)) << good;
    for (auto const* bad :
         {"", "a", "a@b", "@b.co", "a@@b.co", "a..b@c.co", "a@-b.co", "a b@c.co", "a@b.co ", "ä@b.co"})
        EXPECT_FALSE(is_email(bad)) << bad;
}

TEST(AcpParse, TermsSurviveTheirText) {
    for (bool const three_ds : {false, true})
        for (bool const discount : {false, true}) {
            Terms const terms{three_ds, discount};
            domain::Checkout checkout;
            checkout.terms.emplace("acp", to_text(terms));
            EXPECT_EQ(terms_of(checkout), terms);
        }
    EXPECT_EQ(terms_of({}), (Terms{true, true})) << "whoever began elsewhere gets all that we can do";
}

}  // namespace
}  // namespace b2a::protocol::acp
