// SPDX-License-Identifier: Apache-2.0
// One outbound request from its admitted URL to its reply, on the client's thread. A timer ends whatever step it is at;
// the step's error then reads "timeout".
#pragma once

#include <memory>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include "b2a/base/result.hpp"
#include "b2a/web/outbound.hpp"

#include "http/lookup.hpp"
#include "http/ssrf_guard.hpp"

namespace b2a::http {

class Exchange : public std::enable_shared_from_this<Exchange> {
  public:
    struct Context {
        boost::asio::io_context& loop;
        boost::asio::ssl::context& tls;
        Lookup& lookup;
    };
    Exchange(Context context, Destination destination, web::OutboundRequest request, std::string_view user_agent);

    /// Its turn has come: until then run() waits.
    void admit();
    [[nodiscard]] bool admitted() const noexcept { return admitted_; }
    /// Ends it early: what comes back is "timeout".
    void expire();
    [[nodiscard]] Destination const& destination() const noexcept { return destination_; }

    boost::asio::awaitable<Result<web::OutboundReply>> run();

  private:
    using Plain = boost::asio::ip::tcp::socket;
    using Tls = boost::asio::ssl::stream<Plain&>;

    void arm();
    boost::asio::awaitable<void> wait_for_step();
    boost::asio::awaitable<Result<void>> resolve();
    boost::asio::awaitable<Result<void>> connect();
    boost::asio::awaitable<bool> connect_to(boost::asio::ip::tcp::endpoint endpoint, bool last);
    boost::asio::awaitable<Result<void>> handshake();
    boost::asio::awaitable<Result<web::OutboundReply>> talk();
    template <class Stream>
    boost::asio::awaitable<Result<web::OutboundReply>> talk(Stream& stream);
    bool prepare_tls();
    /// The error of a step that failed, unless the clock made it fail.
    [[nodiscard]] Error failed(std::string_view reason, std::string note) const;

    Context context_;
    Destination destination_;
    web::OutboundRequest request_;
    std::string user_agent_;
    bool admitted_ = false;
    bool expired_ = false;
    boost::asio::steady_timer clock_;
    boost::asio::steady_timer step_;  // cancelled when what a step waits for, other than the socket, has come
    boost::asio::steady_timer connecting_;
    std::uint32_t attempt_ = 0;
    bool resolved_ = false;
    Lookup::Addresses addresses_;
    Plain socket_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace b2a::http
