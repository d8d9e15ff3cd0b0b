// SPDX-License-Identifier: Apache-2.0
#include "shopping/color.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::shopping {
namespace {

struct Family {
    std::string_view name;
    std::string_view family;
};
/// English names that shops use, and the other spelling of grey. Where people differ, a name is left out.
constexpr Family families[] = {
    {"amber", "orange"},  {"beige", "beige"},    {"bordeaux", "red"},    {"burgundy", "red"},    {"camel", "brown"},
    {"charcoal", "grey"}, {"chestnut", "brown"}, {"chocolate", "brown"}, {"cobalt", "blue"},     {"cream", "white"},
    {"crimson", "red"},   {"ecru", "white"},     {"emerald", "green"},   {"garnet", "red"},      {"gray", "grey"},
    {"indigo", "blue"},   {"ivory", "white"},    {"khaki", "green"},     {"lavender", "purple"}, {"lilac", "purple"},
    {"maroon", "red"},    {"midnight", "blue"},  {"moss", "green"},      {"mustard", "yellow"},  {"navy", "blue"},
    {"oat", "beige"},     {"olive", "green"},    {"plum", "purple"},     {"rose", "pink"},       {"ruby", "red"},
    {"rust", "brown"},    {"sand", "beige"},     {"scarlet", "red"},     {"sky", "blue"},        {"slate", "grey"},
    {"tan", "brown"},     {"taupe", "brown"},    {"violet", "purple"},   {"wine", "red"}};

bool is_of_family(std::string_view word, std::string_view wanted) {
    auto const found = std::ranges::find_if(families, [&](auto const& f) { return iequals(f.name, word); });
    return found != std::end(families) && iequals(found->family, wanted);
}

}  // namespace

bool is_color(std::string_view value, std::string_view wanted) {
    if (iequals(wanted, "gray")) wanted = "grey";
    if (iequals(trim(value), wanted)) return true;
    for (auto rest = value; !rest.empty();) {
        auto const end = std::min(rest.find_first_of(" -/,"), rest.size());
        auto const word = rest.substr(0, end);
        if (!word.empty() && (iequals(word, wanted) || is_of_family(word, wanted))) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

}  // namespace b2a::shopping
