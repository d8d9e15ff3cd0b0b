// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace b2a::tidy {

struct FunctionSpan {
    std::size_t line = 0;   // of the opening brace
    std::size_t lines = 0;  // from there to the closing brace, both counted
};

/// Function bodies in `code` (comments and literals blanked). Lambdas count as part of the function around them.
std::vector<FunctionSpan> function_spans(std::string_view code);

}  // namespace b2a::tidy
