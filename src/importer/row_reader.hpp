// SPDX-License-Identifier: Apache-2.0
// Rows out of bytes, with bounded memory: CSV (RFC 4180 with stated tolerances), lines, and tab-separated lines. A row
// that cannot be used comes out with a fault instead of fields; reading goes on behind it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/result.hpp"

#include "importer/source.hpp"

namespace b2a::importer {

struct Row {
    std::uint64_t line = 0;                    // first physical line, 1-based
    std::span<std::string_view const> fields;  // valid until the next row is read
    std::string fault;                         // not empty: the row is to be rejected for this
};

class RowReader {
  public:
    virtual ~RowReader() = default;
    /// False at the end of the file; errors only when the file cannot be read.
    virtual Result<bool> next(Row& row) = 0;
    [[nodiscard]] virtual Source const& source() const noexcept = 0;
};

/// CSV. LF and CRLF end rows; a quote inside an unquoted field is a literal; empty lines are skipped. Faults: text
/// behind a closing quote, a NUL byte, anything over the limits. A quote that is never closed, or that closes in the
/// middle of a later line, is a fault of the row that opened it, and reading resumes on that row's second line: such a
/// quote must not swallow the rows behind it.
class CsvReader final : public RowReader {
  public:
    CsvReader(Source source, char delimiter) : source_(std::move(source)), delimiter_(delimiter) {}
    Result<bool> next(Row& row) override;
    [[nodiscard]] Source const& source() const noexcept override { return source_; }

  private:
    enum class State : std::uint8_t { field_start, unquoted, quoted, quote_seen, cr_after_quote };
    enum class Step : std::uint8_t { more, row_done };

    Step step();
    Step step_unquoted();
    Step step_quoted();
    Step step_quote_seen();
    Step stray_text();
    void resume_behind_first_line(std::string_view reason);
    Step end_row();
    void end_field();
    void append(std::string_view bytes);
    void fail(std::string reason);
    void begin_row();
    /// True if the end of the file ends a row.
    bool end_of_file();
    void deliver(Row& row);
    [[nodiscard]] bool blank() const noexcept;
    [[nodiscard]] std::string_view rest() const noexcept { return source_.chunk().substr(at_); }

    Source source_;
    char delimiter_;
    std::size_t at_ = 0;  // in the source's chunk
    std::uint64_t physical_line_ = 1;
    State state_ = State::field_start;
    std::string bytes_;  // the row's fields, joined
    std::vector<std::size_t> ends_;
    std::vector<std::string_view> fields_;
    std::string fault_;
    std::uint64_t first_line_ = 1;
    std::uint64_t second_line_offset_ = 0;  // 0: the row is still on its first line
    bool any_ = false;                      // a byte of the row was seen
};

/// Lines, as one field each, without their line end. Faults: too long, a NUL byte.
class LineReader final : public RowReader {
  public:
    explicit LineReader(Source source) : source_(std::move(source)) {}
    Result<bool> next(Row& row) override;
    [[nodiscard]] Source const& source() const noexcept override { return source_; }

  private:
    Source source_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 0;
    std::string carried_;  // a line that spans chunks
    std::string_view text_;
};

/// Tab-separated lines without any quoting, as Open Food Facts exports them.
class TsvReader final : public RowReader {
  public:
    explicit TsvReader(Source source) : lines_(std::move(source)) {}
    Result<bool> next(Row& row) override;
    [[nodiscard]] Source const& source() const noexcept override { return lines_.source(); }

  private:
    LineReader lines_;
    std::vector<std::string_view> fields_;
};

}  // namespace b2a::importer
