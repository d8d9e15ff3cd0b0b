// SPDX-License-Identifier: Apache-2.0
// What an import has to say: counts, rejected rows, progress. One Journal per run; it knows which file is being read.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "b2a/importer/importer.hpp"
#include "b2a/importer/lint.hpp"

#include "importer/source.hpp"

namespace b2a::importer {

class Journal {
  public:
    explicit Journal(std::function<void(Progress const&)> progress) : progress_(std::move(progress)) {}

    void begin_file(std::string const& path, Format format);
    /// One row was read, whatever becomes of it. Reports progress about once per chunk.
    void row(Source const& source);
    void end_file(Source const& source);

    void reject(std::uint64_t line, std::string reason) { reject(file_index_, line, std::move(reason)); }
    void reject(std::size_t file, std::uint64_t line, std::string reason);
    /// A finding about a product of the current file.
    void lint(std::uint64_t line, Finding finding) { lint(file_index_, line, std::move(finding)); }
    void lint(std::size_t file, std::uint64_t line, Finding finding);
    void warn() { ++report_.lint_warnings; }

    [[nodiscard]] std::size_t file_index() const noexcept { return file_index_; }
    [[nodiscard]] std::string const& file(std::size_t index) const { return report_.files.at(index).file; }
    Report& report() noexcept { return report_; }

  private:
    void tell(Source const& source);

    std::function<void(Progress const&)> progress_;
    Report report_;
    std::size_t file_index_ = 0;
    std::uint64_t told_bytes_ = 0;
    std::map<std::string, std::size_t> kept_;  // findings of a code
};

/// The last component of a path.
std::string file_name(std::string const& path);

}  // namespace b2a::importer
