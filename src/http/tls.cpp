// SPDX-License-Identifier: Apache-2.0
#include "http/tls.hpp"

#include <cstring>
#include <string_view>

#include <openssl/ssl.h>

namespace b2a::http {
namespace {

/// Clients that offer ALPN without http/1.1 cannot talk to us; those without ALPN are taken to speak it.
int select_protocol(SSL* /*ssl*/, unsigned char const** out, unsigned char* out_size, unsigned char const* offered,
                    unsigned int offered_size, void* /*argument*/) {
    static constexpr std::string_view wanted = "http/1.1";
    for (unsigned int at = 0; at < offered_size;) {
        unsigned int const size = offered[at++];
        if (size > offered_size - at) break;
        if (size == wanted.size() && std::memcmp(offered + at, wanted.data(), size) == 0) {
            *out = offered + at;
            *out_size = static_cast<unsigned char>(size);
            return SSL_TLSEXT_ERR_OK;
        }
        at += size;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(TlsFiles const& files) {
    namespace ssl = boost::asio::ssl;
    try {
        auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
        auto* const native = context->native_handle();
        if (SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION) != 1)
            return Error(Code::upstream_failed, "TLS 1.3 is not available");
        SSL_CTX_set_alpn_select_cb(native, &select_protocol, nullptr);
        SSL_CTX_set_num_tickets(native, 1);
        boost::system::error_code ec;
        context->use_certificate_chain_file(files.certificate_chain, ec);
        if (ec) return Error(Code::upstream_failed, "The TLS certificate cannot be used").with_note(ec.message());
        context->use_private_key_file(files.private_key, ssl::context::pem, ec);
        if (ec) return Error(Code::upstream_failed, "The TLS private key cannot be used").with_note(ec.message());
        return context;
    } catch (boost::system::system_error const& e) {
        return Error(Code::upstream_failed, "TLS cannot be set up").with_note(e.what());
    }
}

}  // namespace b2a::http
