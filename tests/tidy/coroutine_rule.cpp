// SPDX-License-Identifier: Apache-2.0
#include "tidy/coroutine_rule.hpp"

#include <cctype>

#include "tidy/source_tree.hpp"

namespace b2a::tidy {
namespace {

constexpr std::string_view keyword = "co_await";

std::string_view trimmed_end(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
    return text;
}

/// Does the '{' that ends `before` open a block (and not an initialiser)?
bool opens_block(std::string_view before) {
    before = trimmed_end(before);
    if (before.empty()) return true;
    auto const last = before.back();
    if (last == ')' || last == ';' || last == '}' || last == '{' || last == ':') return true;
    for (std::string_view const word : {"else", "do", "try", "noexcept", "const", "mutable", "override"})
        if (before.ends_with(word)) return true;
    auto const statement = before.substr(before.find_last_of(";{}") + 1);
    return last == '>' && statement.find("->") != std::string_view::npos;
}

/// Offset after the boundary that begins the statement around `at`; `braced` tells that an initialiser is around it.
std::size_t statement_begin(std::string_view code, std::size_t at, bool& braced) {
    for (auto i = at; i-- > 0;) {
        if (code[i] == ';' || code[i] == '}') return i + 1;
        if (code[i] == '{') {
            if (opens_block(code.substr(0, i))) return i + 1;
            braced = true;
        }
    }
    return 0;
}

std::size_t statement_end(std::string_view code, std::size_t at) {
    int depth = 0;
    for (auto i = at; i < code.size(); ++i) {
        auto const c = code[i];
        if (c == '(' || c == '[') ++depth;
        if (c == ')' || c == ']') --depth;
        if (depth < 0) return i;  // the end of an if's or while's condition
        if (depth == 0 && c == ';') return i;
        if (depth == 0 && c == '}') return i;
    }
    return code.size();
}

}  // namespace

std::vector<Violation> coroutine_violations(std::string_view code) {
    std::vector<Violation> found;
    for (auto at = code.find(keyword); at != std::string_view::npos; at = code.find(keyword, at + 1)) {
        bool braced = false;
        auto const begin = statement_begin(code, at, braced);
        auto const before = code.substr(begin, at - begin);
        auto const after = code.substr(at + keyword.size(), statement_end(code, at) - at - keyword.size());
        auto const flag = [&](std::string what) { found.push_back({line_at(code, at), std::move(what)}); };
        if (braced) flag("co_await inside an initialiser");
        if (after.find('{') != std::string_view::npos) flag("braces in a co_await statement");
        if (after.find('?') != std::string_view::npos || before.find('?') != std::string_view::npos)
            flag("conditional operator in a co_await statement");
        if (after.find("](") != std::string_view::npos || after.find("] (") != std::string_view::npos)
            flag("lambda in a co_await statement");
        if (after.find(keyword) != std::string_view::npos) flag("two co_await in one statement");
    }
    return found;
}

}  // namespace b2a::tidy
