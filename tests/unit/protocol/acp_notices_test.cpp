// SPDX-License-Identifier: Apache-2.0
// ACP order webhooks: what they say of an order, and how a receiver knows who said it.
#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/protocol/acp_orders.hpp"

#include "fixture.hpp"

namespace b2a::protocol::acp {
namespace {

constexpr std::string_view secret = "whsec_of_a_test";

template <class Id>
Id fixed_id(std::uint8_t last) {
    std::array<std::uint8_t, 16> bytes{0x01, 0x93, 0x5c};
    bytes[15] = last;
    return Id(bytes);
}

class AcpNotices : public testing::Test {
  protected:
    Site site_ = test::make_site();
    std::unique_ptr<service::OrderNoticePort> port_ = make_order_notices(site_, std::string(secret));
    Timestamp now_ = *from_rfc3339("2026-11-24T08:00:00.25Z");

    static domain::Line line(std::string id, std::string title, std::int64_t quantity, std::int64_t minor,
                             domain::Delivery delivery = domain::Delivery::physical) {
        domain::Line out;
        out.id = std::move(id);
        out.variant_id = "v-" + out.id;
        out.product_id = "p-" + out.id;
        out.title = std::move(title);
        out.image_url = "/media/" + out.id + ".svg";
        out.quantity = quantity;
        out.unit_minor = minor;
        out.delivery = delivery;
        return out;
    }

    /// Two hoodies to send, honey to collect, a voucher; ten percent off the hoodies.
    domain::Order order() const {
        domain::Order out;
        out.id = fixed_id<OrderId>(2);
        out.checkout_id = fixed_id<CheckoutId>(1);
        out.version = 1;
        out.created = now_;
        out.currency = test::currency("USD");
        out.label = "1001";
        out.lines = {line("li_1", "Fjord Hoodie", 2, 7900), line("li_2", "Honey", 1, 1106),
                     line("li_3", "Gift voucher", 1, 1000, domain::Delivery::digital)};
        out.lines[0].discount_minor = -1580;
        using domain::TotalKind;
        out.totals = {{TotalKind::subtotal, 17906, ""},    {TotalKind::items_discount, -1580, "Ten percent off"},
                      {TotalKind::fulfillment, 500, ""},   {TotalKind::discount, -500, "Free shipping"},
                      {TotalKind::tax, 1020, "Sales tax"}, {TotalKind::total, 17346, ""}};
        domain::FulfillmentMethod shipping;
        shipping.id = "shipping";
        shipping.line_ids = {"li_1"};
        shipping.destinations = {
            {"home", "", {"Ada", "Lovelace", "1 Main St", "Flat 2", "Springfield", "IL", "62701", "US", ""}}};
        shipping.selected_destination_id = "home";
        shipping.options = {
            {"standard", "Standard", "", "Post", 500, now_ + std::chrono::hours(72), now_ + std::chrono::hours(120)}};
        shipping.selected_option_id = "standard";
        domain::FulfillmentMethod pickup;
        pickup.id = "pickup";
        pickup.kind = domain::FulfillmentKind::pickup;
        pickup.line_ids = {"li_2"};
        pickup.destinations = {{"oslo", "Oslo shop", {"", "", "Storgata 1", "", "Oslo", "", "0155", "NO", ""}}};
        pickup.selected_destination_id = "oslo";
        out.methods = {shipping, pickup};
        out.buyer = {"Ada", "Lovelace", "ada@example.com", "+12025550100", {}};
        out.attribution = {{"utm_source", "agent"}};
        out.subscription = {"https://agent.example/hook?a=b", std::string(order_dialect)};
        return out;
    }
    domain::Order shipped(domain::Order from, std::int64_t units, std::string tracking) const {
        domain::FulfillmentEvent event;
        event.id = "evt_" + std::to_string(from.events.size() + 1);
        event.occurred_at = now_ + std::chrono::hours(1);
        event.type = domain::FulfillmentEventType::shipped;
        event.carrier = "Post";
        event.tracking_url = "https://post.example/" + tracking;
        event.tracking_number = std::move(tracking);
        event.description = "Handed to the carrier";
        event.lines = {{"li_1", units}};
        auto next = domain::record(std::move(from), std::move(event)).value();
        ++next.version;
        return next;
    }
    domain::Order refunded(domain::Order from, std::int64_t minor, std::vector<domain::LineQuantity> lines) const {
        domain::Adjustment adjustment{
            "adj_1", "refund", now_ + std::chrono::hours(2), domain::AdjustmentStatus::completed, std::move(lines),
            minor,   "Broken"};
        auto next = domain::adjust(std::move(from), std::move(adjustment)).value();
        ++next.version;
        return next;
    }
    json::Value told(domain::Order const& order) const {
        auto const draft = port_->render(order);
        EXPECT_TRUE(draft);
        return draft ? test::parsed(draft->body) : json::Value();
    }
    store::Notice notice() const {
        auto const draft = port_->render(order()).value();
        store::Notice out;
        out.id = NoticeId({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        out.target = draft.target;
        out.dialect = draft.dialect;
        out.content_type = draft.content_type;
        out.body = draft.body;
        return out;
    }
    static std::string field(web::OutboundRequest const& request, std::string_view name) {
        for (auto const& [key, value] : request.headers)
            if (key == name) return value;
        return {};
    }
};

TEST_F(AcpNotices, OrderAsGolden) {
    auto changed = shipped(shipped(order(), 1, "1Z"), 1, "2Z");
    domain::FulfillmentEvent delivered;
    delivered.id = "evt_3";
    delivered.occurred_at = now_ + std::chrono::hours(48);
    delivered.type = domain::FulfillmentEventType::delivered;
    delivered.tracking_number = "2Z";
    delivered.lines = {{"li_1", 1}};
    changed = domain::record(std::move(changed), delivered).value();
    test::expect_golden("acp/2026-04-17/order_create.json", port_->render(order()).value().body);
    test::expect_golden("acp/2026-04-17/order_update.json",
                        port_->render(refunded(changed, -1106, {{"li_2", -1}})).value().body);
}

TEST_F(AcpNotices, TheFirstVersionIsNewsTheOthersAreChanges) {
    EXPECT_EQ(told(order())["type"], "order_create");
    auto const update = told(shipped(order(), 1, "1Z"));
    EXPECT_EQ(update["type"], "order_update");
    EXPECT_EQ(update["data"]["type"], "order");
    EXPECT_EQ(update["data"]["line_items"].size(), 3U) << "all of it, not what changed";
}

TEST_F(AcpNotices, QuantitiesAndStatusesFollowTheGoods) {
    auto const status = [&](domain::Order const& of) { return told(of)["data"]["line_items"][0]["status"]; };
    EXPECT_EQ(told(order())["data"]["status"], "created");
    EXPECT_EQ(status(order()), "processing");
    EXPECT_EQ(told(order())["data"]["line_items"][2]["status"], "fulfilled") << "digital";
    auto const partly = shipped(order(), 1, "1Z");
    EXPECT_EQ(status(partly), "partial");
    EXPECT_EQ(told(partly)["data"]["line_items"][0]["quantity"],
              test::parsed(R"({"ordered":2,"current":2,"fulfilled":1})"));
    auto const less = refunded(partly, -7110, {{"li_1", -1}});
    EXPECT_EQ(status(less), "fulfilled");
    EXPECT_EQ(told(less)["data"]["line_items"][0]["quantity"],
              test::parsed(R"({"ordered":2,"current":1,"fulfilled":1})"));
    EXPECT_EQ(status(refunded(order(), 0, {{"li_1", -2}})), "removed");
}

TEST_F(AcpNotices, AmountsArePositiveAndTheChargeStays) {
    auto const data = told(refunded(order(), -1106, {{"li_2", -1}}))["data"];
    json::Value amounts;
    for (auto const& total : data["totals"]) amounts[total["type"].get<std::string>()] = total["amount"];
    EXPECT_EQ(amounts, test::parsed(R"({"items_base_amount":17906,"items_discount":1580,"subtotal":16326,
        "fulfillment":500,"discount":500,"tax":1020,"total":17346,"amount_refunded":1106})"));
    auto const adjustment = data["adjustments"][0];
    EXPECT_EQ(adjustment["amount"], 1106);
    EXPECT_EQ(adjustment["currency"], "usd");
    EXPECT_EQ(adjustment["line_items"], test::parsed(R"([{"id":"li_2","quantity":1}])"));
    auto const more = told(refunded(order(), 300, {}))["data"];
    EXPECT_FALSE(more["adjustments"][0].contains("amount")) << "the buyer gets nothing";
    auto plain = order();
    plain.totals = {{domain::TotalKind::subtotal, 100, ""}, {domain::TotalKind::total, 100, ""}};
    EXPECT_EQ(told(plain)["data"]["totals"],
              test::parsed(R"([{"type":"subtotal","display_text":"Subtotal","amount":100},
        {"type":"total","display_text":"Total","amount":100}])"));
}

TEST_F(AcpNotices, NothingOfTheBuyerButWhereItGoes) {
    auto const body = port_->render(order()).value().body;
    for (auto const* text : {"ada@example.com", "+12025550100", "utm_source", "owner"})
        EXPECT_EQ(body.find(text), std::string::npos) << text;
    auto halves = order();
    halves.methods[0].destinations[0].address.street_address.clear();
    EXPECT_FALSE(told(halves)["data"]["fulfillments"][0].contains("destination")) << "half an address is none";
}

TEST_F(AcpNotices, AreForSubscribersOfThisDialect) {
    auto other = order();
    other.subscription.target.clear();
    EXPECT_FALSE(port_->render(other));
    for (auto const* dialect : {"", "acp", "acp/2025-09-29", "ucp/2026-08-25"}) {
        other = order();
        other.subscription.dialect = dialect;
        EXPECT_FALSE(port_->render(other)) << dialect;
        auto foreign = notice();
        foreign.dialect = dialect;
        EXPECT_FALSE(port_->request(foreign, now_)) << dialect;
    }
    auto const silent = make_order_notices(site_, "");
    EXPECT_FALSE(silent->render(order())) << "nothing leaves without a signature";
    EXPECT_FALSE(silent->request(notice(), now_));
}

TEST_F(AcpNotices, AreSignedAtEachAttempt) {
    auto const sent = port_->request(notice(), now_).value();
    EXPECT_EQ(sent.method, web::Method::post);
    EXPECT_EQ(sent.url, "https://agent.example/hook?a=b");
    EXPECT_EQ(sent.body, notice().body);
    EXPECT_EQ(sent.timeout, limits::notice_timeout);
    EXPECT_EQ(field(sent, "Content-Type"), "application/json");
    EXPECT_EQ(field(sent, "Request-Id"), "01020304-0506-0708-090a-0b0c0d0e0f10");
    EXPECT_EQ(field(sent, "Timestamp"), "2026-11-24T08:00:00.250Z");
    auto const mac = crypto::hmac_sha256(as_bytes(secret), as_bytes("1795507200." + sent.body));
    EXPECT_EQ(field(sent, "Merchant-Signature"), "t=1795507200,v1=" + to_hex(mac));
    auto const later = port_->request(notice(), now_ + std::chrono::hours(1)).value();
    EXPECT_EQ(field(later, "Request-Id"), field(sent, "Request-Id")) << "the same over all attempts";
    EXPECT_TRUE(field(later, "Merchant-Signature").starts_with("t=1795510800,v1="));
    EXPECT_NE(field(later, "Merchant-Signature").substr(13), field(sent, "Merchant-Signature").substr(13));
}

/// Computed with another program: printf '1.{}' | openssl dgst -sha256 -hmac whsec_sandbox
TEST_F(AcpNotices, TheSignatureIsTheOneOthersCompute) {
    EXPECT_EQ(merchant_signature("whsec_sandbox", from_micros(1'900'000), "{}"),
              "t=1,v1=52feb7fb3a0215dc70e33220390fb6d967342b15bee828c260b1252e551dc758");
}

}  // namespace
}  // namespace b2a::protocol::acp
