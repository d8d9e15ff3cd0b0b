// SPDX-License-Identifier: Apache-2.0
// `b2a export`: the current catalog in formats of others, as files that are there whole or not at all.
#include "app/commands/export.hpp"

#include <filesystem>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "b2a/exporter/file.hpp"
#include "b2a/exporter/google.hpp"
#include "b2a/json/value.hpp"
#include "b2a/protocol/acp_feed.hpp"
#include "b2a/protocol/native.hpp"

#include "app/site.hpp"

namespace b2a::app {
namespace {

constexpr std::string_view default_feed_id = "catalog";
constexpr std::string_view default_feed_directory = "acp-feed";

struct ExportReport {
    std::uint64_t products = 0, variants = 0, without_price = 0, bytes = 0;
    std::optional<std::uint64_t> without_link;  // of formats that need one
    std::vector<std::string> files;
    std::optional<PushReport> pushed;
};

/// A file, or standard output.
class Sink {
  public:
    static Result<Sink> open(std::string const& path) {
        Sink out;
        if (path.empty()) return std::move(out);
        B2A_TRY(file, exporter::AtomicFile::create(path));
        out.file_.emplace(std::move(file));
        return std::move(out);
    }
    Result<void> append(std::string_view bytes) {
        if (file_) return file_->append(bytes);
        std::cout << bytes;
        return std::cout ? Result<void>() : Error(Code::internal, "standard output cannot be written");
    }
    Result<void> commit() {
        if (file_) return file_->commit();
        std::cout.flush();
        return std::cout ? Result<void>() : Error(Code::internal, "standard output cannot be written");
    }

  private:
    std::optional<exporter::AtomicFile> file_;
};

/// Writes `head`, what `render` makes of each product, and `tail`.
template <class Render>
Result<void> write_products(std::string const& path, Shelf const& shelf, std::string_view head, Render const& render,
                            std::string_view tail, ExportReport& report) {
    B2A_TRY(sink, Sink::open(path));
    std::string text(head);
    auto const count = static_cast<std::uint32_t>(shelf.snapshot->data().products.size());
    for (std::uint32_t product = 0; product < count; ++product) {
        render(text, product);
        report.bytes += text.size();
        B2A_CHECK(sink.append(text));
        text.clear();
    }
    text += tail;
    report.bytes += text.size();
    B2A_CHECK(sink.append(text));
    B2A_CHECK(sink.commit());
    if (!path.empty()) report.files.push_back(path);
    return {};
}

Result<void> write_acp_feed(Shelf const& shelf, ExportOptions const& options, ExportReport& report) {
    auto const directory = options.output.empty() ? std::string(default_feed_directory) : options.output;
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    if (failure) return Error(Code::invalid_request, fmt::format("{}: {}", directory, failure.message()));
    protocol::acp::FeedCounts counts;
    auto const line = [&](std::string& out, std::uint32_t product) {
        protocol::acp::render_feed_product(out, shelf.site, *shelf.snapshot, product, shelf.currency, counts);
        out += '\n';
    };
    B2A_CHECK(write_products(directory + "/products.jsonl", shelf, {}, line, {}, report));
    B2A_TRY(publication, shelf.desk.reader->publication(shelf.snapshot->revision()));
    auto const id = options.feed_id.empty() ? std::string(default_feed_id) : options.feed_id;
    auto const updated = publication ? std::optional(publication->published) : std::nullopt;
    B2A_TRY(metadata, exporter::AtomicFile::create(directory + "/metadata.json"));
    B2A_CHECK(metadata.append(protocol::acp::render_feed_metadata(id, options.country, updated) + "\n"));
    B2A_CHECK(metadata.commit());
    report.bytes += metadata.bytes();
    report.files.push_back(directory + "/metadata.json");
    report.products = counts.products;
    report.variants = counts.variants;
    report.without_price = counts.without_price;
    return {};
}

Result<void> write_google(Shelf const& shelf, ExportOptions const& options, exporter::GoogleShape shape,
                          ExportReport& report) {
    exporter::GoogleCounts counts;
    auto const rows = [&](std::string& out, std::uint32_t product) {
        exporter::render_google(out, shape, shelf.site, *shelf.snapshot, product, shelf.currency, counts);
    };
    B2A_CHECK(write_products(options.output, shelf, exporter::google_head(shape, shelf.site), rows,
                             exporter::google_tail(shape), report));
    report.products = counts.products;
    report.variants = counts.variants;
    report.without_price = counts.without_price;
    report.without_link = counts.without_link;
    return {};
}

Result<void> write_jsonld(Shelf const& shelf, ExportOptions const& options, ExportReport& report) {
    auto const line = [&](std::string& out, std::uint32_t product) {
        protocol::native::render_product_ld(out, shelf.site, *shelf.snapshot, product);
        out += '\n';
    };
    report.products = shelf.snapshot->data().products.size();
    report.variants = shelf.snapshot->variant_count();
    return write_products(options.output, shelf, {}, line, {}, report);
}

Result<void> write(Shelf const& shelf, ExportOptions const& options, ExportReport& report) {
    if (options.push) {
        B2A_TRY(pushed, push_feed(shelf, options));
        report.products = pushed.products;
        report.variants = shelf.snapshot->variant_count();
        report.without_price = pushed.without_price;
        report.pushed = std::move(pushed);
        return {};
    }
    if (options.format == "acp-feed") return write_acp_feed(shelf, options, report);
    if (options.format == "google") return write_google(shelf, options, exporter::GoogleShape::tsv, report);
    if (options.format == "google-xml") return write_google(shelf, options, exporter::GoogleShape::xml, report);
    return write_jsonld(shelf, options, report);
}

Result<Shelf> open_shelf(CommandDesk& desk, ExportOptions const& options) {
    policy::Facts facts;
    facts.action = policy::Action::operator_read;
    B2A_CHECK(desk.governance.permit_read(desk.context(), facts));
    auto& config = desk.config;
    if (!options.public_url.empty()) config.public_url = options.public_url;
    while (config.public_url.ends_with('/')) config.public_url.pop_back();
    B2A_TRY(site, site_of(config));
    site.base_url = base_url_of(config, config.listen.port);
    auto const currency = options.currency.empty() ? site.default_currency : Currency::parse(options.currency);
    if (!currency) return Error(Code::invalid_request, "unknown currency " + options.currency);
    B2A_TRY(data, desk.reader->catalog());
    data.legal = config.legal;
    B2A_TRY(stock, desk.reader->stock());
    auto snapshot = catalog::Snapshot::build(std::move(data), stock);
    return Shelf{desk, std::move(site), std::move(snapshot), *currency};
}

json::Value to_json(ExportReport const& report, ExportOptions const& options, Shelf const& shelf) {
    json::Value out{{"format", options.format},
                    {"revision", shelf.snapshot->revision()},
                    {"currency", std::string(shelf.currency.code())},
                    {"products", report.products},
                    {"variants", report.variants},
                    {"without_price", report.without_price},
                    {"bytes", report.bytes},
                    {"files", report.files}};
    if (report.without_link) out["without_link"] = *report.without_link;
    if (report.pushed)
        out["pushed"] = {{"feed", report.pushed->feed},
                         {"products", report.pushed->products},
                         {"batches", report.pushed->batches},
                         {"retries", report.pushed->retries}};
    return out;
}

void print(std::ostream& out, ExportReport const& report, Shelf const& shelf) {
    out << fmt::format("catalog revision {}: {} products, {} variants, {} without a price in {}\n",
                       shelf.snapshot->revision(), report.products, report.variants, report.without_price,
                       shelf.currency.code());
    if (report.without_link.value_or(0) > 0)
        out << fmt::format("{} rows without a link: their products have no page\n", *report.without_link);
    for (auto const& file : report.files) out << file << '\n';
    if (report.pushed)
        out << fmt::format("feed {}: {} products in {} requests, {} of them sent again\n", report.pushed->feed,
                           report.pushed->products, report.pushed->batches, report.pushed->retries);
}

int report_failure(Error const& error) {
    return fail(error.detail + (error.note.text.empty() ? "" : ": " + error.note.text));
}

}  // namespace

int export_catalog(Common const& common, ExportOptions const& options) {
    if (options.push && options.format != "acp-feed") return fail("--push sends --format acp-feed only");
    auto const access = options.push ? CommandDesk::Access::write : CommandDesk::Access::read;
    auto const desk = CommandDesk::open(common, access);
    if (!desk) return report_failure(desk.error());
    auto const shelf = open_shelf(**desk, options);
    if (!shelf) return report_failure(shelf.error());
    ExportReport report;
    if (auto const written = write(*shelf, options, report); !written) return report_failure(written.error());
    // Where the products went to standard output, the report must not stand between them.
    auto& out = report.files.empty() && !report.pushed ? std::cerr : std::cout;
    if (common.json) out << to_json(report, options, *shelf).dump() << '\n';
    else print(out, report, *shelf);
    return exit_done;
}

}  // namespace b2a::app
