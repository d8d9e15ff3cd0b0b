// SPDX-License-Identifier: Apache-2.0
// The SQLite implementation of the offer store: one file, WAL, synchronous=FULL, one writer thread with group commit.
#pragma once

#include <memory>
#include <string>

#include "b2a/store/store.hpp"

namespace b2a::store {

enum class OpenMode : std::uint8_t {
    existing,   // refuse a missing file: a mistyped path must not begin a second log
    create,     // make it when missing
    read_only,  // no writer thread; submit answers store_unavailable
};

/// `path` is the database file. Runs missing migrations (not when read_only). Errors: not_found, store_unavailable
/// (locked, corrupt, newer schema; the note says which).
Result<std::unique_ptr<Store>> open_sqlite(std::string const& path, OpenMode mode);

/// For tests and short-lived tools: everything in memory, same contract.
std::unique_ptr<Store> make_memory_store();

}  // namespace b2a::store
