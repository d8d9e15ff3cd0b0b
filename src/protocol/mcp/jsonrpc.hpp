// SPDX-License-Identifier: Apache-2.0
// JSON-RPC 2.0 with the error codes that are MCP's own.
#pragma once

#include "b2a/protocol/jsonrpc.hpp"

namespace b2a::protocol::mcp {

using rpc::error_message;
using rpc::id_text;
using rpc::internal_error;
using rpc::invalid_params;
using rpc::invalid_request;
using rpc::Message;
using rpc::method_not_found;
using rpc::notification_message;
using rpc::parse_error;
using rpc::read_message;
using rpc::Refusal;
using rpc::request_message;
using rpc::result_message;

inline constexpr int resource_not_found = -32002;   // until 2025-11-25
inline constexpr int header_mismatch = -32020;      // since 2026-07-28, like the next two
inline constexpr int missing_capability = -32021;   // of the client
inline constexpr int unsupported_version = -32022;  // of the protocol

}  // namespace b2a::protocol::mcp
