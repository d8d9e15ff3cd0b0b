// SPDX-License-Identifier: Apache-2.0
#include "b2a/crypto/ed25519.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "b2a/base/assert.hpp"

namespace b2a::crypto {
namespace {

inline constexpr std::size_t pem_bytes_max = 8 * 1024;

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
struct FreeBio {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;
using Bio = std::unique_ptr<BIO, FreeBio>;

// An encrypted PEM is refused; without this, OpenSSL would ask on the terminal.
int no_password(char*, int, int, void*) {
    return -1;
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
    if (pem.empty()) return Error(Code::invalid_request, "the key file is empty");
    if (pem.size() > pem_bytes_max) return Error(Code::invalid_request, "the key file is too large");
    Bio const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    B2A_ASSERT(bio != nullptr);
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
    ERR_clear_error();
    if (key == nullptr) return Error(Code::invalid_request, "not an unencrypted PKCS#8 private key in PEM");
    if (EVP_PKEY_is_a(key.get(), "ED25519") != 1) return Error(Code::invalid_request, "the key is not an Ed25519 key");
    return SigningKey(std::make_unique<Impl>(Impl{std::move(key)}));
}

std::string SigningKey::to_pem() const {
    Bio const bio(BIO_new(BIO_s_secmem()));
    B2A_ASSERT(bio != nullptr);
    B2A_ASSERT(PEM_write_bio_PKCS8PrivateKey(bio.get(), impl_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    std::string pem(BIO_ctrl_pending(bio.get()), '\0');
    std::size_t read = 0;
    B2A_ASSERT(BIO_read_ex(bio.get(), pem.data(), pem.size(), &read) == 1 && read == pem.size());
    return pem;
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
