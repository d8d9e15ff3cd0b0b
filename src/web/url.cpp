// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/url.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::web {
namespace {

constexpr bool digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

constexpr bool alnum(char c) noexcept {
    auto const lower = ascii_lower(c);
    return digit(c) || (lower >= 'a' && lower <= 'z');
}

constexpr bool hex(char c) noexcept {
    auto const lower = ascii_lower(c);
    return digit(c) || (lower >= 'a' && lower <= 'f');
}

/// A number of 0 to 255 as everybody writes it: leading zeros are octal to some readers.
bool is_octet(std::string_view text) noexcept {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return false;
    auto const value = parse_int<int>(text);
    return value && std::ranges::all_of(text, digit) && *value <= 255;
}

bool is_dotted_quad(std::string_view text) {
    auto const parts = split(text, '.');
    return parts.size() == 4 && std::ranges::all_of(parts, is_octet);
}

bool is_group(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 4 && std::ranges::all_of(text, hex);
}

/// 16-bit groups in a part of an IPv6 address, -1 if it is none. Only the last part may end in a dotted quad.
int count_groups(std::string_view text, bool last) {
    if (text.empty()) return 0;
    auto const parts = split(text, ':');
    int groups = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (is_group(parts[i])) {
            ++groups;
        } else if (last && i + 1 == parts.size() && is_dotted_quad(parts[i])) {
            groups += 2;
        } else {
            return -1;
        }
    }
    return groups;
}

bool is_ipv6(std::string_view text) {
    auto const gap = text.find("::");
    if (gap == std::string_view::npos) return count_groups(text, true) == 8;
    auto const before = count_groups(text.substr(0, gap), false);
    auto const after = count_groups(text.substr(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
}

bool is_label(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
           std::ranges::all_of(text, [](char c) { return alnum(c) || c == '-'; });
}

/// What inet_aton() would take for a number.
bool is_numeric_label(std::string_view text) noexcept {
    if (text.size() >= 2 && text[0] == '0' && ascii_lower(text[1]) == 'x')
        return std::ranges::all_of(text.substr(2), hex);
    return std::ranges::all_of(text, digit);
}

bool is_name(std::string_view text) {
    if (text.size() > 253) return false;
    auto const labels = split(text, '.');
    return std::ranges::all_of(labels, is_label) && !is_numeric_label(labels.back());
}

bool is_target(std::string_view text) noexcept {
    static constexpr std::string_view marks = "-._~!$&'()*+,;=:@/?";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3 || !hex(text[i + 1]) || !hex(text[i + 2])) return false;
        } else if (!alnum(text[i]) && marks.find(text[i]) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

bool take_scheme(std::string_view& text, Url& url) noexcept {
    for (bool const secure : {true, false}) {
        std::string_view const prefix = secure ? "https://" : "http://";
        if (!iequals(text.substr(0, prefix.size()), prefix)) continue;
        text.remove_prefix(prefix.size());
        url.secure = secure;
        url.port = secure ? 443 : 80;
        return true;
    }
    return false;
}

bool take_host(std::string_view& authority, Url& url) {
    if (authority.starts_with('[')) {
        auto const end = authority.find(']');
        if (end == std::string_view::npos) return false;
        url.host = to_ascii_lower(authority.substr(1, end - 1));
        url.numeric = true;
        authority.remove_prefix(end + 1);
        return is_ipv6(url.host);
    }
    auto const end = std::min(authority.find(':'), authority.size());
    url.host = to_ascii_lower(authority.substr(0, end));
    authority.remove_prefix(end);
    url.numeric = is_dotted_quad(url.host);
    return url.numeric || is_name(url.host);
}

bool take_port(std::string_view text, Url& url) noexcept {
    if (text.empty()) return true;
    if (text[0] != ':') return false;
    text.remove_prefix(1);
    auto const port = parse_int<std::uint16_t>(text);
    if (!port || *port == 0 || text[0] == '0') return false;
    url.port = *port;
    return true;
}

}  // namespace

std::string Url::authority() const {
    auto out = host.find(':') == std::string::npos ? host : '[' + host + ']';
    if (port != (secure ? 443 : 80)) out += ':' + std::to_string(port);
    return out;
}

std::string Url::origin() const {
    return (secure ? "https://" : "http://") + authority();
}

std::optional<Url> parse_url(std::string_view text) {
    if (text.size() > limits::http_target_bytes_max) return std::nullopt;
    Url url;
    if (!take_scheme(text, url)) return std::nullopt;
    auto const path = std::min(text.find_first_of("/?"), text.size());
    auto authority = text.substr(0, path);
    if (!take_host(authority, url) || !take_port(authority, url)) return std::nullopt;
    auto const target = text.substr(path);
    if (!is_target(target)) return std::nullopt;
    url.target = target.starts_with('/') ? std::string(target) : '/' + std::string(target);
    return url;
}

}  // namespace b2a::web
