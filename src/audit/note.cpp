// SPDX-License-Identifier: Apache-2.0
#include "audit/note.hpp"

#include <algorithm>

#include "b2a/base/assert.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::audit {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a space

struct Parts {
    std::string_view text;
    std::vector<std::string_view> lines;
};

Error malformed() {
    return Error(Code::invalid_request, "not a signed note");
}

bool is_signature_line(std::string_view line) {
    auto const space = line.find(' ', dash.size());
    return line.starts_with(dash) && space != std::string_view::npos && space > dash.size() && space + 1 < line.size();
}

Result<Parts> parts_of(std::string_view note) {
    if (note.size() > limits::audit_entry_bytes_max || !is_utf8(note)) return malformed();
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
    if (std::any_of(note.begin(), note.end(), control)) return malformed();
    auto const blank = note.rfind("\n\n");
    if (blank == std::string_view::npos || !note.ends_with('\n')) return malformed();
    Parts parts;
    parts.text = note.substr(0, blank + 1);
    auto const signatures = note.substr(blank + 2);
    if (signatures.empty()) return malformed();
    parts.lines = split(signatures.substr(0, signatures.size() - 1), '\n');
    if (!std::all_of(parts.lines.begin(), parts.lines.end(), is_signature_line)) return malformed();
    return parts;
}

enum class Verdict : std::uint8_t { other_key, good, bad };

Verdict judge(std::string_view line, std::string_view text, VerifierKey const& key) {
    line.remove_prefix(dash.size());
    auto const space = line.find(' ');
    if (line.substr(0, space) != key.name) return Verdict::other_key;
    auto const raw = from_base64(line.substr(space + 1));
    auto const id = key_id(key.name, key.key);
    if (!raw || raw->size() < id.size()) return Verdict::bad;
    if (!std::equal(id.begin(), id.end(), raw->begin())) return Verdict::other_key;
    crypto::Ed25519Signature signature{};
    if (raw->size() != id.size() + signature.size()) return Verdict::bad;
    std::copy(raw->begin() + id.size(), raw->end(), signature.begin());
    return crypto::verify_ed25519(key.key, as_bytes(text), signature) ? Verdict::good : Verdict::bad;
}

}  // namespace

KeyId key_id(std::string_view name, crypto::Ed25519Public const& key) {
    constexpr std::string_view separator_and_algorithm = "\n\x01";
    auto const digest = crypto::Sha256().update(name).update(separator_and_algorithm).update(ByteView(key)).finish();
    KeyId id{};
    std::copy_n(digest.begin(), id.size(), id.begin());
    return id;
}

bool is_key_name(std::string_view name) noexcept {
    return !name.empty() &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '+'; });
}

std::string sign_note(std::string_view text, std::string_view name, crypto::SigningKey const& key) {
    B2A_ASSERT(text.ends_with('\n') && is_key_name(name));
    auto const id = key_id(name, key.public_key());
    auto const signature = key.sign(as_bytes(text));
    Bytes raw(id.begin(), id.end());
    raw.insert(raw.end(), signature.begin(), signature.end());
    std::string note(text);
    note += '\n';
    note += dash;
    note += name;
    note += ' ';
    note += to_base64(raw);
    note += '\n';
    return note;
}

Result<std::string_view> note_text(std::string_view note) {
    B2A_TRY(parts, parts_of(note));
    return parts.text;
}

Result<std::string_view> open_note(std::string_view note, VerifierKey const& key) {
    B2A_TRY(parts, parts_of(note));
    bool signed_by_key = false;
    for (auto const line : parts.lines) {
        auto const verdict = judge(line, parts.text, key);
        if (verdict == Verdict::bad) return Error(Code::unauthenticated, "the note's signature is not valid");
        signed_by_key |= verdict == Verdict::good;
    }
    if (!signed_by_key) return Error(Code::unauthenticated, "the note is not signed by this key");
    return parts.text;
}

}  // namespace b2a::audit
