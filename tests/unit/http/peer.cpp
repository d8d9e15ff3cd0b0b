// SPDX-License-Identifier: Apache-2.0
#include "peer.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>

namespace b2a::http {

namespace asio = boost::asio;
using asio::ip::tcp;

Peer::Peer(Script script, TlsFiles const* tls, int tls_version_max) :
    script_(std::move(script)),
    secure_(tls != nullptr),
    acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    port_ = acceptor_.local_endpoint().port();
    if (secure_) {
        tls_.use_certificate_chain_file(tls->certificate_chain);
        tls_.use_private_key_file(tls->private_key, asio::ssl::context::pem);
        if (tls_version_max != 0) SSL_CTX_set_max_proto_version(tls_.native_handle(), tls_version_max);
        SSL_CTX_set_security_level(tls_.native_handle(), 0);  // the old versions, so that the client has to refuse
    }
    thread_ = std::thread([this] { accept(); });
}

Peer::~Peer() {
    stopping_ = true;
    // A connection of our own ends the accept that blocks.
    tcp::socket knock(io_);
    boost::system::error_code ignored;
    knock.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port_), ignored);
    thread_.join();
    for (auto& connection : connections_) connection.join();
}

void Peer::accept() {
    for (;;) {
        boost::system::error_code ec;
        tcp::socket socket(io_);
        acceptor_.accept(socket, ec);
        if (stopping_ || ec) return;
        ++accepted_;
        connections_.emplace_back([this, socket = std::move(socket)]() mutable { serve(std::move(socket)); });
    }
}

void Peer::serve(tcp::socket socket) {
    if (!secure_) return talk(socket);
    asio::ssl::stream<tcp::socket> stream(std::move(socket), tls_);
    boost::system::error_code ec;
    stream.handshake(asio::ssl::stream_base::server, ec);
    if (ec) return;
    {
        std::scoped_lock const lock(mutex_);
        auto const* const name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
        server_name_ = name == nullptr ? "" : name;
    }
    talk(stream);
    stream.shutdown(ec);
}

template <class Stream>
void Peer::talk(Stream& stream) {
    std::string request;
    boost::system::error_code ec;
    auto const head = asio::read_until(stream, asio::dynamic_buffer(request), "\r\n\r\n", ec);
    if (ec) return;
    static constexpr std::string_view length_field = "Content-Length: ";
    if (auto const at = request.find(length_field); at < head) {
        auto const body = std::stoul(request.substr(at + length_field.size()));
        if (request.size() < head + body)
            asio::read(stream, asio::dynamic_buffer(request), asio::transfer_exactly(head + body - request.size()), ec);
    }
    {
        std::scoped_lock const lock(mutex_);
        requests_.push_back(request);
    }
    asio::write(stream, asio::buffer(script_(request)), ec);
}

std::vector<std::string> Peer::requests() const {
    std::scoped_lock const lock(mutex_);
    return requests_;
}

std::string Peer::server_name() const {
    std::scoped_lock const lock(mutex_);
    return server_name_;
}

std::string ok(std::string const& body, std::string const& fields) {
    return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace b2a::http
