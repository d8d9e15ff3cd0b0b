// SPDX-License-Identifier: Apache-2.0
// UCP versions as data. One canonical model inside; what differs between versions is a row here or a switch over
// Version in a parse_ or render_ function, never a copied handler.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "b2a/domain/finding.hpp"

namespace b2a::protocol::ucp {

enum class Version : std::uint8_t { v2026_04_08, v2026_08_25 };
inline constexpr std::array all_versions{Version::v2026_04_08, Version::v2026_08_25};  // ascending
std::string_view to_text(Version version) noexcept;
std::optional<Version> version_from_text(std::string_view text) noexcept;

/// What both sides can agree on. Roots first: operations belong to one of them, extensions to one or more.
enum class Capability : std::uint8_t {
    catalog_search,
    catalog_lookup,
    cart,
    checkout,
    order,
    location_search,
    location_lookup,
    permalink,
    discount,
    fulfillment,
    buyer_consent,
    ap2_mandate,
};
inline constexpr std::size_t capability_count = 12;
using CapabilitySet = std::bitset<capability_count>;
constexpr std::size_t index_of(Capability capability) noexcept {
    return static_cast<std::size_t>(capability);
}
/// "dev.ucp.shopping.checkout"; one that moved has another name in each version.
std::string_view name_of(Capability capability, Version version) noexcept;
std::optional<Capability> capability_from_name(std::string_view name, Version version) noexcept;

/// A capability as one version offers it.
struct Offered {
    Capability capability;
    std::span<Capability const> extends;  // empty for roots
    std::string_view spec;                // path below https://ucp.dev/<version>/
    std::string_view schema;
};
std::span<Offered const> offered(Version version) noexcept;
/// The row of `capability`; nullptr where the version does not have it.
Offered const* find_offered(Version version, Capability capability) noexcept;

/// The message code of the version for a finding of ours.
std::string_view message_code(domain::Finding const& finding, Version version) noexcept;

}  // namespace b2a::protocol::ucp
