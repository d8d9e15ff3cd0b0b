// SPDX-License-Identifier: Apache-2.0
// `b2a audit prune` and `hold`: how long the entries of the log are kept.
#include <iostream>

#include <fmt/format.h>

#include "b2a/service/retention.hpp"

#include "app/blocking.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/desk.hpp"

namespace b2a::app {
namespace {

/// "2026-01-31" is the beginning of that day in UTC; or a whole RFC 3339 time.
std::optional<Timestamp> moment(std::string const& text) {
    constexpr std::size_t date_bytes = 10;
    return from_rfc3339(text.size() == date_bytes ? text + "T00:00:00Z" : text);
}

}  // namespace

int audit_prune(Common const& common, AuditOptions const& options) {
    auto const before = moment(options.before);
    if (!before) return fail(options.before + ": a date such as 2026-01-31, or an RFC 3339 time");
    auto const desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return fail(desk.error().detail + " " + desk.error().note.text);
    service::RetentionService service(*(*desk)->store, *(*desk)->reader, (*desk)->governance);
    auto const pruned = run_blocking((*desk)->loop, service.prune((*desk)->context(), {*before}));
    if (!pruned) return fail(pruned.error().detail);
    if (pruned->from == pruned->to)
        std::cout << "nothing to give up: entries go in whole tiles of 256, under a signed checkpoint\n";
    else std::cout << fmt::format("entries {} to {} were given up; their hashes stay\n", pruned->from, pruned->to - 1);
    return exit_done;
}

int audit_hold(Common const& common, AuditOptions const& options) {
    auto const desk = CommandDesk::open(common, CommandDesk::Access::write);
    if (!desk) return fail(desk.error().detail + " " + desk.error().note.text);
    service::RetentionService service(*(*desk)->store, *(*desk)->reader, (*desk)->governance);
    auto const hold = options.hold == "on" ? store::LegalHold::held : store::LegalHold::released;
    auto const done = run_blocking((*desk)->loop, service.hold((*desk)->context(), {hold}));
    if (!done) return fail(done.error().detail);
    std::cout << (hold == store::LegalHold::held ? "held: nothing of the log is given up\n" : "released\n");
    return exit_done;
}

}  // namespace b2a::app
