// SPDX-License-Identifier: Apache-2.0
// A platform's profile as fetched, read by shape and not by version string (2026-01 clients mix them), and leniently:
// real agents' profiles fail the published platform schema (docs/protocols/ucp.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/identity/keys.hpp"

namespace b2a::protocol::ucp {

struct PlatformProfile {
    struct Entry {
        std::string name;
        std::vector<std::string> versions;
    };
    std::string version;
    std::vector<Entry> capabilities;
    std::string webhook_url;  // of the order capability
    bool multi_group = false;
    identity::KeySet keys;
};

/// Errors: invalid_request with what is wrong, for profile_malformed.
Result<PlatformProfile> parse_platform(std::string_view document);

}  // namespace b2a::protocol::ucp
