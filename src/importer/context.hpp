// SPDX-License-Identifier: Apache-2.0
// What every format's importer gets for one file.
#pragma once

#include <string>

#include "b2a/base/time.hpp"

#include "importer/intake.hpp"
#include "importer/journal.hpp"
#include "importer/links.hpp"

namespace b2a::importer {

struct Mapping;
class Table;

struct FileContext {
    std::string path;
    Format format = Format::automatic;
    std::string brand;           // for rows that name none
    Currency currency;           // for prices that name none
    std::string media_base_url;  // prefix of relative image paths
    Timestamp now{};
    Intake& intake;
    Journal& journal;
    Links& links;
    Mapping const* mapping = nullptr;  // of Format::mapped
};

/// Each reads its file to the end. Errors: an unreadable file, missing columns, a failing store. Rows are rejected in
/// the journal.
Result<void> import_native(FileContext const& context);
Result<void> import_magento(FileContext const& context);
Result<void> import_magento_links(FileContext const& context);
Result<void> import_openfoodfacts(FileContext const& context);
Result<void> import_acp_feed(FileContext const& context);
Result<void> import_google_table(FileContext const& context);
Result<void> import_google_xml(FileContext const& context);
Result<void> import_schema_org(FileContext const& context);
Result<void> import_shopify(FileContext const& context);
Result<void> import_mapped(FileContext const& context);
Result<void> import_edge_table(FileContext const& context);

/// The columns that a format needs, checked before anything is read. Also: a links file's name must say its type.
Result<void> check_magento(std::string const& path);
Result<void> check_magento_links(std::string const& path);
Result<void> check_openfoodfacts(std::string const& path);
/// Of JSON lines: is the first one a product of an ACP feed, and no record of the native format?
Result<bool> looks_like_acp_feed(std::string const& path);
Result<void> check_google_table(std::string const& path);
/// The root element must be that of a feed, without a document type declaration before it.
Result<void> check_google_xml(std::string const& path);
Result<void> check_shopify(std::string const& path);
Result<void> check_edge_table(std::string const& path);
Result<void> check_mapped(std::string const& path, Mapping const& mapping);

/// True for a header that only this format has.
bool is_google(Table const& table);
bool is_shopify(Table const& table);
bool is_edge_table(Table const& table);
/// What edges of that file have as their source: "file:NAME".
std::string edge_file_source(std::string const& path);
/// True if the JSON object that `text` begins with has a member like "@type" or "@graph", as JSON-LD has.
bool is_linked_data(std::string_view text);
/// The format that the beginning of the file shows; invalid_request when it shows none. With a mapping, every table is
/// read with it.
Result<Format> detect(std::string const& path, bool has_mapping);

}  // namespace b2a::importer
