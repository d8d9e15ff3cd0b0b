// SPDX-License-Identifier: Apache-2.0
// What every store must do with allowances and records.
#include <atomic>
#include <latch>

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

Digest key_of(std::uint8_t n) {
    Digest key{};
    key.fill(n);
    return key;
}

AllowanceDraw draw_of(std::uint8_t key, std::int64_t amount, std::int64_t cap) {
    return {key_of(key), "rule" + std::to_string(key), amount, cap, at(100)};
}

ChangeSet drawing(std::vector<AllowanceDraw> draws) {
    auto changes = change_of("drawn");
    changes.allowances = std::move(draws);
    return changes;
}

ChangeSet writing(RecordKind kind, std::string id, std::uint64_t expected, std::uint32_t state, std::string body) {
    auto changes = change_of("record.changed");
    changes.records.push_back({kind, std::move(id), expected, state, std::move(body), false});
    return changes;
}

template <class Factory>
class GovernanceContract : public testing::Test {
  protected:
    Result<CommitResult> commit(ChangeSet changes) {
        return commit_blocking(*factory_.store, std::move(changes), no_deadline());
    }
    std::int64_t drawn(std::uint8_t key) { return reader_->drawn(key_of(key)).value(); }
    std::vector<std::string> ids(RecordKind kind, std::optional<std::uint32_t> state, std::size_t limit = 10) {
        std::vector<std::string> out;
        auto const found = reader_->records(kind, state, limit).value();
        for (auto const& record : found) out.push_back(record.id);
        return out;
    }

    Factory factory_;
    std::unique_ptr<Reader> reader_ = factory_.store->open_reader().value();
};

using Stores = testing::Types<MemoryFactory, SqliteFactory>;
TYPED_TEST_SUITE(GovernanceContract, Stores);

TYPED_TEST(GovernanceContract, AnAllowanceIsDrawnToItsCapAndNoFurther) {
    EXPECT_EQ(this->drawn(1), 0);
    ASSERT_TRUE(this->commit(drawing({draw_of(1, 60, 100)})).ok());
    ASSERT_TRUE(this->commit(drawing({draw_of(1, 40, 100), draw_of(2, 1, 1)})).ok());
    EXPECT_EQ(this->drawn(1), 100);
    auto const over = this->commit(drawing({draw_of(3, 5, 5), draw_of(1, 1, 100)}));
    ASSERT_EQ(over.error().code, Code::allowance_exceeded);
    EXPECT_EQ(over.error().pointer, "rule1");
    EXPECT_EQ(this->drawn(3), 0);                                   // all or nothing
    ASSERT_TRUE(this->commit(drawing({draw_of(1, 1, 101)})).ok());  // the cap is the caller's to raise
    EXPECT_EQ(this->commit(drawing({draw_of(1, 1, 50)})).error().code, Code::allowance_exceeded);  // or to lower
}

TYPED_TEST(GovernanceContract, DrawsOfOneChangeSetAddUp) {
    EXPECT_EQ(this->commit(drawing({draw_of(1, 3, 5), draw_of(1, 3, 5)})).error().code, Code::allowance_exceeded);
    ASSERT_TRUE(this->commit(drawing({draw_of(1, 3, 6), draw_of(1, 3, 6)})).ok());
    EXPECT_EQ(this->drawn(1), 6);
}

TYPED_TEST(GovernanceContract, ARefusedDrawTakesItsOrderWithIt) {
    auto place = drawing({draw_of(1, 2, 1)});
    place.order = OrderWrite{order_of(1), 0, {}};
    EXPECT_EQ(this->commit(place).error().code, Code::allowance_exceeded);
    EXPECT_EQ(this->reader_->order(id_of<OrderId>(1)).value(), std::nullopt);
    // And an order that fails takes its draw with it.
    place.allowances = {draw_of(1, 1, 1)};
    place.order->expected_version = 7;
    EXPECT_EQ(this->commit(place).error().code, Code::conflict);
    EXPECT_EQ(this->drawn(1), 0);
}

TYPED_TEST(GovernanceContract, OfManyAtOnceExactlyTheCapGetThrough) {
    constexpr int count = 64;
    constexpr int cap = 10;
    std::atomic<int> allowed = 0;
    std::atomic<int> refused = 0;
    std::latch done(count);
    for (int i = 0; i < count; ++i)
        this->factory_.store->submit(drawing({draw_of(1, 1, cap)}), no_deadline(), [&](auto const& result) {
            ++(result ? allowed : refused);
            done.count_down();
        });
    done.wait();
    EXPECT_EQ(allowed, cap);
    EXPECT_EQ(refused, count - cap);
    EXPECT_EQ(this->drawn(1), cap);
}

TYPED_TEST(GovernanceContract, ForgetsCountsThatHaveExpired) {
    ASSERT_TRUE(this->commit(drawing({draw_of(1, 1, 1)})).ok());
    ASSERT_TRUE(this->factory_.store->sweep(at(100)).ok());
    EXPECT_EQ(this->drawn(1), 1);
    ASSERT_TRUE(this->factory_.store->sweep(at(101)).ok());
    EXPECT_EQ(this->drawn(1), 0);
}

TYPED_TEST(GovernanceContract, ARecordIsWrittenReadAndRemoved) {
    EXPECT_EQ(this->reader_->record(RecordKind::agent, "a").value(), std::nullopt);
    auto const before = this->reader_->records_generation().value();
    ASSERT_TRUE(this->commit(writing(RecordKind::agent, "a", 0, 2, "{\"x\":\"\u00fc\"}")).ok());
    EXPECT_GT(this->reader_->records_generation().value(), before);
    auto const stored = this->reader_->record(RecordKind::agent, "a").value();
    EXPECT_EQ(stored, (Record{RecordKind::agent, "a", 1, 2, "{\"x\":\"\u00fc\"}"}));
    EXPECT_EQ(this->reader_->record(RecordKind::approval, "a").value(), std::nullopt);

    ASSERT_TRUE(this->commit(writing(RecordKind::agent, "a", 1, 0, "{}")).ok());
    EXPECT_EQ(this->reader_->record(RecordKind::agent, "a").value()->version, 2U);
    auto remove = writing(RecordKind::agent, "a", 2, 0, "");
    remove.records[0].remove = true;
    auto const kept = this->reader_->records_generation().value();
    ASSERT_TRUE(this->commit(std::move(remove)).ok());
    EXPECT_EQ(this->reader_->record(RecordKind::agent, "a").value(), std::nullopt);
    EXPECT_GT(this->reader_->records_generation().value(), kept);
}

TYPED_TEST(GovernanceContract, ARecordOfAnotherVersionIsAConflict) {
    EXPECT_EQ(this->commit(writing(RecordKind::stop, "s", 1, 0, "{}")).error().code, Code::conflict);
    ASSERT_TRUE(this->commit(writing(RecordKind::stop, "s", 0, 0, "{}")).ok());
    auto const twice = this->commit(writing(RecordKind::stop, "s", 0, 0, "{}"));
    EXPECT_EQ(twice.error().code, Code::conflict);
    EXPECT_EQ(twice.error().pointer, "s");
}

TYPED_TEST(GovernanceContract, RecordsAreListedByStateTheLastWrittenFirst) {
    for (char const* id : {"a", "b", "c"})
        ASSERT_TRUE(this->commit(writing(RecordKind::approval, id, 0, id[0] == 'b' ? 1 : 0, "{}")).ok());
    ASSERT_TRUE(this->commit(writing(RecordKind::stop, "d", 0, 0, "{}")).ok());
    EXPECT_EQ(this->ids(RecordKind::approval, std::nullopt), (std::vector<std::string>{"c", "b", "a"}));
    EXPECT_EQ(this->ids(RecordKind::approval, 0), (std::vector<std::string>{"c", "a"}));
    ASSERT_TRUE(this->commit(writing(RecordKind::approval, "a", 1, 1, "{}")).ok());
    EXPECT_EQ(this->ids(RecordKind::approval, 1), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(this->ids(RecordKind::approval, std::nullopt, 1), (std::vector<std::string>{"a"}));
}

}  // namespace
}  // namespace b2a::store
