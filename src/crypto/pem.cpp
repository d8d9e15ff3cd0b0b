// SPDX-License-Identifier: Apache-2.0
#include "crypto/pem.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "b2a/base/assert.hpp"

namespace b2a::crypto {
namespace {

constexpr std::size_t pem_bytes_max = 8 * 1024;

// An encrypted PEM is refused; without this, OpenSSL would ask on the terminal.
int no_password(char*, int, int, void*) {
    return -1;
}

}  // namespace

Result<Key> key_from_pem(std::string_view pem, char const* algorithm) {
    if (pem.empty()) return Error(Code::invalid_request, "the key file is empty");
    if (pem.size() > pem_bytes_max) return Error(Code::invalid_request, "the key file is too large");
    Bio const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    B2A_ASSERT(bio != nullptr);
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
    ERR_clear_error();
    if (key == nullptr) return Error(Code::invalid_request, "not an unencrypted PKCS#8 private key in PEM");
    if (EVP_PKEY_is_a(key.get(), algorithm) != 1)
        return Error(Code::invalid_request, "the key is no " + std::string(algorithm) + " key");
    return Result<Key>(std::move(key));
}

std::string key_to_pem(EVP_PKEY const* key) {
    Bio const bio(BIO_new(BIO_s_secmem()));
    B2A_ASSERT(bio != nullptr);
    B2A_ASSERT(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    std::string pem(BIO_ctrl_pending(bio.get()), '\0');
    std::size_t read = 0;
    B2A_ASSERT(BIO_read_ex(bio.get(), pem.data(), pem.size(), &read) == 1 && read == pem.size());
    return pem;
}

}  // namespace b2a::crypto
