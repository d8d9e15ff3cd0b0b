// SPDX-License-Identifier: Apache-2.0
// The tables of published prices and of publications, for the draft that writes them and for readers.
#pragma once

#include "b2a/domain/price_history.hpp"
#include "b2a/domain/provenance.hpp"

#include "store/sqlite/connection.hpp"
#include "store/variant_ledger.hpp"

namespace b2a::store::sqlite {

class PriceHistory {
  public:
    Result<void> prepare_reading(Connection& connection);
    Result<void> prepare_writing(Connection& connection);

    Result<void> find_prior(std::string const& variant_id, Currency currency, domain::PriorPriceSearch& search);
    Result<std::vector<domain::PricePoint>> points(std::string const& variant_id, Currency currency, std::size_t limit);
    Result<std::optional<domain::Publication>> publication(std::uint64_t revision);

    /// Inside the transaction that publishes.
    Result<void> write(VariantLedger::Prices const& prices, std::uint64_t revision, Timestamp since);
    Result<void> write(domain::Publication const& publication);

  private:
    Statement points_, publication_, insert_point_, insert_publication_;
};

/// A catalog that was published before prices were kept begins its history with the time of its last evidence: its
/// prices held at least since then.
Result<void> seed_price_history(Connection& connection, std::uint64_t revision);

}  // namespace b2a::store::sqlite
