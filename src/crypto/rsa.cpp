// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/rsa.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "b2a/base/assert.hpp"
#include "b2a/base/limits.hpp"

#include "crypto/openssl.hpp"

namespace b2a::crypto {
namespace {

using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;

constexpr int salt_bytes = 64;

EVP_MD const* sha512_method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA512", nullptr);
    B2A_ASSERT(method != nullptr);
    return method;
}

Number number_of(ByteView bytes) {
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

bool is_plain(ByteView bytes, std::size_t bytes_min, std::size_t bytes_max) noexcept {
    return bytes.size() >= bytes_min && bytes.size() <= bytes_max && bytes.front() != 0;
}

/// An exponent of 3 has a history, and a long one costs time.
bool is_usable_exponent(ByteView exponent) {
    return is_plain(exponent, 3, 8) && (exponent.back() & 1U) != 0;
}

Key make_key(BIGNUM const* modulus, BIGNUM const* exponent) {
    Builder const builder(OSSL_PARAM_BLD_new());
    B2A_ASSERT(builder != nullptr);
    B2A_ASSERT(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus) == 1);
    B2A_ASSERT(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent) == 1);
    Params const params(OSSL_PARAM_BLD_to_param(builder.get()));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    B2A_ASSERT(params != nullptr && context != nullptr);
    EVP_PKEY* raw = nullptr;
    bool const made = EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, params.get()) == 1;
    Key key(raw);
    ERR_clear_error();
    return made ? std::move(key) : Key();
}

}  // namespace

struct RsaPublicKey::Impl {
    Key key;
};

RsaPublicKey::RsaPublicKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RsaPublicKey::RsaPublicKey(RsaPublicKey&&) noexcept = default;
RsaPublicKey& RsaPublicKey::operator=(RsaPublicKey&&) noexcept = default;
RsaPublicKey::~RsaPublicKey() = default;

Result<RsaPublicKey> RsaPublicKey::from_numbers(ByteView modulus, ByteView exponent) {
    if (!is_plain(modulus, limits::rsa_bits_min / 8, limits::rsa_bits_max / 8) || !is_usable_exponent(exponent))
        return Error(Code::invalid_request, "the RSA key is too short, too long or has an unusual exponent");
    auto const n = number_of(modulus);
    auto const e = number_of(exponent);
    B2A_ASSERT(n != nullptr && e != nullptr);
    auto key = make_key(n.get(), e.get());
    if (key == nullptr) return Error(Code::invalid_request, "the numbers are no RSA key");
    return RsaPublicKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

bool RsaPublicKey::verify_pss_sha512(ByteView message, ByteView signature) const {
    Context const context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;  // belongs to the context
    bool const good =
        context != nullptr &&
        EVP_DigestVerifyInit(context.get(), &parameters, sha512_method(), nullptr, impl_->key.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
        EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, salt_bytes) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return good;
}

}  // namespace b2a::crypto
