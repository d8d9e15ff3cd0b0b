// SPDX-License-Identifier: Apache-2.0
// A protocol's operations as tools: what the MCP transport needs to list and to call them, and nothing of what they do.
// An answer is the HTTP answer that the same operation gives over REST; the transport wraps it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "b2a/json/view.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol {

/// One call of a tool.
struct Invocation {
    std::string_view name;
    json::View arguments;  // an object or an empty View; valid until the call has ended
    /// The conversation that the call belongs to, where the transport has such a thing (A2A); empty: none.
    std::string_view conversation = {};
};

class ToolSet {
  public:
    virtual ~ToolSet() = default;
    [[nodiscard]] virtual bool has(std::string_view name) const = 0;
    /// Appends the tools for this caller to `tools` as members of a JSON array, without brackets, comma-separated; or
    /// makes `response` an error answer. A caller that may use none gets none.
    virtual boost::asio::awaitable<void> list(web::Request const& request, json::View arguments, std::string& tools,
                                              web::Response& response) = 0;
    /// Runs a tool, which must be one of its own.
    virtual boost::asio::awaitable<void> call(web::Request const& request, Invocation invocation,
                                              web::Response& response) = 0;
    /// How an error answer (status ≥ 400) of list() or call() is told: as a JSON-RPC error with this code and the
    /// answer as its data, or (nullopt) as the tool's result with isError, which a language model gets to read.
    [[nodiscard]] virtual std::optional<int> rpc_code(web::Response const& response) const = 0;
    /// What a client should know before it calls one of these tools: one or two sentences, or nothing.
    [[nodiscard]] virtual std::string instructions() const { return {}; }
    /// True if the members of the answer belong into the tool's result itself, beside content (ACP's binding).
    [[nodiscard]] virtual bool spreads_answer() const { return false; }
};

}  // namespace b2a::protocol
