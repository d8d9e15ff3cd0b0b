// SPDX-License-Identifier: Apache-2.0
#include "identity.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace b2a::http {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Extension = std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)>;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

}  // namespace

Identity::Identity(std::string const& names) {
    std::string pattern = (std::filesystem::temp_directory_path() / "b2a-tls-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    files_.certificate_chain = (directory_ / "cert.pem").string();
    files_.private_key = (directory_ / "key.pem").string();
    Key const key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    Certificate const certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    auto* const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<unsigned char const*>("test"),  // NOLINT
                               -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    if (!names.empty()) {
        Extension const extension(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()),
                                  &X509_EXTENSION_free);
        X509_add_ext(certificate.get(), extension.get(), -1);
    }
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    File const chain(std::fopen(files_.certificate_chain.c_str(), "w"), &std::fclose);
    PEM_write_X509(chain.get(), certificate.get());
    File const secret(std::fopen(files_.private_key.c_str(), "w"), &std::fclose);
    PEM_write_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

}  // namespace b2a::http
