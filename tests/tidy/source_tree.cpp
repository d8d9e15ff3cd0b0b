// SPDX-License-Identifier: Apache-2.0
#include "tidy/source_tree.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "b2a/base/text.hpp"

namespace b2a::tidy {
namespace {

void blank(std::string& out, std::size_t from, std::size_t to) {
    for (auto i = from; i < to && i < out.size(); ++i)
        if (out[i] != '\n') out[i] = ' ';
}

std::size_t end_of_raw_string(std::string_view text, std::size_t quote) {
    auto const open = text.find('(', quote);
    if (open == std::string_view::npos) return text.size();
    auto const close = ")" + std::string(text.substr(quote + 1, open - quote - 1)) + "\"";
    auto const end = text.find(close, open);
    return end == std::string_view::npos ? text.size() : end + close.size();
}

std::size_t end_of_quoted(std::string_view text, std::size_t quote) {
    auto i = quote + 1;
    while (i < text.size() && text[i] != text[quote] && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
}

bool is_digit_separator(std::string_view text, std::size_t i) {
    auto const hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    return i > 0 && i + 1 < text.size() && hex(text[i - 1]) && hex(text[i + 1]) && text[i - 1] != 'u';
}

}  // namespace

std::string blank_comments_and_literals(std::string_view text) {
    std::string out(text);
    std::size_t i = 0;
    while (i < text.size()) {
        auto const rest = text.substr(i);
        auto end = i;
        if (rest.starts_with("//")) end = std::min(text.find('\n', i), text.size());
        else if (rest.starts_with("/*")) end = std::min(text.find("*/", i), text.size() - 2) + 2;
        else if (rest.starts_with("R\"")) end = end_of_raw_string(text, i + 1);
        else if (text[i] == '"') end = end_of_quoted(text, i);
        else if (text[i] == '\'' && !is_digit_separator(text, i)) end = end_of_quoted(text, i);
        if (end == i) {
            ++i;
            continue;
        }
        // Quotes stay, so that an empty argument list and a literal argument still look different.
        bool const literal = text[i] == '"' || text[i] == '\'';
        blank(out, literal ? i + 1 : i, literal ? end - 1 : end);
        i = end;
    }
    return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    return split(text, '\n');
}

std::size_t line_at(std::string_view text, std::size_t offset) {
    return static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n')) + 1;
}

std::filesystem::path project_root() {
    return B2A_SOURCE_DIR;
}

std::vector<SourceFile> load(std::vector<std::string> const& folders, std::vector<std::string> const& extensions) {
    std::vector<SourceFile> files;
    for (auto const& folder : folders) {
        if (!std::filesystem::exists(project_root() / folder)) continue;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(project_root() / folder)) {
            auto const path = entry.path();
            if (!entry.is_regular_file() || path.string().find("node_modules") != std::string::npos) continue;
            if (std::ranges::find(extensions, path.extension().string()) == extensions.end()) continue;
            std::ifstream in(path, std::ios::binary);
            std::ostringstream content;
            content << in.rdbuf();
            SourceFile file{std::filesystem::relative(path, project_root()).string(), content.str(), {}};
            file.code = blank_comments_and_literals(file.text);
            files.push_back(std::move(file));
        }
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

}  // namespace b2a::tidy
