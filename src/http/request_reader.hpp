// SPDX-License-Identifier: Apache-2.0
// Bytes to requests: owns the connection's input buffer and Beast's parser, knows no socket. Strict on
// purpose: what two parsers could read differently (RFC 9112 §11.2, request smuggling) is refused, and the
// connection is closed.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "b2a/base/error.hpp"
#include "b2a/web/message.hpp"

namespace b2a::http {

/// Why a request cannot be read. `detail` is static text.
struct Refusal {
    int status = 400;
    Code code = Code::invalid_request;
    std::string_view detail;
};

class RequestReader {
  public:
    enum class State : std::uint8_t { need_more, complete, refused };

    explicit RequestReader(std::size_t body_bytes_max);
    ~RequestReader();
    RequestReader(RequestReader const&) = delete;
    RequestReader& operator=(RequestReader const&) = delete;

    /// Free space to read into; invalidates what fill() gave out.
    std::span<char> prepare();
    void commit(std::size_t bytes) noexcept { end_ += bytes; }
    State parse();

    /// After complete or refused: the request (as far as it was read), borrowing from the buffer.
    void fill(web::Request& request) const;
    [[nodiscard]] Refusal const& refusal() const noexcept;
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] bool http11() const noexcept;

    /// While need_more: nothing of a next request has arrived; the header is complete and the body is not.
    [[nodiscard]] bool idle() const noexcept;
    [[nodiscard]] bool in_body() const noexcept;
    /// True once per request that waits for "100 Continue" before it sends its body.
    bool take_expectation() noexcept;

    /// Drops the completed request; what follows it stays.
    void next();

  private:
    struct Impl;

    State refuse(Refusal refusal);
    void skip_blank_lines() noexcept;
    void close_gap() noexcept;
    void move_storage(std::size_t capacity);

    std::unique_ptr<char[]> data_;  // NOLINT(*-c-arrays)
    std::size_t capacity_;
    std::size_t begin_ = 0;   // of the current request
    std::size_t parsed_ = 0;  // up to here the parser has taken
    std::size_t end_ = 0;     // of what was read
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::http
