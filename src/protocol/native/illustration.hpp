// SPDX-License-Identifier: Apache-2.0
// Pictures for catalogs that bring none: a deterministic SVG from a product's words and colour. Text of the catalog is
// escaped; nothing in the picture is loaded from elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::protocol::native {

struct Rgb {
    std::uint8_t r = 0, g = 0, b = 0;
    friend bool operator==(Rgb const&, Rgb const&) = default;
};

/// A drawing on a 600 × 600 canvas: a filled body, detail lines over it, light on top. Fragments of SVG.
struct Silhouette {
    std::string_view name;
    std::string_view words;  // lower case, separated by spaces; any of them in title, categories or tags selects it
    std::string_view body;
    std::string_view lines;
    std::string_view light;
    std::optional<Rgb> natural = std::nullopt;  // for goods whose colour nobody states
};

/// The silhouette whose words fit best: the title decides before categories and tags.
Silhouette const& silhouette_for(std::string_view title, std::string_view other_words) noexcept;

/// The colour that a name like "Navy Blue" means; nullopt if no word of it is known.
std::optional<Rgb> color_from_name(std::string_view name);

struct Picture {
    std::string brand;
    std::string title;
    Silhouette const* silhouette = nullptr;
    Rgb color;
};

/// By product or variant id; a variant's own colour wins over its product's first one.
std::optional<Picture> picture_of(catalog::Snapshot const& snapshot, std::string_view id);
void render_illustration(std::string& out, Picture const& picture);

}  // namespace b2a::protocol::native
