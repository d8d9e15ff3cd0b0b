// SPDX-License-Identifier: Apache-2.0
// What every format's importer gets for one file.
#pragma once

#include <string>

#include "b2a/base/time.hpp"

#include "importer/intake.hpp"
#include "importer/journal.hpp"
#include "importer/links.hpp"

namespace b2a::importer {

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
};

/// Each reads its file to the end. Errors: an unreadable file, missing columns, a failing store. Rows are rejected in
/// the journal.
Result<void> import_native(FileContext const& context);
Result<void> import_magento(FileContext const& context);
Result<void> import_magento_links(FileContext const& context);
Result<void> import_openfoodfacts(FileContext const& context);
Result<void> import_acp_feed(FileContext const& context);

/// The columns that a format needs, checked before anything is read. Also: a links file's name must say its type.
Result<void> check_magento(std::string const& path);
Result<void> check_magento_links(std::string const& path);
Result<void> check_openfoodfacts(std::string const& path);
/// Of JSON lines: is the first one a product of an ACP feed, and no record of the native format?
Result<bool> looks_like_acp_feed(std::string const& path);
/// The format that the first line of the file shows; invalid_request when it shows none.
Result<Format> detect(std::string const& path);

}  // namespace b2a::importer
