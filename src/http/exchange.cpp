// SPDX-License-Identifier: Apache-2.0
#include "http/exchange.hpp"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using Reply = Result<web::OutboundReply>;
using Message = beast::http::request<beast::http::string_body>;
using Parser = beast::http::response_parser<beast::http::string_body>;

constexpr int interim_replies_max = 4;

/// What every message of ours says about itself; a caller's field of that name gives way.
bool is_ours(std::string_view name) {
    static constexpr std::string_view names[] = {"host", "connection", "content-length", "transfer-encoding",
                                                 "accept-encoding"};
    return std::ranges::any_of(names, [name](std::string_view one) { return iequals(one, name); });
}

bool is_token(std::string_view text) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        auto const lower = ascii_lower(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
    });
}

/// No field of ours may end early and start another (CR, LF), whoever its value came from.
bool are_well_formed(std::vector<std::pair<std::string, std::string>> const& fields) {
    std::size_t bytes = 0;
    for (auto const& [name, value] : fields) {
        bytes += name.size() + value.size() + 4;
        auto const plain = [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F); };
        if (!is_token(name) || !std::ranges::all_of(value, plain)) return false;
    }
    return bytes <= limits::http_header_bytes_max;
}

Message message_of(web::OutboundRequest& request, web::Url const& url, std::string const& user_agent) {
    using beast::http::field;
    Message message;
    message.method_string(std::string(web::to_text(request.method)));
    message.target(url.target);
    message.version(11);
    message.set(field::host, url.authority());
    message.set(field::user_agent, user_agent);
    for (auto const& [name, value] : request.headers) {
        if (is_ours(name)) continue;
        if (iequals(name, "user-agent")) {
            message.set(field::user_agent, value);
        } else {
            message.insert(name, value);
        }
    }
    message.set(field::accept_encoding, "identity");
    message.set(field::connection, "close");
    message.body() = std::move(request.body);
    message.prepare_payload();
    return message;
}

web::OutboundReply reply_of(Parser::value_type message) {
    web::OutboundReply reply;
    reply.status = static_cast<int>(message.result_int());
    for (auto const& field : message)
        reply.headers.emplace_back(to_ascii_lower(std::string(field.name_string())), std::string(field.value()));
    reply.body = std::move(message.body());
    return reply;
}

std::string_view reason_of(error_code const& ec) {
    using beast::http::error;
    if (ec == error::body_limit || ec == error::header_limit || ec == error::buffer_overflow) return "reply_too_large";
    if (ec == asio::ssl::error::stream_truncated) return "reply_malformed";
    if (ec.category() == beast::http::make_error_code(error::bad_version).category()) return "reply_malformed";
    if (ec.category() == asio::error::get_ssl_category()) return "tls_failed";
    return "connect_failed";
}

}  // namespace

Exchange::Exchange(Context context, Destination destination, web::OutboundRequest request,
                   std::string_view user_agent) :
    context_(context),
    destination_(std::move(destination)),
    request_(std::move(request)),
    user_agent_(user_agent),
    clock_(context.loop),
    step_(context.loop),
    connecting_(context.loop),
    socket_(context.loop) {}

void Exchange::admit() {
    admitted_ = true;
    step_.cancel();
}

void Exchange::expire() {
    expired_ = true;
    step_.cancel();
    error_code ignored;
    socket_.close(ignored);
}

void Exchange::arm() {
    clock_.expires_after(request_.timeout);
    clock_.async_wait([weak = weak_from_this()](error_code const& ec) {
        if (ec) return;
        if (auto const self = weak.lock()) self->expire();
    });
}

Error Exchange::failed(std::string_view reason, std::string note) const {
    if (expired_) return outbound_error("timeout", "the other side took too long");
    return outbound_error(reason, "the request to " + destination_.url.host + " failed").with_note(std::move(note));
}

awaitable<void> Exchange::wait_for_step() {
    step_.expires_at(asio::steady_timer::time_point::max());
    error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    co_await step_.async_wait(token);
}

awaitable<Reply> Exchange::run() {
    if (!are_well_formed(request_.headers)) co_return Error(Code::internal, "a field of the request is malformed");
    arm();
    while (!admitted_ && !expired_) co_await wait_for_step();
    if (expired_) co_return failed("timeout", "");
    auto found = co_await resolve();
    if (!found) co_return std::move(found).error();
    auto connected = co_await connect();
    if (!connected) co_return std::move(connected).error();
    if (destination_.url.secure) {
        auto secured = co_await handshake();
        if (!secured) co_return std::move(secured).error();
    }
    auto reply = co_await talk();
    clock_.cancel();
    error_code ignored;
    socket_.close(ignored);
    co_return reply;
}

/// All addresses must be admitted: a name that also points inside is not one to call.
awaitable<Result<void>> Exchange::resolve() {
    auto const& host = destination_.url.host;
    if (destination_.url.numeric) {
        error_code ec;
        auto const address = asio::ip::make_address(host, ec);
        if (!ec) addresses_.push_back(address);
    } else {
        context_.lookup.start(host, weak_from_this(), [this](Lookup::Addresses found) {
            addresses_ = std::move(found);
            resolved_ = true;
            step_.cancel();
        });
        while (!resolved_ && !expired_) co_await wait_for_step();
    }
    if (expired_ || addresses_.empty()) co_return failed("name_not_resolved", "");
    for (auto const& address : addresses_)
        if (!SsrfGuard::admits(destination_, address)) co_return failed("address_not_admitted", address.to_string());
    if (addresses_.size() > limits::outbound_addresses_max) addresses_.resize(limits::outbound_addresses_max);
    co_return Result<void>();
}

awaitable<Result<void>> Exchange::connect() {
    for (std::size_t i = 0; i < addresses_.size() && !expired_; ++i) {
        tcp::endpoint const endpoint(addresses_[i], destination_.url.port);
        bool const last = i + 1 == addresses_.size();
        bool const connected = co_await connect_to(endpoint, last);
        if (!connected) continue;
        error_code ec;
        auto const peer = socket_.remote_endpoint(ec);
        if (ec) continue;
        if (peer != endpoint || !SsrfGuard::admits(destination_, peer.address()))
            co_return failed("address_not_admitted", peer.address().to_string());
        co_return Result<void>();
    }
    co_return failed("connect_failed", "");
}

awaitable<bool> Exchange::connect_to(tcp::endpoint endpoint, bool last) {
    socket_ = Plain(context_.loop);
    auto const attempt = ++attempt_;
    if (!last) {
        connecting_.expires_after(limits::outbound_connect_timeout);
        connecting_.async_wait([weak = weak_from_this(), attempt](error_code const& ec) {
            auto const self = weak.lock();
            if (ec || !self || self->attempt_ != attempt) return;
            error_code ignored;
            self->socket_.close(ignored);
        });
    }
    error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    co_await socket_.async_connect(endpoint, token);
    ++attempt_;
    connecting_.cancel();
    co_return !ec && !expired_;
}

/// The certificate must be for the very host of the URL; names are sent as SNI, addresses are not (RFC 6066 §3).
bool Exchange::prepare_tls() {
    static constexpr unsigned char alpn[] = "\x08http/1.1";
    tls_ = std::make_unique<Tls>(socket_, context_.tls);
    auto* const native = tls_->native_handle();
    auto const& host = destination_.url.host;
    if (SSL_set_alpn_protos(native, alpn, sizeof alpn - 1) != 0) return false;
    if (destination_.url.numeric) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(native), host.c_str()) == 1;
    SSL_set_hostflags(native, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    auto name = host;  // OpenSSL's signature asks for a mutable one, and copies it
    return SSL_set1_host(native, host.c_str()) == 1 &&
           SSL_ctrl(native, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
}

awaitable<Result<void>> Exchange::handshake() {
    if (!prepare_tls()) co_return failed("tls_failed", "the connection cannot be prepared");
    error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    co_await tls_->async_handshake(asio::ssl::stream_base::client, token);
    if (!ec) co_return Result<void>();
    auto const verified = SSL_get_verify_result(tls_->native_handle());
    co_return failed("tls_failed", verified == X509_V_OK ? ec.message() : X509_verify_cert_error_string(verified));
}

awaitable<Reply> Exchange::talk() {
    if (tls_) {
        auto reply = co_await talk(*tls_);
        co_return reply;
    }
    auto reply = co_await talk(socket_);
    co_return reply;
}

template <class Stream>
awaitable<Reply> Exchange::talk(Stream& stream) {
    auto const message = message_of(request_, destination_.url, user_agent_);
    error_code ec;
    auto token = asio::redirect_error(asio::use_awaitable, ec);
    co_await beast::http::async_write(stream, message, token);
    if (ec) co_return failed(reason_of(ec), ec.message());
    beast::flat_buffer buffer(2 * limits::http_header_bytes_max);
    for (auto interim = 0; interim <= interim_replies_max; ++interim) {
        Parser parser;
        parser.header_limit(limits::http_header_bytes_max);
        parser.body_limit(request_.reply_bytes_max);
        parser.skip(request_.method == web::Method::head);
        co_await beast::http::async_read(stream, buffer, parser, token);
        if (ec) co_return failed(reason_of(ec), ec.message());
        auto const status = parser.get().result_int();
        if (status >= 200) co_return reply_of(parser.release());
        if (status == 101) break;  // nobody asked for another protocol
    }
    co_return failed("reply_malformed", "no final reply");
}

}  // namespace b2a::http
