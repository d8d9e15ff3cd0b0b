// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

#include "b2a/base/log.hpp"

namespace b2a {

void assertion_failed(char const* expression, char const* file, int line) noexcept {
    log::flush();
    std::fprintf(stderr, "b2a: assertion failed: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace b2a
