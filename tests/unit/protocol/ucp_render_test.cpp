// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/errors.hpp"
#include "protocol/ucp/hand_off.hpp"
#include "renderings.hpp"

namespace b2a::protocol::ucp {
namespace {

INSTANTIATE_TEST_SUITE_P(Versions, UcpRender, testing::ValuesIn(all_versions), version_name);

TEST_P(UcpRender, CheckoutAsGolden) {
    expect_golden("checkout.json", render(checkout(content())));
}

TEST_P(UcpRender, IncompleteCheckoutAsGolden) {
    domain::CheckoutContent wanted;
    wanted.lines = {{"", "hoodie-moss-m", 1}, {"", "nothing", 1}};
    expect_golden("checkout-incomplete.json", render(checkout(wanted)));
}

TEST_P(UcpRender, PickupAsGolden) {
    expect_golden("checkout-pickup.json", render(checkout(with_pickup())));
}

TEST_P(UcpRender, CartAsGolden) {
    site_.refund_url = "/refunds";
    expect_golden("cart.json", render_cart({cart(content()), {}, true}, frame()));
}

TEST_P(UcpRender, NotFoundAsGolden) {
    web::Response response;
    render_error(Error(Code::not_found, "no such checkout"), terms_.error(), response);
    EXPECT_EQ(response.status, 200);
    expect_golden("not-found.json", response.body);
}

TEST_P(UcpRender, TotalsAddUp) {
    auto const json = test::parsed(render(checkout(with_pickup())));
    std::int64_t sum = 0;
    std::int64_t total = 0;
    std::int64_t discounts = 0;
    for (auto const& entry : json["totals"]) {
        auto const amount = entry["amount"].get<std::int64_t>();
        if (entry["type"] == "total") total = amount;
        else sum += amount;
        if (entry["type"] == "items_discount") discounts += amount;
    }
    EXPECT_EQ(sum, total);
    std::int64_t of_lines = 0;
    for (auto const& line : json["line_items"]) {
        std::int64_t line_sum = 0;
        for (auto const& entry : line["totals"]) {
            if (entry["type"] == "items_discount") of_lines += entry["amount"].get<std::int64_t>();
            if (entry["type"] == "total") EXPECT_EQ(line_sum, entry["amount"].get<std::int64_t>());
            else line_sum += entry["amount"].get<std::int64_t>();
        }
    }
    EXPECT_EQ(of_lines, discounts);
    EXPECT_LT(discounts, 0);
    for (auto const& applied : json["discounts"]["applied"]) {
        std::int64_t allocated = 0;
        for (auto const& part : applied["allocations"]) allocated += part["amount"].get<std::int64_t>();
        EXPECT_EQ(allocated, applied["amount"].get<std::int64_t>());
    }
}

TEST_P(UcpRender, EscalationCarriesItsReasonAndAWayOn) {
    auto held = checkout(content());
    held.status = domain::CheckoutStatus::requires_escalation;
    held.findings = {{domain::FindingCode::approval_required, domain::Severity::requires_buyer_review, "$",
                      "A person has to approve this order."}};
    auto const json = test::parsed(render(held));
    EXPECT_EQ(json["status"], "requires_escalation");
    EXPECT_EQ(json["messages"][0]["severity"], "requires_buyer_review");
    EXPECT_EQ(json["continue_url"], "https://shop.example/checkout/" + held.id.text());
}

TEST_P(UcpRender, TerminalStatesOfferNoWayOn) {
    auto done = checkout(content());
    done.status = domain::CheckoutStatus::completed;
    done.order_id = fixed_id<OrderId>(2);
    auto json = test::parsed(render(done));
    EXPECT_FALSE(json.contains("continue_url"));
    EXPECT_EQ(json["order"]["id"], done.order_id->text());
    done.status = domain::CheckoutStatus::complete_in_progress;
    json = test::parsed(render(done));
    EXPECT_FALSE(json.contains("order"));
}

TEST_P(UcpRender, DigitalGoodsNeedNoMethod) {
    domain::CheckoutContent wanted;
    wanted.lines = {{"", "voucher", 1}};
    EXPECT_FALSE(test::parsed(render(checkout(wanted))).contains("fulfillment"));
}

TEST_P(UcpRender, MessagesKeepTheirKind) {
    auto const json = test::parsed(
        render(checkout(content()), {{domain::FindingCode::payment_pending, domain::Severity::info, "", "Wait."},
                                     {domain::FindingCode::payment_requires_action,
                                      domain::Severity::requires_buyer_input, "$.payment", "Authenticate."}}));
    EXPECT_EQ(json["messages"][0]["type"], "info");
    EXPECT_FALSE(json["messages"][0].contains("severity"));
    EXPECT_EQ(json["messages"][1]["code"], "requires_3ds");
    bool warned = false;
    for (auto const& message : json["messages"])
        if (message["code"] == "discount_code_invalid") {
            warned = true;
            EXPECT_EQ(message["type"], "warning");
            EXPECT_EQ(message["path"], "$.discounts.codes[1]");
        }
    EXPECT_TRUE(warned);
}

TEST_P(UcpRender, ExtensionsThatWereNotAgreedOnStayAway) {
    CapabilitySet bare;
    bare.set(index_of(Capability::checkout)).set(index_of(Capability::cart));
    Terms const terms(version_, bare, handlers);
    auto const full = checkout(content());
    auto const json = test::parsed(render_checkout({full, {}, std::nullopt, false}, {site_, terms}));
    EXPECT_FALSE(json.contains("discounts"));
    EXPECT_FALSE(json.contains("fulfillment"));
    EXPECT_FALSE(json["buyer"].contains("consent"));
    EXPECT_EQ(json["ucp"]["capabilities"].size(), 1U);
    EXPECT_FALSE(test::parsed(render_cart({cart(content()), {}, false}, {site_, terms})).contains("discounts"));
}

TEST_P(UcpRender, ConsentExtendsTheCartInTheNewerVersionOnly) {
    auto const json = test::parsed(render_cart({cart(content()), {}, false}, frame()));
    EXPECT_EQ(json["buyer"].contains("consent"), current());
    auto const whole = test::parsed(render(checkout(content())));
    if (current()) EXPECT_EQ(whole["buyer"]["consent"]["dev.ucp.consent.marketing"]["granted"], true);
    else EXPECT_EQ(whole["buyer"]["consent"], test::parsed(R"({"marketing":true})"));
}

TEST_P(UcpRender, PoliciesAreForTheNewerVersion) {
    EXPECT_FALSE(test::parsed(render(checkout(content()))).contains("policies"));
    site_.refund_url = "/refunds";
    for (auto const& text : {render(checkout(content())), render_cart({cart(content()), {}, false}, frame()),
                             render_order(order(content()), frame())}) {
        auto const json = test::parsed(text);
        ASSERT_EQ(json.contains("policies"), current());
        if (!current()) continue;
        EXPECT_EQ(json["policies"][0]["type"], "dev.ucp.shopping.policy.return");
        EXPECT_EQ(json["policies"][0]["url"], "https://shop.example/refunds");
        EXPECT_TRUE(json["policies"][0]["description"]["plain"].is_string());
    }
}

TEST_P(UcpRender, DestinationsAreTypedInTheNewerVersion) {
    auto const json = test::parsed(render(checkout(with_pickup())))["fulfillment"];
    ASSERT_EQ(json["methods"].size(), 2U);
    auto const& shipping = json["methods"][0];
    auto const& home = shipping["destinations"][0];
    EXPECT_EQ(home["street_address"], "1 Main St");
    auto const& pickup = json["methods"][1];
    EXPECT_EQ(pickup["type"], "pickup");
    EXPECT_EQ(pickup["line_item_ids"], test::parsed(R"(["li_3"])"));
    EXPECT_EQ(pickup["selected_destination_id"], "oslo");
    ASSERT_EQ(pickup["destinations"].size(), 1U) << "honey is not at Springfield";
    auto const& oslo = pickup["destinations"][0];
    auto const& option = shipping["groups"][0]["options"][0];
    if (current()) {
        EXPECT_EQ(home["type"], "shipping_address");
        EXPECT_EQ(oslo["type"], "business_location");
        EXPECT_EQ(oslo["name"], "Example Oslo");
        EXPECT_EQ(oslo["address"]["address_locality"], "Oslo");
        EXPECT_EQ(option["description"], test::parsed(R"({"plain":"In 3 to 5 days"})"));
    } else {
        EXPECT_FALSE(home.contains("type") || oslo.contains("type"));
        EXPECT_FALSE(oslo.contains("name")) << "a name would fit both branches of the schema's oneOf";
        EXPECT_EQ(oslo["address_locality"], "Oslo");
        EXPECT_EQ(option["description"], "In 3 to 5 days");
    }
    EXPECT_EQ(pickup["groups"][0]["options"][0]["totals"], test::parsed(R"([{"type":"total","amount":0}])"));
    EXPECT_EQ(pickup["groups"][0]["selected_option_id"], "pickup");
}

TEST_P(UcpRender, WhereACollectionIsPossibleItIsOffered) {
    auto const available = test::parsed(render(checkout(content())))["fulfillment"]["available_methods"];
    ASSERT_EQ(available.size(), 2U);
    EXPECT_EQ(available[1]["type"], "pickup");
    EXPECT_TRUE(available[1]["description"].is_string());
    EXPECT_EQ(available[1]["line_item_ids"], test::parsed(R"(["li_1"])"));
}

TEST_P(UcpRender, ProvisionalDiscountsNameTheirClaim) {
    auto const json = test::parsed(render(checkout(content())));
    json::Value by_claim;
    for (auto const& applied : json["discounts"]["applied"])
        if (applied.contains("eligibility")) by_claim = applied;
    EXPECT_EQ(by_claim["eligibility"], "com.example.student");
    EXPECT_EQ(by_claim["provisional"], true);
    EXPECT_EQ(by_claim["automatic"], true);
    EXPECT_EQ(json["discounts"]["codes"], test::parsed(R"(["save10","NOPE"])"));
}

TEST_P(UcpRender, ErrorsAreFlatOrOutcomes) {
    struct Case {
        Error error;
        int status;
        char const* code;
    };
    auto denied = Error(Code::policy_denied, "Not at night.");
    denied.reason = "quiet_hours";
    denied.decision_id = "dec_1";
    for (auto const& [error, status, code] :
         {Case{Error(Code::invalid_request, "bad", "/a"), 400, "invalid_request"},
          Case{Error(Code::invalid_request, "bad", "UCP-Agent"), 400, "invalid_profile_url"},
          Case{Error(Code::unsupported_media), 415, "unsupported_media_type"},
          Case{Error(Code::unauthenticated), 401, "unauthenticated"}, Case{denied, 403, "quiet_hours"},
          Case{Error(Code::policy_denied), 403, "policy_denied"},
          Case{Error(Code::idempotency_conflict), 409, "idempotency_conflict"},
          Case{Error(Code::payload_too_large), 400, "request_too_large"},
          Case{Error(Code::rate_limited), 429, "rate_limited"}, Case{Error(Code::overloaded), 503, "overloaded"},
          Case{Error(Code::store_unavailable), 503, "store_unavailable"}}) {
        web::Response response;
        render_error(error, terms_.error(), response);
        auto const json = test::parsed(response.body);
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(json["code"], code);
        EXPECT_FALSE(json["content"].get<std::string>().empty());
        EXPECT_EQ(response.error_code, to_text(error.code));
    }
    web::Response response;
    render_error(denied, terms_.error(), response);
    EXPECT_EQ(test::parsed(response.body)["decision_id"], "dec_1");
    response.clear();
    render_error(Error(Code::rate_limited).with_retry_after(std::chrono::seconds(9)), terms_.error(), response);
    EXPECT_EQ(response.headers, (decltype(response.headers){{"Retry-After", "9"}}));
    response.clear();
    auto unit = Error(Code::selection_rejected, "Sold by the piece.", "$.line_items[0].item.quantity_unit");
    unit.reason = "quantity_unit_mismatch";
    render_error(unit, terms_.error(), response);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(test::parsed(response.body)["messages"], test::parsed(R"([{"type":"error","code":"quantity_unit_mismatch",
                  "path":"$.line_items[0].item.quantity_unit","content":"Sold by the piece.",
                  "severity":"recoverable"}])"));
    response.clear();
    render_unavailable(Error(Code::not_found, "not for sale", "museum"), terms_.error(), response);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(test::parsed(response.body)["messages"][0]["code"], "item_unavailable");
    EXPECT_EQ(test::parsed(response.body)["ucp"]["status"], "error");
}

TEST_P(UcpRender, InternalNotesStayInside) {
    web::Response response;
    render_error(Error(Code::internal).with_note("password"), terms_.error(), response);
    EXPECT_EQ(response.body.find("password"), std::string::npos);
}

TEST_P(UcpRender, TheHandOffPageEscapesWhatItShows) {
    auto shown = checkout(content());
    shown.lines[0].title = "<img src=x onerror=alert(1)>";
    site_.privacy_url = "javascript:alert(1)";
    std::string page;
    render_hand_off(page, site_, {shown, {}, std::nullopt, false});
    EXPECT_EQ(page.find("<img"), std::string::npos);
    EXPECT_EQ(page.find("javascript:"), std::string::npos);
    EXPECT_NE(page.find("&lt;img src=x"), std::string::npos);
    EXPECT_NE(page.find("Example &amp; Sons"), std::string::npos);
}

}  // namespace
}  // namespace b2a::protocol::ucp
