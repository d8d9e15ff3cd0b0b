// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/erasure.hpp"

#include "store/codec.hpp"
#include "store/holdings.hpp"
#include "store/memory/state.hpp"

namespace b2a::store::memory {
namespace {

template <class T, class Rows>
Result<void> see_all(Rows const& rows, Result<T> (*decode)(ByteView), HoldingsSearch& search) {
    for (auto const& [id, row] : rows) {
        B2A_TRY(value, decode(row.body));
        search.see(std::move(value));
    }
    return {};
}

}  // namespace

Result<void> State::check_erasure(PreparedChanges const& job) const {
    if (job.prune_log_before) {
        auto const covered = checkpoints.empty() ? 0 : checkpoints.rbegin()->first;
        B2A_CHECK(may_prune(*job.prune_log_before, {covered, first, hold}));
    }
    if (!job.erasure) return {};
    for (auto const& id : job.erasure->checkouts) {
        auto const found = checkouts.find(id);
        if (found == checkouts.end()) continue;
        B2A_TRY(checkout, decode_checkout(found->second.body));
        if (checkout.status == domain::CheckoutStatus::complete_in_progress) return payment_under_way(id);
    }
    return {};
}

Result<void> State::write_erasure(PreparedChanges const& job) {
    if (job.legal_hold) hold = *job.legal_hold;
    if (job.prune_log_before) {
        auto const count = static_cast<std::ptrdiff_t>(*job.prune_log_before - first);
        log.erase(log.begin(), log.begin() + count);
        first = *job.prune_log_before;
    }
    if (!job.erasure) return {};
    for (auto const& id : job.erasure->orders) {
        auto const found = orders.find(id);
        if (found == orders.end()) continue;
        B2A_TRY(order, decode_order(found->second.body));
        auto left = domain::without_buyer(std::move(order));
        found->second.version = ++left.version;
        found->second.body = encode(left);
    }
    for (auto const& id : job.erasure->checkouts) {
        erase_records(id);
        auto const found = checkouts.find(id);
        if (found == checkouts.end()) continue;
        B2A_TRY(checkout, decode_checkout(found->second.body));
        if (checkout.status != domain::CheckoutStatus::completed) {
            checkouts.erase(found);
            continue;
        }
        auto left = domain::without_buyer(std::move(checkout));
        found->second.version = ++left.version;
        found->second.body = encode(left);
    }
    for (auto const& id : job.erasure->carts) carts.erase(id);
    for (auto const& id : job.erasure->notices)
        if (auto const found = notice_seqs.find(id); found != notice_seqs.end()) {
            notices.erase(found->second);
            notice_seqs.erase(found);
        }
    for (auto const& key : job.erasure->replies)
        if (auto const found = replies.find(key); found != replies.end()) found->second.reply = job.erasure->gone;
    return {};
}

void State::erase_records(CheckoutId const& id) {
    auto const [from, to] = ids_beside(id);
    std::erase_if(records, [&](auto const& row) {
        auto const& [kind, key] = row.first;
        if (kind == RecordKind::conversation) return row.second.record.body == id.text();
        return (kind == RecordKind::touchpoint || kind == RecordKind::intent_trace) && key >= from && key < to;
    });
}

Result<Holdings> State::holdings(DataSubject const& subject) const {
    HoldingsSearch search(subject);
    B2A_CHECK(see_all<domain::Order>(orders, decode_order, search));
    B2A_CHECK(see_all<domain::Checkout>(checkouts, decode_checkout, search));
    B2A_CHECK(see_all<domain::Cart>(carts, decode_cart, search));
    for (auto const& [seq, notice] : notices) search.see(notice);
    for (auto const& [key, kept] : replies)
        if (search.concerns(kept.reply.body)) search.take({key, kept.reply});
    return search.finish();
}

Result<std::vector<Digest>> State::tile(audit::TileId id, std::size_t width) const {
    auto const found = tiles.find(id);
    std::vector<Digest> hashes;
    if (found != tiles.end()) {
        hashes = found->second;
    } else if (id.level == 0 && id.index * audit::tile_width >= first) {
        for (auto i = id.index * audit::tile_width - first; i < log.size() && hashes.size() < width; ++i)
            hashes.push_back(log[i].leaf);
    }
    if (hashes.size() < width) return Error(Code::not_found, "no such tile");
    hashes.resize(width);
    return hashes;
}

}  // namespace b2a::store::memory
