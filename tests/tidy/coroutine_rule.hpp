// SPDX-License-Identifier: Apache-2.0
// Rule C1 (docs/style.md): g++ 12 destroys temporaries twice in some statements that contain co_await.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace b2a::tidy {

struct Violation {
    std::size_t line = 0;
    std::string what;
};

/// `code` has comments and literals blanked. Flags a statement with co_await that holds a braced argument, a lambda, a
/// conditional operator or a second co_await.
std::vector<Violation> coroutine_violations(std::string_view code);

}  // namespace b2a::tidy
