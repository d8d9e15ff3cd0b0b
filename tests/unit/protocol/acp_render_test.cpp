// SPDX-License-Identifier: Apache-2.0
// Answers as the domain's checkouts make them, and the words that ACP has for ours.
#include <set>

#include "b2a/base/limits.hpp"
#include "b2a/protocol/disclosures.hpp"

#include "fixture.hpp"
#include "protocol/acp/errors.hpp"
#include "protocol/acp/render.hpp"
#include "protocol/acp/render_parts.hpp"

namespace b2a::protocol::acp {
namespace {

using domain::CheckoutStatus;
using domain::FindingCode;
using domain::Severity;

std::vector<service::HandlerInfo> const handlers{
    {"card",
     "com.example.card",
     "Card",
     {"token", "spt"},
     "sandbox",
     "m_1",
     service::HandlerInfo::AuthenticationTerms{"411111", "US", "am_1", std::string(60, 'x'), "visa"}},
    {"other", "com.example.other", "Other", {"token"}, "sandbox", "m_2", std::nullopt}};

CheckoutId fixed_id() {
    std::array<std::uint8_t, 16> bytes{0x01, 0x93, 0x5c};
    bytes[15] = 1;
    return CheckoutId(bytes);
}

class AcpRender : public testing::Test {
  protected:
    domain::Checkout checkout() const {
        domain::CheckoutContent content;
        content.lines = {{"", "hoodie-black-m", 2}, {"", "voucher", 1}};
        content.buyer = {"Ada", "Lovelace", "ada@example.com", "", {{"dev.ucp.consent.marketing.email", true}}};
        content.attribution = {{"utm_source", "secret-source"}};
        content.discount_codes = {"save10", "NOPE", "FREESHIP"};
        domain::CheckoutContent::RequestedMethod shipping;
        shipping.destinations = {
            {"home", "", {"Ada", "Lovelace", "1 Main St", "", "Springfield", "IL", "62701", "US", ""}}};
        content.methods = {shipping};
        return apply(content);
    }
    domain::Checkout apply(domain::CheckoutContent const& content) const {
        domain::PricingFacts facts;
        for (auto const& line : content.lines) {
            auto const found = snapshot_->find_variant(line.variant_id);
            facts.lines.push_back({found->variant, found->product, snapshot_->stock(found->variant_index)});
        }
        facts.promotions = &promotions_;
        facts.shipping = &snapshot_->data().shipping;
        facts.locations = &snapshot_->data().locations;
        facts.taxes = &taxes_;
        facts.now = now_;
        domain::Checkout base;
        base.id = fixed_id();
        base.currency = test::currency("USD");
        base.created = now_;
        base.expires = now_ + limits::checkout_ttl;
        base.terms = {{"acp", "3ds discount"}};
        auto applied = domain::apply_content(std::move(base), content, facts);
        EXPECT_TRUE(applied.ok()) << applied.error().detail;
        return *applied;
    }
    json::Value shown(domain::Checkout checkout, domain::Findings notes = {}) const {
        service::CheckoutOutcome outcome;
        outcome.checkout = std::move(checkout);
        outcome.notes = std::move(notes);
        return test::parsed(render_session(outcome, {site_, handlers, {}}));
    }
    static std::int64_t amount(json::Value const& totals, std::string_view type) {
        for (auto const& total : totals)
            if (total["type"] == type) return total["amount"].get<std::int64_t>();
        return 0;
    }

    Site site_ = test::make_site();
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    Timestamp now_ = *from_rfc3339("2026-11-24T08:00:00Z");
    std::vector<domain::TaxRate> taxes_{{"US", "IL", 62'500, "Illinois sales tax"}};
    std::vector<domain::Promotion> promotions_ = promotions();

    static std::vector<domain::Promotion> promotions() {
        domain::Promotion percentage;
        percentage.id = percentage.code = "SAVE10";
        percentage.title = "Ten percent off";
        percentage.rate_ppm = 100'000;
        domain::Promotion shipping;
        shipping.id = shipping.code = "FREESHIP";
        shipping.title = "Free shipping";
        shipping.kind = domain::PromotionKind::free_shipping;
        return {percentage, shipping};
    }
};

TEST_F(AcpRender, ASessionInFull) {
    service::CheckoutOutcome outcome;
    outcome.checkout = checkout();
    test::expect_golden("acp/2026-04-17/session.json", render_session(outcome, {site_, handlers, {}}));
}

TEST_F(AcpRender, DiscountsArePositiveAndTotalsAddUp) {
    auto const session = shown(checkout());
    auto const& totals = session["totals"];
    EXPECT_EQ(amount(totals, "subtotal"), amount(totals, "items_base_amount") - amount(totals, "items_discount"));
    EXPECT_GT(amount(totals, "items_discount"), 0);
    EXPECT_GT(amount(totals, "discount"), 0);
    EXPECT_EQ(amount(totals, "total"), amount(totals, "subtotal") + amount(totals, "fulfillment") -
                                           amount(totals, "discount") + amount(totals, "tax"));
    std::int64_t lines = 0;
    for (auto const& line : session["line_items"]) lines += amount(line["totals"], "total");
    EXPECT_EQ(lines, amount(totals, "subtotal"));
    for (auto const& discount : session["discounts"]["applied"]) {
        std::int64_t sum = 0;
        for (auto const& part : discount["allocations"]) sum += part["amount"].get<std::int64_t>();
        EXPECT_EQ(sum, discount["amount"]) << discount.dump();
    }
    ASSERT_EQ(session["discounts"]["rejected"].size(), 1U);
    EXPECT_EQ(session["discounts"]["rejected"][0]["code"], "NOPE");
    EXPECT_EQ(session["discounts"]["rejected"][0]["reason"], "discount_code_invalid");
}

TEST_F(AcpRender, WhatACheckoutKnowsBesideStaysInside) {
    auto const text = shown(checkout()).dump();
    for (auto const* word : {"secret-source", "attribution", "\"context\"", "mandate", "\"owner\"", "\"version\":0"})
        EXPECT_EQ(text.find(word), std::string::npos) << word;
}

TEST_F(AcpRender, StatesHaveTheirWords) {
    auto one = checkout();
    EXPECT_EQ(status_of(one, handlers), "ready_for_payment");
    one.status = CheckoutStatus::incomplete;
    EXPECT_EQ(status_of(one, handlers), "not_ready_for_payment");
    one.status = CheckoutStatus::complete_in_progress;
    EXPECT_EQ(status_of(one, handlers), "complete_in_progress");
    one.status = CheckoutStatus::requires_escalation;
    EXPECT_EQ(status_of(one, handlers), "requires_escalation");
    one.approval_required = true;
    EXPECT_EQ(status_of(one, handlers), "pending_approval");
    one.approval_required = false;
    one.payment.state = domain::PaymentState::requires_action;
    EXPECT_EQ(status_of(one, handlers), "authentication_required");
    EXPECT_EQ(status_of(one, {}), "requires_escalation") << "nobody can say how to authenticate";
    one.status = CheckoutStatus::canceled;
    one.findings.clear();
    EXPECT_EQ(status_of(one, handlers), "canceled");
    one.findings = {{FindingCode::checkout_expired, Severity::info, "$.status", "over"}};
    EXPECT_EQ(status_of(one, handlers), "expired");
    one.status = CheckoutStatus::completed;
    EXPECT_EQ(status_of(one, handlers), "completed");
}

TEST_F(AcpRender, AuthenticationNeedsAnAgentThatCanBringItBack) {
    auto one = checkout();
    one.status = CheckoutStatus::requires_escalation;
    one.payment.state = domain::PaymentState::requires_action;
    one.payment.instruments = {{"instrument_1", "card", "card", true, "", ""}};
    auto const able = shown(one);
    EXPECT_EQ(able["authentication_metadata"]["acquirer_details"]["acquirer_bin"], "411111");
    EXPECT_EQ(able["authentication_metadata"]["acquirer_details"]["merchant_name"].get<std::string>().size(), 40U);
    EXPECT_EQ(able["authentication_metadata"]["directory_server"], "visa");
    one.terms["acp"] = "discount";
    auto const unable = shown(one);
    EXPECT_FALSE(unable.contains("authentication_metadata"));
    EXPECT_EQ(unable["status"], "requires_escalation");
    std::set<std::string> codes;
    for (auto const& message : unable["messages"]) codes.insert(message.value("code", ""));
    EXPECT_TRUE(codes.contains("intervention_required"));
    EXPECT_EQ(unable["continue_url"], "https://shop.example/checkout/" + one.id.text());
    EXPECT_TRUE(unable["capabilities"]["interventions"]["supported"].empty());
}

TEST_F(AcpRender, OnlyHandlersOfDelegatedTokensAreOffered) {
    auto const offered = shown(checkout())["capabilities"]["payment"]["handlers"];
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_EQ(offered[0]["id"], "card");
    EXPECT_EQ(offered[0]["config"]["merchant_id"], "m_1");
}

TEST_F(AcpRender, PickupIsAnOptionPerLocation) {
    domain::CheckoutContent content;
    content.lines = {{"", "hoodie-black-m", 1}};
    content.buyer.email = "ada@example.com";
    domain::CheckoutContent::RequestedMethod pickup;
    pickup.kind = domain::FulfillmentKind::pickup;
    pickup.selected_destination_id = "oslo";
    content.methods = {pickup};
    auto const session = shown(apply(content));
    ASSERT_EQ(session["fulfillment_options"].size(), 2U);
    EXPECT_EQ(session["fulfillment_options"][0]["location"]["address"]["city"], "Oslo");
    EXPECT_EQ(session["selected_fulfillment_options"][0]["option_id"], "oslo");
    EXPECT_EQ(session["selected_fulfillment_options"][0]["item_ids"][0], "hoodie-black-m");
    EXPECT_EQ(session["fulfillment_groups"][0]["location_id"], "oslo");
    EXPECT_FALSE(session.contains("fulfillment_details"));
}

TEST_F(AcpRender, EveryDisclosureIsInTheAnswer) {
    auto one = checkout();
    one.disclosures = {{domain::DisclosureCode::withdrawal_right, "$", "You may withdraw.", "/terms", "14"},
                       {domain::DisclosureCode::unit_price, "$.line_items[1]", "1.00 a piece", "", ""}};
    service::CheckoutOutcome outcome;
    outcome.checkout = one;
    auto const body = render_session(outcome, {site_, handlers, {}});
    EXPECT_EQ(missing_disclosure(body, one.disclosures, site_, write_disclosure_part), nullptr);
    auto const session = test::parsed(body);
    EXPECT_EQ(session["line_items"][1]["disclosures"][0]["content"], "1.00 a piece");
    EXPECT_FALSE(session["line_items"][0].contains("disclosures"));
    EXPECT_EQ(session["messages"].back()["content"], "You may withdraw. (https://shop.example/terms)");
    one.disclosures.push_back({domain::DisclosureCode::allergens, "$.line_items[0]", "Contains nuts", "", ""});
    EXPECT_NE(missing_disclosure(body, one.disclosures, site_, write_disclosure_part), nullptr);
}

TEST_F(AcpRender, CodesAreThoseOfTheClosedLists) {
    std::set<std::string_view> const warnings{"low_stock",
                                              "high_demand",
                                              "shipping_delay",
                                              "price_change",
                                              "expiring_promotion",
                                              "limited_availability",
                                              "discount_code_expired",
                                              "discount_code_invalid",
                                              "discount_code_already_applied",
                                              "discount_code_combination_disallowed",
                                              "discount_code_minimum_not_met",
                                              "discount_code_user_not_logged_in",
                                              "discount_code_user_ineligible",
                                              "discount_code_usage_limit_reached"};
    std::set<std::string_view> const errors{"missing",
                                            "invalid",
                                            "out_of_stock",
                                            "payment_declined",
                                            "requires_sign_in",
                                            "requires_3ds",
                                            "low_stock",
                                            "quantity_exceeded",
                                            "coupon_invalid",
                                            "coupon_expired",
                                            "minimum_not_met",
                                            "maximum_exceeded",
                                            "region_restricted",
                                            "age_verification_required",
                                            "approval_required",
                                            "unsupported",
                                            "not_found",
                                            "conflict",
                                            "rate_limited",
                                            "expired",
                                            "intervention_required"};
    for (int i = 0; i <= static_cast<int>(domain::last_finding_code); ++i) {
        auto const codes = message_code(static_cast<FindingCode>(i));
        EXPECT_TRUE(codes.warning.empty() || warnings.contains(codes.warning)) << i;
        EXPECT_TRUE(errors.contains(codes.error)) << i;
    }
}

TEST_F(AcpRender, SeverityAndResolutionChangePlaces) {
    auto one = checkout();
    one.discount_codes.clear();
    one.fulfillment.pickup_available = false;
    one.disclosures.clear();
    one.findings = {{FindingCode::field_required, Severity::recoverable,
                     "$.fulfillment.methods[0].destinations[0].address_locality", "a city"},
                    {FindingCode::quantity_adjusted, Severity::warning, "$.line_items[0]", "fewer"},
                    {FindingCode::selection_rejected, Severity::warning,
                     "$.fulfillment.methods[0].groups[0].selected_option_id", "another"},
                    {FindingCode::payment_pending, Severity::info, "$.payment", "wait"},
                    {FindingCode::approval_required, Severity::requires_buyer_review, "$", "ask"}};
    auto const messages = shown(one)["messages"];
    auto const is = [&](std::size_t i, char const* type, char const* code, char const* resolution, char const* param) {
        EXPECT_EQ(messages[i]["type"], type) << i;
        EXPECT_EQ(messages[i].value("code", ""), code) << i;
        EXPECT_EQ(messages[i].value("resolution", ""), resolution) << i;
        EXPECT_EQ(messages[i].value("param", ""), param) << i;
        EXPECT_EQ(messages[i]["content_type"], "plain") << i;
    };
    ASSERT_EQ(messages.size(), 5U);
    is(0, "error", "missing", "recoverable", "$.fulfillment_details.address.city");
    is(1, "warning", "low_stock", "", "$.line_items[0]");
    is(2, "info", "", "", "$.selected_fulfillment_options");
    is(3, "info", "", "", "$.payment_data");
    is(4, "error", "approval_required", "requires_buyer_review", "$");
}

TEST_F(AcpRender, TheDiscoveryDocument) {
    auto const page =
        test::parsed(render_discovery(site_, handlers, {test::currency("USD"), test::currency("EUR")}, false));
    EXPECT_EQ(page["api_base_url"], "https://shop.example/acp");
    EXPECT_EQ(page["capabilities"]["services"], (json::Value{"checkout", "carts"}));
    EXPECT_EQ(page["capabilities"]["supported_currencies"], (json::Value{"usd", "eur"}));
    EXPECT_EQ(page["capabilities"]["intervention_types"], (json::Value{"3ds"}));
    auto const told = test::parsed(render_discovery(site_, {}, {}, true));
    EXPECT_EQ(told["capabilities"]["services"], (json::Value{"checkout", "orders", "carts"}));
    EXPECT_TRUE(told["capabilities"]["intervention_types"].empty());
}

TEST(AcpErrors, EveryCodeHasAStatusAndAType) {
    for (int i = 0; i <= static_cast<int>(Code::internal); ++i) {
        web::Response response;
        render_error(Error(static_cast<Code>(i), "detail", "/a/0/b"), response);
        auto const body = test::parsed(response.body);
        EXPECT_GE(response.status, 400) << i;
        EXPECT_EQ(body["type"] == "invalid_request", response.status < 500 && response.status != 429) << i;
        EXPECT_EQ(body["message"], "detail");
        EXPECT_EQ(body.value("param", ""), static_cast<Code>(i) == Code::not_found ? "" : "$.a[0].b");
    }
}

TEST(AcpErrors, VersionsKeysAndDecisions) {
    web::Response response;
    render_error(unsupported_version(), response);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(test::parsed(response.body)["supported_versions"], (json::Value{"2026-04-17"}));
    render_error(missing_version(), response);
    EXPECT_EQ(test::parsed(response.body)["code"], "missing_api_version");
    render_error(missing_key(), response);
    EXPECT_EQ(test::parsed(response.body)["code"], "idempotency_key_required");
    Error refused(Code::policy_denied, "Too much.");
    refused.reason = "over_cap";
    refused.decision_id = "d-1";
    render_error(refused, response);
    EXPECT_EQ(test::parsed(response.body)["code"], "over_cap");
    EXPECT_EQ(test::parsed(response.body)["message"], "Too much. (decision d-1)");
}

}  // namespace
}  // namespace b2a::protocol::acp
