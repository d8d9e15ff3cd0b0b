// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "client.hpp"

namespace b2a::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// A self-signed P-256 certificate in a directory of its own.
class Identity {
  public:
    Identity() {
        std::string pattern = (std::filesystem::temp_directory_path() / "b2a-tls-XXXXXX").string();
        directory_ = ::mkdtemp(pattern.data());
        files_.certificate_chain = (directory_ / "cert.pem").string();
        files_.private_key = (directory_ / "key.pem").string();
        Key const key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
        Certificate const certificate(X509_new(), &X509_free);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        auto* const name = X509_get_subject_name(certificate.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("test"),  // NOLINT
                                   -1, -1, 0);
        X509_set_issuer_name(certificate.get(), name);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
        File const chain(std::fopen(files_.certificate_chain.c_str(), "w"), &std::fclose);
        PEM_write_X509(chain.get(), certificate.get());
        File const secret(std::fopen(files_.private_key.c_str(), "w"), &std::fclose);
        PEM_write_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    }
    ~Identity() { std::filesystem::remove_all(directory_); }
    [[nodiscard]] TlsFiles const& files() const { return files_; }

  private:
    std::filesystem::path directory_;
    TlsFiles files_;
};

class Tls : public testing::Test, public Fixture {
  protected:
    void SetUp() override {
        options.tls = identity.files();
        start();
    }
    asio::ssl::stream<tcp::socket>& open(std::string_view alpn = "") {
        context.set_verify_mode(asio::ssl::verify_none);
        stream = std::make_unique<asio::ssl::stream<tcp::socket>>(io, context);
        if (!alpn.empty())
            SSL_set_alpn_protos(stream->native_handle(), reinterpret_cast<unsigned char const*>(alpn.data()),  // NOLINT
                                static_cast<unsigned int>(alpn.size()));
        stream->next_layer().connect({asio::ip::address_v4::loopback(), server->port()});
        return *stream;
    }
    /// Sends, then reads to the end; the server closes since the request asks it to.
    std::string exchange(std::string const& request) {
        asio::write(*stream, asio::buffer(request));
        std::string answer;
        boost::system::error_code ec;
        asio::read(*stream, asio::dynamic_buffer(answer), ec);
        EXPECT_EQ(ec, asio::error::eof) << ec.message();  // a proper close_notify, not a cut
        return answer;
    }

    Identity identity;
    asio::io_context io;
    asio::ssl::context context{asio::ssl::context::tls_client};
    std::unique_ptr<asio::ssl::stream<tcp::socket>> stream;
};

TEST_F(Tls, AnswersOverTls13) {
    open().handshake(asio::ssl::stream_base::client);
    EXPECT_STREQ(SSL_get_version(stream->native_handle()), "TLSv1.3");
    auto const answer = exchange(get("/hello") + get("/peer", "Connection: close\r\n"));
    EXPECT_NE(answer.find("\r\n\r\nhelloHTTP/1.1 200"), std::string::npos);
    EXPECT_NE(answer.find("127.0.0.1 secure deadline"), std::string::npos);
}

TEST_F(Tls, SendsLargeAnswersInFull) {
    open().handshake(asio::ssl::stream_base::client);
    EXPECT_GT(exchange(get("/large", "Connection: close\r\n")).size(), 8U * 1024 * 1024);
}

TEST_F(Tls, RefusesOlderVersions) {
    SSL_CTX_set_max_proto_version(context.native_handle(), TLS1_2_VERSION);
    boost::system::error_code ec;
    open().handshake(asio::ssl::stream_base::client, ec);
    EXPECT_TRUE(ec);
}

TEST_F(Tls, NegotiatesHttp11Only) {
    open("\x02h2\x08http/1.1").handshake(asio::ssl::stream_base::client);
    unsigned char const* protocol = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(stream->native_handle(), &protocol, &size);
    EXPECT_EQ(std::string(protocol, protocol + size), "http/1.1");
    boost::system::error_code ec;
    open("\x02h2").handshake(asio::ssl::stream_base::client, ec);
    EXPECT_TRUE(ec);
}

TEST_F(Tls, SurvivesPlainTextAndSilence) {
    auto client = connect();
    client.send(get("/hello"));
    client.rest();
    auto silent = connect();
    open().handshake(asio::ssl::stream_base::client);
    EXPECT_NE(exchange(get("/hello", "Connection: close\r\n")).find("hello"), std::string::npos);
    EXPECT_EQ(server->counters().stray_exceptions, 0U);
}

TEST_F(Tls, DrainFinishesAnAwaitingAnswerAndCutsAHandshake) {
    auto silent = connect();
    open().handshake(asio::ssl::stream_base::client);
    asio::write(*stream, asio::buffer(get("/await")));
    gate.await_arrivals(1);
    std::thread stopping([this] { server->stop(std::chrono::seconds{20}); });
    EXPECT_TRUE(silent.closed());
    gate.open();
    auto const answer = exchange("");
    EXPECT_NE(answer.find("awaited"), std::string::npos);
    stream.reset();
    stopping.join();
}

TEST(TlsFilesTest, UnusableFilesAreReported) {
    ServerOptions options;
    options.tls = TlsFiles{"/nonexistent/cert.pem", "/nonexistent/key.pem"};
    web::Router const router;
    auto const server = Server::create(options, {&router}, {}, [](Error const&, int, web::Response&) {});
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().code, Code::upstream_failed);
}

}  // namespace
}  // namespace b2a::http
