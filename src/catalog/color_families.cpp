// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/color_families.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

constexpr unsigned hue_count = 12;
enum Family : std::uint8_t {
    red,
    coral,
    orange,
    amber,
    yellow,
    lime,
    green,
    teal,
    blue,
    indigo,
    purple,
    pink,
    neutral
};

struct Word {
    std::string_view text;
    Family family;
};

/// In ascending order.
constexpr std::array<Word, 74> words{{
    {"amber", amber},      {"anthracite", neutral}, {"apricot", coral},    {"aqua", teal},
    {"beige", neutral},    {"black", neutral},      {"blue", blue},        {"blush", pink},
    {"bordeaux", red},     {"brick", coral},        {"bronze", neutral},   {"brown", neutral},
    {"burgundy", red},     {"camel", neutral},      {"charcoal", neutral}, {"clay", coral},
    {"cobalt", blue},      {"coral", coral},        {"cream", neutral},    {"crimson", red},
    {"cyan", teal},        {"denim", blue},         {"dusk", indigo},      {"ecru", neutral},
    {"emerald", green},    {"forest", green},       {"fuchsia", pink},     {"garnet", red},
    {"gold", amber},       {"gray", neutral},       {"green", green},      {"grey", neutral},
    {"indigo", indigo},    {"ivory", neutral},      {"khaki", neutral},    {"lavender", purple},
    {"lemon", yellow},     {"lilac", purple},       {"lime", lime},        {"magenta", pink},
    {"midnight", neutral}, {"mint", green},         {"moss", green},       {"mustard", amber},
    {"natural", neutral},  {"navy", neutral},       {"nude", neutral},     {"oat", neutral},
    {"ochre", amber},      {"olive", green},        {"orange", orange},    {"peach", coral},
    {"petrol", teal},      {"pink", pink},          {"plum", purple},      {"purple", purple},
    {"red", red},          {"rose", pink},          {"rust", coral},       {"saffron", amber},
    {"sand", neutral},     {"scarlet", red},        {"sea", teal},         {"silver", neutral},
    {"sky", blue},         {"slate", neutral},      {"stone", neutral},    {"tan", neutral},
    {"taupe", neutral},    {"teal", teal},          {"turquoise", teal},   {"violet", purple},
    {"white", neutral},    {"yellow", yellow},
}};
static_assert(std::ranges::is_sorted(words, {}, &Word::text));

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Word const* find_word(std::string_view text) noexcept {
    std::array<char, 16> lower{};
    if (text.size() > lower.size()) return nullptr;
    std::ranges::transform(text, lower.begin(), ascii_lower);
    auto const wanted = std::string_view(lower.data(), text.size());
    auto const* const found = std::ranges::lower_bound(words, wanted, {}, &Word::text);
    return found != words.end() && found->text == wanted ? found : nullptr;
}

constexpr std::uint32_t pair_ppm(unsigned a, unsigned b) noexcept {
    if (a == neutral || b == neutral) return 900'000;
    auto const apart = a > b ? a - b : b - a;
    auto const steps = std::min(apart, hue_count - apart);
    if (steps == hue_count / 2) return 850'000;
    if (steps == 1 || steps == 2) return 800'000;
    return steps == 0 ? 700'000 : 0;
}

}  // namespace

ColorFamilies color_families(std::string_view name) noexcept {
    while (!name.empty()) {
        auto const begin = std::ranges::find_if(name, is_letter);
        auto const end = std::find_if_not(begin, name.end(), is_letter);
        if (auto const* const word = find_word({begin, end}))
            return static_cast<ColorFamilies>(1U << static_cast<unsigned>(word->family));
        name = {end, name.end()};
    }
    return 0;
}

std::uint32_t color_harmony_ppm(ColorFamilies a, ColorFamilies b) noexcept {
    std::uint32_t best = 0;
    for (unsigned i = 0; i < color_family_count; ++i)
        for (unsigned j = 0; j < color_family_count; ++j)
            if ((a >> i & 1U) != 0 && (b >> j & 1U) != 0) best = std::max(best, pair_ppm(i, j));
    return best;
}

}  // namespace b2a::catalog
