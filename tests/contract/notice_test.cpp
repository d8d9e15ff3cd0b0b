// SPDX-License-Identifier: Apache-2.0
// What every store must do with notices.
#include <atomic>

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

template <class Factory>
class NoticeContract : public testing::Test {
  protected:
    Result<CommitResult> commit(ChangeSet changes) {
        return commit_blocking(store(), std::move(changes), no_deadline());
    }
    void add(std::vector<Notice> notices) { ASSERT_TRUE(commit(notice_change(std::move(notices))).ok()); }
    void note(std::vector<NoticeProgress> progress) { ASSERT_TRUE(store().note_progress(std::move(progress)).ok()); }
    std::vector<NoticeId> due(std::int64_t seconds, std::size_t limit = 100) {
        return ids_of(reader().due_notices(at(seconds), limit).value());
    }
    std::vector<NoticeId> in(NoticeState state, std::size_t limit = 100) {
        return ids_of(reader().notices(state, limit).value());
    }
    Store& store() { return *factory_.store; }
    Reader& reader() { return *reader_; }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(NoticeContract, Stores);

TYPED_TEST(NoticeContract, KeepsEveryField) {
    EXPECT_EQ(this->reader().next_notice().value(), std::nullopt);
    auto notice = notice_of(1, "ord_a");
    notice.seq = 99;  // not the caller's to give
    notice.body = std::string("{\"text\":\"\0\"}", 12);
    this->add({notice});
    auto const stored = this->reader().due_notices(at(1), 10).value();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].seq, 1U);
    notice.seq = 1;
    EXPECT_EQ(stored[0], notice);
    EXPECT_EQ(this->reader().notices(NoticeState::pending, 10).value(), stored);
    EXPECT_EQ(this->reader().next_notice().value(), at(1));
}

TYPED_TEST(NoticeContract, StandsOrFallsWithItsOrder) {
    auto set = change_of("stock.set");
    set.stock_set = {{"v1", 1}};
    ASSERT_TRUE(this->commit(std::move(set)).ok());
    auto place = notice_change({notice_of(1, "ord_a")});
    place.order = OrderWrite{order_of(1), 0, {}};
    place.stock = {{"v1", -2}};
    EXPECT_EQ(this->commit(place).error().code, Code::out_of_stock);
    EXPECT_TRUE(this->in(NoticeState::pending).empty());
    place.stock = {{"v1", -1}};
    ASSERT_TRUE(this->commit(place).ok());
    EXPECT_TRUE(this->reader().order(id_of<OrderId>(1)).value().has_value());
    EXPECT_EQ(this->in(NoticeState::pending), all_of<NoticeId>({1}));

    place.notices = {notice_of(2, "ord_a")};
    EXPECT_EQ(this->commit(std::move(place)).error().code, Code::conflict);  // the order's version
    EXPECT_EQ(this->in(NoticeState::pending), all_of<NoticeId>({1}));
}

TYPED_TEST(NoticeContract, AnIdIsUsedOnce) {
    this->add({notice_of(1, "ord_a")});
    auto again = notice_change({notice_of(2, "ord_b"), notice_of(1, "ord_b")});
    again.order = OrderWrite{order_of(1), 0, {}};
    EXPECT_EQ(this->commit(std::move(again)).error().code, Code::conflict);
    EXPECT_EQ(this->commit(notice_change({notice_of(3, "ord_b"), notice_of(3, "ord_b")})).error().code, Code::conflict);
    EXPECT_EQ(this->in(NoticeState::pending), all_of<NoticeId>({1}));
    EXPECT_EQ(this->reader().order(id_of<OrderId>(1)).value(), std::nullopt);
}

TYPED_TEST(NoticeContract, OneASubjectAndTheLongestDueFirst) {
    this->add({notice_of(5, "ord_a")});
    this->add({notice_of(3, "ord_b"), notice_of(4, "ord_b"), notice_of(6, "ord_c")});
    EXPECT_EQ(this->due(2), all_of<NoticeId>({}));
    EXPECT_EQ(this->due(3), all_of<NoticeId>({3}));
    EXPECT_EQ(this->due(100), all_of<NoticeId>({3, 5, 6}));
    EXPECT_EQ(this->due(100, 2), all_of<NoticeId>({3, 5}));
    EXPECT_EQ(this->due(100, 0), all_of<NoticeId>({}));
    EXPECT_EQ(this->due(100, ~std::size_t{0}).size(), 3U);
    EXPECT_EQ(this->reader().next_notice().value(), at(3));

    this->note({progress_of(3, NoticeState::delivered)});
    EXPECT_EQ(this->due(100), all_of<NoticeId>({4, 5, 6}));
    EXPECT_EQ(this->reader().next_notice().value(), at(4));
}

TYPED_TEST(NoticeContract, AmongEquallyDueTheFirstWrittenGoesFirst) {
    auto late = notice_of(1, "ord_a");
    auto early = notice_of(2, "ord_b");
    late.due = early.due = at(7);
    this->add({early, late});
    EXPECT_EQ(this->due(7), all_of<NoticeId>({2, 1}));
}

TYPED_TEST(NoticeContract, ARetryHoldsBackWhatFollowsIt) {
    this->add({notice_of(1, "ord_a"), notice_of(2, "ord_a"), notice_of(3, "ord_b")});
    this->note({progress_of(1, NoticeState::pending, at(50))});
    EXPECT_EQ(this->due(49), all_of<NoticeId>({3}));
    EXPECT_EQ(this->due(50), all_of<NoticeId>({3, 1}));
    this->note({progress_of(3, NoticeState::delivered)});
    // Not at(2): the second one may not be sent before the first.
    EXPECT_EQ(this->reader().next_notice().value(), at(50));
}

TYPED_TEST(NoticeContract, TheDeadAndTheDeliveredDoNotBlock) {
    this->add({notice_of(1, "ord_a"), notice_of(2, "ord_a"), notice_of(3, "ord_a")});
    this->note({progress_of(1, NoticeState::dead), progress_of(2, NoticeState::delivered)});
    EXPECT_EQ(this->due(100), all_of<NoticeId>({3}));
    EXPECT_EQ(this->in(NoticeState::dead), all_of<NoticeId>({1}));
    EXPECT_EQ(this->in(NoticeState::delivered), all_of<NoticeId>({2}));
    this->note({progress_of(3, NoticeState::dead)});
    EXPECT_EQ(this->in(NoticeState::dead), all_of<NoticeId>({3, 1}));
    EXPECT_EQ(this->in(NoticeState::dead, 1), all_of<NoticeId>({3}));
    EXPECT_EQ(this->reader().next_notice().value(), std::nullopt);
}

TYPED_TEST(NoticeContract, ProgressIsKeptAndUnknownIdsAreIgnored) {
    this->add({notice_of(1, "ord_a")});
    NoticeProgress const progress{id_of<NoticeId>(1), NoticeState::pending, 7, at(30), "timeout"};
    this->note({progress_of(9, NoticeState::dead), progress});
    auto expected = notice_of(1, "ord_a");
    expected.seq = 1;
    expected.attempts = 7;
    expected.due = at(30);
    expected.last_result = "timeout";
    EXPECT_EQ(this->reader().notices(NoticeState::pending, 10).value(), std::vector{expected});
    EXPECT_EQ(this->reader().audit_head().value().size, 1U);  // bookkeeping leaves no evidence
    this->note({});
}

TYPED_TEST(NoticeContract, RequeueMakesPendingAgain) {
    this->add({notice_of(1, "ord_a"), notice_of(2, "ord_b")});
    this->note({{id_of<NoticeId>(1), NoticeState::dead, 12, at(90), "410"},
                {id_of<NoticeId>(2), NoticeState::delivered, 1, at(2), "204"}});
    auto requeue = change_of("notice.requeued");
    requeue.requeue = all_of<NoticeId>({1, 2});
    requeue.now = at(200);
    ASSERT_TRUE(this->commit(std::move(requeue)).ok());
    EXPECT_EQ(this->due(199), all_of<NoticeId>({}));
    auto const due = this->reader().due_notices(at(200), 10).value();
    ASSERT_EQ(ids_of(due), all_of<NoticeId>({1, 2}));
    EXPECT_EQ(due[0].state, NoticeState::pending);
    EXPECT_EQ(due[0].attempts, 0U);
    EXPECT_EQ(due[0].due, at(200));
    EXPECT_EQ(due[0].last_result, "410");
}

TYPED_TEST(NoticeContract, ARequeuedOneGoesBeforeWhatFollowedIt) {
    this->add({notice_of(1, "ord_a"), notice_of(2, "ord_a"), notice_of(3, "ord_a")});
    this->note({progress_of(1, NoticeState::dead)});
    ASSERT_EQ(this->due(100), all_of<NoticeId>({2}));
    auto requeue = change_of("notice.requeued");
    requeue.requeue = all_of<NoticeId>({1});
    requeue.now = at(50);
    ASSERT_TRUE(this->commit(std::move(requeue)).ok());
    EXPECT_EQ(this->due(49), all_of<NoticeId>({}));
    EXPECT_EQ(this->due(50), all_of<NoticeId>({1}));
    EXPECT_EQ(this->reader().next_notice().value(), at(50));
    this->note({progress_of(1, NoticeState::delivered)});
    EXPECT_EQ(this->due(50), all_of<NoticeId>({2}));
    this->note({progress_of(3, NoticeState::dead), progress_of(2, NoticeState::delivered)});
    EXPECT_EQ(this->due(50), all_of<NoticeId>({}));
    this->add({notice_of(4, "ord_a")});
    EXPECT_EQ(this->due(50), all_of<NoticeId>({4}));
}

TYPED_TEST(NoticeContract, AnUnknownRequeueChangesNothingAndHarmsNoNeighbour) {
    this->add({notice_of(1, "ord_a")});
    this->note({progress_of(1, NoticeState::dead)});
    Answers answers;
    HeldWriter held(this->store());
    this->store().submit(insert_checkout(1), no_deadline(), answers.done());
    auto failing = insert_checkout(2);
    failing.requeue = all_of<NoticeId>({1, 9});
    failing.notices = {notice_of(2, "ord_b")};
    this->store().submit(std::move(failing), no_deadline(), answers.done());
    held.release();
    auto const results = answers.wait(2);
    EXPECT_TRUE(results[0].ok());
    ASSERT_FALSE(results[1].ok());
    EXPECT_EQ(results[1].error().code, Code::not_found);
    EXPECT_EQ(results[1].error().pointer, id_of<NoticeId>(9).text());
    EXPECT_TRUE(this->in(NoticeState::pending).empty());
    EXPECT_TRUE(this->reader().checkout(id_of<CheckoutId>(1)).value().has_value());
    EXPECT_EQ(this->reader().checkout(id_of<CheckoutId>(2)).value(), std::nullopt);
    EXPECT_EQ(this->reader().audit_head().value().size, 3U);
}

TYPED_TEST(NoticeContract, TellsTheListenerAfterTheCommit) {
    std::atomic<int> told = 0;
    std::size_t seen = 0;
    auto const reader = this->store().open_reader().value();
    this->store().on_notice([&] {
        ++told;
        seen = reader->notices(NoticeState::pending, 10).value().size();
    });
    ASSERT_TRUE(this->commit(insert_checkout(1)).ok());
    EXPECT_EQ(told, 0);
    this->add({notice_of(1, "ord_a")});
    EXPECT_EQ(told, 1);
    EXPECT_EQ(seen, 1U);
    EXPECT_FALSE(this->commit(notice_change({notice_of(1, "ord_a")})).ok());
    this->note({progress_of(1, NoticeState::dead)});
    EXPECT_EQ(told, 1);
    auto requeue = change_of("notice.requeued");
    requeue.requeue = all_of<NoticeId>({1});
    ASSERT_TRUE(this->commit(std::move(requeue)).ok());
    EXPECT_EQ(told, 2);
}

TYPED_TEST(NoticeContract, AReplayAddsNoNotice) {
    std::atomic<int> told = 0;
    this->store().on_notice([&] { ++told; });
    auto first = notice_change({notice_of(1, "ord_a")});
    first.idempotency = reply_write(1, 7, "first");
    ASSERT_TRUE(this->commit(std::move(first)).ok());
    auto second = notice_change({notice_of(2, "ord_a")});
    second.idempotency = reply_write(1, 7, "second");
    ASSERT_TRUE(std::holds_alternative<Replay>(this->commit(std::move(second)).value()));
    EXPECT_EQ(this->in(NoticeState::pending), all_of<NoticeId>({1}));
    EXPECT_EQ(told, 1);
}

TEST(NoticeState, HasNames) {
    EXPECT_EQ(to_text(NoticeState::pending), "pending");
    EXPECT_EQ(to_text(NoticeState::delivered), "delivered");
    EXPECT_EQ(to_text(NoticeState::dead), "dead");
}

}  // namespace
}  // namespace b2a::store
