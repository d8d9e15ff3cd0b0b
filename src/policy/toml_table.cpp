// SPDX-License-Identifier: Apache-2.0
#include "policy/toml_table.hpp"

#include <algorithm>
#include <tuple>

#include "b2a/base/limits.hpp"

namespace b2a::policy {
namespace {

bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool has_shape(std::string_view text, TextShape shape) noexcept {
    auto const code_char = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    auto const name_char = [&](char c) { return code_char(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-'; };
    auto const name_size = !text.empty() && text.size() <= limits::policy_name_bytes_max;
    switch (shape) {
        case TextShape::name: return name_size && std::ranges::all_of(text, name_char);
        case TextShape::code: return name_size && std::ranges::all_of(text, code_char);
        case TextShape::message:
            return text.size() <= limits::policy_text_bytes_max && std::ranges::none_of(text, is_control);
    }
    return false;
}

std::string_view describe(TextShape shape) noexcept {
    switch (shape) {
        case TextShape::name: return "a name of up to 128 letters, digits, '.', '_' and '-'";
        case TextShape::code: return "a code of lower-case letters, digits and '_'";
        case TextShape::message: return "a text of up to 1000 bytes on one line";
    }
    return "";
}

std::string label_of(std::string_view what, std::string_view key) {
    std::string out(what);
    out += '.';
    out += key;
    return out;
}

}  // namespace

std::string quoted(std::string_view text) {
    constexpr std::size_t shown_max = 80;
    std::string out = "\"";
    for (auto const c : text.substr(0, shown_max)) out += is_control(c) || c == '"' ? '?' : c;
    if (text.size() > shown_max) {
        // A cut inside a UTF-8 sequence would make the message invalid text.
        while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0x80U) != 0) out.pop_back();
        out += "...";
    }
    out += '"';
    return out;
}

void Problems::add(toml::source_region const& where, std::string message) {
    add(static_cast<int>(where.begin.line), static_cast<int>(where.begin.column), std::move(message));
}

void Problems::add(int line, int column, std::string message) {
    if (found_.size() >= limits::policy_problems_max) {
        ++dropped_;
        return;
    }
    found_.push_back({line, column, std::move(message)});
}

Error Problems::to_error(std::string_view name) const {
    auto sorted = found_;
    std::ranges::stable_sort(sorted, {}, [](LoadProblem const& p) { return std::tuple(p.line, p.column); });
    std::string detail;
    for (auto const& problem : sorted) {
        if (!detail.empty()) detail += '\n';
        detail += name;
        detail += ':' + std::to_string(problem.line) + ':' + std::to_string(problem.column) + ": " + problem.message;
    }
    if (dropped_ > 0) detail += "\n" + std::to_string(dropped_) + " more problems are not shown";
    return Error(Code::invalid_request, std::move(detail));
}

std::optional<std::string> read_text(toml::node const& node, TextShape shape, std::string_view label,
                                     Problems& problems) {
    auto const* text = node.as_string();
    if (text != nullptr && has_shape(text->get(), shape)) return text->get();
    problems.add(node, std::string(label) + " must be " + std::string(describe(shape)));
    return std::nullopt;
}

std::optional<Timestamp> read_datetime(toml::node const& node) {
    auto const* value = node.as_date_time();
    if (value == nullptr || !value->get().offset) return std::nullopt;
    auto const& [date, time, offset] = value->get();
    using namespace std::chrono;
    auto const day = sys_days{year{date.year} / month{date.month} / date.day};
    return Timestamp{day} + hours{time.hour} + minutes{time.minute} + seconds{time.second} +
           duration_cast<microseconds>(nanoseconds{time.nanosecond}) - minutes{offset->minutes};
}

toml::node const* TableReader::take(std::string_view key) {
    known_.push_back(key);
    return table_.get(key);
}

toml::node const* TableReader::need(std::string_view key) {
    auto const* node = take(key);
    if (node == nullptr) problems_.add(table_, std::string(what_) + " needs " + std::string(key));
    return node;
}

std::optional<std::string> TableReader::text(std::string_view key, TextShape shape) {
    auto const* node = take(key);
    if (node == nullptr) return std::nullopt;
    return read_text(*node, shape, label_of(what_, key), problems_);
}

std::optional<std::vector<std::string>> TableReader::texts(std::string_view key, TextShape shape) {
    auto const* node = take(key);
    if (node == nullptr) return std::nullopt;
    auto const* list = node->as_array();
    if (list == nullptr || list->size() > limits::policy_values_max) {
        problems_.add(*node, label_of(what_, key) + " must be a list of at most " +
                                 std::to_string(limits::policy_values_max) + " texts");
        return std::nullopt;
    }
    std::vector<std::string> out;
    for (auto const& item : *list)
        if (auto value = read_text(item, shape, label_of(what_, key), problems_)) out.push_back(std::move(*value));
    return out;
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
    auto const* node = take(key);
    if (node == nullptr) return std::nullopt;
    auto const* value = node->as_integer();
    if (value != nullptr && value->get() >= min && value->get() <= max) return value->get();
    problems_.add(
        *node, label_of(what_, key) + " must be an integer from " + std::to_string(min) + " to " + std::to_string(max));
    return std::nullopt;
}

toml::table const* TableReader::table(std::string_view key) {
    auto const* node = take(key);
    if (node == nullptr) return nullptr;
    auto const* table = node->as_table();
    if (table == nullptr) problems_.add(*node, label_of(what_, key) + " must be a table");
    return table;
}

std::optional<Timestamp> TableReader::datetime(std::string_view key) {
    auto const* node = take(key);
    if (node == nullptr) return std::nullopt;
    auto const time = read_datetime(*node);
    if (!time) {
        problems_.add(*node, label_of(what_, key) + " must be a date-time with offset, e.g. 2026-11-27T00:00:00Z");
    }
    return time;
}

void TableReader::refuse_others() {
    for (auto const& [key, node] : table_) {
        if (std::ranges::find(known_, key.str()) != known_.end()) continue;
        problems_.add(key.source(), std::string(what_) + " has no key " + quoted(key.str()));
    }
}

}  // namespace b2a::policy
