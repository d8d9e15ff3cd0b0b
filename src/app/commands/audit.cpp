// SPDX-License-Identifier: Apache-2.0
// `b2a audit`: reading, exporting and verifying the log, from the database or from an export file, without a server.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "b2a/audit/verify.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/json/value.hpp"
#include "b2a/store/sqlite.hpp"

#include "app/catalog_import.hpp"
#include "app/commands/commands.hpp"
#include "app/system.hpp"

namespace b2a::app {
namespace {

constexpr std::size_t entries_per_read = 1024;
constexpr std::chrono::milliseconds follow_period{500};

struct OpenLog {
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;
};

Result<OpenLog> open_log(Config const& config) {
    B2A_TRY(store, store::open_sqlite(database_path(config), store::OpenMode::read_only));
    B2A_TRY(reader, store->open_reader());
    return OpenLog{std::move(store), std::move(reader)};
}

Result<std::optional<audit::VerifierKey>> verifier_key(Config const& config, AuditOptions const& options) {
    auto text = options.vkey;
    if (text.empty()) text = config.data_dir + "/keys/audit.vkey";
    std::error_code ignored;
    if (std::filesystem::exists(text, ignored)) {
        B2A_TRY(content, read_file(text));
        text = std::string(trim(content));
    } else if (options.vkey.empty()) {
        return std::optional<audit::VerifierKey>{};
    }
    B2A_TRY(key, audit::VerifierKey::parse(text));
    return std::optional(std::move(key));
}

/// Calls `visit` for each entry from `from` on; returns how many there were.
Result<std::uint64_t> each_entry(store::Reader& reader, std::uint64_t from,
                                 std::function<void(store::AuditEntry const&)> const& visit) {
    std::uint64_t count = 0;
    for (;;) {
        B2A_TRY(entries, reader.audit_entries(from + count, entries_per_read));
        for (auto const& entry : entries) visit(entry);
        count += entries.size();
        if (entries.size() < entries_per_read) return count;
    }
}

/// An export line: {"checkpoint":"…"} or {"seq":…,"leaf":"…","entry":"…"}; the entry is a JSON string so that its exact
/// bytes survive.
Result<void> verify_export(std::string const& path, audit::Verifier& verifier) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error(Code::not_found, fmt::format("{}: cannot be read", path));
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        auto const broken = [&](std::string_view why) {
            return Error(Code::invalid_request, fmt::format("{}:{}: {}", path, number, why));
        };
        auto const parsed = json::parse_value(line);
        if (!parsed || !parsed->is_object()) return broken("not a JSON object");
        if (auto const note = parsed->find("checkpoint"); note != parsed->end() && note->is_string()) {
            verifier.checkpoint(note->get<std::string>());
            continue;
        }
        auto const seq = parsed->find("seq");
        auto const entry = parsed->find("entry");
        auto const leaf = parsed->find("leaf");
        if (seq == parsed->end() || !seq->is_number_unsigned() || entry == parsed->end() || !entry->is_string())
            return broken("neither an entry nor a checkpoint");
        std::optional<Digest> stored;
        if (leaf != parsed->end() && leaf->is_string())
            if (auto const bytes = from_hex(leaf->get<std::string>());
                bytes && bytes->size() == stored.emplace().size())
                std::copy(bytes->begin(), bytes->end(), stored->begin());
        verifier.entry(seq->get<std::uint64_t>(), entry->get<std::string>(), stored);
    }
    return {};
}

Result<void> verify_database(Config const& config, audit::Verifier& verifier) {
    B2A_TRY(log, open_log(config));
    B2A_TRY(count, each_entry(*log.reader, 0, [&](store::AuditEntry const& entry) {
                verifier.entry(entry.seq, entry.body, entry.leaf);
            }));
    B2A_TRY(head, log.reader->audit_head());
    B2A_TRY(notes, log.reader->checkpoints());
    for (auto const& note : notes) verifier.checkpoint(note);
    if (head.size != count)
        return Error(Code::internal, fmt::format("the head says {} entries, {} are there", head.size, count));
    return {};
}

int print_report(audit::VerifyReport const& report, bool with_key, bool as_json) {
    if (as_json) {
        json::Value out{{"sound", report.sound()},           {"entries", report.entries},
                        {"checkpoints", report.checkpoints}, {"root", to_hex(report.root)},
                        {"signatures_checked", with_key},    {"problems", report.problems}};
        if (report.first_bad_index) out["first_bad_index"] = *report.first_bad_index;
        std::cout << out.dump() << '\n';
    } else {
        std::cout << fmt::format("{}: {} entries, {} checkpoints, root {}\n", report.sound() ? "sound" : "NOT SOUND",
                                 report.entries, report.checkpoints, to_hex(report.root));
        if (!with_key) std::cout << "no verifier key: signatures of checkpoints were not checked\n";
        if (report.first_bad_index) std::cout << fmt::format("first bad index: {}\n", *report.first_bad_index);
        for (auto const& problem : report.problems) std::cout << "  " << problem << '\n';
    }
    return report.sound() ? exit_done : exit_no;
}

}  // namespace

int audit_verify(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto key = verifier_key(*config, options);
    if (!key) return fail(key.error().detail);
    bool const with_key = key->has_value();
    audit::Verifier verifier(*std::move(key));
    auto const fed =
        options.from_export.empty() ? verify_database(*config, verifier) : verify_export(options.from_export, verifier);
    auto report = verifier.finish();
    if (!fed) {
        if (fed.error().code != Code::internal) return fail(fed.error().detail + " " + fed.error().note.text);
        report.problems.push_back(fed.error().detail);
    }
    return print_report(report, with_key, common.json);
}

int audit_export(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const log = open_log(*config);
    if (!log) return fail(log.error().detail);
    std::ofstream file;
    if (!options.output.empty()) {
        file.open(options.output, std::ios::binary | std::ios::trunc);
        if (!file) return fail(options.output + ": cannot be written");
    }
    auto& out = options.output.empty() ? std::cout : static_cast<std::ostream&>(file);
    auto const count = each_entry(*log->reader, options.from, [&](store::AuditEntry const& entry) {
        out << json::Value{{"seq", entry.seq}, {"leaf", to_hex(entry.leaf)}, {"entry", entry.body}}.dump() << '\n';
    });
    auto const notes = log->reader->checkpoints();
    if (!count || !notes) return fail((!count ? count.error() : notes.error()).detail);
    for (auto const& note : *notes) out << json::Value{{"checkpoint", note}}.dump() << '\n';
    out.flush();
    if (!out) return fail("the export could not be written completely");
    if (!options.output.empty()) std::cout << fmt::format("{} entries, {} checkpoints\n", *count, notes->size());
    return exit_done;
}

int audit_tail(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const log = open_log(*config);
    if (!log) return fail(log.error().detail);
    auto const head = log->reader->audit_head();
    if (!head) return fail(head.error().detail);
    auto next = head->size > options.limit ? head->size - options.limit : 0;
    for (;;) {
        auto const count =
            each_entry(*log->reader, next, [&](store::AuditEntry const& entry) { std::cout << entry.body << '\n'; });
        if (!count) return fail(count.error().detail);
        next += *count;
        std::cout.flush();
        if (!options.follow) return exit_done;
        std::this_thread::sleep_for(follow_period);
    }
}

}  // namespace b2a::app
