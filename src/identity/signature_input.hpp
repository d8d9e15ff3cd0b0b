// SPDX-License-Identifier: Apache-2.0
// The fields Signature-Input and Signature, read. Private to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/web/structured_fields.hpp"

namespace b2a::identity {

struct SignatureInput {
    web::SfDictionary members;
    bool alias = false;  // a "keyId" was read as keyid: no structured field, but what some agents send
};

/// nullopt when it is no dictionary, even with that alias.
std::optional<SignatureInput> parse_signature_input(std::string_view field);

/// The text of one member's value as it was sent; empty if there is none.
std::string_view member_text(std::string_view field, std::string_view label);

}  // namespace b2a::identity
