// SPDX-License-Identifier: Apache-2.0
// The native operations as tools for language models: described in proto-schemas/native/v1/tools.json, called as the
// request that they are over REST. Errors are results that a model reads: what is wrong, where, and what is right.
#pragma once

#include <memory>

#include "b2a/protocol/tool.hpp"

#include "operations.hpp"

namespace b2a::protocol::native {

std::shared_ptr<ToolSet> make_tools(std::shared_ptr<Operations> operations);

}  // namespace b2a::protocol::native
