// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "b2a/base/text.hpp"

#include "tidy/function_lengths.hpp"
#include "tidy/source_tree.hpp"

namespace b2a::tidy {
namespace {

constexpr std::size_t source_lines_max = 400;
constexpr std::size_t header_lines_max = 250;
constexpr std::size_t function_lines_max = 60;
constexpr std::size_t columns_max = 120;

std::size_t columns(std::string_view line) {
    std::size_t n = 0;
    for (auto const c : line) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1U : 0U;
    return n;
}

TEST(Sizes, FunctionSpansAreFound) {
    auto const spans = function_spans(
        "namespace a {\nstruct B {\nint c() const {\nif (x) {\n}\n}\n};\nvoid d()\n{\n}\n}\nint e[] = {1};");
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0].line, 3U);
    EXPECT_EQ(spans[0].lines, 4U);
    EXPECT_EQ(spans[1].lines, 2U);
}

TEST(Sizes, FilesAndFunctionsStaySmall) {
    for (auto const& file : load({"include", "src", "tests"}, {".hpp", ".cpp", ".mjs"})) {
        auto const lines = lines_of(file.text).size() - 1;
        auto const cap = file.path.ends_with(".hpp") ? header_lines_max : source_lines_max;
        EXPECT_LE(lines, cap) << file.path;
        if (file.path.ends_with(".mjs")) continue;
        for (auto const& span : function_spans(file.code))
            EXPECT_LE(span.lines, function_lines_max) << file.path << ":" << span.line;
    }
}

TEST(Sizes, LinesFitAndEndClean) {
    for (auto const& file : load({"include", "src", "tests"}, {".hpp", ".cpp"})) {
        std::size_t number = 0;
        EXPECT_TRUE(file.text.ends_with('\n')) << file.path << ": no newline at the end";
        for (auto const line : lines_of(file.text)) {
            ++number;
            EXPECT_LE(columns(line), columns_max) << file.path << ":" << number;
            EXPECT_EQ(trim(line).empty() ? line.size() : 0U, 0U) << file.path << ":" << number << ": blanks only";
            EXPECT_FALSE(line.ends_with(' ') || line.find('\t') != std::string_view::npos)
                << file.path << ":" << number;
        }
    }
}

}  // namespace
}  // namespace b2a::tidy
