// SPDX-License-Identifier: Apache-2.0
// C2SP signed notes: a text, a blank line, and signature lines "— name base64(key id ‖ signature)". A note
// may carry signatures of other keys (witnesses); they are ignored.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/base/result.hpp"

namespace b2a::audit {

using KeyId = std::array<std::uint8_t, 4>;

/// First four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ key).
KeyId key_id(std::string_view name, crypto::Ed25519Public const& key);
/// Printable ASCII without space and plus. Stricter than C2SP, which allows any Unicode but spaces.
bool is_key_name(std::string_view name) noexcept;

/// `text` must end with a newline.
std::string sign_note(std::string_view text, std::string_view name, crypto::SigningKey const& key);
/// The signed text, not authenticated; invalid_request if this is no note.
Result<std::string_view> note_text(std::string_view note);
/// The signed text. unauthenticated if no line is of this key, or one that claims to be is not valid.
Result<std::string_view> open_note(std::string_view note, VerifierKey const& key);

/// The body of a checkpoint: origin, size and root in one line each; extension lines are allowed and ignored.
Result<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace b2a::audit
