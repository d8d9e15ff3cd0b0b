// SPDX-License-Identifier: Apache-2.0
#include "b2a/importer/importer.hpp"

#include <algorithm>
#include <filesystem>

#include "b2a/base/limits.hpp"

#include "importer/context.hpp"
#include "importer/mapping.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

/// Everything that can be known to be wrong before a row is read.
Result<Format> examine(std::string const& path, Format wanted, Mapping const* mapping) {
    auto format = wanted;
    if (format == Format::automatic) {
        B2A_TRY(found, detect(path, mapping != nullptr));
        format = found;
    }
    switch (format) {
        case Format::magento_csv: B2A_CHECK(check_magento(path)); break;
        case Format::magento_links: B2A_CHECK(check_magento_links(path)); break;
        case Format::openfoodfacts: B2A_CHECK(check_openfoodfacts(path)); break;
        case Format::google_table: B2A_CHECK(check_google_table(path)); break;
        case Format::google_xml: B2A_CHECK(check_google_xml(path)); break;
        case Format::shopify: B2A_CHECK(check_shopify(path)); break;
        case Format::edges: B2A_CHECK(check_edge_table(path)); break;
        case Format::mapped:
            if (mapping == nullptr) return Error(Code::invalid_request, path + ": this format needs a mapping file");
            B2A_CHECK(check_mapped(path, *mapping));
            break;
        case Format::acp_feed:
        case Format::schema_org:
        case Format::native_jsonl: B2A_CHECK(Source::open(path).map([](auto const&) { return true; })); break;
        case Format::automatic: break;
    }
    return format;
}

Result<void> import_file(FileContext const& context) {
    switch (context.format) {
        case Format::native_jsonl: return import_native(context);
        case Format::magento_csv: return import_magento(context);
        case Format::magento_links: return import_magento_links(context);
        case Format::openfoodfacts: return import_openfoodfacts(context);
        case Format::acp_feed: return import_acp_feed(context);
        case Format::google_table: return import_google_table(context);
        case Format::google_xml: return import_google_xml(context);
        case Format::schema_org: return import_schema_org(context);
        case Format::shopify: return import_shopify(context);
        case Format::edges: return import_edge_table(context);
        case Format::mapped: return import_mapped(context);
        case Format::automatic: break;
    }
    return Error(Code::internal, "a file without a format");
}

std::string default_brand(std::string const& path) {
    std::error_code failed;
    auto const folder = std::filesystem::absolute(path, failed).parent_path().filename().string();
    auto brand = clean_text(folder, limits::id_bytes_max, TextShape::line);
    return failed || brand.empty() ? "catalog" : brand;
}

audit::Event complete(audit::Event event, Report const& report) {
    if (event.type.empty()) event.type = "catalog.published";
    if (event.action.empty()) event.action = "import";
    if (event.outcome.empty()) event.outcome = "allow";
    if (event.subject.empty()) event.subject = "catalog";
    auto const add = [&](char const* name, std::uint64_t value) {
        event.details.emplace_back(name, std::to_string(value));
    };
    add("files", report.files.size());
    add("rows", report.rows);
    add("products", report.products);
    add("variants", report.variants);
    add("added", report.added);
    add("updated", report.updated);
    add("unchanged", report.unchanged);
    add("links", report.links);
    add("rejected", report.rejected);
    add("lint_warnings", report.lint_warnings);
    add("base_revision", report.revision);
    return event;
}

/// The run itself: links first into memory, since a product takes its edges along when it is put.
Result<void> read_files(Options const& options, std::vector<Format> const& formats, Mapping const* mapping,
                        Timestamp now, store::CatalogDraft& draft, Journal& journal) {
    Links links(draft, journal);
    Intake intake(draft, journal, links);
    auto const usd = *Currency::parse("USD");
    auto const currency = options.currency == Currency() ? usd : options.currency;
    auto const only_links = [](Format format) { return format == Format::magento_links || format == Format::edges; };
    // Their edges and the products that they are of may stand in any file.
    for (std::size_t i = 0; i < options.files.size(); ++i)
        if (formats[i] == Format::native_jsonl || formats[i] == Format::edges)
            links.replaces_at_last(edge_file_source(options.files[i]));
    for (auto const links_turn : {true, false}) {
        for (std::size_t i = 0; i < options.files.size(); ++i) {
            if (only_links(formats[i]) != links_turn) continue;
            auto const& path = options.files[i];
            auto brand = clean_text(options.brand, limits::id_bytes_max, TextShape::line);
            if (brand.empty()) brand = default_brand(path);
            journal.begin_file(path, formats[i]);
            FileContext const context{path, formats[i], std::move(brand), currency, options.media_base_url,
                                      now,  intake,     journal,          links,    mapping};
            B2A_CHECK(import_file(context));
        }
    }
    return intake.finish();
}

/// The report lists files in the order they were given.
void order_files(Report& report, std::vector<std::string> const& files) {
    auto const place = [&](FileReport const& file) { return std::find(files.begin(), files.end(), file.file); };
    std::stable_sort(report.files.begin(), report.files.end(),
                     [&](FileReport const& a, FileReport const& b) { return place(a) < place(b); });
}

}  // namespace

Result<Report> run(store::Store& store, Options const& options, Timestamp now, audit::Event event,
                   std::function<void(Progress const&)> const& progress) {
    if (options.files.empty()) return Error(Code::invalid_request, "no file to import");
    std::optional<Mapping> mapping;
    if (!options.mapping.empty()) {
        B2A_TRY(read, read_mapping(options.mapping));
        mapping = std::move(read);
    }
    auto const* const how = mapping ? &*mapping : nullptr;
    std::vector<Format> formats;
    for (auto const& path : options.files) {
        B2A_TRY(format, examine(path, options.format, how));
        formats.push_back(format);
    }
    Journal journal(progress);
    B2A_TRY(reader, store.open_reader());
    B2A_TRY(revision, reader->catalog_revision());
    journal.report().revision = revision;
    B2A_TRY(draft, store.begin_catalog());
    B2A_CHECK(read_files(options, formats, how, now, *draft, journal));
    if (!options.dry_run) {
        B2A_TRY(published, draft->publish(complete(std::move(event), journal.report()), now));
        journal.report().revision = published;
    }
    order_files(journal.report(), options.files);
    return std::move(journal.report());
}

}  // namespace b2a::importer
