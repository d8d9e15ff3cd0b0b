// SPDX-License-Identifier: Apache-2.0
// Where the audit commands read a log from: the database, an export file, or a directory of C2SP tiles.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "b2a/audit/verify.hpp"
#include "b2a/store/store.hpp"

#include "app/commands/commands.hpp"

namespace b2a::app {

struct OpenLog {
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;
};
Result<OpenLog> open_log(Config const& config);

/// Of the option, else of the data directory; nullopt when there is none.
Result<std::optional<audit::VerifierKey>> verifier_key(Config const& config, std::string const& option);

/// Calls `visit` for each entry from `from` on; returns how many there were.
Result<std::uint64_t> each_entry(store::Reader& reader, std::uint64_t from,
                                 std::function<void(store::AuditEntry const&)> const& visit);

/// Each feeds the verifier with everything but checkpoints, which go to `notes`. An Error of code internal is a finding
/// about the log; any other one means that it could not be read.
Result<void> read_database(Config const& config, audit::Verifier& verifier, std::vector<std::string>& notes);
Result<void> read_export_file(std::string const& path, audit::Verifier& verifier, std::vector<std::string>& notes);
/// `path` holds "checkpoint", "checkpoints/<size>" and "tile/…" as c2sp.org/tlog-tiles lays them out.
Result<void> read_tiles(std::string const& path, audit::Verifier& verifier, std::vector<std::string>& notes);

/// Writes that directory: everything under the newest checkpoint. Returns the number of entries.
Result<std::uint64_t> write_tiles(store::Reader& reader, std::string const& path);

}  // namespace b2a::app
