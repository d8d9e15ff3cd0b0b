// SPDX-License-Identifier: Apache-2.0
// What every fuzz target is made of: one function of the bytes, and a check that ends the process. A target is linked
// with libFuzzer (preset `fuzz`) or with replay.cpp, which feeds it the files of its corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

#define FUZZ_CHECK(expression) \
    (static_cast<bool>(expression) ? void(0) : ::b2a::fuzz::broken(#expression, __FILE__, __LINE__))

namespace b2a::fuzz {

[[noreturn]] inline void broken(char const* expression, char const* file, int line) {
    std::fprintf(stderr, "%s:%d: this must hold: %s\n", file, line, expression);
    std::abort();
}

inline std::string_view text(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};  // NOLINT
}

/// Cuts texts and small numbers off the front of the input; there is always a next one, if only an empty one.
class Pieces {
  public:
    explicit Pieces(std::string_view rest) : rest_(rest) {}

    [[nodiscard]] bool done() const noexcept { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
    std::string_view until(char end) {
        auto const at = rest_.find(end);
        auto const out = rest_.substr(0, at);
        rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + 1);
        return out;
    }
    std::string_view line() { return until('\n'); }
    std::uint8_t byte() {
        if (rest_.empty()) return 0;
        auto const out = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return out;
    }

  private:
    std::string_view rest_;
};

}  // namespace b2a::fuzz
