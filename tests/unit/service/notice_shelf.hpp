// SPDX-License-Identifier: Apache-2.0
// A store of notices only, by the rules of the port; everything else it answers with not_implemented.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "b2a/store/store.hpp"

namespace b2a::service::testing {

class NoticeShelf final : public store::Store {
  public:
    void add(store::Notice notice) {
        std::unique_lock lock(mutex_);
        notice.seq = ++seq_;
        notices_.push_back(std::move(notice));
        auto const listener = listener_;
        lock.unlock();
        if (listener) listener();
    }
    store::Notice at(NoticeId const& id) const {
        std::scoped_lock const lock(mutex_);
        return *std::ranges::find(notices_, id, &store::Notice::id);
    }
    /// Waits until `done` says so; it is asked after each change.
    void await(std::function<bool(std::vector<store::Notice> const&)> const& done) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return done(notices_); });
    }
    /// The next `count` calls of note_progress fail.
    void fail_progress(int count) {
        std::scoped_lock const lock(mutex_);
        failing_ = count;
    }
    [[nodiscard]] int progress_calls() const {
        std::scoped_lock const lock(mutex_);
        return progress_calls_;
    }

    Result<void> note_progress(std::vector<store::NoticeProgress> progress) override {
        std::scoped_lock const lock(mutex_);
        ++progress_calls_;
        if (failing_ > 0) {
            --failing_;
            return Error(Code::store_unavailable);
        }
        for (auto const& one : progress) {
            auto const found = std::ranges::find(notices_, one.id, &store::Notice::id);
            if (found == notices_.end()) continue;
            found->state = one.state;
            found->attempts = one.attempts;
            found->due = one.due;
            found->last_result = one.last_result;
        }
        changed_.notify_all();
        return {};
    }
    void on_notice(NoticeListener listener) override {
        std::scoped_lock const lock(mutex_);
        listener_ = std::move(listener);
    }
    Result<std::unique_ptr<store::Reader>> open_reader() override;

    void submit(store::ChangeSet /*changes*/, Deadline /*deadline*/, Done done) override { done(none()); }
    Result<std::unique_ptr<store::CatalogDraft>> begin_catalog() override { return none(); }
    Result<void> add_checkpoint(std::uint64_t /*size*/, std::string /*note*/) override { return none(); }
    Result<std::size_t> sweep(Timestamp /*before*/) override { return none(); }
    Result<store::ScrubReport> scrub(std::vector<std::string> /*texts*/) override { return none(); }
    void on_stock(StockListener /*listener*/) override {}
    [[nodiscard]] Stats stats() const override { return {}; }
    void close() override {}

    static Error none() { return Error(Code::not_implemented); }

  private:
    friend class ShelfReader;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<store::Notice> notices_;  // in order of seq
    std::uint64_t seq_ = 0;
    int failing_ = 0;
    int progress_calls_ = 0;
    NoticeListener listener_;
};

class ShelfReader final : public store::Reader {
  public:
    explicit ShelfReader(NoticeShelf& shelf) : shelf_(shelf) {}

    Result<std::vector<store::Notice>> due_notices(Timestamp now, std::size_t limit) override {
        std::scoped_lock const lock(shelf_.mutex_);
        std::set<std::string> seen;
        std::vector<store::Notice> out;
        for (auto const& notice : shelf_.notices_) {
            if (notice.state != store::NoticeState::pending || !seen.insert(notice.subject).second) continue;
            if (notice.due <= now && out.size() < limit) out.push_back(notice);
        }
        return out;
    }
    Result<std::optional<Timestamp>> next_notice() override {
        std::scoped_lock const lock(shelf_.mutex_);
        std::optional<Timestamp> next;
        for (auto const& notice : shelf_.notices_)
            if (notice.state == store::NoticeState::pending && (!next || notice.due < *next)) next = notice.due;
        return next;
    }

    Result<std::optional<domain::Checkout>> checkout(CheckoutId const&) override { return NoticeShelf::none(); }
    Result<std::optional<domain::Order>> order(OrderId const&) override { return NoticeShelf::none(); }
    Result<std::optional<domain::Cart>> cart(CartId const&) override { return NoticeShelf::none(); }
    Result<std::vector<store::Notice>> notices(store::NoticeState, std::size_t) override { return NoticeShelf::none(); }
    Result<std::optional<store::StoredReply>> reply(Digest const&, Digest const&) override {
        return NoticeShelf::none();
    }
    Result<std::int64_t> drawn(Digest const&) override { return NoticeShelf::none(); }
    Result<std::optional<store::Record>> record(store::RecordKind, std::string const&) override {
        return NoticeShelf::none();
    }
    Result<std::vector<store::Record>> records(store::RecordKind, std::optional<std::uint32_t>, std::size_t) override {
        return NoticeShelf::none();
    }
    Result<std::uint64_t> records_generation() override { return NoticeShelf::none(); }
    Result<std::uint64_t> catalog_revision() override { return NoticeShelf::none(); }
    Result<catalog::CatalogData> catalog() override { return NoticeShelf::none(); }
    Result<std::vector<domain::PricePoint>> price_history(std::string const&, Currency, std::size_t) override {
        return NoticeShelf::none();
    }
    Result<std::optional<domain::Publication>> publication(std::uint64_t) override { return NoticeShelf::none(); }
    Result<catalog::StockLevels> stock() override { return NoticeShelf::none(); }
    Result<store::AuditHead> audit_head() override { return NoticeShelf::none(); }
    Result<std::vector<store::AuditEntry>> audit_entries(std::uint64_t, std::size_t) override {
        return NoticeShelf::none();
    }
    Result<std::vector<std::string>> checkpoints() override { return NoticeShelf::none(); }
    Result<std::optional<std::string>> last_checkpoint() override { return NoticeShelf::none(); }
    Result<std::vector<Digest>> audit_tile(audit::TileId, std::size_t) override { return NoticeShelf::none(); }
    Result<std::optional<std::uint64_t>> order_entry(OrderId const&) override { return NoticeShelf::none(); }
    Result<store::Holdings> holdings(store::DataSubject const&) override { return NoticeShelf::none(); }

  private:
    NoticeShelf& shelf_;
};

inline Result<std::unique_ptr<store::Reader>> NoticeShelf::open_reader() {
    return std::unique_ptr<store::Reader>(std::make_unique<ShelfReader>(*this));
}

}  // namespace b2a::service::testing
