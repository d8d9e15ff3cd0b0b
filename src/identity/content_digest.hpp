// SPDX-License-Identifier: Apache-2.0
// Content-Digest (RFC 9530). Private to the module.
#pragma once

#include <string_view>

namespace b2a::identity {

/// What the field says about the body. At least one sha-256 or sha-512 is needed, and every one that is there must fit.
enum class DigestCheck : unsigned char { fits, differs, unusable };
DigestCheck check_content_digest(std::string_view field, std::string_view body);

}  // namespace b2a::identity
