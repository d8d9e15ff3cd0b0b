// SPDX-License-Identifier: Apache-2.0
#include "protocol/acp/person.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::protocol::acp {
namespace {

constexpr std::string_view atom_marks = "!#$%&'*+/=?^_`{|}~-";

bool is_alnum(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_atom(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_alnum(c) || atom_marks.find(c) != std::string_view::npos;
    });
}

bool is_label(std::string_view text) noexcept {
    return !text.empty() && is_alnum(text.front()) && is_alnum(text.back()) &&
           std::ranges::all_of(text, [](char c) { return is_alnum(c) || c == '-'; });
}

}  // namespace

std::pair<std::string, std::string> split_name(std::string_view name) {
    name = trim(name);
    auto const space = name.rfind(' ');
    if (space == std::string_view::npos) return {std::string(name), {}};
    return {std::string(trim(name.substr(0, space))), std::string(name.substr(space + 1))};
}

std::string join_name(std::string_view first, std::string_view last) {
    std::string out(first);
    if (!first.empty() && !last.empty()) out += ' ';
    return out += last;
}

bool is_email(std::string_view text) noexcept {
    auto const at = text.find('@');
    if (at == std::string_view::npos) return false;
    auto const locals = split(text.substr(0, at), '.');
    auto const labels = split(text.substr(at + 1), '.');
    return std::ranges::all_of(locals, is_atom) && labels.size() > 1 && std::ranges::all_of(labels, is_label);
}

}  // namespace b2a::protocol::acp
