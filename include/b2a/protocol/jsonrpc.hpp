// SPDX-License-Identifier: Apache-2.0
// JSON-RPC 2.0 as MCP and A2A use it: one object a body, no batches.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"

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
    bool response = false;  // the client answers something that we asked
};

/// An error before or instead of a result; `data` is JSON, or empty.
struct Refusal {
    int status;
    int code;
    std::string message;
    std::string data = {};
};

/// Errors: invalid_request with what is wrong.
Result<Message> read_message(json::View root);
/// A string or an integer as JSON text. Errors: invalid_request.
Result<std::string> id_text(json::View id);

/// {"jsonrpc":"2.0","id":…,"result":<result>}
std::string result_message(std::string_view id, std::string_view result);
/// An empty id is written as null.
std::string error_message(std::string_view id, Refusal const& refusal);
/// `params` is JSON.
std::string notification_message(std::string_view method, std::string_view params);
std::string request_message(std::string_view id, std::string_view method, std::string_view params);

}  // namespace b2a::protocol::rpc
