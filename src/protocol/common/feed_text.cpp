// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/feed_text.hpp"

namespace b2a::protocol {

std::string web_url(std::string_view url) {
    auto const scheme = std::string_view(url.starts_with("https://") ? "https://" : "http://");
    if (!url.starts_with(scheme) || url.size() == scheme.size()) return {};
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view unsafe = "\"<>\\^`{|}";
    std::string out;
    out.reserve(url.size());
    for (char const c : url) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7f && unsafe.find(c) == std::string_view::npos) {
            out += c;
            continue;
        }
        out += '%';
        out += hex[byte >> 4U];
        out += hex[byte & 0xfU];
    }
    return out;
}

std::string category_with_arrows(std::string_view path) {
    std::string out;
    for (char const c : path) {
        if (c == '/') out += " > ";
        else out += c;
    }
    return out;
}

}  // namespace b2a::protocol
