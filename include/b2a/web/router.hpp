// SPDX-License-Identifier: Apache-2.0
// Routes by exact segments and {name} parameters, no patterns. 404 and 405 are told apart; HEAD follows GET.
// A handler is either immediate (reads: no coroutine frame on the hot path) or awaits (writes: the group
// commit), or decides by the request (reads that may have to find out who is asking), or may answer in pieces.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/web/message.hpp"

namespace b2a::web {

class EventStream;

using Immediate = std::function<void(Request const&, Response&)>;
using Awaiting = std::function<boost::asio::awaitable<void>(Request const&, Response&)>;
/// Decides by the request whether it has to wait: an answer now (nullopt), or what the session awaits.
using Deciding = std::function<std::optional<boost::asio::awaitable<void>>(Request const&, Response&)>;
/// Answers in one piece as the others do, or opens the stream.
using Streaming = std::function<boost::asio::awaitable<void>(Request const&, Response&, EventStream&)>;
using Handler = std::variant<Immediate, Awaiting, Deciding, Streaming>;

struct RouteInfo {
    Method method;
    std::string pattern;
    std::string operation;  // stable name for logs and metrics, e.g. "ucp.create_checkout"
};

class Router {
  public:
    Router();
    ~Router();
    Router(Router&&) noexcept;

    /// Adds "/a/{id}/b" (at most eight parameters). Asserts on a duplicate or malformed pattern: routes are
    /// code. A parameter is never empty; an exact segment is preferred to a parameter; "/a" and "/a/" are two
    /// paths.
    void add(Method method, std::string_view pattern, std::string_view operation, Handler handler);
    /// Answers everything below `prefix` that no route takes: how a protocol keeps its own 404/405 shape. The
    /// longest prefix wins; "/a" covers "/a" and "/a/…", not "/ab". Without one the answer is a problem
    /// document.
    void fallback(std::string_view prefix, std::function<void(Request const&, Response&, int status)> render);

    struct Match {
        Handler const* handler = nullptr;  // nullptr: answered already, see `status`
        std::string_view operation;
        int status = 0;  // when handler is nullptr: 404, 405 or 204 (OPTIONS without a route)
    };
    /// Resolves and fills request.params; on a miss renders the fallback's answer (405 with Allow) into
    /// `response`.
    Match resolve(Request& request, Response& response) const;
    [[nodiscard]] std::vector<RouteInfo> const& routes() const noexcept;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::web
