// SPDX-License-Identifier: Apache-2.0
// `b2a catalog lint`: what the import reports file by file, over everything that is published.
#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "b2a/importer/lint.hpp"
#include "b2a/json/value.hpp"
#include "b2a/store/sqlite.hpp"

#include "app/catalog_import.hpp"
#include "app/commands/commands.hpp"

namespace b2a::app {
namespace {

std::string_view severity(importer::Finding const& finding) {
    return importer::is_error(finding.code) ? "error" : "warning";
}

json::Value to_json(catalog::CatalogData const& catalog, std::vector<importer::Finding> const& findings,
                    std::size_t errors) {
    auto list = json::Value::array();
    for (auto const& f : findings)
        list.push_back({{"severity", severity(f)},
                        {"code", f.code},
                        {"product", f.product},
                        {"field", f.field},
                        {"detail", f.detail}});
    return {{"revision", catalog.revision},
            {"products", catalog.products.size()},
            {"errors", errors},
            {"warnings", findings.size() - errors},
            {"findings", list}};
}

Result<catalog::CatalogData> published(Config const& config) {
    B2A_TRY(store, store::open_sqlite(database_path(config), store::OpenMode::read_only));
    B2A_TRY(reader, store->open_reader());
    return reader->catalog();
}

}  // namespace

int catalog_lint(Common const& common) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const catalog = published(*config);
    if (!catalog) return fail(catalog.error().detail);
    auto const findings =
        importer::lint_catalog({catalog->products, catalog->size_charts, catalog->occasions, catalog->looks});
    auto const errors = static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [](importer::Finding const& f) { return importer::is_error(f.code); }));
    if (common.json) {
        std::cout << to_json(*catalog, findings, errors).dump() << '\n';
    } else {
        for (auto const& f : findings)
            std::cout << fmt::format("{}: {} in {} of {}{}\n", severity(f), f.code, f.field, f.product,
                                     f.detail.empty() ? "" : ": " + f.detail);
        std::cout << fmt::format("{} products of revision {}: {} errors, {} warnings\n", catalog->products.size(),
                                 catalog->revision, errors, findings.size() - errors);
    }
    return errors > 0 ? exit_no : exit_done;
}

}  // namespace b2a::app
