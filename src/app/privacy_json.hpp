// SPDX-License-Identifier: Apache-2.0
// What is held about a buyer, as JSON to hand over (GDPR articles 15 and 20), and what an erasure has done.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "b2a/json/writer.hpp"
#include "b2a/service/attribution.hpp"
#include "b2a/service/privacy.hpp"

namespace b2a::app {

using Attributions = std::vector<std::pair<CheckoutId, service::Attribution>>;
/// What agents left beside the checkouts in `holdings`.
Result<Attributions> attributions_of(store::Reader& reader, store::Holdings const& holdings);

std::string to_json(store::Holdings const& holdings, Attributions const& attributions);
/// The members `checkout_id`, `touchpoints` and `intent_trace` of an object that is open.
void write_attribution(json::Writer& out, CheckoutId const& id, service::Attribution const& attribution);
std::string to_json(service::Erased const& erased);

}  // namespace b2a::app
