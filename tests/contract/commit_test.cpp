// SPDX-License-Identifier: Apache-2.0
// What every store must do with a change set.
#include <atomic>
#include <thread>

#include "b2a/base/limits.hpp"

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

template <class Factory>
class CommitContract : public testing::Test {
  protected:
    Result<CommitResult> commit(ChangeSet changes) {
        return commit_blocking(store(), std::move(changes), no_deadline());
    }
    Store& store() { return *factory_.store; }
    Reader& reader() { return *reader_; }
    std::int64_t level(std::string const& variant) { return reader().stock().value().at(variant); }
    void set_level(std::string variant, std::int64_t quantity) {
        auto changes = change_of("stock.set");
        changes.stock_set = {{std::move(variant), quantity}};
        ASSERT_TRUE(commit(std::move(changes)).ok());
    }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(CommitContract, Stores);

ChangeSet take_of(std::string variant, std::int64_t quantity) {
    auto changes = change_of("stock.taken");
    changes.stock = {{std::move(variant), -quantity}};
    return changes;
}

TYPED_TEST(CommitContract, InsertsAndUpdatesACheckout) {
    ASSERT_TRUE(this->commit(insert_checkout(1)).ok());
    auto stored = this->reader().checkout(id_of<CheckoutId>(1)).value();
    ASSERT_TRUE(stored.has_value());
    auto expected = checkout_of(1);
    expected.version = 1;
    EXPECT_EQ(*stored, expected);

    stored->status = domain::CheckoutStatus::canceled;
    auto update = change_of("checkout.updated");
    update.checkout = CheckoutWrite{*stored, 1};
    ASSERT_TRUE(this->commit(std::move(update)).ok());
    auto const again = this->reader().checkout(id_of<CheckoutId>(1)).value();
    EXPECT_EQ(again->version, 2U);
    EXPECT_EQ(again->status, domain::CheckoutStatus::canceled);
}

TYPED_TEST(CommitContract, RefusesAnotherVersion) {
    ASSERT_TRUE(this->commit(insert_checkout(1)).ok());
    auto const second_insert = this->commit(insert_checkout(1));
    ASSERT_FALSE(second_insert.ok());
    EXPECT_EQ(second_insert.error().code, Code::conflict);

    auto stale = change_of("checkout.updated");
    stale.checkout = CheckoutWrite{checkout_of(1), 7};
    EXPECT_EQ(this->commit(std::move(stale)).error().code, Code::conflict);
    auto absent = change_of("checkout.updated");
    absent.checkout = CheckoutWrite{checkout_of(2), 1};
    EXPECT_EQ(this->commit(std::move(absent)).error().code, Code::conflict);
    EXPECT_EQ(this->reader().audit_head().value().size, 1U);  // the refused ones left no evidence of an effect
}

TYPED_TEST(CommitContract, KeepsOrders) {
    auto order = order_of(1);
    auto place = change_of("order.placed");
    place.order = OrderWrite{order, 0, {1, 2, 3}};
    ASSERT_TRUE(this->commit(place).ok());
    EXPECT_EQ(this->commit(place).error().code, Code::conflict);

    order.events.push_back({"ev_1", at(5), domain::FulfillmentEventType::shipped, "c", "t", "u", "d", {{"li_1", 1}}});
    auto ship = change_of("order.shipped");
    ship.order = OrderWrite{order, 1, {}};
    ASSERT_TRUE(this->commit(ship).ok());
    order.version = 2;
    EXPECT_EQ(this->reader().order(order.id).value(), order);
    EXPECT_EQ(this->reader().order(id_of<OrderId>(9)).value(), std::nullopt);
}

TYPED_TEST(CommitContract, KeepsCartsInVersions) {
    ASSERT_TRUE(this->commit(insert_cart(1)).ok());
    EXPECT_EQ(this->commit(insert_cart(1)).error().code, Code::conflict);
    auto cart = cart_of(1);
    cart.version = 1;
    EXPECT_EQ(this->reader().cart(cart.id).value(), cart);

    cart.canceled = true;
    auto cancel = change_of("cart.canceled");
    cancel.cart = CartWrite{cart, 1};
    ASSERT_TRUE(this->commit(cancel).ok());
    EXPECT_EQ(this->commit(cancel).error().code, Code::conflict);
    cart.version = 2;
    EXPECT_EQ(this->reader().cart(cart.id).value(), cart);
    EXPECT_EQ(this->reader().cart(id_of<CartId>(9)).value(), std::nullopt);
    EXPECT_EQ(this->reader().audit_head().value().size, 2U);
}

TYPED_TEST(CommitContract, ACartThatWasChangedMeanwhileStopsItsCheckout) {
    ASSERT_TRUE(this->commit(insert_cart(1)).ok());
    auto convert = insert_checkout(1);
    convert.cart = CartWrite{cart_of(1), 5};
    EXPECT_EQ(this->commit(std::move(convert)).error().code, Code::conflict);
    EXPECT_EQ(this->reader().checkout(id_of<CheckoutId>(1)).value(), std::nullopt);
    EXPECT_EQ(this->reader().cart(id_of<CartId>(1)).value()->version, 1U);
}

TYPED_TEST(CommitContract, TakesStockAndTellsTheListener) {
    std::vector<std::pair<std::string, std::int64_t>> told;
    this->store().on_stock([&](std::string_view id, std::int64_t level) { told.emplace_back(id, level); });
    this->set_level("v1", 5);
    ASSERT_TRUE(this->commit(take_of("v1", 2)).ok());
    auto twice = take_of("v1", 1);
    twice.stock.push_back({"v1", -1});
    ASSERT_TRUE(this->commit(std::move(twice)).ok());
    EXPECT_EQ(this->level("v1"), 1);
    std::vector<std::pair<std::string, std::int64_t>> const expected{{"v1", 5}, {"v1", 3}, {"v1", 1}};
    EXPECT_EQ(told, expected);
}

TYPED_TEST(CommitContract, LeavesUntrackedVariantsAlone) {
    ASSERT_TRUE(this->commit(take_of("free", 3)).ok());
    EXPECT_FALSE(this->reader().stock().value().contains("free"));
}

TYPED_TEST(CommitContract, OutOfStockRollsBackItsJobAndNoNeighbour) {
    this->set_level("v1", 1);
    this->set_level("v2", 9);
    Answers answers;
    HeldWriter held(this->store());
    this->store().submit(insert_checkout(1), no_deadline(), answers.done());
    auto failing = insert_checkout(2);
    failing.stock = {{"v2", -1}, {"v1", -2}};
    failing.idempotency = reply_write(1, 1, "reply");
    this->store().submit(std::move(failing), no_deadline(), answers.done());
    this->store().submit(insert_checkout(3), no_deadline(), answers.done());
    held.release();

    auto const results = answers.wait(3);
    EXPECT_TRUE(results[0].ok());
    EXPECT_TRUE(results[2].ok());
    ASSERT_FALSE(results[1].ok());
    EXPECT_EQ(results[1].error().code, Code::out_of_stock);
    EXPECT_EQ(results[1].error().pointer, "v1");
    EXPECT_EQ(this->level("v1"), 1);
    EXPECT_EQ(this->level("v2"), 9);
    EXPECT_TRUE(this->reader().checkout(id_of<CheckoutId>(1)).value().has_value());
    EXPECT_FALSE(this->reader().checkout(id_of<CheckoutId>(2)).value().has_value());
    EXPECT_TRUE(this->reader().checkout(id_of<CheckoutId>(3)).value().has_value());
    EXPECT_EQ(this->reader().reply(digest_of(1), digest_of(1)).value(), std::nullopt);
    EXPECT_EQ(this->reader().audit_head().value().size, 5U);
}

TYPED_TEST(CommitContract, RefusesImpossibleLevels) {
    auto negative = change_of("stock.set");
    negative.stock_set = {{"v1", -1}};
    EXPECT_EQ(this->commit(std::move(negative)).error().code, Code::unprocessable);
    this->set_level("v1", 5);
    auto overflow = change_of("stock.added");
    overflow.stock = {{"v1", std::numeric_limits<std::int64_t>::max()}};
    EXPECT_EQ(this->commit(std::move(overflow)).error().code, Code::unprocessable);
}

TYPED_TEST(CommitContract, TwoHundredTakersOfFiveGetFive) {
    this->set_level("v1", 5);
    std::atomic<int> taken = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                auto const result = commit_blocking(this->store(), take_of("v1", 1), no_deadline());
                if (result) ++taken;
                if (!result && result.error().code == Code::out_of_stock) ++refused;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(taken, 5);
    EXPECT_EQ(refused, 195);
    EXPECT_EQ(this->level("v1"), 0);
}

TYPED_TEST(CommitContract, RepeatsAKeptReply) {
    auto first = insert_checkout(1);
    first.idempotency = reply_write(1, 7, "first");
    ASSERT_TRUE(std::holds_alternative<Receipt>(this->commit(first).value()));
    auto second = insert_checkout(2);
    second.idempotency = reply_write(1, 7, "second");
    auto const again = this->commit(std::move(second)).value();
    ASSERT_TRUE(std::holds_alternative<Replay>(again));
    EXPECT_EQ(std::get<Replay>(again).reply, (StoredReply{201, "application/json", "first"}));
    EXPECT_FALSE(this->reader().checkout(id_of<CheckoutId>(2)).value().has_value());
    EXPECT_EQ(this->reader().reply(digest_of(1), digest_of(7)).value()->body, "first");
    EXPECT_EQ(this->reader().audit_head().value().size, 1U);
}

TYPED_TEST(CommitContract, RefusesAnotherRequestUnderTheSameKey) {
    auto first = insert_checkout(1);
    first.idempotency = reply_write(1, 7, "first");
    ASSERT_TRUE(this->commit(first).ok());
    auto other = insert_checkout(2);
    other.idempotency = reply_write(1, 8, "other");
    EXPECT_EQ(this->commit(std::move(other)).error().code, Code::idempotency_conflict);
    EXPECT_EQ(this->reader().reply(digest_of(1), digest_of(8)).error().code, Code::idempotency_conflict);
}

TYPED_TEST(CommitContract, ConcurrentDuplicatesHaveOneEffect) {
    this->set_level("v1", 50);
    Answers answers;
    HeldWriter held(this->store());
    for (int i = 0; i < 20; ++i) {
        auto changes = take_of("v1", 1);
        changes.idempotency = reply_write(1, 7, "number " + std::to_string(i));
        this->store().submit(std::move(changes), no_deadline(), answers.done());
    }
    held.release();
    std::size_t receipts = 0;
    for (auto const& result : answers.wait(20)) {
        if (std::holds_alternative<Receipt>(result.value())) {
            ++receipts;
        } else {
            EXPECT_EQ(std::get<Replay>(result.value()).reply.body, "number 0");
        }
    }
    EXPECT_EQ(receipts, 1U);
    EXPECT_EQ(this->level("v1"), 49);
}

TYPED_TEST(CommitContract, EvidenceIsGaplessAndHashed) {
    auto three = change_of("first");
    three.events = {event_of("a", "1"), event_of("b", "2"), event_of("c", "3")};
    ASSERT_TRUE(this->commit(insert_checkout(1)).ok());
    auto const receipt = std::get<Receipt>(this->commit(std::move(three)).value());
    EXPECT_EQ(receipt.audit_seq, 1U);

    auto const entries = this->reader().audit_entries(0, 100).value();
    ASSERT_EQ(entries.size(), 4U);
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        EXPECT_EQ(entries[i].seq, i);
        EXPECT_EQ(entries[i].leaf, audit::leaf_hash(as_bytes(entries[i].body)));
        leaves.push_back(entries[i].leaf);
    }
    EXPECT_EQ(receipt.leaf, leaves[1]);
    EXPECT_EQ(entries[2].body, audit::canonical_bytes(event_of("b", "2"), 2, at(1)).value());
    auto const head = this->reader().audit_head().value();
    EXPECT_EQ(head.size, 4U);
    EXPECT_EQ(head.root, audit::root_of(leaves));
    EXPECT_EQ(this->reader().audit_entries(2, 1).value().size(), 1U);
    EXPECT_EQ(this->reader().audit_entries(2, 1).value()[0].seq, 2U);
    EXPECT_TRUE(this->reader().audit_entries(4, 10).value().empty());
    EXPECT_TRUE(this->reader().audit_entries(~std::uint64_t{0}, ~std::size_t{0}).value().empty());
}

TYPED_TEST(CommitContract, LogTimeDoesNotGoBack) {
    auto late = change_of("late");
    late.now = at(50);
    auto early = change_of("early");
    early.now = at(10);
    ASSERT_TRUE(this->commit(std::move(late)).ok());
    ASSERT_TRUE(this->commit(std::move(early)).ok());
    auto const entries = this->reader().audit_entries(1, 1).value();
    EXPECT_EQ(entries[0].body, audit::canonical_bytes(event_of("early"), 1, at(50)).value());
}

TYPED_TEST(CommitContract, AnEntryThatIsTooLargeChangesNothing) {
    auto changes = insert_checkout(1);
    changes.events[0].reasons = {std::string(limits::audit_entry_bytes_max, 'x')};
    EXPECT_EQ(this->commit(std::move(changes)).error().code, Code::payload_too_large);
    EXPECT_FALSE(this->reader().checkout(id_of<CheckoutId>(1)).value().has_value());
    EXPECT_EQ(this->reader().audit_head().value().root, audit::empty_root());
}

TYPED_TEST(CommitContract, CheckpointsOnlyGrow) {
    EXPECT_EQ(this->reader().last_checkpoint().value(), std::nullopt);
    ASSERT_TRUE(this->store().add_checkpoint(5, "five").ok());
    ASSERT_TRUE(this->store().add_checkpoint(9, "nine").ok());
    EXPECT_EQ(this->store().add_checkpoint(8, "eight").error().code, Code::conflict);
    EXPECT_EQ(this->reader().checkpoints().value(), (std::vector<std::string>{"five", "nine"}));
    EXPECT_EQ(this->reader().last_checkpoint().value(), "nine");
}

TYPED_TEST(CommitContract, AFullQueueAnswersOverloadedAtOnce) {
    Answers answers;
    HeldWriter held(this->store());
    for (std::size_t i = 0; i < limits::writer_queue_jobs_max; ++i)
        this->store().submit(change_of("queued"), no_deadline(), answers.done());
    EXPECT_EQ(this->store().stats().queue_depth, limits::writer_queue_jobs_max);
    auto const caller = std::this_thread::get_id();
    std::optional<Code> code;
    this->store().submit(change_of("one too many"), no_deadline(), [&](Result<CommitResult> const& result) {
        EXPECT_EQ(std::this_thread::get_id(), caller);
        code = result.error().code;
    });
    EXPECT_EQ(code, Code::overloaded);
    held.release();
    for (auto const& result : answers.wait(limits::writer_queue_jobs_max)) EXPECT_TRUE(result.ok());
}

TYPED_TEST(CommitContract, OverdueJobsAreNotApplied) {
    auto const result = commit_blocking(this->store(), insert_checkout(1), Deadline::min());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, Code::deadline_exceeded);
    EXPECT_FALSE(this->reader().checkout(id_of<CheckoutId>(1)).value().has_value());
}

TYPED_TEST(CommitContract, CloseCommitsWhatIsQueuedAndRefusesTheRest) {
    Answers answers;
    HeldWriter held(this->store());
    for (std::uint8_t i = 1; i <= 100; ++i) this->store().submit(insert_checkout(i), no_deadline(), answers.done());
    std::thread closing([&] { this->store().close(); });
    held.release();
    closing.join();
    for (auto const& result : answers.wait(100)) EXPECT_TRUE(result.ok());
    EXPECT_EQ(this->commit(insert_checkout(101)).error().code, Code::store_unavailable);
    this->store().close();
    EXPECT_TRUE(this->reader().checkout(id_of<CheckoutId>(100)).value().has_value());
}

}  // namespace
}  // namespace b2a::store
