// SPDX-License-Identifier: Apache-2.0
// A cart becomes a checkout: once at a time, by its owner, in one transaction.
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using domain::CheckoutStatus;

class Conversion : public ServiceTest {
  protected:
    Result<Replied> convert_as(RequestContext context, CreateCheckout command) {
        return test::run(lane->checkouts.create(std::move(context), std::move(command), renderer()));
    }
    Result<Replied> convert(CartId id) { return convert_as(agent(), conversion(id)); }
};

TEST_F(Conversion, LinksBothInOneTransaction) {
    auto const cart = fill_cart({{"", "shirt", 2}, {"", "mug", 1}});
    auto const made = convert(cart);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->reply.status, 201);
    EXPECT_TRUE(last.created);
    auto const checkout = stored(last.checkout.id);
    EXPECT_EQ(checkout.status, CheckoutStatus::ready_for_complete);
    EXPECT_EQ(checkout.cart_id, cart);
    ASSERT_EQ(checkout.lines.size(), 2U);
    EXPECT_EQ(checkout.lines[0].id, stored(cart).lines[0].id);
    EXPECT_EQ(domain::total_of(checkout).minor, 2 * 2000 + 999 + 500);
    EXPECT_EQ(stored(cart).checkout_id, checkout.id);
    EXPECT_EQ(stored(cart).version, 2U);
    EXPECT_NE(log().find("\"cart\":\"" + cart.text() + "\""), std::string::npos);
    ASSERT_TRUE(complete(checkout.id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
}

TEST_F(Conversion, OfTheSameCartTwiceIsOneCheckout) {
    auto const cart = fill_cart({{"", "shirt", 1}});
    ASSERT_TRUE(convert(cart));
    auto const id = last.checkout.id;
    auto const again = convert(cart);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->reply.status, 200);
    EXPECT_FALSE(last.created);
    EXPECT_FALSE(again->audit_seq) << "nothing changed";
    EXPECT_EQ(last.checkout, stored(id));
    EXPECT_EQ(entries("checkout.created"), 1U);
}

TEST_F(Conversion, TwoAtOnceMakeOneCheckout) {
    auto const cart = fill_cart({{"", "shirt", 1}});
    auto const [a, b] = test::run_both(lane->checkouts.create(agent(), conversion(cart), renderer()),
                                       other->checkouts.create(agent(), conversion(cart), renderer()));
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->reply.status + b->reply.status, 201 + 200) << "one makes it, the other finds it";
    EXPECT_EQ(entries("checkout.created"), 1U);
    EXPECT_EQ(stored(cart).version, 2U);
}

TEST_F(Conversion, ThatCannotBeStoredLeavesTheCartAlone) {
    auto const cart = fill_cart({{"", "shirt", 1}});
    auto const before = stored(cart);
    store.before = [](store::ChangeSet const&) { return Error(Code::store_unavailable, "disk"); };
    ASSERT_FALSE(convert(cart));
    EXPECT_EQ(stored(cart), before);
    ASSERT_TRUE(convert(cart));
    EXPECT_TRUE(last.created);
}

TEST_F(Conversion, ACartChangedMeanwhileIsConvertedAsItIs) {
    auto const cart = fill_cart({{"", "shirt", 1}});
    store.before = [&](store::ChangeSet const&) -> std::optional<Error> {
        UpdateCart rival{cart, content_of({{"", "shirt", 5}})};
        EXPECT_TRUE(test::run(other->carts.update(agent(), std::move(rival), cart_renderer())));
        return std::nullopt;
    };
    ASSERT_TRUE(convert(cart));
    EXPECT_EQ(last.checkout.lines.at(0).quantity, 5);
    EXPECT_EQ(entries("checkout.created"), 1U);
}

TEST_F(Conversion, AnOverCheckoutMakesRoomForANewOne) {
    auto const cart = fill_cart({{"", "mug", 1}});
    ASSERT_TRUE(convert(cart));
    auto const canceled = last.checkout.id;
    ASSERT_TRUE(test::run(lane->checkouts.cancel(agent(), CancelCheckout{canceled}, renderer())));
    ASSERT_TRUE(convert(cart));
    auto const expired = last.checkout.id;
    EXPECT_TRUE(last.created);
    EXPECT_NE(expired, canceled);
    now += std::chrono::hours(6);
    ASSERT_TRUE(convert(cart));
    auto const completed = last.checkout.id;
    EXPECT_NE(completed, expired);
    ASSERT_TRUE(complete(completed));
    ASSERT_TRUE(convert(cart));
    EXPECT_NE(last.checkout.id, completed);
    EXPECT_EQ(stored(cart).checkout_id, last.checkout.id);
}

TEST_F(Conversion, APaymentUnderWayIsNotOvertaken) {
    auto const cart = fill_cart({{"", "mug", 1}});
    ASSERT_TRUE(convert(cart));
    auto const id = last.checkout.id;
    ASSERT_TRUE(complete(id, "tok_timeout"));
    now += std::chrono::hours(7);
    ASSERT_TRUE(convert(cart));
    EXPECT_EQ(last.checkout.id, id);
    EXPECT_EQ(last.checkout.status, CheckoutStatus::complete_in_progress);
}

TEST_F(Conversion, TakesTheCartsWordWhereBothHaveOne) {
    CreateCart command{content_of({{"", "shirt", 2}})};
    command.content.discount_codes = {"SAVE10"};
    command.content.buyer.email = "cart@example.test";
    command.content.buyer.consent = {{"dev.ucp.consent.marketing", false}};
    ASSERT_TRUE(test::run(lane->carts.create(agent(), command, cart_renderer())));
    auto request = conversion(last_cart.cart.id);
    request.content.lines = {{"", "mug", 1}};
    request.content.buyer.consent = {{"dev.ucp.consent.marketing", true}, {"dev.ucp.consent.analytics", true}};
    ASSERT_TRUE(convert_as(agent(), request));
    auto const checkout = stored(last.checkout.id);
    ASSERT_EQ(checkout.lines.size(), 1U);
    EXPECT_EQ(checkout.lines[0].variant_id, "shirt");
    EXPECT_EQ(checkout.discount_codes, std::vector<std::string>{"SAVE10"});
    EXPECT_EQ(domain::total_of(checkout).minor, 4000 - 400 + 500);
    EXPECT_EQ(checkout.buyer.email, "cart@example.test");
    domain::Consent const merged{{"dev.ucp.consent.analytics", true}, {"dev.ucp.consent.marketing", false}};
    EXPECT_EQ(checkout.buyer.consent, merged);
    EXPECT_EQ(checkout.fulfillment.methods.at(0).destinations.at(0).id, "home") << "the request's own members count";
}

TEST_F(Conversion, OnlyOfALiveCartOfOnesOwn) {
    auto const cart = fill_cart({{"", "mug", 1}});
    auto const gone = fill_cart({{"", "mug", 1}});
    ASSERT_TRUE(test::run(lane->carts.cancel(agent(), CancelCart{gone}, cart_renderer())));
    auto const stranger = agent("https://other.test/profile");
    for (auto const& result :
         {convert(CartId::make(now, *random)), convert(gone), convert_as(stranger, conversion(cart))}) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Code::not_found);
        EXPECT_EQ(result.error().pointer, "/cart_id");
    }
    now += limits::cart_ttl;
    EXPECT_EQ(convert(cart).error().pointer, "/cart_id");
    EXPECT_EQ(entries("checkout.created"), 0U);
    EXPECT_FALSE(stored(cart).checkout_id);
}

TEST_F(Conversion, ARefusalLeavesTheCartAlone) {
    auto const cart = fill_cart({{"", "mug", 1}});
    rules.replace(load_rules(default_rules() +
                             "\n[[rule]]\nid = \"closed\"\neffect = \"forbid\"\nactions = [\"checkout.create\"]\n"
                             "reason_code = \"shop_closed\"\n"));
    EXPECT_EQ(convert(cart).error().code, Code::policy_denied);
    EXPECT_EQ(stored(cart).version, 1U);
}

TEST_F(Conversion, AnEmptyCartIsNoPurchase) {
    auto const cart = fill_cart({});
    auto const result = convert(cart);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::unprocessable);
    EXPECT_FALSE(stored(cart).checkout_id);
}

}  // namespace
}  // namespace b2a::service::testing
