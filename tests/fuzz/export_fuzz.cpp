// SPDX-License-Identifier: Apache-2.0
// An export of the log as `b2a audit verify --export` reads it: first line the verifier key (or nothing), then a
// JSON object a line. What the verifier calls sound has every entry in its place, and is not sound any more when an
// entry that a checkpoint covers is changed, left out or moved.
#include <algorithm>
#include <string>
#include <vector>

#include "b2a/audit/verify.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/json/value.hpp"

#include "fuzz/target.hpp"

namespace b2a::audit {
namespace {

struct Entry {
    std::uint64_t seq = 0;
    std::string bytes;
    std::optional<Digest> leaf;
};
struct Log {
    std::vector<Entry> entries;
    std::vector<std::string> notes;
};

std::optional<Entry> entry_of(json::Value const& line) {
    auto const seq = line.find("seq");
    auto const bytes = line.find("entry");
    auto const leaf = line.find("leaf");
    if (seq == line.end() || !seq->is_number_unsigned() || bytes == line.end() || !bytes->is_string())
        return std::nullopt;
    Entry out{seq->get<std::uint64_t>(), bytes->get<std::string>(), {}};
    if (leaf == line.end() || !leaf->is_string()) return out;
    auto const hash = from_hex(leaf->get<std::string>());
    if (hash && hash->size() == sizeof(Digest)) std::ranges::copy(*hash, out.leaf.emplace().begin());
    return out;
}

Log read(fuzz::Pieces pieces) {
    Log out;
    while (!pieces.done()) {
        auto const line = json::parse_value(pieces.line());
        if (!line || !line->is_object()) continue;
        if (auto const note = line->find("checkpoint"); note != line->end() && note->is_string())
            out.notes.push_back(note->get<std::string>());
        else if (auto entry = entry_of(*line)) out.entries.push_back(*std::move(entry));
    }
    return out;
}

VerifyReport judge(Log const& log, std::optional<VerifierKey> const& key) {
    Verifier verifier(key);
    for (auto const& entry : log.entries) verifier.entry(entry.seq, entry.bytes, entry.leaf);
    for (auto const& note : log.notes) verifier.checkpoint(note);
    return verifier.finish();
}

void check_sound(Log const& log, VerifyReport const& report, std::optional<VerifierKey> const& key) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
        FUZZ_CHECK(log.entries[i].seq == i);
        leaves.push_back(leaf_hash(as_bytes(log.entries[i].bytes)));
    }
    FUZZ_CHECK(report.root == root_of(leaves) && !report.first_bad_index);
    FUZZ_CHECK(report.checkpoints == log.notes.size());
    if (log.notes.empty() || log.entries.empty()) return;
    // The first entry is covered unless every checkpoint is of the empty log.
    auto changed = log;
    changed.entries.front().bytes += ' ';
    changed.entries.front().leaf.reset();
    changed.entries.erase(changed.entries.begin() + 1, changed.entries.end());
    auto const after = judge(changed, key);
    auto unsigned_log = log;
    unsigned_log.entries.clear();
    bool const covered = !judge(unsigned_log, key).sound();
    if (covered) FUZZ_CHECK(!after.sound());
    if (log.entries.size() < 2) return;
    changed = log;
    std::swap(changed.entries[0], changed.entries[1]);
    FUZZ_CHECK(!judge(changed, key).sound());
}

void check(std::string_view input) {
    fuzz::Pieces pieces(input);
    auto const parsed = VerifierKey::parse(pieces.line());
    auto const key = parsed ? std::optional(*parsed) : std::nullopt;
    auto const log = read(pieces);
    auto const report = judge(log, key);
    FUZZ_CHECK(report.entries == log.entries.size());
    FUZZ_CHECK(report.problems.size() <= limits::audit_problems_max);
    FUZZ_CHECK(!report.first_bad_index || !report.sound());
    FUZZ_CHECK(judge(log, key).problems == report.problems);
    if (report.sound()) check_sound(log, report, key);
}

}  // namespace
}  // namespace b2a::audit

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::audit::check(b2a::fuzz::text(data, size));
    return 0;
}
