// SPDX-License-Identifier: Apache-2.0
// The operations of UCP, once for every binding: a row says how an operation is called over REST and as a tool, and its
// handler knows neither. What a binding contributes is a Call.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <boost/asio/awaitable.hpp>

#include "b2a/json/view.hpp"
#include "b2a/protocol/body.hpp"
#include "b2a/protocol/ucp.hpp"

#include "catalog_operations.hpp"
#include "parse_checkout.hpp"
#include "render_parts.hpp"
#include "terms.hpp"

namespace b2a::protocol::ucp {

/// One request after admission. `body` is an object where the operation has one; it is valid until the handler first
/// suspends.
struct Call {
    service::RequestContext context;
    std::shared_ptr<Terms const> terms;
    std::string id;
    json::View body;
    std::string language;
    std::string conversation;  // of the transport, where it has one
};

class Operations {
  public:
    explicit Operations(Deps const& deps) : deps_(deps), catalog_(deps.site, deps.catalog, deps.shopping) {}

    void search_catalog(Call const& call, web::Response& response);
    void lookup_catalog(Call const& call, web::Response& response);
    void get_product(Call const& call, web::Response& response);
    void search_locations(Call const& call, web::Response& response);
    void lookup_locations(Call const& call, web::Response& response);
    void get_cart(Call const& call, web::Response& response);
    void get_checkout(Call const& call, web::Response& response);
    void get_order(Call const& call, web::Response& response);

    using Waiting = boost::asio::awaitable<void>;
    Waiting create_cart(Call call, web::Response& response);
    Waiting update_cart(Call call, web::Response& response);
    Waiting cancel_cart(Call call, web::Response& response);
    Waiting create_checkout(Call call, web::Response& response);
    Waiting update_checkout(Call call, web::Response& response);
    Waiting complete_checkout(Call call, web::Response& response);
    Waiting cancel_checkout(Call call, web::Response& response);

    // What a conversation asks for, in parts (conversation.cpp).
    Waiting add_to_checkout(Call call, web::Response& response);
    Waiting remove_from_checkout(Call call, web::Response& response);
    Waiting change_checkout(Call call, web::Response& response);

  private:
    Deps deps_;
    CatalogOperations catalog_;
};

/// A row of the table.
struct Operation {
    using Read = void (Operations::*)(Call const&, web::Response&);
    using Write = Operations::Waiting (Operations::*)(Call, web::Response&);

    std::string_view name;    // operationId of the REST binding and tool name of MCP
    std::string_view metric;  // for logs and metrics
    web::Method method;
    std::string_view path;         // REST, with {id} where it has one
    std::string_view argument;     // MCP: the argument that holds the body; empty: none
    std::string_view idempotency;  // scope of its keys; empty: a read, keys are ignored
    Entry entry;
    BodyRule body;
    std::variant<Read, Write> handler;
};
std::span<Operation const> operations() noexcept;
Operation const* find_operation(std::string_view name) noexcept;
/// Also those that only a conversation has: they change parts of its checkout.
Operation const* find_conversation_operation(std::string_view name) noexcept;
/// True if the operation exists in the version.
bool has_operation(Version version, Operation const& operation) noexcept;

}  // namespace b2a::protocol::ucp
