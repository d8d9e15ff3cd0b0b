// SPDX-License-Identifier: Apache-2.0
#include "tidy/function_lengths.hpp"

#include <string>

namespace b2a::tidy {
namespace {

enum class Scope { outer, type, function, other };

bool has_word(std::string_view text, std::string_view word) {
    auto const letter = [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        bool const left = at == 0 || !letter(text[at - 1]);
        auto const end = at + word.size();
        if (left && (end == text.size() || !letter(text[end]))) return true;
    }
    return false;
}

Scope classify(std::string_view head, Scope around) {
    if (around == Scope::function || around == Scope::other) return Scope::other;
    if (has_word(head, "namespace") || head.find("extern \"") != std::string_view::npos) return Scope::outer;
    bool const call = head.find('(') != std::string_view::npos;
    if (!call &&
        (has_word(head, "class") || has_word(head, "struct") || has_word(head, "enum") || has_word(head, "union")))
        return Scope::type;
    return call ? Scope::function : Scope::other;
}

}  // namespace

std::vector<FunctionSpan> function_spans(std::string_view code) {
    struct Open {
        Scope scope;
        std::size_t line;
    };
    std::vector<FunctionSpan> spans;
    std::vector<Open> stack;
    std::size_t line = 1;
    std::size_t head = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        auto const c = code[i];
        if (c == '\n') ++line;
        if (c == '{') {
            auto const around = stack.empty() ? Scope::outer : stack.back().scope;
            stack.push_back({classify(code.substr(head, i - head), around), line});
        }
        if (c == '}' && !stack.empty()) {
            if (stack.back().scope == Scope::function)
                spans.push_back({stack.back().line, line - stack.back().line + 1});
            stack.pop_back();
        }
        if (c == '{' || c == '}' || c == ';') head = i + 1;
    }
    return spans;
}

}  // namespace b2a::tidy
