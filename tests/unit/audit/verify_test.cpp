// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/verify.hpp"

#include <algorithm>
#include <optional>

#include <gtest/gtest.h>

#include "b2a/audit/event.hpp"
#include "b2a/base/limits.hpp"

#include "audit/note.hpp"
#include "keys.hpp"

namespace b2a::audit {
namespace {

using Index = std::optional<std::uint64_t>;

Timestamp time_of(std::uint64_t seq) {
    return from_micros(1'790'000'000'000'000 + static_cast<std::int64_t>(seq) * 1'000'000);
}

std::string entry_of(std::uint64_t seq, Timestamp time) {
    Event event;
    event.type = "order.placed";
    event.subject = "ord_" + std::to_string(seq);
    return canonical_bytes(event, seq, time).value();
}

/// What a store holds, open to tampering.
struct Log {
    struct Row {
        std::uint64_t seq;
        std::string bytes;
        std::optional<Digest> leaf;
    };
    std::vector<Row> rows;
    std::vector<std::string> notes;

    explicit Log(std::uint64_t size, std::vector<std::uint64_t> const& checkpoints = {}) {
        for (std::uint64_t seq = 0; seq < size; ++seq) {
            auto bytes = entry_of(seq, time_of(seq));
            auto const leaf = leaf_hash(as_bytes(bytes));
            rows.push_back({seq, std::move(bytes), leaf});
        }
        for (auto const at : checkpoints) note(at);
    }

    [[nodiscard]] Digest root(std::uint64_t size) const {
        Frontier frontier;
        for (std::uint64_t i = 0; i < size; ++i) frontier.append(leaf_hash(as_bytes(rows[i].bytes)));
        return frontier.root();
    }
    void note(std::uint64_t size) {
        notes.push_back(sign_checkpoint({"gateway.example/audit", size, root(size)}, testing::signing_key()));
    }
    /// Replaces the bytes and covers it up in the store.
    void rewrite(std::size_t at, std::string bytes) {
        rows[at].leaf = leaf_hash(as_bytes(bytes));
        rows[at].bytes = std::move(bytes);
    }
    [[nodiscard]] VerifyReport verify(std::optional<VerifierKey> key = testing::verifier_key()) const {
        Verifier verifier(std::move(key));
        for (auto const& row : rows) verifier.entry(row.seq, row.bytes, row.leaf);
        for (auto const& text : notes) verifier.checkpoint(text);
        return verifier.finish();
    }
};

std::string changed(std::string bytes) {
    bytes.replace(bytes.find("ord_"), 4, "ORD_");
    return bytes;
}

void expect_one_problem(VerifyReport const& report, Index index, std::string_view message) {
    ASSERT_EQ(report.problems.size(), 1U) << ::testing::PrintToString(report.problems);
    EXPECT_EQ(report.problems[0], message);
    EXPECT_EQ(report.first_bad_index, index);
    EXPECT_FALSE(report.sound());
}

TEST(Verifier, FindsASoundLogSound) {
    Log const log(20, {0, 1, 7, 7, 20});
    auto const report = log.verify();
    EXPECT_TRUE(report.sound()) << report.problems[0];
    EXPECT_EQ(report.entries, 20U);
    EXPECT_EQ(report.checkpoints, 5U);
    EXPECT_EQ(report.root, log.root(20));
    EXPECT_FALSE(report.first_bad_index);
}

TEST(Verifier, FindsAnEmptyLogSound) {
    auto const report = Log(0).verify();
    EXPECT_TRUE(report.sound());
    EXPECT_EQ(report.root, empty_root());
}

TEST(Verifier, TakesEntriesAfterTheLastCheckpointAndWithoutStoredLeaves) {
    Log log(20, {7});
    for (auto& row : log.rows) row.leaf.reset();
    EXPECT_TRUE(log.verify().sound());
}

TEST(Verifier, BelievesTheHashesOfGivenUpEntriesOnlyUnderACheckpoint) {
    Log const log(20, {20});
    auto const verify = [&](bool forged) {
        std::vector<Digest> leaves;
        for (std::size_t i = 0; i < 8; ++i) leaves.push_back(leaf_hash(as_bytes(log.rows[i].bytes)));
        if (forged) leaves[3][0] ^= 1;
        Verifier verifier(testing::verifier_key());
        verifier.given_up(0, leaves);
        for (std::size_t i = 8; i < 20; ++i) verifier.entry(i, log.rows[i].bytes, log.rows[i].leaf);
        verifier.checkpoint(log.notes[0]);
        return verifier.finish();
    };
    EXPECT_TRUE(verify(false).sound());
    EXPECT_EQ(verify(false).given_up, 8U);
    EXPECT_EQ(verify(false).entries, 20U);
    EXPECT_FALSE(verify(true).sound());
}

TEST(Verifier, NamesAChangedByte) {
    Log log(20, {7, 20});
    log.rows[9].bytes = changed(log.rows[9].bytes);
    auto const report = log.verify();
    EXPECT_EQ(report.first_bad_index, 9U);
    ASSERT_EQ(report.problems.size(), 2U);
    EXPECT_EQ(report.problems[0], "entry 9: the stored leaf hash is not the hash of its bytes");
}

TEST(Verifier, NamesTheFirstOfSeveralChangedBytes) {
    Log log(20);
    for (auto const at : {12U, 3U, 15U}) log.rows[at].bytes = changed(log.rows[at].bytes);
    EXPECT_EQ(log.verify().first_bad_index, 3U);
}

TEST(Verifier, NamesTheIntervalOfAForgedLeaf) {
    Log log(20, {7, 12, 20});
    log.rewrite(9, changed(log.rows[9].bytes));
    auto const report = log.verify();
    EXPECT_EQ(report.first_bad_index, 7U);
    ASSERT_EQ(report.problems.size(), 2U) << "and every later root differs with it";
    EXPECT_EQ(report.problems[0], "the checkpoint of size 12 has another root: something differs in entries 7 to 11");
}

TEST(Verifier, NamesADeletedEntry) {
    Log log(20);
    log.rows.erase(log.rows.begin() + 5);
    expect_one_problem(log.verify(), 5, "entry 5 is missing");
    log.rows.erase(log.rows.begin() + 5, log.rows.begin() + 8);
    expect_one_problem(log.verify(), 5, "entries 5 to 8 are missing");
}

TEST(Verifier, NamesADeletedEntryWhoseSuccessorsWereRenumbered) {
    Log log(20, {20});
    log.rows.erase(log.rows.begin() + 5);
    for (std::size_t i = 5; i < log.rows.size(); ++i) log.rows[i].seq = i;
    EXPECT_EQ(log.verify().first_bad_index, 5U) << "the number inside of the bytes stays";

    for (std::size_t i = 5; i < log.rows.size(); ++i) log.rewrite(i, entry_of(i, time_of(i + 1)));
    auto const report = log.verify();
    expect_one_problem(report, 19, "the log ends before entry 19, but the checkpoint of size 20 covers it");
}

TEST(Verifier, NamesSwappedEntries) {
    Log rows(20);
    std::swap(rows.rows[5], rows.rows[6]);
    EXPECT_EQ(rows.verify().first_bad_index, 5U);

    Log contents(20);
    std::swap(contents.rows[5].bytes, contents.rows[6].bytes);
    std::swap(contents.rows[5].leaf, contents.rows[6].leaf);
    auto const report = contents.verify();
    EXPECT_EQ(report.first_bad_index, 5U);
    EXPECT_EQ(report.problems[0], "entry 5: its bytes carry another \"seq\"");
}

TEST(Verifier, NamesARepeatedEntry) {
    Log log(20);
    log.rows.insert(log.rows.begin() + 6, log.rows[5]);
    expect_one_problem(log.verify(), 5, "entry 5 is out of order");
}

TEST(Verifier, NamesATruncatedTailBehindACheckpoint) {
    Log log(20, {7, 20});
    log.rows.resize(15, log.rows[0]);
    expect_one_problem(log.verify(), 15, "the log ends before entry 15, but the checkpoint of size 20 covers it");
    log.rows.clear();
    EXPECT_EQ(log.verify().first_bad_index, 0U);
}

TEST(Verifier, NamesABackdatedEntry) {
    Log log(20);
    log.rewrite(9, entry_of(9, time_of(3)));
    expect_one_problem(log.verify(), 9, "entry 9: its time lies before that of an earlier entry");
    log.rewrite(9, entry_of(9, time_of(8)));
    EXPECT_TRUE(log.verify().sound()) << "one time for two entries is fine";
}

TEST(Verifier, NamesATimeInAnotherForm) {
    for (auto const* const time :
         {"2026-09-21T15:33:29Z", "2026-09-21T17:33:29.000+02:00", "soon", "2026-13-21T15:33:29.000Z"}) {
        Log log(1);
        log.rewrite(0, R"({"seq":0,"time":")" + std::string(time) + "\"}");
        expect_one_problem(log.verify(), 0, "entry 0: \"time\" is no UTC time in milliseconds");
    }
}

TEST(Verifier, NamesBytesThatAreNoEntry) {
    for (auto const& bytes :
         {std::string(), std::string("{"), std::string("[]"), std::string("7"), std::string(100'000, '['),
          std::string(R"({"seq":3,"seq":3})"), std::string(R"({"seq":"3","time":3})"), std::string(R"({"seq":-3})"),
          std::string(limits::audit_entry_bytes_max + 1, ' ')}) {
        Log log(5);
        log.rewrite(3, bytes);
        EXPECT_EQ(log.verify().first_bad_index, 3U) << bytes.substr(0, 40);
    }
}

TEST(Verifier, TellsABadCheckpointSignature) {
    Log log(20, {7, 20});
    log.notes[0] = sign_checkpoint({"gateway.example/audit", 7, log.root(7)}, testing::other_key());
    expect_one_problem(log.verify(), std::nullopt, "checkpoint 0: the note is not signed by this key");
    log.notes[0] = log.notes[1];
    log.notes[0].replace(log.notes[0].find("20"), 2, "19");
    expect_one_problem(log.verify(), std::nullopt, "checkpoint 0: the note's signature is not valid");
    log.notes[0] = "nonsense";
    expect_one_problem(log.verify(), std::nullopt, "checkpoint 0: not a signed note");
}

TEST(Verifier, TellsShrinkingCheckpoints) {
    Log log(20, {12, 7, 20});
    expect_one_problem(log.verify(), std::nullopt, "the checkpoint of size 7 follows one of size 12");
}

TEST(Verifier, TellsTwoRootsOfOneSize) {
    Log log(20, {7, 20});
    log.notes.insert(log.notes.begin() + 1,
                     sign_checkpoint({"gateway.example/audit", 7, log.root(8)}, testing::signing_key()));
    expect_one_problem(log.verify(), std::nullopt,
                       "the checkpoint of size 7 has another root than the log had at this size");
}

TEST(Verifier, ChecksRootsAlsoWithoutAKey) {
    Log log(20, {7});
    log.notes[0] = sign_checkpoint({"gateway.example/audit", 7, log.root(7)}, testing::other_key());
    EXPECT_TRUE(log.verify(std::nullopt).sound());
    log.rewrite(3, changed(log.rows[3].bytes));
    EXPECT_EQ(log.verify(std::nullopt).first_bad_index, 0U);
}

TEST(Verifier, ListsABoundedNumberOfProblems) {
    Log log(300);
    for (auto& row : log.rows) row.bytes = changed(row.bytes);
    auto const report = log.verify();
    EXPECT_EQ(report.problems.size(), limits::audit_problems_max);
    EXPECT_EQ(report.first_bad_index, 0U);
}

}  // namespace
}  // namespace b2a::audit
