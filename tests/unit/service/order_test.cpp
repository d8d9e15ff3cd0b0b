// SPDX-License-Identifier: Apache-2.0
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using domain::FulfillmentEventType;

class Orders : public ServiceTest {
  protected:
    OrderId order() {
        EXPECT_TRUE(complete(create({{"", "mug", 1}})));
        return last.order->id;
    }
    Result<domain::Order> record(RequestContext context, OrderId id, FulfillmentEventType type) {
        RecordFulfillment command;
        command.id = id;
        command.event.type = type;
        command.event.carrier = "Post";
        command.event.tracking_number = "T1";
        return test::run(lane->orders.record(std::move(context), std::move(command)));
    }
};

TEST_F(Orders, AreReadByTheirOwnerOnly) {
    auto const id = order();
    EXPECT_EQ(lane->orders.get(agent(), id)->id, id);
    auto const foreign = lane->orders.get(agent("https://other.test/profile"), id);
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, Code::not_found);
    EXPECT_EQ(lane->orders.get(agent(), OrderId::make(now, *random)).error().code, Code::not_found);
    EXPECT_EQ(lane->orders.get(anonymous(), id).error().code, Code::policy_denied);
}

TEST_F(Orders, ShipThenDeliver) {
    auto const id = order();
    auto const early = record(operator_(), id, FulfillmentEventType::delivered);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, Code::unprocessable);
    ASSERT_TRUE(record(operator_(), id, FulfillmentEventType::processing));
    ASSERT_TRUE(record(operator_(), id, FulfillmentEventType::shipped));
    EXPECT_EQ(record(operator_(), id, FulfillmentEventType::shipped).error().code, Code::unprocessable);
    auto const done = record(operator_(), id, FulfillmentEventType::delivered);
    ASSERT_TRUE(done);
    ASSERT_EQ(done->events.size(), 3U);
    EXPECT_EQ(done->events[1].tracking_number, "T1");
    EXPECT_EQ(done->events[1].occurred_at, now);
    EXPECT_NE(done->events[1].id, done->events[2].id);
    EXPECT_EQ(*lane->orders.get(agent(), id), *done);
    EXPECT_EQ(entries("order.fulfillment"), 3U);
}

TEST_F(Orders, FulfilmentIsTheOperatorsBusiness) {
    auto const id = order();
    auto const refused = record(agent(), id, FulfillmentEventType::shipped);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied);
    EXPECT_EQ(entries("request.refused"), 1U);
    EXPECT_TRUE(lane->orders.get(agent(), id)->events.empty());
}

TEST_F(Orders, AVersionConflictIsRetried) {
    auto const id = order();
    store.before = [&](store::ChangeSet const&) -> std::optional<Error> {
        EXPECT_TRUE(record(operator_(), id, FulfillmentEventType::processing));
        return std::nullopt;
    };
    auto const shipped = record(operator_(), id, FulfillmentEventType::shipped);
    ASSERT_TRUE(shipped);
    EXPECT_EQ(shipped->events.size(), 2U);
}

TEST_F(Orders, AnUnknownOrderIsNotFound) {
    EXPECT_EQ(record(operator_(), OrderId::make(now, *random), FulfillmentEventType::shipped).error().code,
              Code::not_found);
}

class OrderChanges : public Orders {
  protected:
    OrderId subscribed() {
        auto command = creation({{"", "mug", 3}});
        command.subscription = subscription("https://hook.test/1");
        EXPECT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
        EXPECT_TRUE(complete(last.checkout.id));
        return last.order->id;
    }
    Result<domain::Order> adjust(RequestContext context, OrderId id, domain::Adjustment adjustment) {
        return test::run(lane->orders.adjust(std::move(context), AdjustOrder{id, std::move(adjustment)}));
    }
    static domain::Adjustment refund(std::int64_t minor, std::vector<domain::LineQuantity> lines = {}) {
        domain::Adjustment out;
        out.type = "refund";
        out.minor = minor;
        out.lines = std::move(lines);
        return out;
    }
};

TEST_F(OrderChanges, ARefundIsKeptWithEvidenceAndNotice) {
    auto const id = subscribed();
    auto const line = lane->orders.get(agent(), id)->lines.at(0);
    now += std::chrono::hours(1);
    auto const changed = adjust(operator_(), id, refund(-999, {{line.id, -1}}));
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->version, 2U);
    ASSERT_EQ(changed->adjustments.size(), 1U);
    EXPECT_TRUE(changed->adjustments[0].id.starts_with("adj_"));
    EXPECT_EQ(changed->adjustments[0].occurred_at, now);
    EXPECT_EQ(domain::total_quantity(*changed, line), 2);
    EXPECT_EQ(*lane->orders.get(agent(), id), *changed);
    EXPECT_EQ(entries("order.adjusted"), 1U);
    EXPECT_NE(log().find(R"("amount":"-999")"), std::string::npos);
    auto const made = notices();
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(made[1].body, id.text() + " v2 0 events 1 adjustments");
    EXPECT_LT(made[0].seq, made[1].seq);
}

TEST_F(OrderChanges, MoreThanWasPaidIsNotGivenBack) {
    auto const id = subscribed();
    auto const paid = payments.asked.at(0).amount.minor;
    ASSERT_TRUE(adjust(operator_(), id, refund(-paid + 1)));
    auto const result = adjust(operator_(), id, refund(-2));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::unprocessable);
    EXPECT_EQ(result.error().pointer, "/amount");
    EXPECT_EQ(lane->orders.get(agent(), id)->version, 2U);
    EXPECT_EQ(entries("order.adjusted"), 1U);
    EXPECT_EQ(notices().size(), 2U);
    ASSERT_TRUE(adjust(operator_(), id, refund(-1)));
}

TEST_F(OrderChanges, TheCallersIdAndTimeDoNotCount) {
    auto const id = subscribed();
    auto forged = refund(-1);
    forged.id = "mine";
    forged.occurred_at = now - std::chrono::hours(1000);
    auto const changed = adjust(operator_(), id, forged);
    ASSERT_TRUE(changed);
    EXPECT_NE(changed->adjustments[0].id, "mine");
    EXPECT_EQ(changed->adjustments[0].occurred_at, now);
}

TEST_F(OrderChanges, EachFulfilmentEventHasItsNotice) {
    auto const id = subscribed();
    ASSERT_TRUE(record(operator_(), id, FulfillmentEventType::shipped));
    ASSERT_TRUE(record(operator_(), id, FulfillmentEventType::delivered));
    auto const made = notices();
    ASSERT_EQ(made.size(), 3U);
    EXPECT_EQ(made[1].body, id.text() + " v2 1 events 0 adjustments");
    EXPECT_EQ(made[2].body, id.text() + " v3 2 events 0 adjustments");
    EXPECT_NE(log().find(R"("type":"shipped")"), std::string::npos);
}

TEST_F(OrderChanges, ThatAreNotStoredAreNotTold) {
    auto const id = subscribed();
    store.before = [](store::ChangeSet const& changes) {
        EXPECT_EQ(changes.notices.size(), 1U);
        return Error(Code::store_unavailable, "disk");
    };
    ASSERT_FALSE(record(operator_(), id, FulfillmentEventType::shipped));
    EXPECT_EQ(notices().size(), 1U);
    EXPECT_EQ(lane->orders.get(agent(), id)->version, 1U);
}

TEST_F(OrderChanges, AreTheOperatorsBusiness) {
    auto const id = subscribed();
    auto const refused = adjust(agent(), id, refund(-1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::policy_denied);
    EXPECT_EQ(entries("request.refused"), 1U);
    EXPECT_EQ(notices().size(), 1U);
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"frozen\"\neffect = \"forbid\"\nactions = [\"order.fulfill\"]\n"
                             "reason_code = \"frozen\"\n"));
    EXPECT_EQ(adjust(operator_(), id, refund(-1)).error().reason, "frozen");
    EXPECT_EQ(record(operator_(), id, FulfillmentEventType::shipped).error().reason, "frozen");
}

TEST_F(OrderChanges, AVersionConflictIsRetriedOnce) {
    auto const id = subscribed();
    store.before = [&](store::ChangeSet const&) -> std::optional<Error> {
        EXPECT_TRUE(record(operator_(), id, FulfillmentEventType::processing));
        return std::nullopt;
    };
    auto const changed = adjust(operator_(), id, refund(-1));
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->version, 3U);
    EXPECT_EQ(changed->events.size(), 1U);
    EXPECT_EQ(notices().size(), 3U);
    EXPECT_EQ(adjust(operator_(), OrderId::make(now, *random), refund(-1)).error().code, Code::not_found);
}

}  // namespace
}  // namespace b2a::service::testing
