// SPDX-License-Identifier: Apache-2.0
// The business profile and the "ucp" member of every answer, built once per mount from the same table.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "b2a/protocol/site.hpp"
#include "b2a/service/payment_port.hpp"

#include "version.hpp"

namespace b2a::protocol::ucp {

inline constexpr std::string_view rest_path = "/ucp/v1";

/// `leaf` profiles stand for exactly one version and name no others.
enum class ProfileKind : std::uint8_t { root, leaf };
std::string render_profile(Site const& site, std::vector<service::HandlerInfo> const& handlers, Version version,
                           ProfileKind kind);

/// The "ucp" objects of one version's answers, as JSON.
class Envelopes {
  public:
    Envelopes(std::vector<service::HandlerInfo> const& handlers, Version version);

    [[nodiscard]] Version version() const noexcept { return version_; }
    [[nodiscard]] std::string const& success(Root root) const { return success_.at(static_cast<std::size_t>(root)); }
    [[nodiscard]] std::string const& error() const noexcept { return error_; }

  private:
    Version version_;
    std::array<std::string, 4> success_;
    std::string error_;
};

}  // namespace b2a::protocol::ucp
