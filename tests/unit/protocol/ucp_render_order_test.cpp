// SPDX-License-Identifier: Apache-2.0
// Orders with what happens to them, and profiles.
#include "protocol/ucp/profile.hpp"
#include "renderings.hpp"

namespace b2a::protocol::ucp {
namespace {

class UcpOrders : public UcpRender {};

INSTANTIATE_TEST_SUITE_P(Versions, UcpOrders, testing::ValuesIn(all_versions), version_name);

TEST_P(UcpOrders, OrderAsGolden) {
    site_.refund_url = "/refunds";
    auto placed = order(with_pickup());
    domain::FulfillmentEvent shipped{"evt_1",
                                     now_ + std::chrono::hours(1),
                                     domain::FulfillmentEventType::shipped,
                                     "Post",
                                     "1Z",
                                     "https://post.example/1Z",
                                     "Handed to the carrier",
                                     {{"li_1", 1}}};
    auto with_event = domain::record(placed, shipped);
    ASSERT_TRUE(with_event.ok()) << with_event.error().detail;
    domain::Adjustment refund{
        "adj_1",        "refund", now_ + std::chrono::hours(2), domain::AdjustmentStatus::completed,
        {{"li_3", -1}}, -1106,    "Returned to the store"};
    auto adjusted = domain::adjust(*with_event, refund);
    ASSERT_TRUE(adjusted.ok()) << adjusted.error().detail;
    expect_golden("order.json", render_order(*adjusted, frame()));
}

TEST_P(UcpOrders, ProfilesAsGolden) {
    auto const ring = test::make_ring();
    expect_golden("profile.json", render_profile(site_, handlers, *ring, version_, ProfileKind::root));
    expect_golden("leaf-profile.json", render_profile(site_, handlers, *ring, version_, ProfileKind::leaf));
}

TEST_P(UcpOrders, OrderLinesFollowEventsAndAdjustments) {
    auto placed = order(content());
    auto const line = [&](domain::Order const& of) { return test::parsed(render_order(of, frame()))["line_items"][0]; };
    EXPECT_EQ(line(placed)["status"], "processing");
    EXPECT_EQ(line(placed)["quantity"], test::parsed(R"({"original":2,"total":2,"fulfilled":0})"));
    // Digital goods have been delivered when they were paid for.
    EXPECT_EQ(test::parsed(render_order(placed, frame()))["line_items"][1]["status"], "fulfilled");

    domain::FulfillmentEvent event;
    event.id = "evt_1";
    event.type = domain::FulfillmentEventType::shipped;
    event.occurred_at = now_;
    event.lines = {{"li_1", 1}};
    auto const partly = domain::record(placed, event).value();
    EXPECT_EQ(line(partly)["status"], "partial");
    EXPECT_EQ(line(partly)["quantity"]["fulfilled"], 1);

    domain::Adjustment cancellation;
    cancellation.id = "adj_1";
    cancellation.type = "cancellation";
    cancellation.occurred_at = now_;
    cancellation.lines = {{"li_1", -1}};
    cancellation.minor = -7900;
    auto const less = domain::adjust(partly, cancellation).value();
    EXPECT_EQ(line(less)["status"], "fulfilled");
    EXPECT_EQ(line(less)["quantity"], test::parsed(R"({"original":2,"total":1,"fulfilled":1})"));
    auto const json = test::parsed(render_order(less, frame()));
    EXPECT_EQ(json["adjustments"][0]["line_items"][0]["quantity"], -1);
    EXPECT_EQ(json["adjustments"][0]["totals"], test::parsed(R"([{"type":"total","amount":-7900}])"));
    EXPECT_EQ(json["fulfillment"]["expectations"][0]["line_items"][0]["quantity"], 1);

    cancellation.status = domain::AdjustmentStatus::pending;
    auto const pending = domain::adjust(partly, cancellation).value();
    EXPECT_EQ(line(pending)["quantity"]["total"], 2) << "nothing has happened yet";
    EXPECT_EQ(test::parsed(render_order(pending, frame()))["adjustments"][0]["status"], "pending");
}

TEST_P(UcpOrders, WhatLeftTheOrderIsStillListed) {
    domain::Adjustment all;
    all.id = "adj_1";
    all.type = "cancellation";
    all.occurred_at = now_;
    all.lines = {{"li_1", -2}};
    auto const json = test::parsed(render_order(domain::adjust(order(content()), all).value(), frame()));
    EXPECT_EQ(json["line_items"][0]["status"], "removed");
    EXPECT_EQ(json["line_items"][0]["quantity"], test::parsed(R"({"original":2,"total":0,"fulfilled":0})"));
    ASSERT_EQ(json["fulfillment"]["expectations"].size(), 1U);
    EXPECT_EQ(json["fulfillment"]["expectations"][0]["method_type"], "digital");
    EXPECT_FALSE(json["adjustments"][0].contains("totals"));
}

TEST_P(UcpOrders, EventsNameWhatMoved) {
    auto const shipped = domain::record(
        order(content()),
        {"evt_1", now_, domain::FulfillmentEventType::shipped, "Post", "1Z", "https://post.example/1Z", "", {}});
    auto const event = test::parsed(render_order(*shipped, frame()))["fulfillment"]["events"][0];
    EXPECT_EQ(event["line_items"], test::parsed(R"([{"id":"li_1","quantity":2}])"));
    EXPECT_EQ(event["tracking_number"], "1Z");
    EXPECT_FALSE(event.contains("description"));
}

TEST_P(UcpOrders, ProfilesShowTheKeysUnderTheVersionsName) {
    std::vector<identity::OwnKey> keys;
    keys.push_back(test::make_key(1));
    keys.front().retired = now_;
    keys.push_back(test::make_key(2));
    identity::KeyRing const ring(std::move(keys));
    auto const json = test::parsed(render_profile(site_, handlers, ring, version_, ProfileKind::root));
    auto const* name = current() ? "keys" : "signing_keys";
    ASSERT_EQ(json[name].size(), 2U) << "a retired key still verifies what it signed";
    EXPECT_FALSE(json.contains(current() ? "signing_keys" : "keys"));
    for (auto const& key : json[name])
        for (auto const* secret : {"d", "p", "q", "k"}) EXPECT_FALSE(key.contains(secret));
}

TEST_P(UcpOrders, RootsNameTheOtherVersionsAndLeavesNone) {
    auto const ring = test::make_ring();
    auto const root = test::parsed(render_profile(site_, handlers, *ring, version_, ProfileKind::root));
    auto const* other = current() ? "2026-04-08" : "2026-08-25";
    EXPECT_EQ(root["ucp"]["supported_versions"],
              (json::Value{{other, "https://shop.example/.well-known/ucp/" + std::string(other)}}));
    auto leaf = test::parsed(render_profile(site_, handlers, *ring, version_, ProfileKind::leaf));
    EXPECT_FALSE(leaf["ucp"].contains("supported_versions"));
    leaf["ucp"]["supported_versions"] = root["ucp"]["supported_versions"];
    EXPECT_EQ(leaf["ucp"].size(), root["ucp"].size());
    EXPECT_EQ(leaf["ucp"]["services"].contains("dev.ucp.common"), current());
    for (auto const& [name, entries] : root["ucp"]["capabilities"].items()) {
        EXPECT_EQ(entries.size(), 1U) << name;
        EXPECT_EQ(entries[0]["version"], to_text(version_)) << name;
    }
    EXPECT_EQ(root["ucp"]["capabilities"].contains("dev.ucp.shopping.permalink"), current());
    site_.base_url = "http://127.0.0.1:8080";
    auto const plain = test::parsed(render_profile(site_, handlers, *ring, version_, ProfileKind::root));
    EXPECT_FALSE(plain["ucp"]["capabilities"].contains("dev.ucp.shopping.permalink")) << "its endpoint must be https";
}

TEST_P(UcpOrders, ConstraintsOnRequestsAreForAnswers) {
    auto const constrained = [](json::Value const& ucp) {
        return ucp["payment_handlers"]["dev.b2a.sandbox_card"][0]["available_instruments"][0].contains("ucp");
    };
    auto const profile = test::parsed(render_profile(site_, handlers, *test::make_ring(), version_, ProfileKind::root));
    EXPECT_FALSE(constrained(profile["ucp"]));
    EXPECT_EQ(constrained(test::parsed(terms_.success(Capability::checkout))), current());
}

TEST_P(UcpOrders, SandboxPlatformsAgreeOnEverything) {
    auto const agreed = negotiate(render_sandbox_platform(site_, version_), handlers);
    auto const* terms = std::get_if<std::shared_ptr<Terms const>>(&agreed);
    ASSERT_NE(terms, nullptr);
    EXPECT_EQ((*terms)->version(), version_);
    EXPECT_EQ((*terms)->active(), test::without_mandates(version_)) << "it has no key to sign mandates with";
    EXPECT_TRUE((*terms)->webhook_url.empty());
}

}  // namespace
}  // namespace b2a::protocol::ucp
