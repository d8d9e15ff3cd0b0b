// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/vendor.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"

namespace b2a::protocol {
namespace {

std::string_view host_of(std::string_view url) {
    if (auto const at = url.find("://"); at != std::string_view::npos) url.remove_prefix(at + 3);
    return url.substr(0, url.find_first_of(":/?#"));
}

bool is_name(std::string_view host) {
    auto const is_ours = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    auto const labels = split(host, '.');
    return labels.size() > 1 && std::ranges::all_of(labels, [&](std::string_view label) {
               return !label.empty() && std::ranges::all_of(label, is_ours);
           });
}

}  // namespace

std::string vendor_namespace(Site const& site) {
    auto const host = to_ascii_lower(host_of(site.base_url));
    auto labels = split(host, '.');
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    // The last label of a name is never a number, the last part of an address always.
    if (!is_name(host) || std::ranges::all_of(labels.back(), is_digit)) return "localhost.b2a";
    std::string out;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label)
        out += (out.empty() ? "" : ".") + std::string(*label);
    return out;
}

}  // namespace b2a::protocol
