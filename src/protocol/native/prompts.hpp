// SPDX-License-Identifier: Apache-2.0
// Ready-made questions that lead a language model through the tools of this shop. What a user or the catalog says
// stands in them as data, marked as such.
#pragma once

#include <memory>

#include "b2a/protocol/resource.hpp"

#include "operations.hpp"

namespace b2a::protocol::native {

std::shared_ptr<PromptSet> make_prompts(std::shared_ptr<Operations> operations);

}  // namespace b2a::protocol::native
