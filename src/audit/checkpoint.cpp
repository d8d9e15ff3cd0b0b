// SPDX-License-Identifier: Apache-2.0
#include "b2a/audit/checkpoint.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"

#include "audit/note.hpp"

namespace b2a::audit {
namespace {

inline constexpr std::uint8_t algorithm_ed25519 = 0x01;

Error malformed_key() {
    return Error(Code::invalid_request, "not an Ed25519 verifier key");
}
Error malformed_checkpoint() {
    return Error(Code::invalid_request, "not a checkpoint");
}

}  // namespace

Result<VerifierKey> VerifierKey::parse(std::string_view vkey) {
    auto const first = vkey.find('+');
    if (first == std::string_view::npos) return malformed_key();
    auto const second = vkey.find('+', first + 1);  // base64 has plus signs too: only the first two divide
    if (second == std::string_view::npos) return malformed_key();
    VerifierKey out;
    out.name = vkey.substr(0, first);
    auto const id = from_hex(vkey.substr(first + 1, second - first - 1));
    auto const raw = from_base64(vkey.substr(second + 1));
    if (!is_key_name(out.name) || !id || !raw) return malformed_key();
    if (raw->size() != 1 + out.key.size() || raw->front() != algorithm_ed25519) return malformed_key();
    std::copy(raw->begin() + 1, raw->end(), out.key.begin());
    auto const expected = key_id(out.name, out.key);
    if (!std::equal(id->begin(), id->end(), expected.begin(), expected.end())) return malformed_key();
    return out;
}

std::string VerifierKey::text() const {
    Bytes raw{algorithm_ed25519};
    raw.insert(raw.end(), key.begin(), key.end());
    return name + "+" + to_hex(key_id(name, key)) + "+" + to_base64(raw);
}

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::SigningKey const& key) {
    auto const text =
        checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root) + "\n";
    return sign_note(text, checkpoint.origin, key);
}

Result<Checkpoint> open_checkpoint(std::string_view note, VerifierKey const& key) {
    B2A_TRY(text, open_note(note, key));
    B2A_TRY(checkpoint, parse_checkpoint(text));
    if (checkpoint.origin != key.name)
        return Error(Code::unauthenticated, "the checkpoint is of another log than the key");
    return std::move(checkpoint);
}

Result<Checkpoint> peek_checkpoint(std::string_view note) {
    B2A_TRY(text, note_text(note));
    return parse_checkpoint(text);
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    if (!text.ends_with('\n')) return malformed_checkpoint();
    text.remove_suffix(1);
    auto const lines = split(text, '\n');
    if (lines.size() < 3) return malformed_checkpoint();
    if (std::any_of(lines.begin(), lines.end(), [](auto line) { return line.empty(); })) return malformed_checkpoint();
    auto const size = parse_int<std::uint64_t>(lines[1]);
    auto const root = from_base64(lines[2]);
    Checkpoint out;
    if (!size || std::to_string(*size) != lines[1]) return malformed_checkpoint();
    if (!root || root->size() != out.root.size()) return malformed_checkpoint();
    out.origin = lines[0];
    out.size = *size;
    std::copy(root->begin(), root->end(), out.root.begin());
    return out;
}

}  // namespace b2a::audit
