// SPDX-License-Identifier: Apache-2.0
#include "b2a/identity/keys.hpp"

#include <algorithm>
#include <variant>

#include "b2a/base/assert.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/crypto/ed25519.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/crypto/rsa.hpp"

namespace b2a::identity {
namespace {

using json::Kind;
using json::View;

std::string_view text_of(View object, std::string_view key) {
    auto const member = object.get(key);
    return member ? member->as_string().value_or("") : std::string_view();
}

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> fixed(std::string_view base64url) {
    auto const bytes = from_base64url(base64url);
    if (!bytes || bytes->size() != N) return std::nullopt;
    std::array<std::uint8_t, N> out{};
    std::ranges::copy(*bytes, out.begin());
    return out;
}

/// RFC 7638: SHA-256 over the required members in lexicographic order, without white space.
std::string hash_of(std::string_view canonical) {
    auto const digest = crypto::sha256(canonical);
    return to_base64url(digest);
}

std::string ed25519_thumbprint(crypto::Ed25519Public const& key) {
    return hash_of(R"({"crv":"Ed25519","kty":"OKP","x":")" + to_base64url(key) + R"("})");
}

/// RFC 7517 §4.2 and §4.3: a key may say that it is for something else than checking signatures.
bool is_for_signatures(View jwk) {
    if (auto const use = text_of(jwk, "use"); !use.empty() && use != "sig") return false;
    auto const operations = jwk.get("key_ops");
    if (!operations || !operations->is(Kind::array)) return true;
    bool verify = false;
    operations->each_element([&](std::size_t, View one) { verify = verify || one.as_string() == "verify"; });
    return verify;
}

}  // namespace

struct PublicKey::Impl {
    std::string kid;
    std::string thumbprint;
    std::optional<std::int64_t> not_before, expires;  // seconds
    std::variant<std::monostate, crypto::EcPublicKey, crypto::P384PublicKey, crypto::Ed25519Public,
                 crypto::RsaPublicKey>
        key;
};

namespace {

// test-key-ed25519, test-key-rsa-pss, test-key-ecc-p256 and test-key-rsa of RFC 9421, appendix B.1.
constexpr std::array<std::string_view, 4> published{
    "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U", "oD0HwocPBSfpNy5W3bpJeyFGY_IQ_YpqxSjQ3Yd-CLA",
    "ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI", "BHj8s0GPnMEQtkaULIM-PLgEhLBbuGUQ1vMxmBWZzEo"};

/// Seconds since 1970; some directories write milliseconds.
std::optional<std::int64_t> seconds_of(View jwk, std::string_view name) {
    auto const member = jwk.get(name);
    auto const value = member ? member->as_int() : std::nullopt;
    constexpr std::int64_t year_5000 = 95'617'584'000;
    if (value && *value > year_5000) return *value / 1000;
    return value;
}

enum class Read : std::uint8_t { usable, unsupported, malformed };

template <std::size_t N, class Key, class Coordinates>
Read read_ec(View jwk, std::string_view crv, std::string& thumbprint, auto& out) {
    auto const x = fixed<N>(text_of(jwk, "x"));
    auto const y = fixed<N>(text_of(jwk, "y"));
    if (!x || !y) return Read::malformed;
    auto key = Key::from_coordinates(Coordinates{*x, *y});
    if (!key) return Read::malformed;
    thumbprint = hash_of(R"({"crv":")" + std::string(crv) + R"(","kty":"EC","x":")" + to_base64url(*x) + R"(","y":")" +
                         to_base64url(*y) + R"("})");
    out = *std::move(key);
    return Read::usable;
}

Read read_rsa(View jwk, std::string& thumbprint, auto& out) {
    auto const n = text_of(jwk, "n");
    auto const e = text_of(jwk, "e");
    auto const modulus = from_base64url(n);
    auto const exponent = from_base64url(e);
    if (!modulus || !exponent) return Read::malformed;
    auto key = crypto::RsaPublicKey::from_numbers(*modulus, *exponent);
    if (!key) return Read::unsupported;
    thumbprint = hash_of(R"({"e":")" + std::string(e) + R"(","kty":"RSA","n":")" + std::string(n) + R"("})");
    out = *std::move(key);
    return Read::usable;
}

Read read_ed25519(View jwk, std::string& thumbprint, auto& out) {
    auto const x = fixed<32>(text_of(jwk, "x"));
    if (!x) return Read::malformed;
    thumbprint = ed25519_thumbprint(*x);
    out = *x;
    return Read::usable;
}

/// A key that names an algorithm (RFC 7517 §4.4) is used for no other.
bool is_for(View jwk, std::initializer_list<std::string_view> algorithms) {
    auto const alg = text_of(jwk, "alg");
    return alg.empty() || std::ranges::find(algorithms, alg) != algorithms.end();
}

Read read_material(View jwk, std::string& thumbprint, auto& out) {
    auto const kty = text_of(jwk, "kty");
    auto const crv = text_of(jwk, "crv");
    if (kty == "EC" && crv == "P-256" && is_for(jwk, {"ES256"}))
        return read_ec<32, crypto::EcPublicKey, crypto::P256Public>(jwk, crv, thumbprint, out);
    if (kty == "EC" && crv == "P-384" && is_for(jwk, {"ES384"}))
        return read_ec<48, crypto::P384PublicKey, crypto::P384Public>(jwk, crv, thumbprint, out);
    if (kty == "OKP" && crv == "Ed25519" && is_for(jwk, {"EdDSA", "Ed25519"}))
        return read_ed25519(jwk, thumbprint, out);
    if (kty == "RSA" && is_for(jwk, {"PS512"})) return read_rsa(jwk, thumbprint, out);
    return Read::unsupported;
}

template <std::size_t N>
std::array<std::uint8_t, N> as_array(ByteView bytes) {
    std::array<std::uint8_t, N> out{};
    std::ranges::copy(bytes, out.begin());
    return out;
}

}  // namespace

std::string const& PublicKey::kid() const noexcept {
    return impl_->kid;
}

std::string const& PublicKey::thumbprint() const noexcept {
    return impl_->thumbprint;
}

std::string_view to_text(Algorithm algorithm) noexcept {
    switch (algorithm) {
        case Algorithm::es256: return "ecdsa-p256-sha256";
        case Algorithm::es384: return "ecdsa-p384-sha384";
        case Algorithm::ed25519: return "ed25519";
        case Algorithm::rsa_pss_sha512: return "rsa-pss-sha512";
        case Algorithm::unsupported: return {};
    }
    return {};
}

Algorithm PublicKey::algorithm() const noexcept {
    static constexpr Algorithm by_index[] = {Algorithm::unsupported, Algorithm::es256, Algorithm::es384,
                                             Algorithm::ed25519, Algorithm::rsa_pss_sha512};
    return by_index[impl_->key.index()];
}

bool PublicKey::is_published() const noexcept {
    return std::ranges::find(published, impl_->thumbprint) != published.end();
}

bool PublicKey::is_valid_at(Timestamp now) const noexcept {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return (!impl_->not_before || *impl_->not_before <= seconds) && (!impl_->expires || seconds < *impl_->expires);
}

bool PublicKey::verify(ByteView message, ByteView signature) const {
    if (auto const* rsa = std::get_if<crypto::RsaPublicKey>(&impl_->key))
        return rsa->verify_pss_sha512(message, signature);
    if (auto const* p384 = std::get_if<crypto::P384PublicKey>(&impl_->key))
        return signature.size() == 96 && p384->verify(message, as_array<96>(signature));
    if (signature.size() != 64) return false;
    if (auto const* ec = std::get_if<crypto::EcPublicKey>(&impl_->key))
        return ec->verify(message, as_array<64>(signature));
    if (auto const* ed = std::get_if<crypto::Ed25519Public>(&impl_->key))
        return crypto::verify_ed25519(*ed, message, as_array<64>(signature));
    return false;
}

std::optional<PublicKey> PublicKey::parse(View jwk) {
    if (!jwk.is(Kind::object) || !is_for_signatures(jwk)) return std::nullopt;
    auto impl = std::make_shared<Impl>();
    if (read_material(jwk, impl->thumbprint, impl->key) == Read::malformed) return std::nullopt;
    impl->kid = jwk.get("kid") ? std::string(text_of(jwk, "kid")) : impl->thumbprint;
    if (impl->kid.empty() || impl->kid.size() > limits::id_bytes_max) return std::nullopt;
    impl->not_before = seconds_of(jwk, "nbf");
    impl->expires = seconds_of(jwk, "exp");
    PublicKey key;
    key.impl_ = std::move(impl);
    return key;
}

KeySet KeySet::parse(View keys) {
    KeySet out;
    keys.each_element([&](std::size_t index, View jwk) {
        if (index >= limits::document_keys_max) return;
        if (auto key = PublicKey::parse(jwk)) out.keys_.push_back(*std::move(key));
    });
    return out;
}

KeySet KeySet::of_document(std::string_view document) {
    json::Document parser;
    auto const root = parser.parse(document);
    if (!root) return {};
    for (auto const name : {"keys", "signing_keys"})
        if (auto const keys = root->get(name); keys && keys->is(Kind::array)) return parse(*keys);
    auto const jwks = root->get("jwks");
    auto const keys = jwks ? jwks->get("keys") : std::nullopt;
    return keys ? parse(*keys) : KeySet();
}

Result<PublicKey> parse_jwk(std::string_view jwk) {
    json::Document parser;
    B2A_TRY(root, parser.parse(jwk));
    if (root.get("d") || root.get("k"))
        return Error(Code::invalid_request, "this is a secret key; its owner keeps it, we want the public part");
    auto key = PublicKey::parse(root);
    if (!key || key->algorithm() == Algorithm::unsupported)
        return Error(Code::invalid_request, "no public JWK for Ed25519, ES256, ES384 or RSA-PSS with SHA-512");
    return *std::move(key);
}

PublicKey const* KeySet::find(std::string_view kid) const noexcept {
    auto const found = std::ranges::find_if(keys_, [&](PublicKey const& key) { return key.kid() == kid; });
    return found == keys_.end() ? nullptr : &*found;
}

PublicKey const* KeySet::find_thumbprint(std::string_view thumbprint) const noexcept {
    if (thumbprint.empty()) return nullptr;
    auto const found =
        std::ranges::find_if(keys_, [&](PublicKey const& key) { return key.thumbprint() == thumbprint; });
    return found == keys_.end() ? nullptr : &*found;
}

KeyRing::KeyRing(std::vector<OwnKey> keys) : keys_(std::move(keys)) {
    B2A_ASSERT(std::ranges::any_of(keys_, [](OwnKey const& key) { return !key.retired; }));
}

OwnKey const& KeyRing::signer() const noexcept {
    auto const newest = std::find_if(keys_.rbegin(), keys_.rend(), [](OwnKey const& key) { return !key.retired; });
    return *newest;
}

std::string thumbprint(crypto::P256Public const& key) {
    return hash_of(R"({"crv":"P-256","kty":"EC","x":")" + to_base64url(key.x) + R"(","y":")" + to_base64url(key.y) +
                   R"("})");
}

void write_jwk(json::Writer& json, std::string_view kid, crypto::P256Public const& key) {
    json.begin_object().member("kid", kid).member("kty", "EC").member("crv", "P-256");
    json.member("x", to_base64url(key.x)).member("y", to_base64url(key.y));
    json.member("use", "sig").member("alg", "ES256").end_object();
}

}  // namespace b2a::identity
