// SPDX-License-Identifier: Apache-2.0
// Absolute http and https URLs, read strictly: what this accepts has one meaning to every reader, so that the host that
// was checked is the host that is called.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace b2a::web {

struct Url {
    bool secure = true;      // https
    std::string host;        // lower case; an IPv6 address without its brackets
    bool numeric = false;    // the host is an IP address
    std::uint16_t port = 0;  // as written, or the scheme's
    std::string target;      // path and query, "/" if there is no path

    /// What the Host field and "@authority" say: brackets for IPv6, the port only where it is not the scheme's.
    [[nodiscard]] std::string authority() const;
    /// "https://authority".
    [[nodiscard]] std::string origin() const;
    friend bool operator==(Url const&, Url const&) = default;
};

/// nullopt for another scheme, user information, a fragment, an empty or non-ASCII host (IDNs come as A-labels), a host
/// that ends in a number without being a dotted quad ("127.1", "0x7f000001", "2130706433"), a trailing dot, port 0,
/// characters that RFC 3986 does not admit, more than limits::http_target_bytes_max bytes.
std::optional<Url> parse_url(std::string_view text);

}  // namespace b2a::web
