// SPDX-License-Identifier: Apache-2.0
// JSON-RPC 2.0 as MCP and A2A use it: one object a body, no batches.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::rpc {

inline constexpr int parse_error = -32700;
inline constexpr int invalid_request = -32600;
inline constexpr int method_not_found = -32601;
inline constexpr int invalid_params = -32602;
inline constexpr int internal_error = -32603;

struct Message {
    std::string id;  // as JSON text; empty: a notification
    std::string method;
    json::View params;      // an object, or empty
    bool response = false;  // an answer of the client's, to nothing we asked
};

/// Errors: invalid_request with what is wrong.
Result<Message> read_message(json::View root);

/// {"jsonrpc":"2.0","id":…,"result":<result>}
void write_result(web::Response& response, std::string_view id, std::string_view result);
/// `data` is JSON, or empty.
void write_error(web::Response& response, std::string_view id, int code, std::string_view message,
                 std::string_view data = {});

}  // namespace b2a::protocol::rpc
