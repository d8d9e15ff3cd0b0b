// SPDX-License-Identifier: Apache-2.0
// Who hears about an order: what is said is in the order's own transaction.
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

class CheckoutNotice : public ServiceTest {
  protected:
    CheckoutId create_for(std::string target) {
        auto command = creation({{"", "mug", 1}});
        command.subscription = subscription(std::move(target));
        EXPECT_TRUE(test::run(lane->checkouts.create(agent(), command, renderer())));
        return last.checkout.id;
    }
};

TEST_F(CheckoutNotice, ComesWithTheOrder) {
    auto const id = create_for("https://hook.test/1");
    EXPECT_TRUE(notices().empty());
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.order->subscription, subscription("https://hook.test/1"));
    auto const made = notices();
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(made[0].subject, last.order->id.text());
    EXPECT_EQ(made[0].target, "https://hook.test/1");
    EXPECT_EQ(made[0].dialect, "test/1");
    EXPECT_EQ(made[0].body, last.order->id.text() + " v1 0 events 0 adjustments");
    EXPECT_EQ(made[0].created, now);
    EXPECT_EQ(made[0].due, now);
}

TEST_F(CheckoutNotice, WithoutTheOrderThereIsNone) {
    auto const id = create_for("https://hook.test/1");
    store.before = [](store::ChangeSet const& changes) {
        EXPECT_EQ(changes.notices.size(), 1U) << "it is in the order's change set";
        EXPECT_TRUE(changes.order);
        return Error(Code::store_unavailable, "disk");
    };
    ASSERT_FALSE(complete(id));
    EXPECT_TRUE(notices().empty());
    ASSERT_TRUE(complete(id, "tok_decline"));
    EXPECT_TRUE(notices().empty());
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(notices().size(), 1U);
}

TEST_F(CheckoutNotice, NobodySubscribedNobodyHears) {
    ASSERT_TRUE(complete(create({{"", "mug", 1}})));
    EXPECT_TRUE(notices().empty());
}

TEST_F(CheckoutNotice, ComesWithALateSettlement) {
    auto const id = create_for("https://hook.test/1");
    ASSERT_TRUE(complete(id, "tok_timeout"));
    EXPECT_TRUE(notices().empty());
    ASSERT_TRUE(settle(id, PaymentOutcome::approved));
    ASSERT_EQ(notices().size(), 1U);
    EXPECT_EQ(notices()[0].subject, last.order->id.text());
}

TEST_F(CheckoutNotice, TheLatestSubscriptionCounts) {
    auto const id = create_for("https://hook.test/1");
    ASSERT_TRUE(test::run(lane->checkouts.update(agent(), change(id, {{"", "mug", 1}}), renderer())));
    EXPECT_EQ(stored(id).subscription.target, "https://hook.test/1") << "an update that names none keeps it";
    auto update = change(id, {{"", "mug", 1}});
    update.subscription = subscription("https://hook.test/2");
    ASSERT_TRUE(test::run(lane->checkouts.update(agent(), update, renderer())));
    EXPECT_EQ(stored(id).subscription.target, "https://hook.test/2");
    auto command = completion(id);
    command.subscription = subscription("https://hook.test/3");
    ASSERT_TRUE(complete(agent(), command));
    EXPECT_EQ(stored(id).subscription.target, "https://hook.test/3");
    ASSERT_EQ(notices().size(), 1U);
    EXPECT_EQ(notices()[0].target, "https://hook.test/3");
}

TEST_F(CheckoutNotice, ARepeatedCompletionSaysItOnce) {
    auto const id = create_for("https://hook.test/1");
    ASSERT_TRUE(complete(keyed("k"), completion(id)));
    ASSERT_TRUE(complete(keyed("k"), completion(id)));
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(notices().size(), 1U);
}

TEST_F(CheckoutNotice, ConsentIsMergedAtCompletion) {
    auto create_command = creation({{"", "mug", 1}});
    create_command.content.buyer.consent = {{"dev.ucp.consent.marketing", true}};
    ASSERT_TRUE(test::run(lane->checkouts.create(agent(), create_command, renderer())));
    auto command = completion(last.checkout.id);
    command.consent = {{"dev.ucp.consent.analytics", false}};
    ASSERT_TRUE(complete(agent(), command));
    domain::Consent const merged{{"dev.ucp.consent.analytics", false}, {"dev.ucp.consent.marketing", true}};
    EXPECT_EQ(last.order->buyer.consent, merged);
    EXPECT_EQ(stored(last.checkout.id).buyer.consent, merged);
}

TEST_F(CheckoutNotice, TooMuchConsentIsNotPaidFor) {
    auto const id = create({{"", "mug", 1}});
    auto command = completion(id);
    for (std::size_t i = 0; i <= limits::consent_purposes_max; ++i)
        command.consent.emplace("org.example.purpose" + std::to_string(i), true);
    auto const result = complete(agent(), command);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::unprocessable);
    EXPECT_TRUE(payments.asked.empty());
    EXPECT_EQ(stored(id).version, 1U);
}

}  // namespace
}  // namespace b2a::service::testing
