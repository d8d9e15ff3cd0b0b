// SPDX-License-Identifier: Apache-2.0
// An answer that is written in pieces while its handler still runs (Server-Sent Events): what a streaming handler gets
// from the server beside the response. Used on the connection's own thread only.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "b2a/web/message.hpp"

namespace b2a::web {

inline constexpr std::string_view event_stream_type = "text/event-stream";

/// One message as a Server-Sent Event. `data` holds no line ends, which compact JSON never does.
std::string event_text(std::string_view data);

class EventStream {
  public:
    virtual ~EventStream() = default;

    /// Sends the head of `response`, whose body is then made of what is sent; the connection closes after it. False:
    /// none is to be had (HTTP/1.0, or too many are open), so the handler answers in one piece.
    virtual boost::asio::awaitable<bool> open(Response const& response) = 0;
    [[nodiscard]] virtual bool is_open() const = 0;
    /// Appends to the body and returns when the kernel has it, so that a slow client slows its handler down. False: the
    /// client is gone.
    virtual boost::asio::awaitable<bool> send(std::string text) = 0;
    /// True once the handler should come to its end: the client has gone, or the server drains.
    [[nodiscard]] virtual bool ending() const = 0;
    /// Calls `wake` when ending() becomes true, from the connection's thread; one at a time, an empty function takes
    /// it back. It must not destroy the stream.
    virtual void on_ending(std::function<void()> wake) = 0;
};

}  // namespace b2a::web
