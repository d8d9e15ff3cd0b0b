// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/apply.hpp"

namespace b2a::store::sqlite {
namespace {

struct Preparation {
    Statement* statement;
    std::string_view sql;
};

}  // namespace

Result<Applier> Applier::prepare(Connection& connection) {
    B2A_TRY(notices, Notices::prepare(connection));
    B2A_TRY(governance, Governance::prepare(connection));
    B2A_TRY(eraser, Eraser::prepare(connection));
    B2A_TRY(sweeper, Sweeper::prepare(connection));
    Applier out(notices, governance, eraser, std::move(sweeper));
    Preparation const all[] = {
        {&out.checkout_version_, "SELECT version FROM checkout WHERE id = ?"},
        {&out.checkout_insert_, "INSERT INTO checkout(id, version, expires, body) VALUES (?, ?, ?, ?)"},
        {&out.checkout_update_, "UPDATE checkout SET version = ?, expires = ?, body = ? WHERE id = ?"},
        {&out.order_version_, "SELECT version FROM orders WHERE id = ?"},
        {&out.order_insert_,
         "INSERT INTO orders(id, version, checkout_id, created, salt, body, entry) VALUES (?, ?, ?, ?, ?, ?, ?)"},
        {&out.order_update_,
         "UPDATE orders SET version = ?1, salt = iif(length(?2) = 0, salt, ?2), body = ?3 WHERE id = ?4"},
        {&out.cart_version_, "SELECT version FROM cart WHERE id = ?"},
        {&out.cart_insert_, "INSERT INTO cart(id, version, expires, body) VALUES (?, ?, ?, ?)"},
        {&out.cart_update_, "UPDATE cart SET version = ?, expires = ?, body = ? WHERE id = ?"},
        {&out.stock_select_, "SELECT quantity FROM stock WHERE variant_id = ?"},
        {&out.stock_upsert_,
         "INSERT INTO stock(variant_id, quantity) VALUES (?, ?) "
         "ON CONFLICT(variant_id) DO UPDATE SET quantity = excluded.quantity"},
        {&out.checkpoint_last_, "SELECT max(size) FROM audit_checkpoint"},
        {&out.checkpoint_upsert_, "INSERT OR REPLACE INTO audit_checkpoint(size, note) VALUES (?, ?)"},
    };
    for (auto const& [statement, sql] : all) {
        B2A_TRY(prepared, connection.prepare(sql));
        *statement = prepared;
    }
    return out;
}

Applier::Applied Applier::apply(PreparedChanges const& job, AuditLog& log, Idempotency& idempotency, Effects& effects) {
    auto planned = plan(job, log, idempotency);
    if (!planned) return {std::move(planned).error()};
    if (planned->replay) return {CommitResult(Replay{std::move(*planned->replay)})};
    auto written = write(job, *planned, log, idempotency);
    if (!written) return {std::move(written).error(), false};
    for (auto& level : planned->levels) effects.moved.push_back(std::move(level));
    effects.noticed = effects.noticed || !job.notices.empty() || !job.requeue.empty();
    return {CommitResult(*written)};
}

Result<Applier::Plan> Applier::plan(PreparedChanges const& job, AuditLog const& log, Idempotency& idempotency) {
    Plan out;
    if (job.idempotency) {
        B2A_TRY(reply, idempotency.find(job.idempotency->key, job.idempotency->fingerprint));
        if (reply) {
            out.replay = std::move(reply);
            return out;
        }
    }
    if (job.checkout)
        B2A_CHECK(check_version(checkout_version_, job.checkout->id.bytes(), job.checkout->expected_version));
    if (job.order) B2A_CHECK(check_version(order_version_, job.order->id.bytes(), job.order->expected_version));
    if (job.cart) B2A_CHECK(check_version(cart_version_, job.cart->id.bytes(), job.cart->expected_version));
    B2A_CHECK(notices_.check(job));
    B2A_CHECK(governance_.check(job));
    B2A_CHECK(eraser_.check(job));
    B2A_TRY(levels, plan_stock(job.stock, job.stock_set, [this](auto const& id) { return level_of(id); }));
    B2A_TRY(entries, log.render(job.events, job.now));
    out.levels = std::move(levels);
    out.entries = std::move(entries);
    return out;
}

Result<void> Applier::check_version(Statement statement, ByteView id, std::uint64_t expected) {
    Query query(statement, id);
    B2A_TRY(row, query.next());
    auto const stored = row ? query.natural(0) : 0;
    if (stored != expected) return Error(Code::conflict, "the resource was changed meanwhile");
    return {};
}

Result<std::optional<std::int64_t>> Applier::level_of(std::string const& variant_id) {
    Query query(stock_select_, variant_id);
    B2A_TRY(row, query.next());
    return row ? std::optional(query.integer(0)) : std::nullopt;
}

Result<Receipt> Applier::write(PreparedChanges const& job, Plan const& plan, AuditLog& log, Idempotency& idempotency) {
    if (job.checkout) B2A_CHECK(write_checkout(*job.checkout));
    if (job.order) B2A_CHECK(write_order(*job.order, log.size()));
    if (job.cart) B2A_CHECK(write_cart(*job.cart));
    B2A_CHECK(notices_.write(job));
    B2A_CHECK(governance_.write(job));
    B2A_CHECK(eraser_.write(job, idempotency));
    for (auto const& [id, quantity] : plan.levels) B2A_CHECK(Query(stock_upsert_, id, quantity).run());
    if (job.idempotency) B2A_CHECK(idempotency.insert(*job.idempotency, job.now));
    Receipt receipt;
    receipt.audit_seq = log.size();
    B2A_TRY(leaf, log.append(plan.entries, job.now));
    receipt.leaf = leaf;
    return receipt;
}

Result<void> Applier::write_checkout(CheckoutRow const& row) {
    auto const version = row.expected_version + 1;
    ByteView const id(row.id.bytes());
    if (row.expected_version == 0) return Query(checkout_insert_, id, version, row.expires, row.body).run();
    return Query(checkout_update_, version, row.expires, row.body, id).run();
}

Result<void> Applier::write_order(OrderRow const& row, std::uint64_t log_size) {
    auto const version = row.expected_version + 1;
    ByteView const id(row.id.bytes());
    if (row.expected_version == 0) {
        ByteView const checkout_id(row.checkout_id.bytes());
        auto const entry = log_size + row.event;
        return Query(order_insert_, id, version, checkout_id, row.created, row.salt, row.body, entry).run();
    }
    return Query(order_update_, version, row.salt, row.body, id).run();
}

Result<void> Applier::write_cart(CartRow const& row) {
    auto const version = row.expected_version + 1;
    ByteView const id(row.id.bytes());
    if (row.expected_version == 0) return Query(cart_insert_, id, version, row.expires, row.body).run();
    return Query(cart_update_, version, row.expires, row.body, id).run();
}

Applier::Applied Applier::apply(CheckpointWrite const& checkpoint) {
    {
        Query last(checkpoint_last_);
        auto const row = last.next();
        if (!row) return {Error(row.error())};
        if (!last.is_null(0) && checkpoint.size < last.natural(0))
            return {Error(Code::conflict, "a checkpoint of a longer log exists")};
    }
    auto const written = Query(checkpoint_upsert_, checkpoint.size, checkpoint.note).run();
    if (!written) return {Error(written.error()), false};
    return {CommitResult(Receipt{})};
}

Applier::Applied Applier::apply(ProgressWrite const& write) {
    auto const noted = notices_.note(write.progress);
    if (!noted) return {Error(noted.error()), false};
    return {CommitResult(Receipt{})};
}

Applier::Applied Applier::apply(Sweep const& sweep) {
    auto const removed = sweeper_.sweep(sweep.before);
    if (!removed) return {Error(removed.error()), false};
    *sweep.removed = *removed;
    auto const forgotten = governance_.sweep(sweep.before);
    if (!forgotten) return {Error(forgotten.error()), false};
    return {CommitResult(Receipt{})};
}

}  // namespace b2a::store::sqlite
