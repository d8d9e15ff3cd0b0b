// SPDX-License-Identifier: Apache-2.0
// Catalog files of strangers in every format. A table's rows fit its header; an import of any file at all takes or
// reports each row, and what it takes is clean text.
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/importer/importer.hpp"
#include "b2a/store/sqlite.hpp"

#include "fuzz/target.hpp"
#include "importer/table.hpp"

namespace b2a::importer {
namespace {

/// A file in memory, with a path.
class MemoryFile {
  public:
    explicit MemoryFile(std::string_view content) : file_(memfd_create("fuzz", 0)) {
        FUZZ_CHECK(file_ >= 0);
        FUZZ_CHECK(write(file_, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
    }
    ~MemoryFile() { close(file_); }
    MemoryFile(MemoryFile const&) = delete;
    MemoryFile& operator=(MemoryFile const&) = delete;
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

  private:
    int file_;
};

void check_table(std::string const& path) {
    auto table = Table::open(path);
    if (!table) return;
    FUZZ_CHECK(table->header().size() <= limits::import_columns_max);
    Row row;
    std::uint64_t last_line = 0;
    for (;;) {
        auto const more = table->next(row);
        FUZZ_CHECK(more.ok());
        if (!*more) break;
        FUZZ_CHECK(row.line > last_line);
        last_line = row.line;
        if (!row.fault.empty()) continue;
        FUZZ_CHECK(row.fields.size() == table->header().size());
        for (auto const field : row.fields) FUZZ_CHECK(is_utf8(field) && field.find('\0') == std::string_view::npos);
    }
}

void check_text(std::string_view text) {
    FUZZ_CHECK(is_utf8(text));
    for (char const c : text) FUZZ_CHECK(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

void check_product(domain::Product const& product) {
    FUZZ_CHECK(!product.id.empty() && product.id.size() <= limits::id_bytes_max);
    check_text(product.id);
    check_text(product.title);
    FUZZ_CHECK(product.title.size() <= limits::product_title_bytes_max);
    FUZZ_CHECK(product.variants.size() <= limits::product_variants_max);
}

void check_import(std::string const& path) {
    auto const store = store::make_memory_store();
    Options options;
    options.files = {path};
    options.brand = "Fuzz";
    auto const report = run(*store, options, Timestamp(std::chrono::seconds(1'780'000'000)), {}, {});
    auto const reader = store->open_reader().value();
    auto const catalog = reader->catalog().value();
    if (!report) {
        FUZZ_CHECK(catalog.products.empty() && catalog.revision == 0);
        return;
    }
    FUZZ_CHECK(report->rejections.size() <= limits::import_rejections_kept_max);
    FUZZ_CHECK(report->rejected >= report->rejections.size());
    FUZZ_CHECK(report->products <= report->rows && catalog.products.size() <= report->products);
    for (auto const& rejection : report->rejections) FUZZ_CHECK(!rejection.reason.empty() && rejection.line > 0);
    for (auto const& product : catalog.products) check_product(product);
}

}  // namespace
}  // namespace b2a::importer

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::importer::MemoryFile const file(b2a::fuzz::text(data, size));
    b2a::importer::check_table(file.path());
    b2a::importer::check_import(file.path());
    return 0;
}
