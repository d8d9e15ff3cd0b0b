// SPDX-License-Identifier: Apache-2.0
// A mandate as it is presented: hops joined by "~~", each signed by the key that the one before it names. Private to
// the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/time.hpp"

#include "mandate/sd_jwt.hpp"

namespace b2a::mandate {

inline constexpr std::string_view closed_type = "mandate.checkout.1";
inline constexpr std::string_view open_type = "mandate.checkout.open.1";

struct Hop {
    SdJwt token;
    json::Value content;  // the object with the mandate's "vct"
    bool open = false;
    std::optional<Timestamp> expires;
};

struct Chain {
    std::vector<Hop> hops;  // open ones, then the closed one
    /// Whom the last key binding is for; absent in a mandate without one.
    std::optional<std::string> audience;
    std::optional<std::string> nonce;

    [[nodiscard]] Hop const& closed() const { return hops.back(); }
};

/// Everything that can be said without knowing what is bought: bounds, types, signatures, bindings, disclosures, times.
/// `roots` has the keys that may sign the first hop. Borrows from `token`.
Checked<Chain> open_chain(std::string_view token, KeySource const& roots, Timestamp now);

/// base64url over the closed mandate as received, with its own hash (AP2: what a receipt refers to). Of anything.
std::string reference_of(std::string_view token);

}  // namespace b2a::mandate
