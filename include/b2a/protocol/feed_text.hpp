// SPDX-License-Identifier: Apache-2.0
// Texts that catalog feeds for other systems share.
#pragma once

#include <string>
#include <string_view>

namespace b2a::protocol {

/// `url` as a URI (RFC 3986) when it is an absolute http(s) one: bytes that have no place in one are percent-encoded.
/// Empty for anything else.
std::string web_url(std::string_view url);
/// "Men/Tops" as "Men > Tops", the way feeds write a path.
std::string category_with_arrows(std::string_view path);

}  // namespace b2a::protocol
