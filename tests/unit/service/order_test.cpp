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

}  // namespace
}  // namespace b2a::service::testing
