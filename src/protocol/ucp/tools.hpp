// SPDX-License-Identifier: Apache-2.0
// The MCP binding: the rows of the operation table as tools, with the schemas that
// proto-schemas/ucp/<version>/tools.json holds. Arguments are {meta, id?, <body>}; the profile and the idempotency key
// come in meta.
#pragma once

#include <memory>

#include "b2a/protocol/tool.hpp"

#include "gate.hpp"

namespace b2a::protocol::ucp {

std::shared_ptr<ToolSet> make_tools(std::shared_ptr<Gate> gate);
/// The same for a transport that has conversations: Invocation::conversation stands for the checkout's id, parts of a
/// checkout can be changed, and one key (a message's id) is good for one call, whichever it is.
std::shared_ptr<ToolSet> make_conversation_tools(std::shared_ptr<Gate> gate, policy::Protocol spoken);

}  // namespace b2a::protocol::ucp
