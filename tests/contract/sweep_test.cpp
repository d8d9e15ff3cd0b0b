// SPDX-License-Identifier: Apache-2.0
// What every store must do to get rid of what has expired.
#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

using domain::CheckoutStatus;

template <class Factory>
class SweepContract : public testing::Test {
  protected:
    Result<CommitResult> commit(ChangeSet changes) {
        return commit_blocking(store(), std::move(changes), no_deadline());
    }
    void add_checkout(std::uint8_t n, CheckoutStatus status, Timestamp expires) {
        auto changes = insert_checkout(n);
        changes.checkout->checkout.status = status;
        changes.checkout->checkout.expires = expires;
        ASSERT_TRUE(commit(std::move(changes)).ok());
    }
    bool has_checkout(std::uint8_t n) { return reader().checkout(id_of<CheckoutId>(n)).value().has_value(); }
    bool has_cart(std::uint8_t n) { return reader().cart(id_of<CartId>(n)).value().has_value(); }
    std::size_t sweep(std::int64_t seconds) { return store().sweep(at(seconds)).value(); }
    Store& store() { return *factory_.store; }
    Reader& reader() { return *reader_; }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(SweepContract, Stores);

TYPED_TEST(SweepContract, RemovesWhatExpiredBefore) {
    EXPECT_EQ(this->sweep(0), 0U);
    ASSERT_TRUE(this->commit(insert_cart(1)).ok());  // expires at 100
    auto later = insert_cart(2);
    later.cart->cart.expires = at(101);
    ASSERT_TRUE(this->commit(std::move(later)).ok());
    this->add_checkout(1, CheckoutStatus::incomplete, at(100));
    this->add_checkout(2, CheckoutStatus::canceled, at(101));
    EXPECT_EQ(this->sweep(100), 0U);
    EXPECT_EQ(this->sweep(101), 2U);
    EXPECT_FALSE(this->has_cart(1));
    EXPECT_FALSE(this->has_checkout(1));
    EXPECT_TRUE(this->has_cart(2));
    EXPECT_TRUE(this->has_checkout(2));
    EXPECT_EQ(this->sweep(102), 2U);
    EXPECT_EQ(this->sweep(102), 0U);
    EXPECT_EQ(this->reader().audit_head().value().size, 4U);  // the evidence stays
}

TYPED_TEST(SweepContract, LeavesWhatWasBoughtOrMayBe) {
    this->add_checkout(1, CheckoutStatus::completed, at(10));
    this->add_checkout(2, CheckoutStatus::complete_in_progress, at(10));
    this->add_checkout(3, CheckoutStatus::ready_for_complete, at(10));
    this->add_checkout(4, CheckoutStatus::requires_escalation, at(10));
    EXPECT_EQ(this->sweep(1000), 2U);
    EXPECT_TRUE(this->has_checkout(1));
    EXPECT_TRUE(this->has_checkout(2));

    // A payment that came to nothing: now the checkout may go.
    auto stored = *this->reader().checkout(id_of<CheckoutId>(2)).value();
    EXPECT_EQ(stored.expires, at(10));
    stored.status = CheckoutStatus::incomplete;
    auto changes = change_of("payment.failed");
    changes.checkout = CheckoutWrite{stored, 1};
    ASSERT_TRUE(this->commit(std::move(changes)).ok());
    EXPECT_EQ(this->sweep(1000), 1U);
    EXPECT_FALSE(this->has_checkout(2));
}

TYPED_TEST(SweepContract, AChangedExpiryCounts) {
    this->add_checkout(1, CheckoutStatus::incomplete, at(10));
    auto stored = *this->reader().checkout(id_of<CheckoutId>(1)).value();
    stored.expires = at(500);
    auto changes = change_of("checkout.updated");
    changes.checkout = CheckoutWrite{stored, 1};
    ASSERT_TRUE(this->commit(std::move(changes)).ok());
    EXPECT_EQ(this->sweep(500), 0U);
    EXPECT_EQ(this->sweep(501), 1U);
}

TYPED_TEST(SweepContract, RemovesOldDeliveredNoticesOnly) {
    auto changes = notice_change({});
    for (std::uint8_t n = 1; n <= 4; ++n) changes.notices.push_back(notice_of(n, "ord_" + std::to_string(n)));
    ASSERT_TRUE(this->commit(std::move(changes)).ok());
    ASSERT_TRUE(this->store()
                    .note_progress({progress_of(1, NoticeState::delivered), progress_of(2, NoticeState::dead),
                                    progress_of(4, NoticeState::delivered)})
                    .ok());
    EXPECT_EQ(this->sweep(1), 0U);
    EXPECT_EQ(this->sweep(4), 1U);
    EXPECT_EQ(ids_of(this->reader().notices(NoticeState::delivered, 10).value()), all_of<NoticeId>({4}));
    EXPECT_EQ(ids_of(this->reader().notices(NoticeState::dead, 10).value()), all_of<NoticeId>({2}));
    EXPECT_EQ(ids_of(this->reader().notices(NoticeState::pending, 10).value()), all_of<NoticeId>({3}));
    ASSERT_TRUE(this->commit(notice_change({notice_of(1, "ord_1")})).ok());  // its id is free again
}

TYPED_TEST(SweepContract, ABoundedNumberACallAndInTheEndAll) {
    constexpr std::size_t count = 2'500;
    Answers answers;
    for (std::size_t i = 0; i < count; ++i) {
        auto changes = insert_checkout(0);
        std::array<std::uint8_t, 16> id{};
        id[14] = static_cast<std::uint8_t>(i >> 8U);
        id[15] = static_cast<std::uint8_t>(i);
        changes.checkout->checkout.id = CheckoutId(id);
        // The first ones stay: a call that begins at the front each time would never get past them.
        if (i < 1'200) changes.checkout->checkout.status = CheckoutStatus::completed;
        this->store().submit(std::move(changes), no_deadline(), answers.done());
        if (i % 500 == 499) answers.wait(i + 1);
    }
    answers.wait(count);
    std::size_t removed = 0;
    for (int call = 0; call < 6; ++call) {
        auto const now = this->sweep(1000);
        EXPECT_LE(now, 1'000U);
        removed += now;
    }
    EXPECT_EQ(removed, 1'300U);
    EXPECT_TRUE(this->has_checkout(0));
}

RecordWrite record_of(RecordKind kind, std::string id, std::uint32_t state) {
    RecordWrite write;
    write.kind = kind;
    write.id = std::move(id);
    write.state = state;
    write.body = "{}";
    return write;
}

std::uint32_t day_of(Timestamp time) {
    return static_cast<std::uint32_t>(std::chrono::floor<std::chrono::days>(time.time_since_epoch()).count());
}

TYPED_TEST(SweepContract, ForgetsDatedRecordsAfterTheirDay) {
    auto const today = day_of(at(0));
    auto changes = change_of("checkout.completed");
    for (auto const kind : {RecordKind::touchpoint, RecordKind::intent_trace, RecordKind::conversation}) {
        changes.records.push_back(record_of(kind, "yesterday", today - 1));
        changes.records.push_back(record_of(kind, "today", today));
    }
    changes.records.push_back(record_of(RecordKind::agent, "managed", 0));
    ASSERT_TRUE(this->commit(std::move(changes)).ok());
    auto const generation = this->reader().records_generation().value();
    EXPECT_EQ(this->sweep(-86'400), 0U);
    EXPECT_EQ(this->sweep(0), 3U);
    for (auto const kind : {RecordKind::touchpoint, RecordKind::intent_trace, RecordKind::conversation}) {
        EXPECT_FALSE(this->reader().record(kind, "yesterday").value());
        EXPECT_TRUE(this->reader().record(kind, "today").value());
    }
    EXPECT_TRUE(this->reader().record(RecordKind::agent, "managed").value()) << "its state is no day";
    EXPECT_EQ(this->reader().records_generation().value(), generation);
    EXPECT_EQ(this->sweep(86'400), 3U);
}

TYPED_TEST(SweepContract, ABoundedNumberOfRecordsACall) {
    constexpr std::size_t count = 1'500;
    Answers answers;
    for (std::size_t i = 0; i < count; ++i) {
        auto changes = change_of("checkout.completed");
        changes.records = {record_of(RecordKind::touchpoint, "t" + std::to_string(i), 1)};
        this->store().submit(std::move(changes), no_deadline(), answers.done());
        if (i % 500 == 499) answers.wait(i + 1);
    }
    answers.wait(count);
    EXPECT_EQ(this->sweep(0), 1'000U);
    EXPECT_EQ(this->sweep(0), 500U);
}

}  // namespace
}  // namespace b2a::store
