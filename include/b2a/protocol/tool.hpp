// SPDX-License-Identifier: Apache-2.0
// A protocol's operations as tools: what the MCP transport needs to list and to call them, and nothing of what they do.
// An answer is the HTTP answer that the same operation gives over REST; the transport wraps it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "b2a/json/view.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol {

class ToolSet {
  public:
    virtual ~ToolSet() = default;
    [[nodiscard]] virtual bool has(std::string_view name) const = 0;
    /// Appends the tools for this caller to `tools` as members of a JSON array, without brackets, comma-separated; or
    /// makes `response` an error answer. A caller that may use none gets none.
    virtual boost::asio::awaitable<void> list(web::Request const& request, json::View arguments, std::string& tools,
                                              web::Response& response) = 0;
    /// Runs the tool `name`, which must be one of its own. `arguments` is an object or an empty View, and is valid
    /// until the call has ended.
    virtual boost::asio::awaitable<void> call(web::Request const& request, std::string_view name, json::View arguments,
                                              web::Response& response) = 0;
    /// The JSON-RPC code for an error answer (status ≥ 400) of list() or call().
    [[nodiscard]] virtual int rpc_code(web::Response const& response) const = 0;
};

}  // namespace b2a::protocol
