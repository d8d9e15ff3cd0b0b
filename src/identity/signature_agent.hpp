// SPDX-License-Identifier: Apache-2.0
// Signature-Agent: whose keys a signature is made with, in the three forms that are in use (profile.hpp, Dialects).
// Private to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/identity/signature.hpp"

#include "identity/signature_base.hpp"

namespace b2a::identity {

struct SignatureAgent {
    std::string agent;    // who, normalised; empty: the signature names nobody that it covers
    std::string key_url;  // where the keys are
    std::string problem;  // what is named, but is no place for keys
};

/// The member of Signature-Agent that `covered` covers. A member that is not covered was perhaps added on the way.
SignatureAgent covered_agent(SignedMessage const& message, web::SfInnerList const& covered,
                             VerifyOptions const& options);

}  // namespace b2a::identity
