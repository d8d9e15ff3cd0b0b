// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/eraser.hpp"

#include "b2a/audit/tiles.hpp"
#include "b2a/domain/erasure.hpp"

#include "store/codec.hpp"
#include "store/holdings.hpp"
#include "store/sqlite/notice_reader.hpp"

namespace b2a::store::sqlite {
namespace {

struct Preparation {
    Statement* statement;
    std::string_view sql;
};

/// One row of a table of bodies, decoded; nullopt when there is none.
template <class T>
Result<std::optional<T>> read(Statement statement, ByteView id, Result<T> (*decode)(ByteView)) {
    Query query(statement, id);
    B2A_TRY(row, query.next());
    if (!row) return std::optional<T>{};
    B2A_TRY(value, decode(query.blob(0)));
    return std::optional<T>(std::move(value));
}

template <class T>
Result<void> see_all(Connection& connection, std::string_view sql, Result<T> (*decode)(ByteView),
                     HoldingsSearch& search) {
    B2A_TRY(statement, connection.prepare(sql));
    Query query(statement);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return {};
        B2A_TRY(value, decode(query.blob(0)));
        search.see(std::move(value));
    }
}

Result<void> see_replies(Connection& connection, HoldingsSearch& search) {
    B2A_TRY(statement, connection.prepare("SELECT key, status, content_type, body FROM idempotency ORDER BY seq"));
    Query query(statement);
    for (;;) {
        B2A_TRY(row, query.next());
        if (!row) return {};
        if (!search.concerns(query.text(3))) continue;
        B2A_TRY(key, query.digest(0));
        search.take(
            {key, {static_cast<int>(query.integer(1)), std::string(query.text(2)), std::string(query.text(3))}});
    }
}

}  // namespace

Result<Holdings> find_holdings(std::string const& path, DataSubject const& subject) {
    B2A_TRY(connection, Connection::open(path, Role::reader));
    B2A_TRY(transaction, ReadTransaction::begin(connection));
    static_cast<void>(transaction);
    HoldingsSearch search(subject);
    B2A_CHECK(see_all<domain::Order>(connection, "SELECT body FROM orders", decode_order, search));
    B2A_CHECK(see_all<domain::Checkout>(connection, "SELECT body FROM checkout", decode_checkout, search));
    B2A_CHECK(see_all<domain::Cart>(connection, "SELECT body FROM cart", decode_cart, search));
    B2A_CHECK(each_notice(connection, [&](Notice notice) { search.see(std::move(notice)); }));
    B2A_CHECK(see_replies(connection, search));
    return search.finish();
}

Result<Eraser> Eraser::prepare(Connection& connection) {
    Eraser out;
    Preparation const all[] = {
        {&out.order_, "SELECT body FROM orders WHERE id = ?"},
        {&out.order_update_, "UPDATE orders SET version = ?, salt = x'', body = ? WHERE id = ?"},
        {&out.checkout_, "SELECT body FROM checkout WHERE id = ?"},
        {&out.checkout_update_, "UPDATE checkout SET version = ?, body = ? WHERE id = ?"},
        {&out.checkout_remove_, "DELETE FROM checkout WHERE id = ?"},
        {&out.cart_remove_, "DELETE FROM cart WHERE id = ?"},
        {&out.notice_remove_, "DELETE FROM notice WHERE id = ?"},
        {&out.records_remove_, "DELETE FROM record WHERE kind = ? AND id >= ? AND id < ?"},
        {&out.conversation_remove_, "DELETE FROM record WHERE kind = ? AND body = ?"},
        {&out.head_, "SELECT first, held FROM audit_head WHERE id = 1"},
        {&out.signed_, "SELECT max(size) FROM audit_checkpoint"},
        {&out.prune_, "DELETE FROM audit_entry WHERE seq < ?"},
        {&out.first_, "UPDATE audit_head SET first = ? WHERE id = 1"},
        {&out.hold_, "UPDATE audit_head SET held = ? WHERE id = 1"},
    };
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection.prepare(sql));
        *statement = prepared;
    }
    return out;
}

Result<void> Eraser::check(PreparedChanges const& job) {
    if (job.prune_log_before) B2A_CHECK(check_prune(*job.prune_log_before));
    if (!job.erasure) return {};
    for (auto const& id : job.erasure->checkouts) {
        B2A_TRY(checkout, read<domain::Checkout>(checkout_, id.bytes(), decode_checkout));
        if (checkout && checkout->status == domain::CheckoutStatus::complete_in_progress) return payment_under_way(id);
    }
    return {};
}

Result<void> Eraser::check_prune(std::uint64_t before) {
    Query head(head_);
    B2A_TRY(row, head.next());
    Query checkpoint(signed_);
    B2A_TRY(last, checkpoint.next());
    if (!row || !last) return Error(Code::store_unavailable).with_note("the audit log has no head");
    return may_prune(before, {checkpoint.natural(0), head.natural(0), static_cast<LegalHold>(head.integer(1))});
}

Result<void> Eraser::write(PreparedChanges const& job, Idempotency& idempotency) {
    if (job.legal_hold) B2A_CHECK(Query(hold_, static_cast<int>(*job.legal_hold)).run());
    if (job.prune_log_before) {
        B2A_CHECK(Query(prune_, *job.prune_log_before).run());
        B2A_CHECK(Query(first_, *job.prune_log_before).run());
    }
    if (!job.erasure) return {};
    for (auto const& id : job.erasure->orders) B2A_CHECK(erase_order(id));
    for (auto const& id : job.erasure->checkouts) B2A_CHECK(erase_checkout(id));
    for (auto const& id : job.erasure->carts) B2A_CHECK(Query(cart_remove_, ByteView(id.bytes())).run());
    for (auto const& id : job.erasure->notices) B2A_CHECK(Query(notice_remove_, ByteView(id.bytes())).run());
    for (auto const& key : job.erasure->replies) B2A_CHECK(idempotency.replace(key, job.erasure->gone));
    return {};
}

Result<void> Eraser::erase_order(OrderId const& id) {
    B2A_TRY(found, read<domain::Order>(order_, id.bytes(), decode_order));
    if (!found) return {};
    auto order = domain::without_buyer(std::move(*found));
    ++order.version;
    return Query(order_update_, order.version, encode(order), ByteView(id.bytes())).run();
}

/// Conversations go by what they stand at, row by row: an erasure may take its time.
Result<void> Eraser::erase_records(CheckoutId const& id) {
    auto const& [first, end] = ids_beside(id);
    for (auto const kind : {RecordKind::touchpoint, RecordKind::intent_trace})
        B2A_CHECK(Query(records_remove_, static_cast<int>(kind), first, end).run());
    return Query(conversation_remove_, static_cast<int>(RecordKind::conversation), id.text()).run();
}

Result<void> Eraser::erase_checkout(CheckoutId const& id) {
    B2A_CHECK(erase_records(id));
    B2A_TRY(found, read<domain::Checkout>(checkout_, id.bytes(), decode_checkout));
    if (!found) return {};
    if (found->status != domain::CheckoutStatus::completed) return Query(checkout_remove_, ByteView(id.bytes())).run();
    auto checkout = domain::without_buyer(std::move(*found));
    ++checkout.version;
    return Query(checkout_update_, checkout.version, encode(checkout), ByteView(id.bytes())).run();
}

}  // namespace b2a::store::sqlite
