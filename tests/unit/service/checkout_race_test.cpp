// SPDX-License-Identifier: Apache-2.0
// Completions that meet other requests between payment and commit: whatever happens, one order and one charge.
#include "unit/service/fixture.hpp"

namespace b2a::service::testing {
namespace {

using domain::CheckoutStatus;
using domain::FindingCode;

class CheckoutRace : public ServiceTest {
  protected:
    /// A whole completion on another thread's services, for use while the first one is paying.
    std::function<boost::asio::awaitable<void>()> complete_elsewhere(RequestContext context, CheckoutId id) {
        return [this, context, id]() -> boost::asio::awaitable<void> {
            auto command = completion(id);
            auto result = co_await other->checkouts.complete(context, std::move(command), renderer());
            EXPECT_TRUE(result);
            if (result) elsewhere = std::move(*result);
        };
    }

    std::optional<Replied> elsewhere;
};

TEST_F(CheckoutRace, TheLastUnitIsSoldOnce) {
    set_stock("mug", 1);
    auto const first = create({{"", "mug", 1}});
    auto const second = create({{"", "mug", 1}});
    payments.during = complete_elsewhere(agent(), second);
    ASSERT_TRUE(complete(first));
    EXPECT_TRUE(has(last.notes, FindingCode::out_of_stock));
    EXPECT_EQ(stored(second).status, CheckoutStatus::completed);
    EXPECT_EQ(entries("order.placed"), 1U);
    EXPECT_EQ(stock("mug"), 0);
    EXPECT_EQ(stored(first).status, CheckoutStatus::incomplete);
    EXPECT_TRUE(has(stored(first).findings, FindingCode::out_of_stock));
    EXPECT_EQ(payments.released, std::vector<std::string>{first.text() + "/1"});
}

TEST_F(CheckoutRace, ManyAtOnceNeverOversell) {
    set_stock("mug", 3);
    std::vector<CheckoutId> ids;
    for (int i = 0; i < 8; ++i) ids.push_back(create({{"", "mug", 1}}));
    for (std::size_t i = 0; i < ids.size(); i += 2) {
        auto const [a, b] = test::run_both(lane->checkouts.complete(agent(), completion(ids[i]), renderer()),
                                           other->checkouts.complete(agent(), completion(ids[i + 1]), renderer()));
        EXPECT_TRUE(a && b);
    }
    EXPECT_EQ(stock("mug"), 0);
    EXPECT_EQ(entries("order.placed"), 3U);
    EXPECT_EQ(payments.asked.size() - payments.released.size(), 3U);
}

TEST_F(CheckoutRace, StockThatGoesWhilePayingGivesTheMoneyBack) {
    auto const id = create({{"", "mug", 3}});
    payments.during = [&]() -> boost::asio::awaitable<void> {
        auto context = operator_();
        Restock const order{"mug", 2};
        auto set = co_await other->operations.restock(std::move(context), order);
        EXPECT_TRUE(set);
    };
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(has(last.notes, FindingCode::out_of_stock));
    EXPECT_EQ(stored(id).lines[0].quantity, 2) << "re-evaluated against what is there";
    EXPECT_EQ(payments.released, std::vector<std::string>{id.text() + "/1"});
    EXPECT_EQ(stock("mug"), 2);
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_EQ(payments.asked.back().payment_id, id.text() + "/2");
}

TEST_F(CheckoutRace, TheStoresWordBeatsALaggingSnapshot) {
    auto const id = create({{"", "mug", 1}});
    store.before = [](store::ChangeSet const&) { return Error(Code::out_of_stock, "not enough in stock", "mug"); };
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(stored(id).lines.empty());
    EXPECT_EQ(last.checkout.status, CheckoutStatus::incomplete);
    EXPECT_EQ(payments.released.size(), 1U);
}

TEST_F(CheckoutRace, TwinCompletionsOfOneCheckoutKeepTheOneAuthorisation) {
    auto const id = create({{"", "mug", 1}});
    payments.during = complete_elsewhere(agent(), id);
    ASSERT_TRUE(complete(id));
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    EXPECT_TRUE(last.order) << "the slower twin is shown the order";
    EXPECT_EQ(entries("order.placed"), 1U);
    EXPECT_EQ(stock("mug"), 4);
    ASSERT_EQ(payments.asked.size(), 2U);
    EXPECT_EQ(payments.asked[0].payment_id, payments.asked[1].payment_id);
    EXPECT_TRUE(payments.released.empty()) << "releasing the shared authorisation would void the order's money";
}

TEST_F(CheckoutRace, TwinsWithOneKeyGetOneAnswer) {
    auto const id = create({{"", "mug", 1}});
    payments.during = complete_elsewhere(keyed("k"), id);
    auto const slower = complete(keyed("k"), completion(id));
    ASSERT_TRUE(slower);
    EXPECT_TRUE(slower->replayed);
    EXPECT_EQ(slower->reply, elsewhere->reply);
    EXPECT_EQ(entries("order.placed"), 1U);
    EXPECT_TRUE(payments.released.empty());
}

TEST_F(CheckoutRace, AnUpdateWhilePayingVoidsTheOldAmount) {
    auto const id = create({{"", "mug", 1}});
    payments.during = [&]() -> boost::asio::awaitable<void> {
        auto bigger = change(id, {{"", "mug", 3}});
        auto updated = co_await other->checkouts.update(agent(), std::move(bigger), renderer());
        EXPECT_TRUE(updated);
    };
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(payments.released, std::vector<std::string>{id.text() + "/1"});
    ASSERT_EQ(payments.asked.size(), 2U);
    EXPECT_EQ(payments.asked[1].payment_id, id.text() + "/2");
    EXPECT_EQ(payments.asked[1].amount.minor, 3 * 999 + 500);
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_EQ(entries("order.placed"), 1U);
}

TEST_F(CheckoutRace, ACancelWhilePayingGivesTheMoneyBack) {
    auto const id = create({{"", "mug", 1}});
    payments.during = [&]() -> boost::asio::awaitable<void> {
        auto canceled = co_await other->checkouts.cancel(agent(), CancelCheckout(id), renderer());
        EXPECT_TRUE(canceled);
    };
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(stored(id).status, CheckoutStatus::canceled);
    EXPECT_TRUE(has(last.notes, FindingCode::invalid_transition));
    EXPECT_EQ(payments.released, std::vector<std::string>{id.text() + "/1"});
    EXPECT_EQ(stock("mug"), 5);
}

TEST_F(CheckoutRace, AFailedCommitKeepsTheAuthorisationForTheRetry) {
    auto const id = create({{"", "mug", 1}});
    store.before = [](store::ChangeSet const&) { return Error(Code::store_unavailable, "disk"); };
    auto const failed = complete(keyed("k"), completion(id));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Code::store_unavailable);
    EXPECT_TRUE(payments.released.empty());
    ASSERT_TRUE(complete(keyed("k"), completion(id)));
    ASSERT_EQ(payments.asked.size(), 2U);
    EXPECT_EQ(payments.asked[0].payment_id, payments.asked[1].payment_id) << "charged once";
}

TEST_F(CheckoutRace, ARetryAfterAConflictIsCountedOnce) {
    rules.replace(load_rules(default_rules() +
                             "\n[[limit]]\nid = \"one\"\nactions = [\"checkout.complete\"]\ncount = 1\n"
                             "window = \"60s\"\nagent_message = \"Slower.\"\n"));
    auto const id = create({{"", "mug", 1}});
    store.before = [](store::ChangeSet const&) { return Error(Code::conflict, "once"); };
    ASSERT_TRUE(complete(id));
    EXPECT_EQ(last.checkout.status, CheckoutStatus::completed);
    EXPECT_TRUE(payments.released.empty());
}

}  // namespace
}  // namespace b2a::service::testing
