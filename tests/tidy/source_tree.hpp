// SPDX-License-Identifier: Apache-2.0
// The project's own files as data for the style tests.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::tidy {

struct SourceFile {
    std::string path;  // relative to the project
    std::string text;
    std::string code;  // text with comments and literals blanked out, same length and lines
};

/// All files below the given folders whose extension is one of `extensions`.
std::vector<SourceFile> load(std::vector<std::string> const& folders, std::vector<std::string> const& extensions);
std::string blank_comments_and_literals(std::string_view text);
std::vector<std::string_view> lines_of(std::string_view text);
std::size_t line_at(std::string_view text, std::size_t offset);
std::filesystem::path project_root();

}  // namespace b2a::tidy
