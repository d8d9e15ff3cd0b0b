// SPDX-License-Identifier: Apache-2.0
// Buyer consent on the wire: four booleans in 2026-04-08, a map of purposes with segments in 2026-08-25. Inside it is
// one map from purpose or segment to yes or no; purposes that we do not ask for are ignored (spec, buyer consent).
#pragma once

#include "b2a/domain/checkout.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/json/writer.hpp"

#include "version.hpp"

namespace b2a::protocol::ucp {

/// "consent" of a buyer object.
void read_consent(json::Reader& buyer, Version version, domain::Consent& consent);
/// "consent":{…}; nothing when nothing is known.
void write_consent(json::Writer& json, Version version, domain::Consent const& consent);

}  // namespace b2a::protocol::ucp
