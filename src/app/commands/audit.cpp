// SPDX-License-Identifier: Apache-2.0
// `b2a audit tail` and `verify`: reading and checking the log without a server, and without trusting one.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include <fmt/format.h>

#include "b2a/base/encoding.hpp"
#include "b2a/json/value.hpp"

#include "app/commands/audit_source.hpp"
#include "app/system.hpp"

namespace b2a::app {
namespace {

constexpr std::chrono::milliseconds follow_period{500};

int print_report(audit::VerifyReport const& report, bool with_key, bool as_json) {
    if (as_json) {
        json::Value out{{"sound", report.sound()},           {"entries", report.entries},
                        {"checkpoints", report.checkpoints}, {"root", to_hex(report.root)},
                        {"signatures_checked", with_key},    {"problems", report.problems}};
        if (report.given_up > 0) out["given_up"] = report.given_up;
        if (report.first_bad_index) out["first_bad_index"] = *report.first_bad_index;
        std::cout << out.dump() << '\n';
    } else {
        std::cout << fmt::format("{}: {} entries, {} checkpoints, root {}\n", report.sound() ? "sound" : "NOT SOUND",
                                 report.entries, report.checkpoints, to_hex(report.root));
        if (report.given_up > 0)
            std::cout << fmt::format("of the first {} entries only the hashes were kept\n", report.given_up);
        if (!with_key) std::cout << "no verifier key: signatures of checkpoints were not checked\n";
        if (report.first_bad_index) std::cout << fmt::format("first bad index: {}\n", *report.first_bad_index);
        for (auto const& problem : report.problems) std::cout << "  " << problem << '\n';
    }
    return report.sound() ? exit_done : exit_no;
}

Result<void> read_source(Config const& config, AuditOptions const& options, audit::Verifier& verifier,
                         std::vector<std::string>& notes) {
    auto const& from = options.from_export;
    if (from.empty()) return read_database(config, verifier, notes);
    std::error_code ignored;
    return std::filesystem::is_directory(from, ignored) ? read_tiles(from, verifier, notes)
                                                        : read_export_file(from, verifier, notes);
}

/// The checkpoints that somebody else has kept count as much as our own; what cannot be read comes last and is told.
Result<void> add_held(AuditOptions const& options, std::vector<std::string>& notes) {
    for (auto const& file : options.held_checkpoints) {
        B2A_TRY(note, read_file(file));
        notes.push_back(std::move(note));
    }
    std::stable_sort(notes.begin(), notes.end(), [](std::string const& a, std::string const& b) {
        auto const size = [](std::string const& note) {
            auto const checkpoint = audit::peek_checkpoint(note);
            return checkpoint ? checkpoint->size : ~std::uint64_t{0};
        };
        return size(a) < size(b);
    });
    return {};
}

}  // namespace

int audit_verify(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto key = verifier_key(*config, options.vkey);
    if (!key) return fail(key.error().detail);
    bool const with_key = key->has_value();
    audit::Verifier verifier(*std::move(key));
    std::vector<std::string> notes;
    auto const fed = read_source(*config, options, verifier, notes);
    if (!fed && fed.error().code != Code::internal) return fail(fed.error().detail + " " + fed.error().note.text);
    if (auto const held = add_held(options, notes); !held) return fail(held.error().detail);
    for (auto const& note : notes) verifier.checkpoint(note);
    auto report = verifier.finish();
    if (!fed) report.problems.push_back(fed.error().detail);
    return print_report(report, with_key, common.json);
}

int audit_tail(Common const& common, AuditOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const log = open_log(*config);
    if (!log) return fail(log.error().detail);
    auto const head = log->reader->audit_head();
    if (!head) return fail(head.error().detail);
    auto next = std::max(head->first, head->size > options.limit ? head->size - options.limit : 0);
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
