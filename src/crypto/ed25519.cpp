// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/ed25519.hpp"

#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "b2a/base/assert.hpp"
#include "b2a/base/encoding.hpp"

#include "crypto/pem.hpp"

namespace b2a::crypto {
namespace {

/// The points of order 1, 2, 4 and 8, and the two second spellings that there are, without the sign bit. For such a key
/// anybody finds signatures that verify, and its owner could deny each; OpenSSL takes them.
bool has_small_order(Ed25519Public key) {
    static constexpr std::array<std::string_view, 7> points{
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};
    key.back() &= 0x7f;
    return std::ranges::find(points, to_hex(key)) != points.end();
}

}  // namespace

struct SigningKey::Impl {
    Key key;
};

SigningKey::SigningKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::from_seed(Ed25519Seed const& seed) {
    Key key(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, seed.data(), seed.size()));
    if (key == nullptr) {
        ERR_clear_error();
        return Error(Code::internal, "the Ed25519 key could not be made");
    }
    return SigningKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

Result<SigningKey> SigningKey::generate(Random& random) {
    Ed25519Seed seed{};
    random.fill(seed);
    auto key = from_seed(seed);
    OPENSSL_cleanse(seed.data(), seed.size());
    return key;
}

Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
    B2A_TRY(key, key_from_pem(pem, "ED25519"));
    return SigningKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

std::string SigningKey::to_pem() const {
    return key_to_pem(impl_->key.get());
}

Ed25519Public SigningKey::public_key() const {
    Ed25519Public out{};
    auto size = out.size();
    B2A_ASSERT(EVP_PKEY_get_raw_public_key(impl_->key.get(), out.data(), &size) == 1 && size == out.size());
    return out;
}

Ed25519Signature SigningKey::sign(ByteView message) const {
    Context const context(EVP_MD_CTX_new());
    B2A_ASSERT(context != nullptr);
    B2A_ASSERT(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) == 1);
    Ed25519Signature out{};
    auto size = out.size();
    B2A_ASSERT(EVP_DigestSign(context.get(), out.data(), &size, message.data(), message.size()) == 1);
    B2A_ASSERT(size == out.size());
    return out;
}

bool verify_ed25519(Ed25519Public const& key, ByteView message, Ed25519Signature const& signature) {
    if (has_small_order(key)) return false;
    Key const parsed(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, key.data(), key.size()));
    Context const context(EVP_MD_CTX_new());
    auto const good =
        parsed != nullptr && context != nullptr &&
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, parsed.get()) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return good;
}

}  // namespace b2a::crypto
