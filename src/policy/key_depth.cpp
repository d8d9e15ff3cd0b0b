// SPDX-License-Identifier: Apache-2.0
// A scan that knows just enough TOML to tell dots of keys from dots in strings, comments and numbers.
#include "policy/key_depth.hpp"

#include "b2a/base/limits.hpp"

namespace b2a::policy {
namespace {

/// Length of the string that starts at text[0], a quote; up to the end of text if it is not closed.
std::size_t string_length(std::string_view text) noexcept {
    auto const quote = text[0];
    auto const escapes = quote == '"';
    auto const multiline = text.size() >= 3 && text[1] == quote && text[2] == quote;
    for (std::size_t i = multiline ? 3 : 1; i < text.size(); ++i) {
        if (escapes && text[i] == '\\') {
            ++i;
        } else if (!multiline && (text[i] == quote || text[i] == '\n')) {
            return i + 1;
        } else if (multiline && i + 2 < text.size() && text[i] == quote && text[i + 1] == quote &&
                   text[i + 2] == quote) {
            i += 3;  // up to two more quotes belong to the content
            while (i < text.size() && text[i] == quote) ++i;
            return i;
        }
    }
    return text.size();
}

}  // namespace

std::optional<KeyPosition> find_deep_key(std::string_view source) noexcept {
    KeyPosition at;
    std::size_t line_start = 0;
    std::size_t dots = 0;
    auto const count_lines = [&](std::size_t from, std::size_t to) {
        for (auto i = from; i < to; ++i) {
            if (source[i] != '\n') continue;
            ++at.line;
            line_start = i + 1;
        }
    };
    for (std::size_t i = 0; i < source.size(); ++i) {
        switch (source[i]) {
            case '"':
            case '\'': {
                auto const length = string_length(source.substr(i));
                count_lines(i, i + length);
                i += length - 1;
                break;
            }
            case '#':
                while (i + 1 < source.size() && source[i + 1] != '\n') ++i;
                break;
            case '.':
                if (++dots < limits::policy_key_parts_max) break;
                at.column = static_cast<int>(i - line_start) + 1;
                return at;
            case '\n': count_lines(i, i + 1); [[fallthrough]];
            case '=':
            case ',':
            case '[':
            case ']':
            case '{':
            case '}': dots = 0; break;
            default: break;
        }
    }
    return std::nullopt;
}

}  // namespace b2a::policy
