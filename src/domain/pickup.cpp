// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain::rules {
namespace {

bool offers_all(Location const& location, std::vector<Line const*> const& lines) {
    return location.pickup && std::ranges::none_of(lines, [&](Line const* line) {
               return std::ranges::find(location.excluded, line->variant_id) != location.excluded.end();
           });
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
    std::size_t length = 0;
    while (length < a.size() && length < b.size() && ascii_lower(a[length]) == ascii_lower(b[length])) ++length;
    return length;
}

/// How near a location seems from what the context says: country, then region, then leading characters of the postal
/// code. Larger is nearer. Coordinates are no help here, since a context has none.
std::tuple<bool, bool, std::size_t> nearness(Address const& address, Context const& context) {
    bool const country = !context.country.empty() && iequals(address.country, context.country);
    if (!country && !context.country.empty()) return {false, false, 0};
    return {country, !context.region.empty() && iequals(address.region, context.region),
            common_prefix(address.postal_code, context.postal_code)};
}

}  // namespace

bool can_be_picked_up(std::vector<Line const*> const& lines, std::vector<Location> const* locations) {
    return !lines.empty() && locations != nullptr &&
           std::ranges::any_of(*locations, [&](auto const& location) { return offers_all(location, lines); });
}

std::vector<Destination> pickup_destinations(std::vector<Line const*> const& lines, Context const& context,
                                             std::vector<Location> const* locations, std::string_view keep) {
    if (locations == nullptr) return {};
    std::vector<Location const*> found;
    for (auto const& location : *locations)
        if (offers_all(location, lines)) found.push_back(&location);
    std::ranges::sort(found, [&](Location const* a, Location const* b) {
        auto const near_a = nearness(a->address, context);
        auto const near_b = nearness(b->address, context);
        return near_a != near_b ? near_a > near_b : a->id < b->id;
    });
    if (found.size() > limits::pickup_destinations_max) {
        auto const shown = found.begin() + limits::pickup_destinations_max;
        auto const kept = std::ranges::find(found, keep, [](Location const* l) { return std::string_view(l->id); });
        if (kept != found.end() && kept >= shown) *(shown - 1) = *kept;
        found.erase(shown, found.end());
    }
    std::vector<Destination> out;
    for (auto const* location : found) out.push_back({location->id, location->name, location->address});
    return out;
}

void offer_pickup(FulfillmentMethod& method, PricingFacts const& facts) {
    method.options.clear();
    if (facts.locations == nullptr) return;
    auto const location = std::ranges::find(*facts.locations, method.selected_destination_id, &Location::id);
    if (location == facts.locations->end()) return;
    ShippingOption option;
    option.id = "pickup";
    option.title = "Pickup at " + location->name;
    option.earliest = facts.now + std::chrono::hours(std::max(location->pickup_hours, 0));
    option.latest = option.earliest;
    method.options.push_back(std::move(option));
}

}  // namespace b2a::domain::rules
