// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <future>

#include "b2a/store/sqlite.hpp"

#include "store/sqlite/catalog_draft.hpp"
#include "store/sqlite/migrate.hpp"
#include "store/sqlite/reader.hpp"
#include "store/sqlite/scrub.hpp"
#include "store/sqlite/writer.hpp"

namespace b2a::store {
namespace {

Error read_only() {
    return Error(Code::store_unavailable, "the store is open for reading only");
}

class SqliteStore final : public Store {
  public:
    /// `writer` is null when the store is open for reading only.
    SqliteStore(std::string path, std::unique_ptr<sqlite::Writer> writer) :
        path_(std::move(path)), writer_(std::move(writer)) {}
    ~SqliteStore() override { close(); }

    void submit(ChangeSet changes, Deadline deadline, Done done) override {
        if (!writer_) return done(read_only());
        writer_->submit({prepare(std::move(changes)), deadline, std::move(done)});
    }
    Result<std::unique_ptr<Reader>> open_reader() override {
        return sqlite::open_reader(path_, writer_ ? writer_->window() : nullptr);
    }
    Result<std::unique_ptr<CatalogDraft>> begin_catalog() override {
        if (!writer_) return read_only();
        return sqlite::begin_catalog(path_);
    }
    Result<void> add_checkpoint(std::uint64_t size, std::string note) override {
        return wait_for(CheckpointWrite{size, std::move(note)});
    }
    Result<void> note_progress(std::vector<NoticeProgress> progress) override {
        return wait_for(ProgressWrite{std::move(progress)});
    }
    Result<std::size_t> sweep(Timestamp before) override {
        auto const removed = std::make_shared<std::size_t>(0);
        B2A_CHECK(wait_for(Sweep{before, removed}));
        return *removed;
    }
    Result<ScrubReport> scrub(std::vector<std::string> texts) override {
        if (!writer_) return read_only();
        return sqlite::scrub(path_, texts);
    }
    void on_notice(NoticeListener listener) override {
        if (writer_) writer_->on_notice(std::move(listener));
    }
    void on_stock(StockListener listener) override {
        if (writer_) writer_->on_stock(std::move(listener));
    }
    [[nodiscard]] Stats stats() const override { return writer_ ? writer_->stats() : Stats{}; }
    void close() override {
        if (writer_) writer_->close();
    }

  private:
    /// Runs `work` on the writer's thread and waits for its commit.
    Result<void> wait_for(decltype(Job::work) work);

    std::string path_;
    std::unique_ptr<sqlite::Writer> writer_;
};

Result<void> SqliteStore::wait_for(decltype(Job::work) work) {
    if (!writer_) return read_only();
    // Shared with the writer: set_value may still be touching it when the waiting side has returned.
    auto const answered = std::make_shared<std::promise<Result<CommitResult>>>();
    auto answer = answered->get_future();
    writer_->submit({std::move(work), Deadline::max(),
                     [answered](Result<CommitResult> result) { answered->set_value(std::move(result)); }});
    auto result = answer.get();
    if (!result) return std::move(result).error();
    return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(std::string const& path, OpenMode mode) {
    std::error_code ignored;
    if (mode != OpenMode::create && !std::filesystem::exists(path, ignored))
        return Error(Code::not_found, "there is no store").with_note("no file " + path);
    if (mode == OpenMode::read_only) {
        B2A_TRY(connection, sqlite::Connection::open(path, sqlite::Role::reader));
        B2A_CHECK(sqlite::check_schema(connection));
        return std::unique_ptr<Store>(std::make_unique<SqliteStore>(path, nullptr));
    }
    B2A_TRY(writer, sqlite::Writer::start(path, mode == OpenMode::create));
    return std::unique_ptr<Store>(std::make_unique<SqliteStore>(path, std::move(writer)));
}

}  // namespace b2a::store
