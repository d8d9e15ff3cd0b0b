// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/ecdsa.hpp"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include "b2a/base/assert.hpp"

#include "crypto/pem.hpp"

namespace b2a::crypto {
namespace {

constexpr char group_name[] = "prime256v1";
constexpr char group384_name[] = "secp384r1";
constexpr std::size_t point_bytes = 65;     // 0x04 ‖ x ‖ y
constexpr std::size_t der_bytes_max = 104;  // of a P-384 signature; those of P-256 are shorter

using Number = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Release<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Release<EC_POINT_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using PointBytes = std::array<std::uint8_t, point_bytes>;

EVP_MD const* sha256_method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    B2A_ASSERT(method != nullptr);
    return method;
}

EVP_MD const* sha384_method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA384", nullptr);
    B2A_ASSERT(method != nullptr);
    return method;
}

Bytes point_of(ByteView x, ByteView y) {
    Bytes out{0x04};
    out.insert(out.end(), x.begin(), x.end());
    out.insert(out.end(), y.begin(), y.end());
    return out;
}

/// A key from its point and, for signing, its secret; nullptr when OpenSSL refuses it (no point of the curve).
Key make_key(ByteView point, BIGNUM const* secret, char const* group = group_name) {
    Builder const builder(OSSL_PARAM_BLD_new());
    B2A_ASSERT(builder != nullptr);
    B2A_ASSERT(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) == 1);
    B2A_ASSERT(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) ==
               1);
    if (secret != nullptr) B2A_ASSERT(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret) == 1);
    Params const params(OSSL_PARAM_BLD_to_param(builder.get()));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    B2A_ASSERT(params != nullptr && context != nullptr);
    EVP_PKEY* raw = nullptr;
    bool const made = EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      EVP_PKEY_fromdata(context.get(), &raw, secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                                        params.get()) == 1;
    Key key(raw);
    ERR_clear_error();
    return made ? std::move(key) : Key();
}

bool is_on_curve(EVP_PKEY* key) {
    KeyContext const context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    bool const good = context != nullptr && EVP_PKEY_public_check(context.get()) == 1;
    ERR_clear_error();
    return good;
}

// By coordinate: the point as a whole comes in the form of the file that the key was read from, which may be
// compressed.
P256Coordinate coordinate(EVP_PKEY const* key, char const* name) {
    BIGNUM* raw = nullptr;
    B2A_ASSERT(EVP_PKEY_get_bn_param(key, name, &raw) == 1);
    Number const number(raw);
    P256Coordinate out{};
    B2A_ASSERT(BN_bn2binpad(number.get(), out.data(), static_cast<int>(out.size())) == static_cast<int>(out.size()));
    return out;
}

P256Public public_of(EVP_PKEY const* key) {
    return {coordinate(key, OSSL_PKEY_PARAM_EC_PUB_X), coordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y)};
}

/// Of a signature r‖s, two numbers of one length.
bool verifies(EVP_PKEY* key, EVP_MD const* digest, ByteView message, ByteView signature) {
    Signature const parsed(ECDSA_SIG_new());
    B2A_ASSERT(parsed != nullptr);
    auto const half = signature.size() / 2;
    auto const size_of_half = static_cast<int>(half);
    // set0 takes both numbers over.
    B2A_ASSERT(ECDSA_SIG_set0(parsed.get(), BN_bin2bn(signature.data(), size_of_half, nullptr),
                              BN_bin2bn(signature.data() + half, size_of_half, nullptr)) == 1);
    std::array<std::uint8_t, der_bytes_max> der{};
    auto* cursor = static_cast<unsigned char*>(der.data());
    auto const size = i2d_ECDSA_SIG(parsed.get(), &cursor);
    Context const context(EVP_MD_CTX_new());
    bool const good =
        size > 0 && context != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(size), message.data(), message.size()) ==
            1;
    ERR_clear_error();
    return good;
}

}  // namespace

struct EcSigningKey::Impl {
    Key key;
};

EcSigningKey::EcSigningKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EcSigningKey::EcSigningKey(EcSigningKey&&) noexcept = default;
EcSigningKey& EcSigningKey::operator=(EcSigningKey&&) noexcept = default;
EcSigningKey::~EcSigningKey() = default;

Result<EcSigningKey> EcSigningKey::generate(Random& random) {
    Group const group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    B2A_ASSERT(group != nullptr);
    std::array<std::uint8_t, 32> drawn{};
    // Rejection keeps the secret uniform; one draw in 2^32 is refused.
    for (int attempt = 0; attempt < 64; ++attempt) {
        random.fill(drawn);
        Number const secret(BN_bin2bn(drawn.data(), static_cast<int>(drawn.size()), nullptr));
        OPENSSL_cleanse(drawn.data(), drawn.size());
        B2A_ASSERT(secret != nullptr);
        if (BN_is_zero(secret.get()) || BN_cmp(secret.get(), EC_GROUP_get0_order(group.get())) >= 0) continue;
        Point const point(EC_POINT_new(group.get()));
        B2A_ASSERT(point != nullptr);
        B2A_ASSERT(EC_POINT_mul(group.get(), point.get(), secret.get(), nullptr, nullptr, nullptr) == 1);
        PointBytes bytes{};
        B2A_ASSERT(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(),
                                      bytes.size(), nullptr) == bytes.size());
        auto key = make_key(bytes, secret.get());
        if (key == nullptr) break;
        return EcSigningKey(std::make_unique<Impl>(Impl{std::move(key)}));
    }
    return Error(Code::internal, "the P-256 key could not be made");
}

Result<EcSigningKey> EcSigningKey::from_pem(std::string_view pem) {
    B2A_TRY(key, key_from_pem(pem, "EC"));
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key.get(), name.data(), name.size(), &size) != 1 ||
        std::string_view(name.data(), size) != group_name)
        return Error(Code::invalid_request, "the key is not on P-256");
    return EcSigningKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

std::string EcSigningKey::to_pem() const {
    return key_to_pem(impl_->key.get());
}

P256Public EcSigningKey::public_key() const {
    return public_of(impl_->key.get());
}

EcdsaSignature EcSigningKey::sign(ByteView message) const {
    Context const context(EVP_MD_CTX_new());
    B2A_ASSERT(context != nullptr);
    B2A_ASSERT(EVP_DigestSignInit(context.get(), nullptr, sha256_method(), nullptr, impl_->key.get()) == 1);
    std::array<std::uint8_t, der_bytes_max> der{};
    auto size = der.size();
    B2A_ASSERT(EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()) == 1);
    auto const* cursor = static_cast<unsigned char const*>(der.data());
    Signature const parsed(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(size)));
    B2A_ASSERT(parsed != nullptr);
    EcdsaSignature out{};
    B2A_ASSERT(BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), out.data(), 32) == 32);
    B2A_ASSERT(BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), out.data() + 32, 32) == 32);
    return out;
}

struct EcPublicKey::Impl {
    Key key;
};

EcPublicKey::EcPublicKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EcPublicKey::EcPublicKey(EcPublicKey&&) noexcept = default;
EcPublicKey& EcPublicKey::operator=(EcPublicKey&&) noexcept = default;
EcPublicKey::~EcPublicKey() = default;

Result<EcPublicKey> EcPublicKey::from_coordinates(P256Public const& coordinates) {
    auto key = make_key(point_of(coordinates.x, coordinates.y), nullptr);
    if (key == nullptr || !is_on_curve(key.get()))
        return Error(Code::invalid_request, "the coordinates are no point of P-256");
    return EcPublicKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

bool EcPublicKey::verify(ByteView message, EcdsaSignature const& signature) const {
    return verifies(impl_->key.get(), sha256_method(), message, signature);
}

struct P384PublicKey::Impl {
    Key key;
};

P384PublicKey::P384PublicKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
P384PublicKey::P384PublicKey(P384PublicKey&&) noexcept = default;
P384PublicKey& P384PublicKey::operator=(P384PublicKey&&) noexcept = default;
P384PublicKey::~P384PublicKey() = default;

Result<P384PublicKey> P384PublicKey::from_coordinates(P384Public const& coordinates) {
    auto key = make_key(point_of(coordinates.x, coordinates.y), nullptr, group384_name);
    if (key == nullptr || !is_on_curve(key.get()))
        return Error(Code::invalid_request, "the coordinates are no point of P-384");
    return P384PublicKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

bool P384PublicKey::verify(ByteView message, P384Signature const& signature) const {
    return verifies(impl_->key.get(), sha384_method(), message, signature);
}

}  // namespace b2a::crypto
