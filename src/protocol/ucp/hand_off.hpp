// SPDX-License-Identifier: Apache-2.0
// The page at continue_url: what a person sees of a checkout that an agent prepared. Plain HTML, nothing to load,
// everything escaped.
#pragma once

#include <string>

#include "b2a/protocol/site.hpp"
#include "b2a/service/checkout.hpp"

namespace b2a::protocol::ucp {

inline constexpr std::string_view hand_off_csp =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

void render_hand_off(std::string& out, Site const& site, service::CheckoutOutcome const& outcome);
void render_hand_off_missing(std::string& out, Site const& site);

}  // namespace b2a::protocol::ucp
