// SPDX-License-Identifier: Apache-2.0
// Whom the brand trusts to sign buyers' mandates, beside the platforms themselves.
#pragma once

#include <string>

#include "b2a/base/result.hpp"
#include "b2a/identity/keys.hpp"

namespace b2a::app {

/// The keys of a JWK Set file; none without a path. Errors: invalid_request when there is no usable key in it, since
/// the operator believes that there is.
Result<identity::KeySet> trusted_issuers(std::string const& path);

}  // namespace b2a::app
