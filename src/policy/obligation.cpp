// SPDX-License-Identifier: Apache-2.0
#include "policy/obligation.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::policy {
namespace {

constexpr std::array<std::string_view, 5> plain_names{"receipt", "mask_buyer", "disclose_allergens",
                                                      "disclose_guarantee", "disclose_withdrawal"};
constexpr std::string_view page_prefix = "cap_page_";

std::optional<std::size_t> page_cap(std::string_view name) noexcept {
    if (!name.starts_with(page_prefix)) return std::nullopt;
    auto const count = parse_int<std::uint32_t>(name.substr(page_prefix.size()));
    if (!count || *count < 1 || *count > limits::page_size_max) return std::nullopt;
    return *count;
}

}  // namespace

bool is_obligation(std::string_view name) noexcept {
    return std::ranges::find(plain_names, name) != plain_names.end() || page_cap(name);
}

std::string obligation_names() {
    std::string out;
    for (auto const name : plain_names) out.append(name).append(", ");
    return out.append(page_prefix).append("<1 to ").append(std::to_string(limits::page_size_max)).append(">");
}

void add_terms(std::string_view obligation, ReadTerms& terms) noexcept {
    if (obligation == "mask_buyer") terms.mask_buyer = true;
    if (auto const cap = page_cap(obligation)) terms.page_max = std::min(terms.page_max, *cap);
}

}  // namespace b2a::policy
