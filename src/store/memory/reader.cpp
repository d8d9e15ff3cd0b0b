// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "store/codec.hpp"
#include "store/memory/state.hpp"
#include "store/prior_prices.hpp"

namespace b2a::store::memory {
namespace {

class MemoryReader final : public Reader {
  public:
    explicit MemoryReader(std::shared_ptr<State> state) : state_(std::move(state)) {}

    Result<std::optional<domain::Checkout>> checkout(CheckoutId const& id) override {
        std::lock_guard const lock(state_->mutex);
        return one(state_->checkouts, id, decode_checkout);
    }
    Result<std::optional<domain::Order>> order(OrderId const& id) override {
        std::lock_guard const lock(state_->mutex);
        return one(state_->orders, id, decode_order);
    }
    Result<std::optional<domain::Cart>> cart(CartId const& id) override {
        std::lock_guard const lock(state_->mutex);
        return one(state_->carts, id, decode_cart);
    }
    Result<std::vector<Notice>> due_notices(Timestamp now, std::size_t limit) override;
    Result<std::optional<Timestamp>> next_notice() override;
    Result<std::vector<Notice>> notices(NoticeState state, std::size_t limit) override;
    Result<std::optional<StoredReply>> reply(Digest const& key, Digest const& fingerprint) override;
    Result<std::int64_t> drawn(Digest const& key) override {
        std::lock_guard const lock(state_->mutex);
        auto const found = state_->allowances.find(key);
        return found == state_->allowances.end() ? 0 : found->second.drawn;
    }
    Result<std::optional<Record>> record(RecordKind kind, std::string const& id) override {
        std::lock_guard const lock(state_->mutex);
        auto const found = state_->records.find({kind, id});
        return found == state_->records.end() ? std::nullopt : std::optional(found->second.record);
    }
    Result<std::vector<Record>> records(RecordKind kind, std::optional<std::uint32_t> state,
                                        std::size_t limit) override;
    Result<std::uint64_t> records_generation() override {
        std::lock_guard const lock(state_->mutex);
        return state_->record_generation;
    }
    Result<std::uint64_t> catalog_revision() override {
        std::lock_guard const lock(state_->mutex);
        return state_->revision;
    }
    Result<catalog::CatalogData> catalog() override;
    Result<std::vector<domain::PricePoint>> price_history(std::string const& variant_id, Currency currency,
                                                          std::size_t limit) override;
    Result<std::optional<domain::Publication>> publication(std::uint64_t revision) override {
        std::lock_guard const lock(state_->mutex);
        auto const found = state_->publications.find(revision);
        return found == state_->publications.end() ? std::nullopt : std::optional(found->second);
    }
    Result<catalog::StockLevels> stock() override {
        std::lock_guard const lock(state_->mutex);
        return state_->stock;
    }
    Result<AuditHead> audit_head() override {
        std::lock_guard const lock(state_->mutex);
        return AuditHead{state_->frontier.size(), state_->frontier.root(), state_->first, state_->hold};
    }
    Result<std::vector<Digest>> audit_tile(audit::TileId id, std::size_t width) override {
        std::lock_guard const lock(state_->mutex);
        return state_->tile(id, width);
    }
    Result<std::optional<std::uint64_t>> order_entry(OrderId const& id) override {
        std::lock_guard const lock(state_->mutex);
        auto const found = state_->order_entries.find(id);
        return found == state_->order_entries.end() ? std::nullopt : std::optional(found->second);
    }
    Result<Holdings> holdings(DataSubject const& subject) override {
        std::lock_guard const lock(state_->mutex);
        return state_->holdings(subject);
    }
    Result<std::vector<AuditEntry>> audit_entries(std::uint64_t from, std::size_t limit) override;
    Result<std::vector<std::string>> checkpoints() override;
    Result<std::optional<std::string>> last_checkpoint() override;

  private:
    template <class Key, class T>
    static Result<std::optional<T>> one(std::map<Key, Versioned> const& rows, Key const& id,
                                        Result<T> (*decode)(ByteView)) {
        auto const found = rows.find(id);
        if (found == rows.end()) return std::optional<T>{};
        B2A_TRY(value, decode(found->second.body));
        return std::optional<T>(std::move(value));
    }

    std::shared_ptr<State> state_;
};

Result<std::optional<StoredReply>> MemoryReader::reply(Digest const& key, Digest const& fingerprint) {
    std::lock_guard const lock(state_->mutex);
    auto const found = state_->replies.find(key);
    if (found == state_->replies.end()) return std::optional<StoredReply>{};
    if (found->second.fingerprint != fingerprint)
        return Error(Code::idempotency_conflict, "the idempotency key was used for another request");
    return std::optional(found->second.reply);
}

Result<std::vector<Notice>> MemoryReader::due_notices(Timestamp now, std::size_t limit) {
    std::lock_guard const lock(state_->mutex);
    std::vector<Notice> out;
    for (auto const* notice : state_->sendable())
        if (notice->due <= now && out.size() < limit) out.push_back(*notice);
    return out;
}

Result<std::optional<Timestamp>> MemoryReader::next_notice() {
    std::lock_guard const lock(state_->mutex);
    auto const sendable = state_->sendable();
    return sendable.empty() ? std::nullopt : std::optional(sendable.front()->due);
}

Result<std::vector<Notice>> MemoryReader::notices(NoticeState state, std::size_t limit) {
    std::lock_guard const lock(state_->mutex);
    std::vector<Notice> out;
    for (auto entry = state_->notices.rbegin(); entry != state_->notices.rend() && out.size() < limit; ++entry)
        if (entry->second.state == state) out.push_back(entry->second);
    return out;
}

Result<std::vector<Record>> MemoryReader::records(RecordKind kind, std::optional<std::uint32_t> state,
                                                  std::size_t limit) {
    std::lock_guard const lock(state_->mutex);
    std::vector<KeptRecord const*> found;
    for (auto const& [key, kept] : state_->records)
        if (key.first == kind && (!state || kept.record.state == *state)) found.push_back(&kept);
    std::ranges::sort(found, std::greater{}, [](KeptRecord const* kept) { return kept->seq; });
    std::vector<Record> out;
    for (auto const* kept : found)
        if (out.size() < limit) out.push_back(kept->record);
    return out;
}

Result<catalog::CatalogData> MemoryReader::catalog() {
    std::lock_guard const lock(state_->mutex);
    catalog::CatalogData data;
    data.revision = state_->revision;
    for (auto const& [key, body] : state_->documents) B2A_CHECK(add_document(data, key.kind, body));
    B2A_CHECK(add_prior_prices(data, [this](auto const& id, Currency currency, auto& search) -> Result<void> {
        auto const found = state_->prices.find({id, std::string(currency.code())});
        if (found == state_->prices.end()) return {};
        for (auto point = found->second.rbegin(); point != found->second.rend() && search.take(*point);) ++point;
        return {};
    }));
    return data;
}

Result<std::vector<domain::PricePoint>> MemoryReader::price_history(std::string const& variant_id, Currency currency,
                                                                    std::size_t limit) {
    std::lock_guard const lock(state_->mutex);
    auto const found = state_->prices.find({variant_id, std::string(currency.code())});
    if (found == state_->prices.end()) return std::vector<domain::PricePoint>{};
    std::vector<domain::PricePoint> out(found->second.rbegin(), found->second.rend());
    out.resize(std::min(out.size(), limit));
    return out;
}

Result<std::vector<AuditEntry>> MemoryReader::audit_entries(std::uint64_t from, std::size_t limit) {
    std::lock_guard const lock(state_->mutex);
    auto const& log = state_->log;
    auto const skipped = std::max(from, state_->first) - state_->first;
    auto const first = std::min<std::size_t>(skipped, log.size());
    auto const count = std::min(limit, log.size() - first);
    auto const begin = log.begin() + static_cast<std::ptrdiff_t>(first);
    return std::vector<AuditEntry>(begin, begin + static_cast<std::ptrdiff_t>(count));
}

Result<std::vector<std::string>> MemoryReader::checkpoints() {
    std::lock_guard const lock(state_->mutex);
    std::vector<std::string> out;
    for (auto const& [size, note] : state_->checkpoints) out.push_back(note);
    return out;
}

Result<std::optional<std::string>> MemoryReader::last_checkpoint() {
    std::lock_guard const lock(state_->mutex);
    if (state_->checkpoints.empty()) return std::optional<std::string>{};
    return std::optional(state_->checkpoints.rbegin()->second);
}

}  // namespace

std::unique_ptr<Reader> make_reader(std::shared_ptr<State> state) {
    return std::make_unique<MemoryReader>(std::move(state));
}

}  // namespace b2a::store::memory
