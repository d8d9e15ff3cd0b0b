// SPDX-License-Identifier: Apache-2.0
// Lists that come as text, and their pages. A cursor is opaque to clients and says which list it belongs to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/json/view.hpp"

namespace b2a::protocol::mcp {

/// The elements of a JSON array, or the members of an object, that is given without its brackets.
std::vector<std::string_view> split_json(std::string_view list);

/// Appends such a list to another one.
void append_items(std::string& list, std::string_view more);

std::string cursor_text(std::string_view list, std::string_view position);
/// The position in `params.cursor`, empty without one; nullopt if it is no cursor of that list.
std::optional<std::string> cursor_position(json::View params, std::string_view list);

struct Page {
    std::string items;
    std::string next_cursor;
};
/// The page of `items` (without brackets) that `params.cursor` asks for; nullopt for a cursor that is none of ours.
std::optional<Page> page_of(std::string_view items, std::string_view list, json::View params);

}  // namespace b2a::protocol::mcp
