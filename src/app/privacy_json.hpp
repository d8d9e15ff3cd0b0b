// SPDX-License-Identifier: Apache-2.0
// What is held about a buyer, as JSON to hand over (GDPR articles 15 and 20), and what an erasure has done.
#pragma once

#include <string>

#include "b2a/service/privacy.hpp"

namespace b2a::app {

std::string to_json(store::Holdings const& holdings);
std::string to_json(service::Erased const& erased);

}  // namespace b2a::app
