// SPDX-License-Identifier: Apache-2.0
// Reads on a connection of its own, confined to the thread that opened it. Every call is its own read transaction.
#pragma once

#include <memory>

#include "b2a/store/store.hpp"

#include "store/sqlite/connection.hpp"
#include "store/sqlite/idempotency_window.hpp"

namespace b2a::store::sqlite {

/// Without a window (no writer in this process) replies are found by a scan.
Result<std::unique_ptr<Reader>> open_reader(std::string const& path, std::shared_ptr<IdempotencyWindow const> window);

/// Every visible document, in key order.
inline constexpr std::string_view select_catalog_sql =
    "SELECT d.kind, d.body FROM catalog_document d, catalog_head h WHERE d.revision <= h.revision AND NOT EXISTS ("
    "SELECT 1 FROM catalog_document n WHERE n.kind = d.kind AND n.id = d.id AND n.revision > d.revision "
    "AND n.revision <= h.revision) ORDER BY d.kind, d.id";

}  // namespace b2a::store::sqlite
