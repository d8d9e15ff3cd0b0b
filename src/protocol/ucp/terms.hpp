// SPDX-License-Identifier: Apache-2.0
// What one platform and we have agreed on: the version, the capabilities that both have (overview, "Negotiation":
// intersection, then extensions without a parent fall until nothing changes), and the "ucp" objects that say so in
// answers. Immutable, made once per profile document.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "b2a/service/payment_port.hpp"

#include "platform.hpp"
#include "refusal.hpp"
#include "version.hpp"

namespace b2a::protocol::ucp {

/// Capabilities of `profile` that `version` offers too, pruned to a fixpoint.
CapabilitySet intersect(PlatformProfile const& profile, Version version);
/// All that a version offers.
CapabilitySet all_of(Version version);

/// {"version","status":"error","capabilities":{}}
std::string error_envelope(Version version);

class Terms {
  public:
    Terms(Version version, CapabilitySet active, std::vector<service::HandlerInfo> const& handlers);

    [[nodiscard]] Version version() const noexcept { return version_; }
    [[nodiscard]] bool has(Capability capability) const noexcept { return active_.test(index_of(capability)); }
    [[nodiscard]] CapabilitySet const& active() const noexcept { return active_; }
    /// True if `extension` is agreed on and extends `root` in this version.
    [[nodiscard]] bool extends(Capability extension, Capability root) const noexcept;
    /// The "ucp" member of an answer to an operation of `root`: that capability and what extends it here.
    [[nodiscard]] std::string const& success(Capability root) const { return success_.at(index_of(root)); }
    [[nodiscard]] std::string const& error() const noexcept { return error_; }

    std::string webhook_url;  // empty: no order notices
    identity::KeySet keys;

  private:
    Version version_;
    CapabilitySet active_;
    std::array<std::string, capability_count> success_;  // of roots; empty for extensions
    std::string error_;
};

/// What an operation asks of its caller.
struct Entry {
    Capability capability = Capability::checkout;
    bool proof = false;  // refused unsigned where the brand requires signatures
};

/// The terms for a fetched profile. Refusals: profile_malformed, version_unsupported, capabilities_incompatible.
std::variant<std::shared_ptr<Terms const>, Refusal> negotiate(std::string_view document,
                                                              std::vector<service::HandlerInfo> const& handlers);

}  // namespace b2a::protocol::ucp
