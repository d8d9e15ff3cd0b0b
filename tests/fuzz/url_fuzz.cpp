// SPDX-License-Identifier: Apache-2.0
// A URL that parses has one meaning: the guard judges the host that is then called.
#include <algorithm>
#include <string>

#include <arpa/inet.h>

#include "b2a/base/limits.hpp"
#include "b2a/web/url.hpp"

#include "fuzz/target.hpp"

namespace b2a::web {
namespace {

/// What the C library takes for an address, whatever its spelling.
bool reads_as_address(std::string const& host) {
    in_addr four{};
    in6_addr six{};
    return inet_aton(host.c_str(), &four) != 0 || inet_pton(AF_INET6, host.c_str(), &six) == 1;
}

void check(std::string_view text) {
    auto const url = parse_url(text);
    if (!url) return;
    FUZZ_CHECK(text.size() <= limits::http_target_bytes_max);
    FUZZ_CHECK(!url->host.empty() && url->port != 0 && url->target.starts_with('/'));
    FUZZ_CHECK(url->numeric == reads_as_address(url->host));
    for (char const c : url->host) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        FUZZ_CHECK(plain || (url->numeric && c == ':'));
    }
    FUZZ_CHECK(std::ranges::all_of(url->target, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; }));
    auto const canonical = url->origin() + url->target;
    if (canonical.size() > limits::http_target_bytes_max) return;  // a "/" more than was written
    FUZZ_CHECK(parse_url(canonical) == *url);
}

}  // namespace
}  // namespace b2a::web

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    b2a::web::check(b2a::fuzz::text(data, size));
    return 0;
}
