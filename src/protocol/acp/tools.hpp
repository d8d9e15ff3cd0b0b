// SPDX-License-Identifier: Apache-2.0
// The session operations as tools for MCP.
#pragma once

#include <memory>

#include "b2a/protocol/tool.hpp"

#include "gate.hpp"

namespace b2a::protocol::acp {

std::shared_ptr<ToolSet> make_tools(std::shared_ptr<Gate> gate);

}  // namespace b2a::protocol::acp
