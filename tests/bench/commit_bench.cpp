// SPDX-License-Identifier: Apache-2.0
// Durable checkout completions a second, against what SQLite alone can do with the same rows on the same
// disk.
//   commit_bench DATABASE DIRECTORY ROUNDS
// DATABASE is a store in which completions were made over HTTP; its rows are written again, 64 in flight,
// into new files in DIRECTORY: once by a loop of bare SQLite with the store's schema and pragmas, 64
// completions a transaction, once by the store. The two take turns; medians are printed as one JSON object.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "b2a/store/sqlite.hpp"

namespace {

using namespace b2a;  // NOLINT

constexpr std::size_t in_flight = 64;
constexpr char const* variant = "demo-ok-1";

struct CloseDatabase {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

Database open(std::string const& path) {
    sqlite3* db = nullptr;
    if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) throw std::runtime_error("cannot open " + path);
    return Database(db);
}

void execute(Database const& db, char const* sql) {
    if (sqlite3_exec(db.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(db.get()));
}

/// A prepared statement of the bare loop: no more than bind, step, reset.
class Statement {
  public:
    Statement(Database const& db, char const* sql) {
        if (sqlite3_prepare_v2(db.get(), sql, -1, &statement_, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db.get()));
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;

    Statement& blob(int at, std::string const& value) {
        sqlite3_bind_blob(statement_, at, value.data(), static_cast<int>(value.size()), nullptr);
        return *this;
    }
    Statement& text(int at, std::string const& value) {
        sqlite3_bind_text(statement_, at, value.data(), static_cast<int>(value.size()), nullptr);
        return *this;
    }
    Statement& integer(int at, std::int64_t value) {
        sqlite3_bind_int64(statement_, at, value);
        return *this;
    }
    bool step() {
        auto const code = sqlite3_step(statement_);
        if (code != SQLITE_ROW && code != SQLITE_DONE) throw std::runtime_error("a statement failed");
        return code == SQLITE_ROW;
    }
    void run() {
        step();
        sqlite3_reset(statement_);
    }
    std::string column(int at) {
        auto const* data = static_cast<char const*>(sqlite3_column_blob(statement_, at));
        return data == nullptr ? std::string()
                               : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, at)));
    }

  private:
    sqlite3_stmt* statement_ = nullptr;
};

/// What one completion leaves behind.
struct Rows {
    std::string checkout_id, checkout, order_id, order, salt, key, fingerprint, reply, leaves[2], entries[2];
};

std::vector<Rows> rows_of(std::string const& path) {
    auto const db = open(path);
    std::vector<Rows> all;
    Statement orders(db,
                     "SELECT o.checkout_id, c.body, o.id, o.body, o.salt FROM orders o "
                     "JOIN checkout c ON c.id = o.checkout_id ORDER BY o.id");
    Statement replies(db, "SELECT key, fingerprint, body FROM idempotency WHERE status = 200 ORDER BY seq");
    Statement entries(db,
                      "SELECT leaf, body FROM audit_entry WHERE body LIKE '%\"type\":\"checkout.completed\"%' OR "
                      "body LIKE '%\"type\":\"order.placed\"%' ORDER BY seq");
    while (orders.step()) {
        auto& row = all.emplace_back();
        if (!replies.step()) throw std::runtime_error("fewer replies than orders");
        row.checkout_id = orders.column(0), row.checkout = orders.column(1), row.order_id = orders.column(2);
        row.order = orders.column(3), row.salt = orders.column(4);
        row.key = replies.column(0), row.fingerprint = replies.column(1), row.reply = replies.column(2);
        for (std::size_t i = 0; i < 2; ++i) {
            if (!entries.step()) throw std::runtime_error("fewer entries than orders");
            row.leaves[i] = entries.column(0), row.entries[i] = entries.column(1);
        }
    }
    if (all.empty()) throw std::runtime_error("no orders in " + path);
    return all;
}

double per_second(std::size_t count, std::chrono::steady_clock::time_point start) {
    return static_cast<double>(count) / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::unique_ptr<store::Store> new_store(std::string const& path) {
    for (auto const* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
    auto opened = store::open_sqlite(path, store::OpenMode::create);
    if (!opened) throw std::runtime_error("no store at " + path);
    return std::move(*opened);
}

void seed(Database const& db, std::vector<Rows> const& all) {
    execute(db, "BEGIN");
    Statement checkout(db, "INSERT INTO checkout(id, version, expires, body) VALUES (?, 1, 0, ?)");
    for (auto const& row : all) checkout.blob(1, row.checkout_id).blob(2, row.checkout).run();
    execute(db, "COMMIT");
    execute(db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/// The limit: the statements that the rows need, and nothing else.
double bare(std::string const& path, std::vector<Rows> const& all) {
    new_store(path)->close();  // for its schema
    auto const db = open(path);
    execute(db,
            "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
            "PRAGMA secure_delete=FAST;");
    seed(db, all);
    Statement checkout(db, "UPDATE checkout SET version = 2, expires = 0, body = ? WHERE id = ?");
    Statement order(db, "INSERT INTO orders(id, version, checkout_id, created, salt, body) VALUES (?, 1, ?, 0, ?, ?)");
    Statement stock(db,
                    "INSERT INTO stock(variant_id, quantity) VALUES (?, ?) "
                    "ON CONFLICT(variant_id) DO UPDATE SET quantity = excluded.quantity");
    Statement reply(db,
                    "INSERT INTO idempotency(seq, key, fingerprint, created, status, content_type, body) "
                    "VALUES (?, ?, ?, 0, 200, 'application/json', ?)");
    Statement entry(db, "INSERT INTO audit_entry(seq, leaf, body) VALUES (?, ?, ?)");
    Statement head(db, "UPDATE audit_head SET size = ?, edge = ?, time = 0 WHERE id = 1");
    std::string const edge(32 * 12, 'e');
    std::int64_t seq = 0;
    auto const start = std::chrono::steady_clock::now();
    for (std::size_t first = 0; first < all.size(); first += in_flight) {
        execute(db, "BEGIN IMMEDIATE");
        for (std::size_t i = first; i < std::min(all.size(), first + in_flight); ++i) {
            auto const& row = all[i];
            checkout.blob(1, row.checkout).blob(2, row.checkout_id).run();
            order.blob(1, row.order_id).blob(2, row.checkout_id).blob(3, row.salt).blob(4, row.order).run();
            stock.text(1, variant).integer(2, static_cast<std::int64_t>(all.size() - i)).run();
            reply.integer(1, static_cast<std::int64_t>(i) + 1)
                .blob(2, row.key)
                .blob(3, row.fingerprint)
                .blob(4, row.reply)
                .run();
            for (std::size_t e = 0; e < 2; ++e)
                entry.integer(1, seq++).blob(2, row.leaves[e]).text(3, row.entries[e]).run();
        }
        head.integer(1, seq).blob(2, edge).run();
        execute(db, "COMMIT");
    }
    return per_second(all.size(), start);
}

audit::Event event_of(char const* type, std::string subject, Rows const& row) {
    audit::Event event;
    event.type = type;
    event.request_id = "req_01m868vr58fg682zgbstjwjhcp";
    event.decision_id = "dec_01m868vr58fg68xnx9ad75zyz3";
    event.agent = "http://127.0.0.1:9999/bench.json";
    event.trust = 1;
    event.protocol = "ucp";
    event.action = "checkout.complete";
    event.outcome = "allow";
    event.rules = {"checkout.complete"};
    event.reasons = {"within_cap"};
    event.ruleset = event.idempotency_key_hash = event.request_digest = std::string(64, 'd');
    event.subject = std::move(subject);
    event.details = {{"total", "3314"},
                     {"currency", "USD"},
                     {"items", variant},
                     {"item_count", "1"},
                     {"status", "completed"},
                     {"catalog_revision", "1"},
                     {"reply_bytes", std::to_string(row.reply.size())}};
    return event;
}

template <class Id>
Id id_from(std::string const& bytes) {
    std::array<std::uint8_t, 16> out{};
    std::ranges::copy(bytes, out.begin());
    return Id(out);
}

Digest digest_from(std::string const& bytes) {
    Digest out{};
    std::ranges::copy(bytes, out.begin());
    return out;
}

std::vector<store::ChangeSet> completions(std::string const& path, std::vector<Rows> const& all) {
    auto const source = store::open_sqlite(path, store::OpenMode::read_only).value();
    auto const reader = source->open_reader().value();
    std::vector<store::ChangeSet> out;
    for (auto const& row : all) {
        auto& changes = out.emplace_back();
        changes.checkout = store::CheckoutWrite{**reader->checkout(id_from<CheckoutId>(row.checkout_id)), 1};
        changes.order = store::OrderWrite{**reader->order(id_from<OrderId>(row.order_id)), 0,
                                          Bytes(row.salt.begin(), row.salt.end())};
        changes.stock = {{variant, -1}};
        changes.idempotency = store::IdempotencyWrite{
            digest_from(row.key), digest_from(row.fingerprint), {200, "application/json", row.reply}};
        changes.now = changes.order->order.created;
        changes.events = {event_of("checkout.completed", changes.checkout->checkout.id.text(), row),
                          event_of("order.placed", changes.order->order.id.text(), row)};
        changes.events.back().commitment = std::string(64, 'c');
    }
    return out;
}

double through_store(std::string const& path, std::vector<Rows> const& all, std::vector<store::ChangeSet> changes) {
    new_store(path)->close();
    seed(open(path), all);
    auto const target = store::open_sqlite(path, store::OpenMode::existing).value();
    store::ChangeSet stocking;
    stocking.stock_set = {{variant, static_cast<std::int64_t>(all.size())}};
    stocking.events = {event_of("stock.set", variant, all.front())};
    stocking.now = changes.front().now;
    if (!store::commit_blocking(*target, std::move(stocking), Deadline::max())) throw std::runtime_error("no stock");
    std::counting_semaphore<> free(in_flight);
    std::atomic<std::size_t> failed{0};
    auto const start = std::chrono::steady_clock::now();
    for (auto& one : changes) {
        free.acquire();
        target->submit(std::move(one), Deadline::max(), [&](Result<store::CommitResult> const& result) {
            if (!result) ++failed;
            free.release();
        });
    }
    for (std::size_t i = 0; i < in_flight; ++i) free.acquire();
    auto const rate = per_second(all.size(), start);
    target->close();
    if (failed != 0) throw std::runtime_error(std::to_string(failed) + " completions failed");
    return rate;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

int run(std::string const& source, std::string const& directory, std::size_t rounds) {
    auto const all = rows_of(source);
    auto const changes = completions(source, all);
    std::vector<double> bare_rates;
    std::vector<double> store_rates;
    for (std::size_t i = 0; i < rounds; ++i) {
        bare_rates.push_back(bare(directory + "/bare.db", all));
        store_rates.push_back(through_store(directory + "/store.db", all, changes));
    }
    std::printf("{\"completions\":%zu,\"bare_per_second\":%.0f,\"store_per_second\":%.0f}\n", all.size(),
                median(bare_rates), median(store_rates));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4 || std::atoi(argv[3]) < 1) {
        std::cerr << "usage: commit_bench DATABASE DIRECTORY ROUNDS\n";
        return 2;
    }
    try {
        return run(argv[1], argv[2], std::strtoull(argv[3], nullptr, 10));
    } catch (std::exception const& error) {
        std::cerr << "commit_bench: " << error.what() << '\n';
        return 1;
    }
}
