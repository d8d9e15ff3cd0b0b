// SPDX-License-Identifier: Apache-2.0
// The operations of ACP, once for both bindings: a row says how an operation is called over REST and as a tool, and its
// handler knows neither. What a binding contributes is a Call.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <boost/asio/awaitable.hpp>

#include "b2a/json/view.hpp"
#include "b2a/protocol/acp.hpp"

#include "parse.hpp"

namespace b2a::protocol::acp {

/// One request after admission. `body` is an object or an empty View; it is valid until the handler first suspends.
struct Call {
    service::RequestContext context;
    std::string id;
    json::View body;
    std::string_view bytes;  // of the body as it came, where a request has one of its own
    std::string language;
    std::string conversation;  // of the transport, where it has one
};

class Operations {
  public:
    explicit Operations(Deps const& deps) : deps_(deps) {}

    void get_session(Call const& call, web::Response& response);
    void get_cart(Call const& call, web::Response& response);

    using Waiting = boost::asio::awaitable<void>;
    Waiting create_session(Call call, web::Response& response);
    Waiting update_session(Call call, web::Response& response);
    Waiting complete_session(Call call, web::Response& response);
    Waiting cancel_session(Call call, web::Response& response);
    Waiting create_cart(Call call, web::Response& response);
    Waiting update_cart(Call call, web::Response& response);
    Waiting cancel_cart(Call call, web::Response& response);

  private:
    Deps deps_;
};

enum class BodyRule : std::uint8_t { none, optional, required };

/// A row of the table.
struct Operation {
    using Read = void (Operations::*)(Call const&, web::Response&);
    using Write = Operations::Waiting (Operations::*)(Call, web::Response&);

    std::string_view tool;    // of MCP; empty: REST only
    std::string_view metric;  // for logs and metrics
    web::Method method;
    std::string_view path;  // below api_base_url, with {id} where it has one; also the scope of idempotency keys
    BodyRule body;
    std::variant<Read, Write> handler;

    [[nodiscard]] bool writes() const noexcept { return std::holds_alternative<Write>(handler); }
};
std::span<Operation const> operations() noexcept;
/// The operation behind a tool; nullptr if there is none of that name.
Operation const* find_tool(std::string_view name) noexcept;

/// How operations end when nothing can be shown.
void fail(Call const& call, Error const& error, web::Response& response);

}  // namespace b2a::protocol::acp
