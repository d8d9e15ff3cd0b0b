// SPDX-License-Identifier: Apache-2.0
// What only a file can promise: everything is there again, and other processes may write too.
#include <fstream>
#include <thread>

#include <sqlite3.h>

#include "b2a/base/limits.hpp"

#include "contract/fixtures.hpp"

namespace b2a::store {
namespace {

class SqliteFile : public testing::Test {
  protected:
    std::unique_ptr<Store> open(OpenMode mode = OpenMode::create) { return open_sqlite(path_, mode).value(); }
    static Result<CommitResult> commit(Store& store, ChangeSet changes) {
        return commit_blocking(store, std::move(changes), no_deadline());
    }
    void run_sql(std::string const& sql) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &db), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    std::int64_t count(std::string const& sql) {
        sqlite3* db = nullptr;
        std::int64_t out = -1;
        auto const take = [](void* value, int, char** columns, char**) {
            *static_cast<std::int64_t*>(value) = std::stoll(columns[0]);
            return 0;
        };
        sqlite3_open(path_.c_str(), &db);
        sqlite3_exec(db, sql.c_str(), take, &out, nullptr);
        sqlite3_close(db);
        return out;
    }
    std::string note(OpenMode mode) {
        auto const store = open_sqlite(path_, mode);
        if (store.ok()) return "opened";
        EXPECT_EQ(store.error().code, Code::store_unavailable);
        return store.error().note.text;
    }

    TempDir dir_;
    std::string path_ = dir_.file("b2a.db");
};

TEST_F(SqliteFile, RefusesAMissingFileUnlessAskedToCreate) {
    EXPECT_EQ(open_sqlite(path_, OpenMode::existing).error().code, Code::not_found);
    EXPECT_EQ(open_sqlite(path_, OpenMode::read_only).error().code, Code::not_found);
    EXPECT_FALSE(std::filesystem::exists(path_));
    open();
    EXPECT_TRUE(open_sqlite(path_, OpenMode::existing).ok());
    EXPECT_TRUE(open_sqlite(path_, OpenMode::create).ok());
}

TEST_F(SqliteFile, ReopeningKeepsEverything) {
    {
        auto store = open();
        publish(*store, {product_of("p1", {{"v1", 5}})});
        auto changes = insert_checkout(1);
        changes.stock = {{"v1", -2}};
        changes.idempotency = reply_write(1, 7, "kept");
        ASSERT_TRUE(commit(*store, std::move(changes)).ok());
        ASSERT_TRUE(store->add_checkpoint(2, "note").ok());
        ASSERT_TRUE(commit(*store, insert_cart(1)).ok());
        ASSERT_TRUE(
            commit(*store, notice_change({notice_of(1, "ord_a"), notice_of(2, "ord_a"), notice_of(3, "ord_b")})).ok());
        ASSERT_TRUE(store
                        ->note_progress({{id_of<NoticeId>(1), NoticeState::delivered, 1, at(1), "204"},
                                         {id_of<NoticeId>(3), NoticeState::pending, 4, at(90), "timeout"}})
                        .ok());
    }
    EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
    auto store = open(OpenMode::existing);
    auto reader = store->open_reader().value();
    EXPECT_EQ(reader->catalog().value().products.size(), 1U);
    EXPECT_EQ(reader->stock().value().at("v1"), 3);
    EXPECT_TRUE(reader->checkout(id_of<CheckoutId>(1)).value().has_value());
    EXPECT_EQ(reader->reply(digest_of(1), digest_of(7)).value()->body, "kept");
    EXPECT_EQ(reader->last_checkpoint().value(), "note");
    EXPECT_TRUE(reader->cart(id_of<CartId>(1)).value().has_value());
    EXPECT_EQ(ids_of(reader->due_notices(at(89), 10).value()), all_of<NoticeId>({2}));
    auto const due = reader->due_notices(at(90), 10).value();
    ASSERT_EQ(ids_of(due), all_of<NoticeId>({2, 3}));
    EXPECT_EQ(due[1].attempts, 4U);
    EXPECT_EQ(due[1].last_result, "timeout");
    EXPECT_EQ(reader->next_notice().value(), at(2));

    auto duplicate = insert_checkout(2);
    duplicate.idempotency = reply_write(1, 7, "again");
    EXPECT_TRUE(std::holds_alternative<Replay>(commit(*store, std::move(duplicate)).value()));
    EXPECT_EQ(std::get<Receipt>(commit(*store, insert_checkout(3)).value()).audit_seq, 4U);
    std::vector<Digest> leaves;
    auto const entries = reader->audit_entries(0, 10).value();  // named, so that it outlives the loop
    for (auto const& entry : entries) leaves.push_back(entry.leaf);
    EXPECT_EQ(reader->audit_head().value().root, audit::root_of(leaves));
}

TEST_F(SqliteFile, TwoStoresOnOneFileKeepOneLogAndOneWindow) {
    auto here = open();
    auto there = open(OpenMode::existing);
    for (std::uint8_t i = 0; i < 20; ++i) {
        auto changes = insert_checkout(static_cast<std::uint8_t>(i + 1));
        changes.idempotency = reply_write(i, 7, "body " + std::to_string(i));
        auto& store = i % 3 == 0 ? *there : *here;
        EXPECT_EQ(std::get<Receipt>(commit(store, std::move(changes)).value()).audit_seq, i);
    }
    publish(*there, {product_of("p1", {{"v1", 5}})});
    // Kept by the other store: no second effect here.
    auto duplicate = insert_checkout(99);
    duplicate.idempotency = reply_write(18, 7, "again");
    auto const replay = commit(*here, std::move(duplicate)).value();
    ASSERT_TRUE(std::holds_alternative<Replay>(replay));
    EXPECT_EQ(std::get<Replay>(replay).reply.body, "body 18");

    auto reader = here->open_reader().value();
    std::vector<Digest> leaves;
    auto const entries = reader->audit_entries(0, 100).value();  // named, so that it outlives the loop
    for (auto const& entry : entries) leaves.push_back(entry.leaf);
    ASSERT_EQ(leaves.size(), 21U);
    EXPECT_EQ(reader->audit_head().value().root, audit::root_of(leaves));
}

TEST_F(SqliteFile, ImportsAndOrdersRunSideBySide) {
    auto store = open();
    std::thread importing([&] {
        for (int round = 0; round < 3; ++round) {
            auto draft = store->begin_catalog().value();
            for (int i = 0; i < 1500; ++i) {
                auto product = product_of("p" + std::to_string(i), {{"v" + std::to_string(i), 3}});
                product.title = "Round " + std::to_string(round);
                ASSERT_TRUE(draft->put(product).ok());
            }
            ASSERT_TRUE(draft->publish(event_of("catalog.published"), at(1)).ok());
        }
    });
    for (std::uint8_t i = 1; i <= 200; ++i) EXPECT_TRUE(commit(*store, insert_checkout(i)).ok());
    importing.join();
    auto reader = store->open_reader().value();
    EXPECT_EQ(reader->audit_head().value().size, 203U);
    EXPECT_EQ(reader->catalog().value().products.size(), 1500U);
    EXPECT_EQ(reader->catalog().value().products[7].title, "Round 2");
    EXPECT_EQ(count("SELECT count(*) FROM catalog_document"), 1500);  // old revisions are gone
}

TEST_F(SqliteFile, OldRepliesArePruned) {
    auto store = open();
    for (std::uint8_t i = 0; i < 10; ++i) {
        auto changes = change_of("x");
        changes.idempotency = reply_write(i, 7, "old");
        ASSERT_TRUE(commit(*store, std::move(changes)).ok());
    }
    auto later = change_of("later");
    later.now = at(1) + limits::idempotency_ttl + std::chrono::seconds{1};
    later.idempotency = reply_write(100, 7, "young");
    ASSERT_TRUE(commit(*store, std::move(later)).ok());
    auto reader = store->open_reader().value();
    EXPECT_EQ(reader->reply(digest_of(3), digest_of(7)).value(), std::nullopt);
    EXPECT_EQ(reader->reply(digest_of(100), digest_of(7)).value()->body, "young");
    EXPECT_EQ(count("SELECT count(*) FROM idempotency"), 1);
}

TEST_F(SqliteFile, ReadOnlyReadsAndRefusesWrites) {
    {
        auto store = open();
        auto changes = insert_checkout(1);
        changes.idempotency = reply_write(1, 7, "kept");
        ASSERT_TRUE(commit(*store, std::move(changes)).ok());
    }
    auto store = open(OpenMode::read_only);
    auto reader = store->open_reader().value();
    EXPECT_TRUE(reader->checkout(id_of<CheckoutId>(1)).value().has_value());
    EXPECT_EQ(reader->reply(digest_of(1), digest_of(7)).value()->body, "kept");
    EXPECT_EQ(reader->reply(digest_of(1), digest_of(8)).error().code, Code::idempotency_conflict);
    EXPECT_EQ(commit(*store, insert_checkout(2)).error().code, Code::store_unavailable);
    EXPECT_EQ(store->begin_catalog().error().code, Code::store_unavailable);
    EXPECT_EQ(store->add_checkpoint(1, "n").error().code, Code::store_unavailable);
    EXPECT_EQ(store->note_progress({}).error().code, Code::store_unavailable);
    EXPECT_EQ(store->sweep(at(0)).error().code, Code::store_unavailable);
    EXPECT_TRUE(reader->due_notices(at(0), 1).value().empty());
}

TEST_F(SqliteFile, RefusesFilesThatAreNotAStore) {
    std::ofstream(path_) << std::string(40'000, 'x');
    EXPECT_NE(note(OpenMode::create).find("not a database"), std::string::npos);
    EXPECT_NE(note(OpenMode::read_only).find("not a database"), std::string::npos);
    std::filesystem::remove(path_);
    std::ofstream{path_};
    EXPECT_NE(note(OpenMode::existing).find("empty"), std::string::npos);
    run_sql("CREATE TABLE other(x)");
    EXPECT_NE(note(OpenMode::create).find("another program"), std::string::npos);
}

TEST_F(SqliteFile, RefusesANewerOrChangedSchema) {
    open();
    run_sql("PRAGMA user_version=99");
    EXPECT_NE(note(OpenMode::existing).find("version 99"), std::string::npos);
    EXPECT_NE(note(OpenMode::read_only).find("version 99"), std::string::npos);
    run_sql("PRAGMA user_version=1; UPDATE schema_migration SET digest = zeroblob(32)");
    EXPECT_NE(note(OpenMode::existing).find("differs"), std::string::npos);
}

TEST_F(SqliteFile, RefusesADamagedHead) {
    {
        auto store = open();
        ASSERT_TRUE(commit(*store, insert_checkout(1)).ok());
    }
    run_sql("UPDATE audit_head SET size = 2");
    EXPECT_NE(note(OpenMode::existing).find("head of the audit log"), std::string::npos);
}

TEST_F(SqliteFile, ADamagedRowIsAnErrorOfThatReadOnly) {
    auto store = open();
    ASSERT_TRUE(commit(*store, insert_checkout(1)).ok());
    ASSERT_TRUE(commit(*store, insert_checkout(2)).ok());
    run_sql("UPDATE checkout SET body = x'01ff' WHERE id = x'00000000000000000000000000000001'");
    auto reader = store->open_reader().value();
    EXPECT_EQ(reader->checkout(id_of<CheckoutId>(1)).error().code, Code::store_unavailable);
    EXPECT_TRUE(reader->checkout(id_of<CheckoutId>(2)).value().has_value());
    EXPECT_EQ(store->sweep(at(1000)).value(), 1U);  // the other one: what a damaged row was, nobody knows
    EXPECT_EQ(count("SELECT count(*) FROM checkout"), 1);
}

TEST_F(SqliteFile, ADamagedNoticeIsAnError) {
    auto store = open();
    ASSERT_TRUE(commit(*store, notice_change({notice_of(1, "ord_a")})).ok());
    auto reader = store->open_reader().value();
    run_sql("UPDATE notice SET attempts = -1");
    EXPECT_EQ(reader->due_notices(at(10), 10).error().code, Code::store_unavailable);
    EXPECT_EQ(reader->next_notice().value(), at(1));
}

TEST_F(SqliteFile, ProgressThatFailsHalfWayIsNotKept) {
    auto store = open();
    ASSERT_TRUE(commit(*store, notice_change({notice_of(1, "ord_a"), notice_of(2, "ord_b")})).ok());
    run_sql("CREATE TRIGGER full BEFORE UPDATE ON notice WHEN old.seq = 2 BEGIN SELECT raise(ABORT, 'trouble'); END");
    EXPECT_EQ(store->note_progress({progress_of(1, NoticeState::dead), progress_of(2, NoticeState::dead)}).error().code,
              Code::store_unavailable);
    auto reader = store->open_reader().value();
    EXPECT_TRUE(reader->notices(NoticeState::dead, 10).value().empty());
}

TEST_F(SqliteFile, AFailedBatchAnswersAndTheNextOneWorks) {
    auto store = open();
    ASSERT_TRUE(commit(*store, insert_checkout(1)).ok());
    run_sql("CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT raise(ABORT, 'disk trouble'); END");
    Answers answers;
    auto changes = insert_checkout(2);
    changes.idempotency = reply_write(1, 7, "never");
    store->submit(std::move(changes), no_deadline(), answers.done());
    auto const failed = answers.wait(1);
    EXPECT_EQ(failed[0].error().code, Code::store_unavailable);
    EXPECT_EQ(store->stats().commit_errors, 1U);
    run_sql("DROP TRIGGER full");

    auto retry = insert_checkout(2);
    retry.idempotency = reply_write(1, 7, "now");
    auto const receipt = std::get<Receipt>(commit(*store, std::move(retry)).value());
    EXPECT_EQ(receipt.audit_seq, 1U);
    auto reader = store->open_reader().value();
    EXPECT_EQ(reader->reply(digest_of(1), digest_of(7)).value()->body, "now");
    std::vector<Digest> leaves;
    auto const entries = reader->audit_entries(0, 10).value();  // named, so that it outlives the loop
    for (auto const& entry : entries) leaves.push_back(entry.leaf);
    EXPECT_EQ(reader->audit_head().value().root, audit::root_of(leaves));
}

TEST_F(SqliteFile, WhatACrashedImportLeftIsCleared) {
    auto store = open();
    publish(*store, {product_of("p1", {{"v1", 5}})});
    run_sql(
        "INSERT INTO catalog_document SELECT kind, 'ghost', 2, body FROM catalog_document;"
        "UPDATE catalog_head SET drafting = 1");
    EXPECT_EQ(publish(*store, {product_of("p2", {{"v2", 5}})}), 2U);
    EXPECT_EQ(store->open_reader().value()->catalog().value().products.size(), 2U);
}

TEST_F(SqliteFile, TheWriteAheadLogStaysShort) {
    auto store = open();
    Answers answers;
    constexpr std::size_t rounds = 300, jobs = 32;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < jobs; ++i) {
            auto changes = change_of("bulk");
            changes.idempotency = reply_write(0, 0, std::string(3000, 'x'));
            auto const n = round * jobs + i;
            changes.idempotency->key[0] = static_cast<std::uint8_t>(n);
            changes.idempotency->key[1] = static_cast<std::uint8_t>(n >> 8U);
            store->submit(std::move(changes), no_deadline(), answers.done());
        }
        answers.wait((round + 1) * jobs);
    }
    EXPECT_LT(store->stats().wal_bytes, 80U << 20U);
    EXPECT_GT(std::filesystem::file_size(path_), 8U << 20U);
}

}  // namespace
}  // namespace b2a::store
