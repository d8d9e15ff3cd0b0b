// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/limits.hpp"

#include "importer/row_reader.hpp"

namespace b2a::importer {

Result<bool> LineReader::next(Row& row) {
    carried_.clear();
    row.fault.clear();
    bool any = false;
    bool too_long = false;
    for (;;) {
        auto rest = source_.chunk().substr(at_);
        if (rest.empty()) {
            B2A_TRY(more, source_.refill());
            at_ = 0;
            if (!more) {
                if (!any) return false;
                text_ = carried_;
                break;
            }
            continue;
        }
        any = true;
        auto const feed = rest.find('\n');
        auto const piece = rest.substr(0, feed);
        too_long = too_long || carried_.size() + piece.size() > limits::import_row_bytes_max;
        at_ += piece.size();
        if (feed != std::string_view::npos && carried_.empty()) {  // the usual case: no copy
            ++at_;
            text_ = piece;
            break;
        }
        if (too_long) carried_.clear();
        else carried_ += piece;
        if (feed != std::string_view::npos) {
            ++at_;
            text_ = carried_;
            break;
        }
    }
    row.line = ++line_;
    if (text_.ends_with('\r')) text_.remove_suffix(1);
    if (too_long) row.fault = "the line is larger than " + std::to_string(limits::import_row_bytes_max) + " bytes";
    else if (text_.find('\0') != std::string_view::npos) row.fault = "a NUL byte";
    row.fields = too_long ? std::span<std::string_view const>() : std::span<std::string_view const>(&text_, 1);
    return true;
}

Result<bool> TsvReader::next(Row& row) {
    for (;;) {
        B2A_TRY(more, lines_.next(row));
        if (!more) return false;
        if (!row.fault.empty()) return true;
        auto text = row.fields.front();
        if (!text.empty()) {
            fields_.clear();
            for (;;) {
                auto const tab = text.find('\t');
                auto const field = text.substr(0, tab);
                if (field.size() > limits::import_field_bytes_max && row.fault.empty())
                    row.fault = "field " + std::to_string(fields_.size() + 1) + " is larger than " +
                                std::to_string(limits::import_field_bytes_max) + " bytes";
                if (fields_.size() == limits::import_columns_max) {
                    row.fault = "more than " + std::to_string(limits::import_columns_max) + " fields";
                    break;
                }
                fields_.push_back(field);
                if (tab == std::string_view::npos) break;
                text.remove_prefix(tab + 1);
            }
            row.fields = fields_;
            return true;
        }
    }
}

}  // namespace b2a::importer
