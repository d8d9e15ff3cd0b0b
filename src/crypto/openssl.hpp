// SPDX-License-Identifier: Apache-2.0
// Owners of OpenSSL objects. Private to the module.
#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/evp.h>

namespace b2a::crypto {

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const noexcept {
        release(object);
    }
};

struct FreeBio {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};

using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using Bio = std::unique_ptr<BIO, FreeBio>;

}  // namespace b2a::crypto
