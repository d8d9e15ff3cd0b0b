// SPDX-License-Identifier: Apache-2.0
// Catalog import: files in foreign formats become products in a CatalogDraft. Streaming; every row is either taken or
// reported with its line and reason; nothing becomes visible before all files are read. Never aborts on hostile input.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"
#include "b2a/store/store.hpp"

namespace b2a::importer {

enum class Format : std::uint8_t {
    automatic,
    native_jsonl,
    magento_csv,
    magento_links,
    openfoodfacts,
    acp_feed,
    google_table,  // Google Merchant, as tab- or comma-separated table
    google_xml,    // the same as RSS 2.0 or Atom
    schema_org,    // JSON-LD
    shopify,
    edges,   // from, type, to and score, of the brand's own
    mapped,  // any other table, with a mapping file that says what its columns are
};
std::string_view to_text(Format format) noexcept;
std::optional<Format> format_from_text(std::string_view text) noexcept;

struct Options {
    std::vector<std::string> files;
    Format format = Format::automatic;  // automatic: by content, not by file name
    std::string mapping;                // path of the mapping file; then automatic reads tables with it
    std::string brand;                  // for formats that carry none; default: the file's folder name
    Currency currency;                  // for formats whose prices carry none (default USD)
    bool dry_run = false;
    std::string media_base_url;  // prefix for relative image paths
};

struct Rejection {
    std::string file;
    std::uint64_t line = 0;  // first physical line of the row, 1-based
    std::string reason;
};

/// What somebody at the brand should look at. The text is kept as data either way.
struct LintFinding {
    std::string file;
    std::uint64_t line = 0;
    std::string code;     // those of b2a/importer/lint.hpp, and of formats whose values could not be used
    std::string product;  // its id
    std::string field;    // "title"
    std::string detail;   // the other end, the value; may be empty
};

struct FileReport {
    std::string file;
    Format format = Format::automatic;
    std::uint64_t rows = 0;
};

struct Report {
    std::vector<FileReport> files;
    std::uint64_t rows = 0;
    std::uint64_t products = 0;  // in the files
    std::uint64_t variants = 0;
    std::uint64_t added = 0;
    std::uint64_t updated = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t without_offer = 0;  // variants that cannot be bought
    std::uint64_t links = 0;          // edges whose both ends exist
    std::uint64_t related = 0, cross_sell = 0, up_sell = 0;
    std::uint64_t links_unresolved = 0;
    std::uint64_t rejected = 0;  // all of them; `rejections` keeps the first limits::import_rejections_kept_max
    std::vector<Rejection> rejections;
    std::uint64_t lint_warnings = 0;  // all of them; `lint` keeps the first hundreds of each code
    std::vector<LintFinding> lint;
    std::uint64_t revision = 0;  // published (or current, when nothing changed or dry_run)
};

struct Progress {
    std::string_view file;
    std::uint64_t bytes_done = 0;
    std::uint64_t bytes_total = 0;
    std::uint64_t rows = 0;
};

/// Errors: not_found / invalid_request for an unreadable file, an unknown format or missing columns (detail names the
/// file and what is missing): nothing is published then. Rejected rows are no error.
Result<Report> run(store::Store& store, Options const& options, Timestamp now, audit::Event event,
                   std::function<void(Progress const&)> const& progress);

}  // namespace b2a::importer
