// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/importer/lint.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

std::string_view host_of(std::string_view url) {
    url.remove_prefix(url.find("://") + 3);
    auto const authority = url.substr(0, url.find_first_of("/?#"));
    auto const host = authority.substr(authority.rfind('@') + 1);  // npos + 1 is 0
    return host.substr(0, host.rfind(':'));
}

/// A name that only the machine knows that wrote the feed, or that nobody ever will.
bool is_nowhere(std::string_view host) {
    auto const lower = to_ascii_lower(host);
    if (lower.empty() || lower.find("..") != std::string::npos || lower.starts_with('.')) return true;
    if (lower == "localhost" || lower.starts_with("127.") || lower.starts_with('[')) return true;
    return std::ranges::any_of(std::initializer_list<std::string_view>{".localhost", ".local", ".invalid", ".test"},
                               [&](std::string_view end) { return lower.ends_with(end); });
}

}  // namespace

std::string_view link_fault(std::string_view url) {
    if (url.empty()) return {};
    auto const scheme = url.substr(0, url.find_first_of(":/?#"));
    auto const has_scheme = scheme.size() < url.size() && url[scheme.size()] == ':';
    if (has_scheme && scheme != "http" && scheme != "https") return "scheme";
    if (!has_scheme && (!url.starts_with('/') || url.starts_with("//"))) return "relative";
    if (!is_web_url(url)) return "malformed";
    return has_scheme && is_nowhere(host_of(url)) ? "host" : std::string_view{};
}

std::vector<Finding> lint_links(domain::Product const& product) {
    std::vector<Finding> out;
    auto const look = [&](std::string const& url, std::string_view field) {
        constexpr std::size_t shown_max = 200;
        if (auto const fault = link_fault(url); !fault.empty())
            out.push_back({"dead_link", product.id, std::string(field),
                           std::string(fault) + ' ' + clean_text(url, shown_max, TextShape::line)});
    };
    look(product.url, "url");
    for (auto const& media : product.media) look(media.url, "media");
    for (auto const& variant : product.variants)
        for (auto const& media : variant.media) look(media.url, "media");
    return out;
}

}  // namespace b2a::importer
