// SPDX-License-Identifier: Apache-2.0
// The port to other people's servers: agent profiles in, order notices out. Implemented by the http module behind its
// guard; here so that services and protocols can call it without knowing sockets.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/result.hpp"
#include "b2a/web/message.hpp"

namespace b2a::web {

struct OutboundRequest {
    Method method = Method::get;
    std::string url;  // absolute https (http on loopback where the guard admits it)
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::size_t reply_bytes_max = 128 * 1024;
    std::chrono::milliseconds timeout{3000};  // for all of it: resolving, connecting, TLS, reply
};

struct OutboundReply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;
    /// The first field of that (lower-case) name; empty if there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// What the guard and the network can refuse, as Error::reason of Code::upstream_failed (and of invalid_request for
/// url_not_admitted and name_not_resolved): "url_not_admitted" (scheme, userinfo, port, fragment), "name_not_resolved",
/// "address_not_admitted" (a special-use address, checked after resolving and again on the connected socket),
/// "connect_failed", "tls_failed", "timeout", "reply_malformed", "reply_too_large", "overloaded". Redirects are not
/// followed: a 3xx is a reply like any other.
class Outbound {
  public:
    virtual ~Outbound() = default;
    /// Never blocks the calling thread; resumes the caller on its own executor.
    virtual boost::asio::awaitable<Result<OutboundReply>> send(OutboundRequest request) = 0;
};

}  // namespace b2a::web
