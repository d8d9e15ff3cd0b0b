// SPDX-License-Identifier: Apache-2.0
#include "importer/magento_values.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

constexpr std::size_t name_bytes_max = 100;
constexpr std::array<std::string_view, 5> flags{"eco_collection", "erin_recommends", "new", "performance_fabric",
                                                "sale"};
constexpr std::array<std::string_view, 8> top_level{"Collections", "Gear",     "Men",        "Promotions",
                                                    "Sale",        "Training", "What's New", "Women"};
constexpr std::string_view root_category = "Default Category";

void append_unique(std::vector<std::string>& out, std::string value) {
    if (!value.empty() && std::find(out.begin(), out.end(), value) == out.end()) out.push_back(std::move(value));
}

bool is_flag(std::string_view name) {
    return std::find(flags.begin(), flags.end(), name) != flags.end();
}

}  // namespace

std::string snake_case(std::string_view name) {
    std::string out;
    for (auto const c : name.substr(0, name_bytes_max)) {
        auto const lower = ascii_lower(c);
        auto const kept = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
        if (kept) out += lower;
        else if (!out.empty() && out.back() != '_') out += '_';
    }
    while (out.ends_with('_')) out.pop_back();
    return out;
}

std::vector<std::pair<std::string_view, std::string>> key_values(std::string_view text) {
    std::vector<std::pair<std::string_view, std::string>> out;
    if (text.empty()) return out;
    for (auto const part : split(text, ',')) {
        auto const equals = part.find('=');
        if (equals != std::string_view::npos) out.emplace_back(trim(part.substr(0, equals)), part.substr(equals + 1));
        else if (!out.empty()) out.back().second.append(",").append(part);
    }
    return out;
}

void append_attributes(std::vector<domain::Attribute>& out, std::string const& name, std::string_view value,
                       char separator) {
    if (name.empty()) return;
    for (auto const part : split(value, separator)) {
        auto text = clean_text(part, limits::product_value_bytes_max, TextShape::line);
        if (text.empty()) continue;
        domain::Attribute attribute{name, {}};
        if (text == "Yes" || (text == "1" && is_flag(name))) attribute.value = true;
        else if (text == "No" || (text == "0" && is_flag(name))) attribute.value = false;
        else attribute.value = std::move(text);
        if (std::find(out.begin(), out.end(), attribute) == out.end()) out.push_back(std::move(attribute));
    }
}

std::vector<std::string> export_categories(std::string_view cell) {
    std::vector<std::string> out;
    for (auto path : split(cell, ',')) {
        path = trim(path);
        if (path == root_category) continue;
        if (path.starts_with(root_category) && path.substr(root_category.size()).starts_with('/'))
            path.remove_prefix(root_category.size() + 1);
        append_unique(out, clean_text(path, limits::product_value_bytes_max, TextShape::line));
    }
    return out;
}

std::vector<std::string> listed_categories(std::string_view cell) {
    std::vector<std::string> out;
    std::string path;
    for (auto const line : split(cell, '\n')) {
        auto const name = clean_text(line, limits::product_value_bytes_max, TextShape::line);
        if (name.empty()) continue;
        if (std::find(top_level.begin(), top_level.end(), name) != top_level.end()) {
            append_unique(out, std::move(path));
            path.clear();
        }
        if (path.size() + name.size() > limits::product_value_bytes_max) continue;
        if (!path.empty()) path += '/';
        path += name;
    }
    append_unique(out, std::move(path));
    return out;
}

std::optional<Timestamp> magento_date(std::string_view text) {
    text = trim(text);
    text = text.substr(0, text.find_first_of(" ,T"));
    int year = 0, month = 0, day = 0;
    auto const parts = split(text, text.find('/') == std::string_view::npos ? '-' : '/');
    if (parts.size() != 3) return std::nullopt;
    auto const number = [&](std::size_t i) { return parse_int<int>(parts[i]).value_or(-1); };
    if (text.find('/') == std::string_view::npos) {
        year = number(0), month = number(1), day = number(2);
    } else {
        month = number(0), day = number(1), year = number(2);
        if (year >= 0 && year < 100) year += 2000;
    }
    if (year < 1970 || year > 9999 || month < 1 || day < 1) return std::nullopt;
    auto const date = std::chrono::year(year) / month / day;
    if (!date.ok()) return std::nullopt;
    return Timestamp(std::chrono::sys_days(date));
}

}  // namespace b2a::importer
