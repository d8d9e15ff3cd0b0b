// SPDX-License-Identifier: Apache-2.0
// B2A_ASSERT guards against programmer errors and stays on in release: a wrong state must not reach the store.
#pragma once

namespace b2a {
[[noreturn]] void assertion_failed(char const* expression, char const* file, int line) noexcept;
}

#define B2A_ASSERT(expression) \
    (static_cast<bool>(expression) ? void(0) : ::b2a::assertion_failed(#expression, __FILE__, __LINE__))
