// SPDX-License-Identifier: Apache-2.0
#include "protocol/mcp/paging.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::protocol::mcp {

std::vector<std::string_view> split_json(std::string_view list) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto const c = list[i];
        if (quoted) {
            if (c == '\\') ++i;
            else if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ',' && depth == 0) {
            out.push_back(list.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    if (begin < list.size()) out.push_back(list.substr(begin));
    return out;
}

void append_items(std::string& list, std::string_view more) {
    if (!list.empty() && !more.empty()) list += ',';
    list += more;
}

std::string cursor_text(std::string_view list, std::string_view position) {
    return to_base64url(as_bytes(std::string(list) + ':' + std::string(position)));
}

std::optional<std::string> cursor_position(json::View params, std::string_view list) {
    auto const cursor = params.get("cursor");
    if (!cursor || cursor->is(json::Kind::null)) return std::string();
    auto const text = cursor->as_string();
    if (!text || text->size() > limits::mcp_cursor_bytes_max) return std::nullopt;
    auto const bytes = from_base64url(*text);
    if (!bytes || !is_utf8(std::string_view(reinterpret_cast<char const*>(bytes->data()), bytes->size())))
        return std::nullopt;
    std::string const plain(bytes->begin(), bytes->end());
    if (plain.size() <= list.size() || !plain.starts_with(list) || plain[list.size()] != ':') return std::nullopt;
    return plain.substr(list.size() + 1);
}

std::optional<Page> page_of(std::string_view items, std::string_view list, json::View params) {
    auto const position = cursor_position(params, list);
    if (!position) return std::nullopt;
    auto const all = split_json(items);
    auto const begin = position->empty() ? std::size_t{0} : parse_int<std::size_t>(*position).value_or(all.size());
    if (begin > 0 && begin >= all.size()) return std::nullopt;
    auto const end = std::min(begin + limits::mcp_page_items, all.size());
    Page out;
    for (auto i = begin; i < end; ++i) {
        if (i > begin) out.items += ',';
        out.items += all[i];
    }
    if (end < all.size()) out.next_cursor = cursor_text(list, std::to_string(end));
    return out;
}

}  // namespace b2a::protocol::mcp
