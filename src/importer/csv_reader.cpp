// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"

#include "importer/row_reader.hpp"

namespace b2a::importer {

Result<bool> CsvReader::next(Row& row) {
    begin_row();
    for (;;) {
        if (rest().empty()) {
            B2A_TRY(more, source_.refill());
            at_ = 0;
            if (!more) {
                if (!end_of_file()) return false;
                if (blank()) {
                    begin_row();
                    continue;
                }
                deliver(row);
                return true;
            }
            continue;
        }
        if (step() == Step::more) continue;
        if (blank()) {
            begin_row();
            continue;
        }
        deliver(row);
        return true;
    }
}

CsvReader::Step CsvReader::step() {
    switch (state_) {
        case State::field_start:
            any_ = true;
            if (rest().front() == '"') {
                state_ = State::quoted;
                ++at_;
            } else {
                state_ = State::unquoted;
            }
            return Step::more;
        case State::unquoted: return step_unquoted();
        case State::quoted: return step_quoted();
        case State::quote_seen: return step_quote_seen();
        case State::cr_after_quote: return rest().front() == '\n' ? end_row() : stray_text();
    }
    return Step::more;
}

CsvReader::Step CsvReader::step_unquoted() {
    auto const bytes = rest();
    std::size_t length = 0;
    while (length < bytes.size() && bytes[length] != delimiter_ && bytes[length] != '\n') ++length;
    append(bytes.substr(0, length));
    at_ += length;
    if (length == bytes.size()) return Step::more;
    if (bytes[length] == '\n') {
        auto const begin = ends_.empty() ? std::size_t{0} : ends_.back();
        if (bytes_.size() > begin && bytes_.back() == '\r') bytes_.pop_back();
        return end_row();
    }
    ++at_;
    end_field();
    state_ = State::field_start;
    any_ = true;
    return Step::more;
}

CsvReader::Step CsvReader::step_quoted() {
    auto const bytes = rest();
    auto const quote = bytes.find('"');
    auto const segment = bytes.substr(0, quote);
    if (auto const first = segment.find('\n'); first != std::string_view::npos) {
        if (second_line_offset_ == 0) second_line_offset_ = source_.chunk_offset() + at_ + first + 1;
        physical_line_ += static_cast<std::uint64_t>(std::count(segment.begin(), segment.end(), '\n'));
    }
    append(segment);
    at_ += segment.size();
    if (quote != std::string_view::npos) {
        ++at_;
        state_ = State::quote_seen;
    }
    return Step::more;
}

CsvReader::Step CsvReader::step_quote_seen() {
    auto const c = rest().front();
    if (c == '\n') return end_row();
    ++at_;
    if (c == '"') {
        append("\"");
        state_ = State::quoted;
    } else if (c == delimiter_) {
        end_field();
        state_ = State::field_start;
    } else if (c == '\r') {
        state_ = State::cr_after_quote;
    } else {
        return stray_text();
    }
    return Step::more;
}

CsvReader::Step CsvReader::stray_text() {
    if (second_line_offset_ != 0) {
        resume_behind_first_line("text behind a closing quote");
        return Step::row_done;
    }
    fail("text behind a closing quote");
    state_ = State::unquoted;
    return Step::more;
}

// Linear all the same: a line that could open another such field has an odd run of quotes or one inside a field, and
// that ends the field around it. So no line is read more than twice for this.
void CsvReader::resume_behind_first_line(std::string_view reason) {
    fault_ = std::string(reason) + "; reading resumed on the next line";
    bytes_.clear();
    ends_.clear();
    source_.seek(second_line_offset_);
    at_ = 0;
    physical_line_ = first_line_ + 1;
}

CsvReader::Step CsvReader::end_row() {
    ++at_;  // the line feed
    ++physical_line_;
    end_field();
    return Step::row_done;
}

bool CsvReader::end_of_file() {
    if (!any_) return false;
    if (state_ == State::quoted) {
        constexpr std::string_view never_closed = "a quoted field that is never closed";
        if (second_line_offset_ == 0) fail(std::string(never_closed));
        else resume_behind_first_line(never_closed);
    }
    end_field();
    return true;
}

void CsvReader::append(std::string_view bytes) {
    if (!fault_.empty()) return;
    auto const begin = ends_.empty() ? std::size_t{0} : ends_.back();
    if (bytes_.size() - begin + bytes.size() > limits::import_field_bytes_max)
        return fail("field " + std::to_string(ends_.size() + 1) + " is larger than " +
                    std::to_string(limits::import_field_bytes_max) + " bytes");
    if (bytes_.size() + bytes.size() > limits::import_row_bytes_max)
        return fail("the row is larger than " + std::to_string(limits::import_row_bytes_max) + " bytes");
    bytes_ += bytes;
}

void CsvReader::end_field() {
    if (!fault_.empty()) return;
    if (ends_.size() == limits::import_columns_max)
        return fail("more than " + std::to_string(limits::import_columns_max) + " fields");
    ends_.push_back(bytes_.size());
}

void CsvReader::fail(std::string reason) {
    if (!fault_.empty()) return;
    fault_ = std::move(reason);
    bytes_.clear();
    ends_.clear();
}

void CsvReader::begin_row() {
    bytes_.clear();
    ends_.clear();
    fault_.clear();
    first_line_ = physical_line_;
    second_line_offset_ = 0;
    state_ = State::field_start;
    any_ = false;
}

bool CsvReader::blank() const noexcept {
    return fault_.empty() && ends_.size() == 1 && bytes_.empty();
}

void CsvReader::deliver(Row& row) {
    if (fault_.empty() && bytes_.find('\0') != std::string::npos) fault_ = "a NUL byte";
    row.line = first_line_;
    row.fault = fault_;
    fields_.clear();
    std::size_t begin = 0;
    for (auto const end : ends_) {
        fields_.push_back(std::string_view(bytes_).substr(begin, end - begin));
        begin = end;
    }
    row.fields = fields_;
}

}  // namespace b2a::importer
