// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/hash.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "b2a/base/assert.hpp"

namespace b2a::crypto {
namespace {

// Fetched once and kept for the life of the process: given EVP_sha256(), OpenSSL 3 would look the algorithm up on
// every call.
EVP_MD const* sha256_method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    B2A_ASSERT(method != nullptr);
    return method;
}

struct FreeMac {
    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

MacContext make_hmac() {
    static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    B2A_ASSERT(method != nullptr);
    MacContext context(EVP_MAC_CTX_new(method));
    B2A_ASSERT(context != nullptr);
    char digest[] = "SHA256";
    OSSL_PARAM const params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                 OSSL_PARAM_construct_end()};
    B2A_ASSERT(EVP_MAC_CTX_set_params(context.get(), params) == 1);
    return context;
}

}  // namespace

struct Sha256::Impl {
    Impl() : context(EVP_MD_CTX_new()) {
        B2A_ASSERT(context != nullptr);
        restart();
    }
    ~Impl() { EVP_MD_CTX_free(context); }
    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;

    void restart() { B2A_ASSERT(EVP_DigestInit_ex2(context, sha256_method(), nullptr) == 1); }

    EVP_MD_CTX* context;
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(ByteView bytes) {
    B2A_ASSERT(EVP_DigestUpdate(impl_->context, bytes.data(), bytes.size()) == 1);
    return *this;
}

Digest Sha256::finish() {
    Digest digest{};
    B2A_ASSERT(EVP_DigestFinal_ex(impl_->context, digest.data(), nullptr) == 1);
    impl_->restart();
    return digest;
}

Digest sha256(ByteView bytes) {
    thread_local Sha256 hasher;
    return hasher.update(bytes).finish();
}

std::array<std::uint8_t, 48> sha384(ByteView bytes) {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA384", nullptr);
    std::array<std::uint8_t, 48> out{};
    unsigned int size = 0;
    B2A_ASSERT(method != nullptr);
    B2A_ASSERT(EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, method, nullptr) == 1 && size == out.size());
    return out;
}

std::array<std::uint8_t, 64> sha512(ByteView bytes) {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA512", nullptr);
    std::array<std::uint8_t, 64> out{};
    unsigned int size = 0;
    B2A_ASSERT(method != nullptr);
    B2A_ASSERT(EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, method, nullptr) == 1 && size == out.size());
    return out;
}

Digest hmac_sha256(ByteView key, ByteView message) {
    thread_local MacContext const context = make_hmac();
    // A null key would mean "the key of the call before".
    std::uint8_t const empty = 0;
    auto const* const key_data = key.empty() ? &empty : key.data();
    Digest digest{};
    std::size_t written = 0;
    B2A_ASSERT(EVP_MAC_init(context.get(), key_data, key.size(), nullptr) == 1);
    B2A_ASSERT(EVP_MAC_update(context.get(), message.data(), message.size()) == 1);
    B2A_ASSERT(EVP_MAC_final(context.get(), digest.data(), &written, digest.size()) == 1);
    B2A_ASSERT(written == digest.size());
    return digest;
}

bool constant_time_equal(ByteView a, ByteView b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace b2a::crypto
