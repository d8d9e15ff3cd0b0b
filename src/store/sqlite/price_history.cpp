// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/price_history.hpp"

#include <algorithm>
#include <limits>

#include "store/codec.hpp"
#include "store/documents.hpp"
#include "store/sqlite/reader.hpp"

namespace b2a::store::sqlite {
namespace {

domain::PricePoint point_of(Query const& query) {
    domain::PricePoint point;
    point.since = from_micros(query.integer(0));
    point.revision = query.natural(1);
    if (!query.is_null(2)) point.price = query.integer(2);
    point.list = query.integer(3);
    return point;
}

Result<void> prepare_all(Connection& connection,
                         std::initializer_list<std::pair<Statement*, std::string_view>> statements) {
    for (auto const& [statement, sql] : statements) {
        B2A_TRY(prepared, connection.prepare(sql));
        *statement = prepared;
    }
    return {};
}

}  // namespace

Result<void> PriceHistory::prepare_reading(Connection& connection) {
    return prepare_all(
        connection,
        {{&points_,
          "SELECT since, revision, price, list FROM price_point WHERE variant_id = ? AND currency = ? "
          "ORDER BY revision DESC LIMIT ?"},
         {&publication_, "SELECT revision, published, audit_seq FROM catalog_publication WHERE revision = ?"}});
}

Result<void> PriceHistory::prepare_writing(Connection& connection) {
    return prepare_all(
        connection, {{&insert_point_,
                      "INSERT OR REPLACE INTO price_point(variant_id, currency, revision, since, price, list) "
                      "VALUES (?, ?, ?, ?, ?, ?)"},
                     {&insert_publication_,
                      "INSERT OR REPLACE INTO catalog_publication(revision, published, audit_seq) VALUES (?, ?, ?)"}});
}

Result<void> PriceHistory::find_prior(std::string const& variant_id, Currency currency,
                                      domain::PriorPriceSearch& search) {
    Query query(points_, variant_id, currency.code(), std::numeric_limits<std::int64_t>::max());
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row || !search.take(point_of(query))) return {};
    }
}

Result<std::vector<domain::PricePoint>> PriceHistory::points(std::string const& variant_id, Currency currency,
                                                             std::size_t limit) {
    std::vector<domain::PricePoint> out;
    Query query(points_, variant_id, currency.code(), static_cast<std::int64_t>(limit));
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return out;
        out.push_back(point_of(query));
    }
}

Result<std::optional<domain::Publication>> PriceHistory::publication(std::uint64_t revision) {
    Query query(publication_, revision);
    B2A_TRY(row, query.next());
    if (!row) return std::optional<domain::Publication>{};
    return std::optional(domain::Publication{query.natural(0), from_micros(query.integer(1)), query.natural(2)});
}

Result<void> PriceHistory::write(VariantLedger::Prices const& prices, std::uint64_t revision, Timestamp since) {
    for (auto const& [key, offer] : prices) {
        auto const price = offer ? std::optional(offer->price) : std::nullopt;
        B2A_CHECK(
            Query(insert_point_, key.variant_id, key.currency, revision, since, price, offer ? offer->list : 0).run());
    }
    return {};
}

Result<void> PriceHistory::write(domain::Publication const& publication) {
    return Query(insert_publication_, publication.revision, publication.published, publication.audit_seq).run();
}

Result<void> seed_price_history(Connection& connection, std::uint64_t revision) {
    if (revision == 0) return {};
    B2A_TRY(transaction, Transaction::begin(connection));
    B2A_TRY(known, connection.integer("SELECT EXISTS (SELECT 1 FROM price_point)"));
    if (known != 0) return {};
    B2A_TRY(since, connection.integer("SELECT time FROM audit_head WHERE id = 1"));
    PriceHistory history;
    B2A_CHECK(history.prepare_writing(connection));
    B2A_TRY(statement, connection.prepare(select_catalog_sql));
    {
        Query query(statement);
        for (;;) {
            B2A_TRY(row, query.next());
            if (!row || query.integer(0) != static_cast<int>(DocumentKind::product)) break;
            B2A_TRY(product, decode_product(query.blob(1)));
            VariantLedger ledger;
            B2A_CHECK(ledger.replace(nullptr, nullptr, product));
            B2A_CHECK(history.write(ledger.prices(), revision, from_micros(since)));
        }
    }
    return transaction.commit();
}

}  // namespace b2a::store::sqlite
