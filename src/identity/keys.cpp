// SPDX-License-Identifier: Apache-2.0
#include "b2a/identity/keys.hpp"

#include <algorithm>
#include <variant>

#include "b2a/base/assert.hpp"
#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/crypto/ed25519.hpp"
#include "b2a/crypto/hash.hpp"

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
    std::variant<std::monostate, crypto::EcPublicKey, crypto::Ed25519Public> key;
};

std::string const& PublicKey::kid() const noexcept {
    return impl_->kid;
}

std::string const& PublicKey::thumbprint() const noexcept {
    return impl_->thumbprint;
}

Algorithm PublicKey::algorithm() const noexcept {
    if (std::holds_alternative<crypto::EcPublicKey>(impl_->key)) return Algorithm::es256;
    if (std::holds_alternative<crypto::Ed25519Public>(impl_->key)) return Algorithm::ed25519;
    return Algorithm::unsupported;
}

bool PublicKey::verify(ByteView message, ByteView signature) const {
    if (signature.size() != 64) return false;
    std::array<std::uint8_t, 64> fixed_size{};
    std::ranges::copy(signature, fixed_size.begin());
    if (auto const* ec = std::get_if<crypto::EcPublicKey>(&impl_->key)) return ec->verify(message, fixed_size);
    if (auto const* ed = std::get_if<crypto::Ed25519Public>(&impl_->key))
        return crypto::verify_ed25519(*ed, message, fixed_size);
    return false;
}

KeySet KeySet::parse(View keys) {
    KeySet out;
    keys.each_element([&](std::size_t index, View jwk) {
        if (index >= limits::document_keys_max || !jwk.is(Kind::object) || !is_for_signatures(jwk)) return;
        auto impl = std::make_shared<PublicKey::Impl>();
        impl->kid = text_of(jwk, "kid");
        if (impl->kid.empty() || impl->kid.size() > limits::id_bytes_max) return;
        auto const kty = text_of(jwk, "kty");
        auto const crv = text_of(jwk, "crv");
        if (kty == "EC" && crv == "P-256") {
            auto const x = fixed<32>(text_of(jwk, "x"));
            auto const y = fixed<32>(text_of(jwk, "y"));
            if (!x || !y) return;
            crypto::P256Public const coordinates{*x, *y};
            auto key = crypto::EcPublicKey::from_coordinates(coordinates);
            if (!key) return;
            impl->key = *std::move(key);
            impl->thumbprint = identity::thumbprint(coordinates);
        } else if (kty == "OKP" && crv == "Ed25519") {
            auto const x = fixed<32>(text_of(jwk, "x"));
            if (!x) return;
            impl->key = *x;
            impl->thumbprint = ed25519_thumbprint(*x);
        }
        PublicKey key;
        key.impl_ = std::move(impl);
        out.keys_.push_back(std::move(key));
    });
    return out;
}

PublicKey const* KeySet::find(std::string_view kid) const noexcept {
    auto const found = std::ranges::find_if(keys_, [&](PublicKey const& key) { return key.kid() == kid; });
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
