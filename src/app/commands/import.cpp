// SPDX-License-Identifier: Apache-2.0
// `b2a import`: the importer with a progress bar, a governed publication and a report for people and for programs.
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "b2a/importer/importer.hpp"
#include "b2a/json/value.hpp"

#include "app/catalog_import.hpp"
#include "app/commands/commands.hpp"
#include "app/system.hpp"

namespace b2a::app {
namespace {

/// Redraws one line on a terminal at most every percent; silent when standard error is no terminal.
class ProgressBar {
  public:
    ProgressBar() : terminal_(::isatty(STDERR_FILENO) == 1) {}
    ~ProgressBar() {
        if (drawn_) std::cerr << "\r\033[K";
    }
    ProgressBar(ProgressBar const&) = delete;
    ProgressBar& operator=(ProgressBar const&) = delete;

    void operator()(importer::Progress const& progress) {
        if (!terminal_) return;
        auto const percent = progress.bytes_total == 0 ? 100 : progress.bytes_done * 100 / progress.bytes_total;
        if (drawn_ && percent == percent_) return;
        drawn_ = true;
        percent_ = percent;
        auto const filled = static_cast<std::size_t>(percent * width / 100);
        auto const name = std::filesystem::path(progress.file).filename().string();
        std::cerr << fmt::format("\r\033[K{:>3} % [{}{}] {} rows  {}", percent, std::string(filled, '#'),
                                 std::string(width - filled, '.'), progress.rows, name)
                  << std::flush;
    }

  private:
    static constexpr std::size_t width = 30;
    bool terminal_;
    bool drawn_ = false;
    std::uint64_t percent_ = 0;
};

json::Value to_json(importer::Report const& report, bool dry_run) {
    auto files = json::Value::array();
    for (auto const& file : report.files)
        files.push_back({{"file", file.file}, {"format", importer::to_text(file.format)}, {"rows", file.rows}});
    auto rejections = json::Value::array();
    for (auto const& r : report.rejections)
        rejections.push_back({{"file", r.file}, {"line", r.line}, {"reason", r.reason}});
    auto lint = json::Value::array();
    for (auto const& l : report.lint) {
        json::Value entry{
            {"file", l.file}, {"line", l.line}, {"code", l.code}, {"product", l.product}, {"field", l.field}};
        if (!l.detail.empty()) entry["detail"] = l.detail;
        lint.push_back(std::move(entry));
    }
    return {{"dry_run", dry_run},
            {"revision", report.revision},
            {"files", files},
            {"rows", report.rows},
            {"products", report.products},
            {"variants", report.variants},
            {"added", report.added},
            {"updated", report.updated},
            {"unchanged", report.unchanged},
            {"without_offer", report.without_offer},
            {"links",
             {{"resolved", report.links},
              {"related", report.related},
              {"cross_sell", report.cross_sell},
              {"up_sell", report.up_sell},
              {"unresolved", report.links_unresolved}}},
            {"lint_warnings", report.lint_warnings},
            {"lint", lint},
            {"rejected", report.rejected},
            {"rejections", rejections}};
}

void print(importer::Report const& report, bool dry_run) {
    for (auto const& file : report.files)
        std::cout << fmt::format("{:>9} rows  {:<14} {}\n", file.rows, importer::to_text(file.format), file.file);
    std::cout << fmt::format("products {}, variants {} ({} without an offer)\n", report.products, report.variants,
                             report.without_offer);
    std::cout << fmt::format("added {}, updated {}, unchanged {}\n", report.added, report.updated, report.unchanged);
    if (report.links + report.links_unresolved > 0)
        std::cout << fmt::format("links: related {}, cross-sell {}, up-sell {}; {} unresolved\n", report.related,
                                 report.cross_sell, report.up_sell, report.links_unresolved);
    if (report.lint_warnings > 0)
        std::cout << fmt::format("lint: {} findings to look at (everything is kept):\n", report.lint_warnings);
    for (auto const& l : report.lint)
        std::cout << fmt::format("  {}:{}: {} in {} of {}{}\n", l.file, l.line, l.code, l.field, l.product,
                                 l.detail.empty() ? "" : ": " + l.detail);
    if (report.lint_warnings > report.lint.size())
        std::cout << fmt::format("  … and {} more\n", report.lint_warnings - report.lint.size());
    if (report.rejected > 0) std::cout << fmt::format("rejected {} rows:\n", report.rejected);
    for (auto const& r : report.rejections) std::cout << fmt::format("  {}:{}: {}\n", r.file, r.line, r.reason);
    if (report.rejected > report.rejections.size())
        std::cout << fmt::format("  … and {} more\n", report.rejected - report.rejections.size());
    std::cout << (dry_run ? "dry run: nothing was published\n" : fmt::format("catalog revision {}\n", report.revision));
}

}  // namespace

int import(Common const& common, ImportOptions const& options) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    importer::Options import_options;
    import_options.files = options.files;
    import_options.mapping = options.mapping;
    import_options.brand = options.brand;
    import_options.dry_run = options.dry_run;
    import_options.media_base_url = options.media_base_url;
    if (options.format != "auto") {
        auto const format = importer::format_from_text(options.format);
        if (!format) return fail("unknown format " + options.format);
        import_options.format = *format;
    }
    auto const currency = Currency::parse(options.currency);
    if (!currency) return fail("unknown currency " + options.currency);
    import_options.currency = *currency;

    SystemClock const clock;
    ProgressBar bar;
    auto report = import_catalog(*config, import_options, clock, [&](importer::Progress const& p) { bar(p); });
    if (!report)
        return fail(report.error().detail + (report.error().note.text.empty() ? "" : ": " + report.error().note.text));
    if (common.json) std::cout << to_json(*report, options.dry_run).dump() << '\n';
    else print(*report, options.dry_run);
    return options.strict && report->rejected > 0 ? exit_no : exit_done;
}

}  // namespace b2a::app
