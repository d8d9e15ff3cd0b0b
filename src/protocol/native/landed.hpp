// SPDX-License-Identifier: Apache-2.0
// What a basket costs at the door, as answers of comparing and rebuilding share it.
#pragma once

#include <optional>

#include "b2a/json/writer.hpp"
#include "b2a/shopping/landed.hpp"

namespace b2a::protocol::native {

/// "landed":{"deliverable","totals":{…},"shipping"?} and "delivery":{"earliest","latest"}, null where not known.
void write_landed(json::Writer& json, std::optional<shopping::Landed> const& landed, Currency currency);

}  // namespace b2a::protocol::native
