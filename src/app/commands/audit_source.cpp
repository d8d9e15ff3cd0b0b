// SPDX-License-Identifier: Apache-2.0
#include "app/commands/audit_source.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "b2a/audit/tiles.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/value.hpp"
#include "b2a/store/sqlite.hpp"

#include "app/catalog_import.hpp"
#include "app/system.hpp"

namespace b2a::app {
namespace {

constexpr std::size_t entries_per_read = 1024;

/// What the store derived from the entries has to follow from them.
Result<void> compare_head(store::Reader& reader, store::AuditHead const& head) {
    auto const source = [&reader](audit::TileId id, std::size_t width) { return reader.audit_tile(id, width); };
    auto const root = audit::TiledTree(head.size, source).root();
    if (!root) return Error(Code::internal, "hashes of the tree are missing: " + root.error().detail);
    if (*root != head.root) return Error(Code::internal, "the kept hashes do not make the root of the head");
    return {};
}

Result<void> read_given_up(store::Reader& reader, std::uint64_t first, audit::Verifier& verifier) {
    for (std::uint64_t at = 0; at < first; at += audit::tile_width) {
        auto const hashes = reader.audit_tile({0, at / audit::tile_width}, audit::tile_width);
        if (!hashes)
            return Error(Code::internal, fmt::format("hashes of the given-up entries from {} are missing", at));
        verifier.given_up(at, *hashes);
    }
    return {};
}

Result<void> read_line(json::Value const& line, audit::Verifier& verifier, std::vector<std::string>& notes) {
    if (auto const note = line.find("checkpoint"); note != line.end() && note->is_string()) {
        notes.push_back(note->get<std::string>());
        return {};
    }
    auto const digest = [](json::Value const& value) {
        std::optional<Digest> out;
        auto const bytes = value.is_string() ? from_hex(value.get<std::string>()) : std::nullopt;
        if (bytes && bytes->size() == sizeof(Digest)) std::copy(bytes->begin(), bytes->end(), out.emplace().begin());
        return out;
    };
    auto const seq = line.find("seq");
    auto const entry = line.find("entry");
    auto const leaf = line.find("leaf");
    auto const stored = leaf != line.end() ? digest(*leaf) : std::nullopt;
    if (seq == line.end() || !seq->is_number_unsigned()) return Error(Code::invalid_request, "no \"seq\"");
    if (entry != line.end() && entry->is_string()) {
        verifier.entry(seq->get<std::uint64_t>(), entry->get<std::string>(), stored);
        return {};
    }
    if (!stored) return Error(Code::invalid_request, "neither an entry nor a checkpoint");
    verifier.given_up(seq->get<std::uint64_t>(), std::span(&*stored, 1));
    return {};
}

Result<std::vector<Digest>> hashes_of(std::string const& bytes) {
    if (bytes.size() % sizeof(Digest) != 0) return Error(Code::internal, "a tile is cut off");
    std::vector<Digest> hashes(bytes.size() / sizeof(Digest));
    for (std::size_t i = 0; i < hashes.size(); ++i)
        std::copy_n(as_bytes(bytes).begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest),
                    hashes[i].begin());
    return hashes;
}

std::string tile_file(std::string const& path, audit::TilePath const& tile) {
    return path + "/tile/" + audit::to_text(tile);
}

Result<void> write_file(std::string const& path, std::string_view content) {
    std::error_code failure;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failure);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << content;
    file.flush();
    if (failure || !file) return Error(Code::store_unavailable, path + ": cannot be written");
    return {};
}

Result<void> write_hash_tiles(store::Reader& reader, std::string const& path, std::uint64_t size) {
    using Kind = audit::TilePath::Kind;
    for (std::uint32_t level = 0; audit::width_of({level, 0}, size) > 0; ++level)
        for (std::uint64_t index = 0;; ++index) {
            audit::TileId const id{level, index};
            auto const width = audit::width_of(id, size);
            if (width == 0) break;
            B2A_TRY(hashes, reader.audit_tile(id, width));
            std::string bytes;
            for (auto const& hash : hashes) bytes += as_text(hash);
            B2A_CHECK(write_file(tile_file(path, {Kind::hashes, id, width}), bytes));
        }
    return {};
}

}  // namespace

Result<OpenLog> open_log(Config const& config) {
    B2A_TRY(store, store::open_sqlite(database_path(config), store::OpenMode::read_only));
    B2A_TRY(reader, store->open_reader());
    return OpenLog{std::move(store), std::move(reader)};
}

Result<std::optional<audit::VerifierKey>> verifier_key(Config const& config, std::string const& option) {
    auto text = option.empty() ? config.data_dir + "/keys/audit.vkey" : option;
    std::error_code ignored;
    if (std::filesystem::exists(text, ignored)) {
        B2A_TRY(content, read_file(text));
        text = std::string(trim(content));
    } else if (option.empty()) {
        return std::optional<audit::VerifierKey>{};
    }
    B2A_TRY(key, audit::VerifierKey::parse(text));
    return std::optional(std::move(key));
}

Result<std::uint64_t> each_entry(store::Reader& reader, std::uint64_t from,
                                 std::function<void(store::AuditEntry const&)> const& visit) {
    std::uint64_t count = 0;
    for (auto next = from;;) {
        B2A_TRY(entries, reader.audit_entries(next, entries_per_read));
        for (auto const& entry : entries) visit(entry);
        count += entries.size();
        if (entries.size() < entries_per_read) return count;
        next = entries.back().seq + 1;
    }
}

Result<void> read_database(Config const& config, audit::Verifier& verifier, std::vector<std::string>& notes) {
    B2A_TRY(log, open_log(config));
    B2A_TRY(head, log.reader->audit_head());
    B2A_TRY(kept, log.reader->checkpoints());
    notes = std::move(kept);
    B2A_CHECK(read_given_up(*log.reader, head.first, verifier));
    B2A_TRY(count, each_entry(*log.reader, head.first, [&](store::AuditEntry const& entry) {
                verifier.entry(entry.seq, entry.body, entry.leaf);
            }));
    if (head.size != head.first + count)
        return Error(Code::internal,
                     fmt::format("the head says {} entries, {} are there", head.size - head.first, count));
    return compare_head(*log.reader, head);
}

Result<void> read_export_file(std::string const& path, audit::Verifier& verifier, std::vector<std::string>& notes) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error(Code::not_found, fmt::format("{}: cannot be read", path));
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        auto const parsed = json::parse_value(line);
        auto const read = parsed && parsed->is_object() ? read_line(*parsed, verifier, notes)
                                                        : Error(Code::invalid_request, "not a JSON object");
        if (!read) return Error(Code::invalid_request, fmt::format("{}:{}: {}", path, number, read.error().detail));
    }
    return {};
}

Result<void> read_tiles(std::string const& path, audit::Verifier& verifier, std::vector<std::string>& notes) {
    using Kind = audit::TilePath::Kind;
    B2A_TRY(note, read_file(path + "/checkpoint"));
    B2A_TRY(newest, audit::peek_checkpoint(note));
    std::error_code failure;
    for (std::filesystem::directory_iterator file(path + "/checkpoints", failure), end; file != end;
         file.increment(failure)) {
        B2A_TRY(older, read_file(file->path().string()));
        notes.push_back(std::move(older));
    }
    notes.push_back(std::move(note));
    for (std::uint64_t index = 0; index * audit::tile_width < newest.size; ++index) {
        audit::TileId const id{0, index};
        auto const width = audit::width_of(id, newest.size);
        auto const at = index * audit::tile_width;
        auto const missing = [&](std::string_view what) {
            return Error(Code::internal, fmt::format("{} of entries {} to {}", what, at, at + width - 1));
        };
        auto const tile = read_file(tile_file(path, {Kind::hashes, id, width}));
        auto const hashes = tile ? hashes_of(*tile) : Result<std::vector<Digest>>(tile.error());
        if (!hashes || hashes->size() != width) return missing("no hashes");
        auto const bundle = read_file(tile_file(path, {Kind::entries, id, width}));
        if (!bundle) {
            verifier.given_up(at, *hashes);
            continue;
        }
        auto const entries = audit::parse_bundle(*bundle);
        if (!entries || entries->size() != width) return missing("a damaged bundle");
        for (std::size_t i = 0; i < width; ++i) verifier.entry(at + i, (*entries)[i], (*hashes)[i]);
    }
    return {};
}

Result<std::uint64_t> write_tiles(store::Reader& reader, std::string const& path) {
    using Kind = audit::TilePath::Kind;
    B2A_TRY(notes, reader.checkpoints());
    if (notes.empty()) return Error(Code::not_found, "nothing is signed yet");
    for (auto const& note : notes) {
        B2A_TRY(checkpoint, audit::peek_checkpoint(note));
        B2A_CHECK(write_file(path + "/checkpoints/" + std::to_string(checkpoint.size), note));
    }
    B2A_TRY(newest, audit::peek_checkpoint(notes.back()));
    B2A_CHECK(write_hash_tiles(reader, path, newest.size));
    B2A_TRY(head, reader.audit_head());
    for (auto at = head.first; at < newest.size; at += audit::tile_width) {
        audit::TileId const id{0, at / audit::tile_width};
        auto const width = audit::width_of(id, newest.size);
        B2A_TRY(entries, reader.audit_entries(at, width));
        std::string bundle;
        for (auto const& entry : entries) audit::append_to_bundle(bundle, entry.body);
        B2A_CHECK(write_file(tile_file(path, {Kind::entries, id, width}), bundle));
    }
    // Last: whoever finds a checkpoint finds what it covers.
    B2A_CHECK(write_file(path + "/checkpoint", notes.back()));
    return newest.size;
}

}  // namespace b2a::app
