// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "protocol/ucp/errors.hpp"
#include "protocol/ucp/hand_off.hpp"
#include "protocol/ucp/render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

std::vector<service::HandlerInfo> const handlers{{"sandbox_card", "dev.b2a.sandbox_card", "Sandbox card"}};

template <class Id>
Id fixed_id(std::uint8_t last) {
    std::array<std::uint8_t, 16> bytes{0x01, 0x93, 0x5c};
    bytes[15] = last;
    return Id(bytes);
}

class UcpRender : public testing::Test {
  protected:
    Site site_ = test::make_site();
    Envelopes envelopes_{handlers, current_version};
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    Timestamp now_ = *from_rfc3339("2026-11-24T08:00:00Z");

    domain::CheckoutContent content() const {
        domain::CheckoutContent out;
        out.lines = {{"", "hoodie-black-m", 2}, {"", "voucher", 1}};
        out.buyer = {"Ada", "Lovelace", "ada@example.com", "+12025550100"};
        out.context.country = "US";
        out.attribution = {{"utm_source", "agent"}};
        out.discount_codes = {"save10", "NOPE"};
        out.destinations = {{"home", {"Ada", "Lovelace", "1 Main St", "", "Springfield", "IL", "62701", "US", ""}}};
        out.selected_destination_id = "home";
        out.selected_option_id = "standard";
        out.instruments = {{"pi_1", "sandbox_card", "card", true, "visa", "4242"}};
        return out;
    }

    /// The domain's own answer, so that the renderings show states that can happen.
    domain::Checkout checkout(domain::CheckoutContent const& wanted) const {
        promotions_ = {{"SAVE10", "Ten percent off", domain::PromotionKind::percentage, 100'000, {}, {}, {}, true}};
        domain::PricingFacts facts;
        for (auto const& line : wanted.lines) {
            auto const found = snapshot_->find_variant(line.variant_id);
            if (found) facts.lines.push_back({found->variant, found->product, snapshot_->stock(found->variant_index)});
            else facts.lines.emplace_back();
        }
        facts.promotions = &promotions_;
        facts.shipping = &snapshot_->data().shipping;
        facts.taxes = &taxes_;
        facts.catalog_revision = 7;
        facts.now = now_;
        domain::Checkout base;
        base.id = fixed_id<CheckoutId>(1);
        base.currency = test::currency("USD");
        base.created = now_;
        base.expires = now_ + limits::checkout_ttl;
        auto applied = domain::apply_content(std::move(base), wanted, facts);
        EXPECT_TRUE(applied.ok()) << applied.error().detail;
        return *applied;
    }

    std::string render(domain::Checkout checkout, domain::Findings notes = {}) const {
        return render_checkout({std::move(checkout), std::move(notes), std::nullopt, true}, site_, envelopes_);
    }

    std::vector<domain::TaxRate> taxes_{{"US", "IL", 62'500, "Illinois sales tax"}};
    mutable std::vector<domain::Promotion> promotions_;
};

TEST_F(UcpRender, CheckoutAsGolden) {
    auto const out = render(checkout(content()));
    test::expect_golden("ucp/2026-04-08/checkout.json", out);
}

TEST_F(UcpRender, IncompleteCheckoutAsGolden) {
    domain::CheckoutContent wanted;
    wanted.lines = {{"", "hoodie-moss-m", 1}, {"", "nothing", 1}};
    test::expect_golden("ucp/2026-04-08/checkout-incomplete.json", render(checkout(wanted)));
}

TEST_F(UcpRender, TotalsAddUp) {
    auto const json = test::parsed(render(checkout(content())));
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

TEST_F(UcpRender, NamesOnlyRelevantCapabilities) {
    auto const names = [](std::string const& envelope) {
        auto const json = test::parsed(envelope);
        std::vector<std::string> out;
        for (auto const& [name, value] : json["capabilities"].items()) out.push_back(name);
        return out;
    };
    EXPECT_EQ(names(envelopes_.success(Root::checkout)),
              (std::vector<std::string>{"dev.ucp.shopping.checkout", "dev.ucp.shopping.discount",
                                        "dev.ucp.shopping.fulfillment"}));
    EXPECT_EQ(names(envelopes_.success(Root::order)), std::vector<std::string>{"dev.ucp.shopping.order"});
    EXPECT_EQ(names(envelopes_.success(Root::catalog_search)),
              std::vector<std::string>{"dev.ucp.shopping.catalog.search"});
    EXPECT_EQ(names(envelopes_.success(Root::catalog_lookup)),
              std::vector<std::string>{"dev.ucp.shopping.catalog.lookup"});
    EXPECT_TRUE(test::parsed(envelopes_.success(Root::checkout)).contains("payment_handlers"));
    EXPECT_FALSE(test::parsed(envelopes_.success(Root::order)).contains("payment_handlers"));
}

TEST_F(UcpRender, EscalationCarriesItsReasonAndAWayOn) {
    auto held = checkout(content());
    held.status = domain::CheckoutStatus::requires_escalation;
    held.findings = {{domain::FindingCode::approval_required, domain::Severity::requires_buyer_review, "$",
                      "A person has to approve this order."}};
    auto const json = test::parsed(render(held));
    EXPECT_EQ(json["status"], "requires_escalation");
    EXPECT_EQ(json["messages"][0]["severity"], "requires_buyer_review");
    EXPECT_EQ(json["continue_url"], "https://shop.example/checkout/" + held.id.text());
}

TEST_F(UcpRender, TerminalStatesOfferNoWayOn) {
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

TEST_F(UcpRender, DigitalGoodsNeedNoMethod) {
    domain::CheckoutContent wanted;
    wanted.lines = {{"", "voucher", 1}};
    EXPECT_FALSE(test::parsed(render(checkout(wanted))).contains("fulfillment"));
}

TEST_F(UcpRender, MessagesKeepTheirKind) {
    auto const json = test::parsed(
        render(checkout(content()), {{domain::FindingCode::payment_pending, domain::Severity::info, "", "Wait."},
                                     {domain::FindingCode::payment_requires_action,
                                      domain::Severity::requires_buyer_input, "$.payment", "Authenticate."}}));
    EXPECT_EQ(json["messages"][0]["type"], "info");
    EXPECT_FALSE(json["messages"][0].contains("severity"));
    EXPECT_EQ(json["messages"][1]["code"], "requires_3ds");
    auto const& last = json["messages"].back();
    EXPECT_EQ(last["type"], "warning");
    EXPECT_EQ(last["code"], "discount_code_invalid");
    EXPECT_EQ(last["path"], "$.discounts.codes[1]");
}

TEST_F(UcpRender, OrderAsGolden) {
    auto order = domain::make_order(checkout(content()), fixed_id<OrderId>(2), now_);
    order.label = "1001";
    test::expect_golden("ucp/2026-04-08/order.json", render_order(order, site_, envelopes_));
    order.events = {{"evt_1", now_, domain::FulfillmentEventType::shipped, "Post", "1Z", "https://post.example/1Z"}};
    auto const json = test::parsed(render_order(order, site_, envelopes_));
    EXPECT_EQ(json["line_items"][0]["status"], "fulfilled");
    EXPECT_EQ(json["fulfillment"]["events"][0]["tracking_number"], "1Z");
    EXPECT_EQ(json["fulfillment"]["events"][0]["line_items"].size(), 1U);
}

TEST_F(UcpRender, ProfileAsGolden) {
    test::expect_golden("ucp/2026-04-08/profile.json",
                        render_profile(site_, handlers, current_version, ProfileKind::root));
    auto const leaf = test::parsed(render_profile(site_, handlers, current_version, ProfileKind::leaf));
    EXPECT_FALSE(leaf["ucp"].contains("supported_versions"));
    EXPECT_EQ(leaf["ucp"]["services"]["dev.ucp.shopping"][0]["endpoint"], "https://shop.example/ucp/v1");
}

TEST_F(UcpRender, ErrorsAreFlatOrOutcomes) {
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
        render_error(error, envelopes_, response);
        auto const json = test::parsed(response.body);
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(json["code"], code);
        EXPECT_FALSE(json["content"].get<std::string>().empty());
        EXPECT_EQ(response.error_code, to_text(error.code));
    }
    web::Response response;
    render_error(denied, envelopes_, response);
    EXPECT_EQ(test::parsed(response.body)["decision_id"], "dec_1");
    response.clear();
    render_error(Error(Code::rate_limited).with_retry_after(std::chrono::seconds(9)), envelopes_, response);
    EXPECT_EQ(response.headers, (decltype(response.headers){{"Retry-After", "9"}}));
    response.clear();
    render_error(Error(Code::not_found, "no such checkout"), envelopes_, response);
    EXPECT_EQ(response.status, 200);
    test::expect_golden("ucp/2026-04-08/not-found.json", response.body);
}

TEST_F(UcpRender, InternalNotesStayInside) {
    web::Response response;
    render_error(Error(Code::internal).with_note("password"), envelopes_, response);
    EXPECT_EQ(response.body.find("password"), std::string::npos);
}

TEST_F(UcpRender, TheHandOffPageEscapesWhatItShows) {
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
