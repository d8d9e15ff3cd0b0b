// SPDX-License-Identifier: Apache-2.0
// What the configuration says of the shop, for everything that renders.
#pragma once

#include <cstdint>
#include <string>

#include "b2a/base/result.hpp"
#include "b2a/protocol/site.hpp"

#include "app/config.hpp"

namespace b2a::app {

/// Without base URL and surfaces, which a listening server has only. Errors: invalid_request (the currency).
Result<protocol::Site> site_of(Config const& config);
/// Where agents reach us: the public URL, else the listener at `port`.
std::string base_url_of(Config const& config, std::uint16_t port);

}  // namespace b2a::app
