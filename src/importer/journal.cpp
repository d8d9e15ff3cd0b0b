// SPDX-License-Identifier: Apache-2.0
#include "importer/journal.hpp"

#include <filesystem>

#include "b2a/base/limits.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {

void Journal::begin_file(std::string const& path, Format format) {
    file_index_ = report_.files.size();
    told_bytes_ = 0;
    report_.files.push_back({path, format, 0});
}

void Journal::row(Source const& source) {
    ++report_.rows;
    ++report_.files.back().rows;
    if (source.done() > told_bytes_) tell(source);
}

void Journal::end_file(Source const& source) {
    tell(source);
}

void Journal::tell(Source const& source) {
    told_bytes_ = source.done();
    if (!progress_) return;
    Progress now;
    now.file = source.path();
    now.bytes_done = source.done();
    now.bytes_total = source.size();
    now.rows = report_.files.back().rows;
    progress_(now);
}

void Journal::reject(std::size_t file_at, std::uint64_t line, std::string reason) {
    ++report_.rejected;
    if (report_.rejections.size() < limits::import_rejections_kept_max)
        report_.rejections.push_back({file(file_at), line, std::move(reason)});
}

// So many of each code: a catalog of foods without declarations must not hide two products with one number.
void Journal::lint(std::size_t file_at, std::uint64_t line, Finding finding) {
    constexpr std::size_t kept_of_code_max = 200;
    warn();
    if (kept_[finding.code]++ >= kept_of_code_max) return;
    report_.lint.push_back({file_name(file(file_at)), line, std::move(finding.code), std::move(finding.product),
                            std::move(finding.field), std::move(finding.detail)});
}

std::string file_name(std::string const& path) {
    return std::filesystem::path(path).filename().string();
}

}  // namespace b2a::importer
