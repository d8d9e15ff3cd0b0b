// SPDX-License-Identifier: Apache-2.0
#include "mandate/jws.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"

namespace b2a::mandate {
namespace {

Refusal malformed(std::string detail) {
    return {Fault::malformed, std::move(detail)};
}

// Never what the header would like: no "none", no HMAC that takes a public key for a secret.
constexpr std::array<std::string_view, 3> allowed_algorithms{"ES256", "ES384", "ES512"};

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> fixed(std::optional<std::string_view> base64url) {
    auto const bytes = base64url ? from_base64url(*base64url) : std::nullopt;
    if (!bytes || bytes->size() != N) return std::nullopt;
    std::array<std::uint8_t, N> out{};
    std::ranges::copy(*bytes, out.begin());
    return out;
}

}  // namespace

json::Value const* member_of(json::Value const& object, char const* key) {
    if (!object.is_object()) return nullptr;
    auto const found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::optional<std::string_view> text_in(json::Value const& object, char const* key) {
    auto const* value = member_of(object, key);
    auto const* text = value == nullptr ? nullptr : value->get_ptr<std::string const*>();
    if (text == nullptr) return std::nullopt;
    return std::string_view(*text);
}

std::optional<std::int64_t> integer_in(json::Value const& object, char const* key) {
    auto const* value = member_of(object, key);
    if (value == nullptr || !value->is_number_integer()) return std::nullopt;
    if (auto const* natural = value->get_ptr<std::uint64_t const*>()) {
        if (*natural > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
        return static_cast<std::int64_t>(*natural);
    }
    return *value->get_ptr<std::int64_t const*>();
}

Checked<json::Value> decode_object(std::string_view base64url, std::string_view what) {
    auto const bytes = from_base64url(base64url);
    if (!bytes) return malformed(std::string(what) + " is no base64url");
    auto value = json::parse_value(as_text(*bytes));
    if (!value) return malformed(std::string(what) + ": " + value.error().detail);
    if (!value->is_object()) return malformed(std::string(what) + " is no JSON object");
    return *std::move(value);
}

Checked<Jws> parse_jws(std::string_view text) {
    auto const parts = split(text, '.');
    if (parts.size() != 3) return malformed("a JWT has three parts");
    auto header = decode_object(parts[0], "the header of a JWT");
    if (!header) return header.refusal();
    auto signature = from_base64url(parts[2]);
    if (!signature || parts[1].empty()) return malformed("a JWT needs a payload and a signature in base64url");
    Jws out;
    out.header = *std::move(header);
    out.algorithm = text_in(out.header, "alg").value_or("");
    out.type = to_ascii_lower(text_in(out.header, "typ").value_or(""));
    out.kid = text_in(out.header, "kid").value_or("");
    if (std::ranges::find(allowed_algorithms, out.algorithm) == allowed_algorithms.end())
        return Refusal{Fault::signature, "a mandate is signed with ES256, ES384 or ES512"};
    if (member_of(out.header, "crit") != nullptr)
        return Refusal{Fault::signature, "critical header extensions are not understood here"};
    out.signing_input = text.substr(0, parts[0].size() + 1 + parts[1].size());
    out.payload_text = parts[1];
    out.signature = *std::move(signature);
    return out;
}

Checked<json::Value> payload_of(Jws const& jws) {
    return decode_object(jws.payload_text, "the payload of a JWT");
}

std::optional<ConfirmationKey> ConfirmationKey::parse(json::Value const& jwk) {
    if (text_in(jwk, "kty") != "EC" || text_in(jwk, "crv") != "P-256") return std::nullopt;
    if (auto const use = text_in(jwk, "use"); use && *use != "sig") return std::nullopt;
    auto const x = fixed<32>(text_in(jwk, "x"));
    auto const y = fixed<32>(text_in(jwk, "y"));
    if (!x || !y) return std::nullopt;
    auto key = crypto::EcPublicKey::from_coordinates({*x, *y});
    if (!key) return std::nullopt;
    return ConfirmationKey(*std::move(key));
}

KeyVerdict ConfirmationKey::check(SignedBytes const& what) const {
    crypto::EcdsaSignature signature{};
    if (what.algorithm != "ES256" || what.signature.size() != signature.size()) return KeyVerdict::not_verified;
    std::ranges::copy(what.signature, signature.begin());
    return key_.verify(what.message, signature) ? KeyVerdict::verified : KeyVerdict::not_verified;
}

KeyVerdict check(Jws const& jws, KeySource const& keys) {
    return keys.check({jws.kid, jws.algorithm, as_bytes(jws.signing_input), jws.signature});
}

}  // namespace b2a::mandate
