// SPDX-License-Identifier: Apache-2.0
// The keys that sign our messages (webhooks, completed purchases), in `<data_dir>/keys/signing.json`: several at a
// time, so that what an old key signed still verifies while platforms learn the new one.
#pragma once

#include <memory>
#include <string>

#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/identity/keys.hpp"

namespace b2a::app {

/// Created on first use. Errors: invalid_request (a damaged file: it is never replaced), internal (disk).
Result<std::shared_ptr<identity::KeyRing const>> load_or_create_signing_keys(std::string const& data_dir,
                                                                             Clock const& clock, Random& random);

/// A new key signs from now on; those before it retire. Keys that retired more than a week ago are dropped (UCP:
/// at least seven days of overlap).
Result<std::shared_ptr<identity::KeyRing const>> rotate_signing_keys(std::string const& data_dir, Clock const& clock,
                                                                     Random& random);

}  // namespace b2a::app
