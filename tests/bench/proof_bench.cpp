// SPDX-License-Identifier: Apache-2.0
// What evidence costs: an append to the tree with its tiles, proofs in a log of ten million entries, and the same from
// a database. B2A_BENCH_ENTRIES is the length of the log in the database (default 100,000).
#include <cstdlib>
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>

#include "b2a/audit/event.hpp"
#include "b2a/store/sqlite.hpp"

namespace {

using namespace b2a;  // NOLINT

constexpr std::uint64_t ten_million = 10'000'000;
constexpr std::uint64_t stride = 7'919;  // from index to index, so that no two proofs share their tiles

audit::Event event_of_order() {
    audit::Event event;
    event.type = "order.placed";
    event.agent = "https://agent.example/profile.json";
    event.action = "checkout.complete";
    event.outcome = "allow";
    event.subject = "ord_06f3k1xq8sd6v0n7y3g0q1w2e3";
    event.ruleset = std::string(64, 'a');
    event.commitment = std::string(64, 'b');
    event.details = {{"total", "4200"}, {"currency", "USD"}, {"items", "demo-ok-1"}, {"status", "completed"}};
    return event;
}

/// Hash of the entry, the edge, the tiles: what an append computes beside the database.
void audit_append(benchmark::State& state) {
    auto const body = audit::canonical_bytes(event_of_order(), 1, Timestamp{}).value();
    audit::Frontier frontier;
    audit::TileEdge edge;
    std::vector<audit::Tile> changed;
    for (auto _ : state) {
        auto const leaf = audit::leaf_hash(as_bytes(body));
        frontier.append(leaf);
        edge.append(leaf, changed);
        changed.clear();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(audit_append);

/// Hashes out of thin air: proofs of ten million entries cost what they cost, whatever the hashes are.
Result<std::vector<Digest>> any_tile(audit::TileId id, std::size_t width) {
    std::vector<Digest> hashes(width);
    for (std::size_t i = 0; i < width; ++i) hashes[i].fill(static_cast<std::uint8_t>(id.index + i));
    return hashes;
}

void inclusion_10m(benchmark::State& state) {
    std::uint64_t index = 0;
    for (auto _ : state) {
        audit::TiledTree tree(ten_million - 1, any_tile);
        benchmark::DoNotOptimize(tree.inclusion_proof(index = (index + stride) % (ten_million - 1)));
    }
}
BENCHMARK(inclusion_10m);

void consistency_10m(benchmark::State& state) {
    std::uint64_t first = 0;
    for (auto _ : state) {
        audit::TiledTree tree(ten_million - 1, any_tile);
        benchmark::DoNotOptimize(tree.consistency_proof(first = (first + stride) % (ten_million - 1) + 1));
    }
}
BENCHMARK(consistency_10m);

struct Log {
    std::filesystem::path directory;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;
    std::uint64_t size = 0;
    ~Log() {
        reader.reset();
        store.reset();
        std::filesystem::remove_all(directory);
    }
};

Log& stored_log() {
    static Log log;
    if (log.store) return log;
    auto pattern = (std::filesystem::temp_directory_path() / "b2a-proof-XXXXXX").string();
    log.directory = mkdtemp(pattern.data());
    log.store = store::open_sqlite((log.directory / "b2a.db").string(), store::OpenMode::create).value();
    auto const* const wanted = std::getenv("B2A_BENCH_ENTRIES");
    auto const size = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 100'000;
    for (std::uint64_t at = 0; at < size; at += 1000) {
        store::ChangeSet changes;
        changes.events.assign(1000, event_of_order());
        static_cast<void>(store::commit_blocking(*log.store, std::move(changes), Deadline::max()).value());
    }
    log.reader = log.store->open_reader().value();
    log.size = log.reader->audit_head().value().size;
    return log;
}

void inclusion_stored(benchmark::State& state) {
    auto& log = stored_log();
    std::uint64_t index = 0;
    for (auto _ : state) {
        audit::TiledTree tree(log.size, [&](auto id, auto width) { return log.reader->audit_tile(id, width); });
        benchmark::DoNotOptimize(tree.inclusion_proof(index = (index + stride) % log.size));
    }
}
BENCHMARK(inclusion_stored);

/// A thousand entries in one transaction: the writer's whole way, divided by a thousand.
void append_stored(benchmark::State& state) {
    auto& log = stored_log();
    for (auto _ : state) {
        store::ChangeSet changes;
        changes.events.assign(1000, event_of_order());
        benchmark::DoNotOptimize(store::commit_blocking(*log.store, std::move(changes), Deadline::max()));
    }
    state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(append_stored)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
