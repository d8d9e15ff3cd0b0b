// SPDX-License-Identifier: Apache-2.0
// T22: whatever somebody does to the rows of the log, it does not go on.
#include "app/log_check.hpp"

#include <filesystem>

#include <sqlite3.h>

#include "contract/fixtures.hpp"
#include "unit/audit/keys.hpp"

namespace b2a::app {
namespace {

using audit::testing::signing_key;
using audit::testing::verifier_key;

class LogCheck : public testing::Test {
  protected:
    void SetUp() override {
        auto const store = store::open_sqlite(path_, store::OpenMode::create).value();
        grow(*store, 400);
        sign(*store);
        grow(*store, 200);
    }
    static void grow(store::Store& store, std::size_t count) {
        auto changes = store::change_of("grown");
        changes.events.resize(count, changes.events.front());
        ASSERT_TRUE(store::commit_blocking(store, std::move(changes), store::no_deadline()).ok());
    }
    static void sign(store::Store& store) {
        auto const head = store.open_reader().value()->audit_head().value();
        auto const note = audit::sign_checkpoint({verifier_key().name, head.size, head.root}, signing_key());
        ASSERT_TRUE(store.add_checkpoint(head.size, note).ok());
    }
    void tamper(std::string const& sql) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    /// What a start would say: empty when it goes on.
    std::string check() {
        auto const store = store::open_sqlite(path_, store::OpenMode::existing);
        if (!store) return store.error().note.text;
        auto const reader = (*store)->open_reader().value();
        auto const checked = check_log(*reader, verifier_key());
        return checked ? "" : checked.error().detail;
    }

    store::TempDir dir_;
    std::string path_ = dir_.file("b2a.db");
};

TEST_F(LogCheck, ASoundLogGoesOn) {
    EXPECT_EQ(check(), "");
}

TEST_F(LogCheck, WhatWasDoneToItIsNamed) {
    std::pair<char const*, char const*> const cases[] = {
        {"UPDATE audit_entry SET body = replace(body, 'grown', 'Grown') WHERE seq = 300",
         "entry 300 of the audit log was changed"},
        {"DELETE FROM audit_entry WHERE seq = 17", "entry 17 of the audit log is missing"},
        {"UPDATE audit_entry SET seq = -1 WHERE seq = 40; UPDATE audit_entry SET seq = 40 WHERE seq = 41; "
         "UPDATE audit_entry SET seq = 41 WHERE seq = -1",
         "entry 40 of the audit log was changed"},
        {"DELETE FROM audit_entry WHERE seq >= 599", "head of the audit log"},
        {"UPDATE audit_tile SET hashes = zeroblob(8192) WHERE id = 0", "entry 0 of the audit log was changed"},
        {"DELETE FROM audit_tile WHERE id = 1 << 56", "the head of the audit log does not match its tiles"},
        {"UPDATE audit_checkpoint SET note = replace(note, 'gateway', 'gatewaY')", "signed by this key"},
        {"UPDATE audit_head SET edge = zeroblob(length(edge))", "the head of the audit log does not follow"},
    };
    for (auto const& [sql, expected] : cases) {
        auto const copy = dir_.file("copy.db");
        std::filesystem::copy_file(path_, copy, std::filesystem::copy_options::overwrite_existing);
        tamper(sql);
        auto const said = check();
        EXPECT_NE(said.find(expected), std::string::npos) << sql << "\n" << said;
        std::filesystem::copy_file(copy, path_, std::filesystem::copy_options::overwrite_existing);
    }
}

TEST_F(LogCheck, ARewrittenPastContradictsTheCheckpoint) {
    // Somebody builds a whole new log, consistent in itself, and keeps our signed checkpoint.
    store::TempDir other;
    {
        auto const store = store::open_sqlite(other.file("b2a.db"), store::OpenMode::create).value();
        auto changes = store::change_of("another story");
        changes.events.resize(600, changes.events.front());
        ASSERT_TRUE(store::commit_blocking(*store, std::move(changes), store::no_deadline()).ok());
        auto const old = store::open_sqlite(path_, store::OpenMode::read_only).value()->open_reader().value();
        ASSERT_TRUE(store->add_checkpoint(400, *old->last_checkpoint().value()).ok());
    }
    std::filesystem::copy_file(other.file("b2a.db"), path_, std::filesystem::copy_options::overwrite_existing);
    EXPECT_NE(check().find("contradicts its signed checkpoint at size 400"), std::string::npos) << check();
}

TEST_F(LogCheck, ASmallerHeadIsNeverSigned) {
    auto const store = store::open_sqlite(path_, store::OpenMode::existing).value();
    auto const reader = store->open_reader().value();
    auto const head = reader->audit_head().value();
    audit::Checkpoint last{verifier_key().name, head.size, head.root};
    EXPECT_TRUE(check_growth(*reader, last, head).ok());
    last.size = head.size + 1;
    EXPECT_FALSE(check_growth(*reader, last, head).ok());
    last = {verifier_key().name, 100, head.root};
    EXPECT_FALSE(check_growth(*reader, last, head).ok());
}

}  // namespace
}  // namespace b2a::app
