// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/illustration.hpp"

#include <array>

#include "b2a/base/text.hpp"
#include "b2a/protocol/presentation.hpp"

namespace b2a::protocol::native {
namespace {

struct NamedColor {
    std::string_view word;
    Rgb rgb;
};

constexpr NamedColor named_colors[] = {
    {"black", {0x2b, 0x2d, 0x33}},    {"white", {0xf4, 0xf4, 0xf1}},    {"gray", {0x8d, 0x94, 0x9e}},
    {"grey", {0x8d, 0x94, 0x9e}},     {"silver", {0xb9, 0xc0, 0xc8}},   {"charcoal", {0x45, 0x4a, 0x52}},
    {"red", {0xd6, 0x45, 0x45}},      {"burgundy", {0x7c, 0x24, 0x3a}}, {"crimson", {0xb8, 0x2a, 0x45}},
    {"orange", {0xe8, 0x8b, 0x3e}},   {"rust", {0xb3, 0x5a, 0x33}},     {"coral", {0xee, 0x7c, 0x6a}},
    {"yellow", {0xf0, 0xc6, 0x45}},   {"gold", {0xd0, 0xa2, 0x3e}},     {"mustard", {0xc9, 0x9a, 0x2e}},
    {"lime", {0xa6, 0xc8, 0x48}},     {"green", {0x4f, 0x9d, 0x69}},    {"olive", {0x80, 0x85, 0x4a}},
    {"mint", {0x9a, 0xd4, 0xbc}},     {"teal", {0x2f, 0x8f, 0x8f}},     {"turquoise", {0x45, 0xb8, 0xb5}},
    {"navy", {0x2c, 0x3e, 0x68}},     {"blue", {0x46, 0x7e, 0xc9}},     {"sky", {0x8c, 0xbf, 0xe6}},
    {"indigo", {0x4b, 0x4f, 0xa5}},   {"purple", {0x86, 0x5c, 0xb0}},   {"violet", {0x8f, 0x6a, 0xc8}},
    {"lavender", {0xb7, 0xa8, 0xdd}}, {"pink", {0xe5, 0x8f, 0xb0}},     {"magenta", {0xc4, 0x45, 0x8d}},
    {"rose", {0xd9, 0x8b, 0x94}},     {"brown", {0x8a, 0x62, 0x45}},    {"chocolate", {0x6b, 0x45, 0x32}},
    {"tan", {0xc8, 0xa6, 0x7b}},      {"beige", {0xdc, 0xcb, 0xab}},    {"cream", {0xee, 0xe4, 0xcc}},
    {"ivory", {0xf3, 0xec, 0xda}},    {"khaki", {0xb5, 0xa8, 0x7a}},    {"slate", {0x5f, 0x6c, 0x7b}},
    {"moss", {0x6d, 0x7d, 0x4f}},     {"oat", {0xe0, 0xd3, 0xb8}},      {"ecru", {0xe8, 0xde, 0xc8}},
    {"sand", {0xd9, 0xc4, 0x9c}},     {"clay", {0xb9, 0x6f, 0x55}},     {"dusk", {0x8a, 0x7f, 0xa3}},
    {"stone", {0xa9, 0xa5, 0x9b}},    {"emerald", {0x1f, 0x7a, 0x5c}},  {"midnight", {0x24, 0x2c, 0x50}},
    {"bordeaux", {0x6e, 0x20, 0x36}}, {"sea", {0x4b, 0x8a, 0x9e}},      {"sage", {0x9d, 0xb0, 0x94}},
};

/// For goods without a colour of their own: quiet tones that sit well beside one another.
constexpr std::array<Rgb, 8> quiet_colors{{{0x5b, 0x8a, 0xa8},
                                           {0xc9, 0x8b, 0x5e},
                                           {0x6f, 0x9e, 0x7c},
                                           {0xb2, 0x6d, 0x7a},
                                           {0x7d, 0x78, 0xb0},
                                           {0xc4, 0xa2, 0x4e},
                                           {0x4f, 0x93, 0x93},
                                           {0x9a, 0x7b, 0x63}}};

/// FNV-1a: only has to be stable, nothing depends on its strength.
std::uint32_t stable_hash(std::string_view text) noexcept {
    std::uint32_t hash = 2'166'136'261U;
    for (auto const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    return hash;
}

std::uint8_t blend(std::uint8_t from, std::uint8_t to, int percent) noexcept {
    return static_cast<std::uint8_t>((from * (100 - percent) + to * percent) / 100);
}

Rgb mix(Rgb from, Rgb to, int percent) noexcept {
    return {blend(from.r, to.r, percent), blend(from.g, to.g, percent), blend(from.b, to.b, percent)};
}

std::string css(Rgb color) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "#";
    for (auto const part : {color.r, color.g, color.b}) {
        out.push_back(digits[part >> 4U]);
        out.push_back(digits[part & 15U]);
    }
    return out;
}

/// At most `characters` code points, then an ellipsis.
std::string shortened(std::string_view text, std::size_t characters) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (starts && ++count > characters) return std::string(text.substr(0, i)) + "…";
    }
    return std::string(text);
}

std::string_view color_name(domain::Variant const& variant) noexcept {
    for (auto const& option : variant.options)
        if (iequals(option.name, "color") || iequals(option.name, "colour")) return option.label;
    for (auto const& attribute : variant.attributes)
        if (attribute.name == "color")
            if (auto const* text = std::get_if<std::string>(&attribute.value)) return *text;
    return {};
}

std::string_view color_name(domain::Product const& product) noexcept {
    for (auto const& attribute : product.attributes)
        if (attribute.name == "color")
            if (auto const* text = std::get_if<std::string>(&attribute.value)) return *text;
    return product.variants.empty() ? std::string_view{} : color_name(product.variants.front());
}

void append_gradient(std::string& out, std::string_view id, Rgb top, Rgb bottom) {
    out += R"(<linearGradient id=")";
    out += id;
    out += R"(" x1="0" y1="0" x2="0.35" y2="1"><stop offset="0" stop-color=")" + css(top);
    out += R"("/><stop offset="1" stop-color=")" + css(bottom) + R"("/></linearGradient>)";
}

void append_text(std::string& out, int y, std::string_view style, std::string_view text) {
    out += R"(<text x="300" y=")" + std::to_string(y) +
           R"(" text-anchor="middle" )"
           R"(font-family="system-ui,Segoe UI,Helvetica,Arial,sans-serif" )";
    out += style;
    out += '>';
    out += escape_markup(text);
    out += "</text>";
}

}  // namespace

std::optional<Rgb> color_from_name(std::string_view name) {
    auto const lower = to_ascii_lower(name);
    for (auto const& color : named_colors)
        if (lower.find(color.word) != std::string::npos) return color.rgb;
    return std::nullopt;
}

std::optional<Picture> picture_of(catalog::Snapshot const& snapshot, std::string_view id) {
    std::string_view color;
    domain::Product const* product = nullptr;
    if (auto const found = snapshot.find_product(id)) {
        product = &snapshot.product_at(*found);
        color = color_name(*product);
    } else if (auto const variant = snapshot.find_variant(id)) {
        product = variant->product;
        color = color_name(*variant->variant);
        if (color.empty()) color = color_name(*product);
    } else {
        return std::nullopt;
    }
    std::string words;
    for (auto const& category : product->categories) words += category + ' ';
    for (auto const& tag : product->tags) words += tag + ' ';
    Picture out;
    out.brand = product->brand;
    out.title = product->title;
    out.silhouette = &silhouette_for(to_ascii_lower(product->title), to_ascii_lower(words));
    auto const quiet = quiet_colors[stable_hash(product->id) % quiet_colors.size()];
    out.color = color_from_name(color).value_or(out.silhouette->natural.value_or(quiet));
    return out;
}

void render_illustration(std::string& out, Picture const& picture) {
    constexpr Rgb white{0xff, 0xff, 0xff};
    constexpr Rgb ink{0x1f, 0x25, 0x30};
    auto const& shape = *picture.silhouette;
    auto const main = picture.color;
    auto const line = css(mix(main, ink, 55));
    out += R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600" role="img")";
    out += " aria-label=\"";
    out += escape_markup(picture.title) + R"("><defs>)";
    append_gradient(out, "bg", mix(main, white, 92), mix(mix(main, ink, 8), white, 72));
    append_gradient(out, "m", mix(main, white, 14), mix(main, ink, 18));
    out += R"(<radialGradient id="s"><stop offset="0" stop-color="#1f2530" stop-opacity=".28"/>)"
           R"(<stop offset="1" stop-color="#1f2530" stop-opacity="0"/></radialGradient></defs>)"
           R"svg(<rect width="600" height="600" fill="url(#bg)"/>)svg"
           R"(<circle cx="300" cy="262" r="226" fill="#fff" fill-opacity=".38"/>)"
           R"svg(<ellipse cx="300" cy="458" rx="178" ry="20" fill="url(#s)"/>)svg"
           R"svg(<g transform="translate(48 30) scale(.84)"><g fill="url(#m)" stroke=")svg";
    out += line + R"(" stroke-width="5" stroke-linejoin="round">)";
    out += shape.body;
    out += R"(</g><g fill="#fff" fill-opacity=".2">)";
    out += shape.light;
    out += R"(</g><g fill="none" stroke=")" + line;
    out += R"(" stroke-opacity=".6" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">)";
    out += shape.lines;
    out += "</g></g>";
    append_text(out, 520, R"(font-size="17" letter-spacing="3" fill="#5a6372")", shortened(picture.brand, 40));
    append_text(out, 556, R"(font-size="27" font-weight="600" fill="#1f2530")", shortened(picture.title, 36));
    out += "</svg>";
}

}  // namespace b2a::protocol::native
