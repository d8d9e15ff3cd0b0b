// SPDX-License-Identifier: Apache-2.0
#include "store/draft.hpp"

#include "store/codec.hpp"
#include "store/memory/state.hpp"

namespace b2a::store::memory {
namespace {

class MemoryDraft final : public Draft {
  public:
    MemoryDraft(std::shared_ptr<State> state, VariantLedger variants, std::uint64_t turn) :
        Draft(std::move(variants)), state_(std::move(state)), turn_(turn) {}

    Result<std::uint64_t> publish(audit::Event event, Timestamp now) override;

  protected:
    Result<std::optional<Bytes>> published(DocumentKey const& key) override {
        std::lock_guard const lock(state_->mutex);
        return body_in(state_->documents, key);
    }
    Result<std::vector<std::string>> published_ids(DocumentKind kind) override {
        std::lock_guard const lock(state_->mutex);
        std::vector<std::string> ids;
        for (auto const& [key, body] : state_->documents)
            if (key.kind == kind) ids.push_back(key.id);
        return ids;
    }
    Result<std::optional<Bytes>> staged(DocumentKey const& key) override { return body_in(staged_, key); }
    Result<void> stage(DocumentKey const& key, Bytes body) override {
        staged_.insert_or_assign(key, std::move(body));
        return {};
    }
    Result<void> unstage(DocumentKey const& key) override {
        staged_.erase(key);
        return {};
    }

  private:
    static std::optional<Bytes> body_in(std::map<DocumentKey, Bytes> const& documents, DocumentKey const& key) {
        auto const found = documents.find(key);
        return found == documents.end() ? std::nullopt : std::optional(found->second);
    }

    std::shared_ptr<State> state_;
    std::uint64_t turn_;
    std::map<DocumentKey, Bytes> staged_;
};

Result<std::uint64_t> MemoryDraft::publish(audit::Event event, Timestamp now) {
    std::lock_guard const lock(state_->mutex);
    if (state_->draft != turn_)
        return Error(Code::conflict, "another catalog import has begun or was published meanwhile");
    if (!staged_.empty()) {
        B2A_TRY(entries, state_->render({with_revision(std::move(event), state_->revision + 1)}, now));
        ++state_->revision;
        state_->publications[state_->revision] = {state_->revision, now, entries.front().seq};
        state_->append(std::move(entries), now);
        for (auto const& [key, offer] : variants().prices())
            state_->prices[key].push_back(
                {now, state_->revision, offer ? std::optional(offer->price) : std::nullopt, offer ? offer->list : 0});
    }
    ++state_->draft;  // a draft is published once
    for (auto& [key, body] : staged_) state_->documents.insert_or_assign(key, std::move(body));
    for (auto const& [id, quantity] : variants().stock()) {
        state_->stock.erase(id);
        if (quantity) state_->stock.emplace(id, *quantity);
    }
    return state_->revision;
}

}  // namespace

Result<std::unique_ptr<CatalogDraft>> begin_catalog(std::shared_ptr<State> state) {
    VariantLedger variants;
    std::unique_lock lock(state->mutex);
    auto const turn = ++state->draft;
    for (auto const& [key, body] : state->documents) {
        if (key.kind != DocumentKind::product) break;
        B2A_TRY(product, decode_product(body));
        variants.load(product);
    }
    lock.unlock();
    return std::unique_ptr<CatalogDraft>(std::make_unique<MemoryDraft>(std::move(state), std::move(variants), turn));
}

}  // namespace b2a::store::memory
