// SPDX-License-Identifier: Apache-2.0
// Whether a log may grow: what stands between us and signing a head that contradicts what was signed before.
#pragma once

#include <optional>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/store/store.hpp"

namespace b2a::app {

/// At start. Checks the head against the last signed checkpoint, the tiles against both, and the newest
/// limits::audit_start_entries_max entries byte by byte against their tiles; older ones are the verifier's. Returns the
/// last checkpoint. Errors: internal, and the detail says what does not fit.
Result<std::optional<audit::Checkpoint>> check_log(store::Reader& reader, audit::VerifierKey const& key);

/// Before a head is signed: it continues what was signed last, and is what its tiles make.
Result<void> check_growth(store::Reader& reader, std::optional<audit::Checkpoint> const& last,
                          store::AuditHead const& head);

}  // namespace b2a::app
