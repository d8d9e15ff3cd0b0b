// SPDX-License-Identifier: Apache-2.0
// Allowances and records: what governance keeps in the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/job.hpp"
#include "store/sqlite/connection.hpp"

namespace b2a::store::sqlite {

/// The writer's side.
class Governance {
  public:
    static Result<Governance> prepare(Connection& connection);

    /// Before the first write: allowance_exceeded, or conflict for a record that has another version.
    Result<void> check(PreparedChanges const& job);
    Result<void> write(PreparedChanges const& job);
    /// Forgets counts that expired before `before`, a bounded number of them.
    Result<void> sweep(Timestamp before);

  private:
    Governance() = default;
    Result<void> check_draws(std::vector<AllowanceDraw> const& draws);
    Result<std::int64_t> drawn(Digest const& key);
    Result<void> write_record(RecordWrite const& write);

    Statement drawn_, draw_, forget_;
    Statement version_, put_, remove_, advance_;
};

class GovernanceReader {
  public:
    Result<void> prepare(Connection& connection);

    Result<std::int64_t> drawn(Digest const& key);
    Result<std::optional<Record>> record(RecordKind kind, std::string const& id);
    Result<std::vector<Record>> records(RecordKind kind, std::optional<std::uint32_t> state, std::size_t limit);
    Result<std::uint64_t> generation();

  private:
    Statement drawn_, record_, records_, records_of_state_, generation_;
};

}  // namespace b2a::store::sqlite
