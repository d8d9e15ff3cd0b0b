// SPDX-License-Identifier: Apache-2.0
// A UCP platform for load tests: a key, a profile for the server to pin, requests signed before they are sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "b2a/identity/keys.hpp"

namespace b2a::bench {

inline constexpr char const* pinned_profile_url = "https://bench.example/platform.json";

/// Writes DIR/platform.pem and DIR/platform.json.
void make_platform(std::string const& directory);

class Platform {
  public:
    /// The sandbox's own, unsigned.
    static Platform sandbox(std::uint16_t port);
    /// The one that make_platform() wrote: every request is signed.
    static Platform signing(std::uint16_t port, std::string const& directory);

    /// A whole HTTP request with an idempotency key made from `key`.
    [[nodiscard]] std::string request(std::string const& method, std::string const& target, std::size_t key,
                                      std::string const& body) const;

  private:
    std::uint16_t port_ = 0;
    std::string profile_;
    std::optional<identity::OwnKey> key_;
};

}  // namespace b2a::bench
