// SPDX-License-Identifier: Apache-2.0
// Forward-only, numbered migrations, each in a transaction of its own with its digest recorded.
#pragma once

#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {

/// Checks that the file is ours and not newer than this program, and that the migrations it has seen are the ones
/// compiled in; then runs the missing ones. An empty file becomes a store only when `may_create`.
Result<void> migrate(Connection& connection, bool may_create);
/// The checks alone, for read-only use: the schema must be exactly the current one.
Result<void> check_schema(Connection& connection);

}  // namespace b2a::store::sqlite
