// SPDX-License-Identifier: Apache-2.0
// UCP versions as data. One canonical model inside; what differs between versions is a row here or a switch over
// Version in a parse_ or render_ function, never a copied handler.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "b2a/domain/finding.hpp"

namespace b2a::protocol::ucp {

enum class Version : std::uint8_t { v2026_04_08 };
inline constexpr Version current_version = Version::v2026_04_08;
inline constexpr std::array all_versions{Version::v2026_04_08};

/// The capability an operation belongs to; responses name it and what extends it (relevance rule of the overview).
enum class Root : std::uint8_t { checkout, order, catalog_search, catalog_lookup };

struct Capability {
    std::string_view name;
    std::string_view extends;  // empty for roots
    std::optional<Root> root;  // set for roots
    std::string_view spec;     // path below https://ucp.dev/<version>/
    std::string_view schema;
};

std::string_view to_text(Version version) noexcept;
std::string_view capability_name(Root root) noexcept;
std::span<Capability const> capabilities(Version version) noexcept;

/// Messages codes of the version for our findings.
std::string_view message_code(domain::FindingCode code, Version version) noexcept;

}  // namespace b2a::protocol::ucp
