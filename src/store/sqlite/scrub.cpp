// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/scrub.hpp"

#include <algorithm>
#include <fstream>

#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {
namespace {

constexpr std::int64_t fill_pages_max = 4096;  // in one transaction: others wait for the lock meanwhile
constexpr int fill_rounds_max = 100'000;
constexpr int truncate_tries_max = 200;
constexpr int truncate_pause_ms = 25;
constexpr std::size_t chunk_bytes = 1024 * 1024;

/// Takes every free page into a table of zeros and gives it back: a free page that was never written again would keep
/// what it held. Two transactions, because SQLite does not write what one and the same transaction frees again.
Result<void> fill_free_pages(Connection& connection) {
    B2A_CHECK(connection.execute("DROP TABLE IF EXISTS scrub; CREATE TABLE scrub(zeros BLOB) STRICT"));
    B2A_TRY(page_bytes, connection.integer("PRAGMA page_size"));
    B2A_TRY(insert, connection.prepare("INSERT INTO scrub(zeros) VALUES (zeroblob(?))"));
    for (int round = 0; round < fill_rounds_max; ++round) {
        B2A_TRY(pages, connection.integer("PRAGMA freelist_count"));
        if (pages == 0) break;
        B2A_CHECK(Query(insert, std::min(pages, fill_pages_max) * page_bytes).run());
    }
    return connection.execute("DROP TABLE scrub");
}

/// Copies the write-ahead log into the file and cuts it to nothing; waits for readers that still look at it.
Result<void> empty_log(Connection& connection) {
    for (int tries = 0; tries < truncate_tries_max; ++tries) {
        auto const code =
            sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        if (code == SQLITE_OK) return {};
        if ((code & 0xff) != SQLITE_BUSY) return to_error(connection.handle(), code, "empty the write-ahead log");
        sqlite3_sleep(truncate_pause_ms);
    }
    return Error(Code::store_unavailable, "the write-ahead log could not be emptied; try again")
        .with_note("readers held it all the time");
}

std::uint64_t occurrences(std::string_view bytes, std::string_view text) {
    std::uint64_t count = 0;
    for (auto at = bytes.find(text); at != std::string_view::npos; at = bytes.find(text, at + 1)) ++count;
    return count;
}

/// How often one of the texts stands in the file; a missing file has none.
Result<std::uint64_t> traces_in(std::string const& path, std::vector<std::string> const& texts, ScrubReport& report) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::uint64_t{0};
    std::size_t longest = 1;
    for (auto const& text : texts) longest = std::max(longest, text.size());
    std::uint64_t count = 0;
    std::string window;
    for (;;) {
        auto const kept = std::min(window.size(), longest - 1);  // a text may lie across the border of two chunks
        auto const before = std::string_view(window).substr(window.size() - kept);
        for (auto const& text : texts) count -= occurrences(before, text);
        window.erase(0, window.size() - kept);
        window.resize(kept + chunk_bytes);
        file.read(window.data() + kept, static_cast<std::streamsize>(chunk_bytes));
        auto const read = static_cast<std::size_t>(file.gcount());
        window.resize(kept + read);
        report.bytes_read += read;
        for (auto const& text : texts) count += occurrences(window, text);
        if (read < chunk_bytes) break;
    }
    if (file.bad()) return Error(Code::store_unavailable).with_note("read error: " + path);
    return count;
}

Result<void> count_traces(std::string const& path, std::vector<std::string> const& texts, ScrubReport& report) {
    report.traces = 0;
    for (auto const& file : {path, path + "-wal"}) {
        B2A_TRY(count, traces_in(file, texts, report));
        report.traces += count;
    }
    return {};
}

}  // namespace

Result<ScrubReport> scrub(std::string const& path, std::vector<std::string> const& texts) {
    B2A_TRY(connection, Connection::open(path, Role::importer));
    B2A_CHECK(fill_free_pages(connection));
    B2A_CHECK(empty_log(connection));
    ScrubReport report;
    B2A_CHECK(count_traces(path, texts, report));
    if (report.traces == 0) return report;
    // The copy that VACUUM makes holds what is there, not what was deleted; in memory it would not fit.
    B2A_CHECK(connection.execute("PRAGMA temp_store=FILE; VACUUM"));
    B2A_CHECK(empty_log(connection));
    report.rebuilt = true;
    B2A_CHECK(count_traces(path, texts, report));
    return report;
}

}  // namespace b2a::store::sqlite
