// SPDX-License-Identifier: Apache-2.0
// The name under which a brand speaks for itself in protocols that others define.
#pragma once

#include <string>

#include "b2a/protocol/site.hpp"

namespace b2a::protocol {

/// The site's host from the end: "com.example.shop" for https://shop.example.com. "localhost.b2a" where the site has no
/// name of its own, since an address is nobody's.
std::string vendor_namespace(Site const& site);

}  // namespace b2a::protocol
