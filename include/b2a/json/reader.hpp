// SPDX-License-Identifier: Apache-2.0
// Typed reading of an object with pointer-addressed errors. A Reader never throws and never stops at the first problem:
// it collects up to limits::json_errors_max of them, and the caller asks `finish()` once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/json/view.hpp"

namespace b2a::json {

struct Problem {
    std::string pointer;  // RFC 6901
    std::string message;
};

enum class Presence : std::uint8_t { optional, required };

class Reader {
  public:
    /// `root` must be an object; otherwise a problem at "" is recorded and every read yields nothing.
    explicit Reader(View root);

    std::optional<std::string> string(std::string_view key, std::size_t bytes_max,
                                      Presence presence = Presence::optional);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max,
                                        Presence presence = Presence::optional);
    std::optional<bool> boolean(std::string_view key, Presence presence = Presence::optional);
    /// Calls `read` with a Reader on the member object, if present.
    void object(std::string_view key, std::function<void(Reader&)> const& read, Presence presence = Presence::optional);
    /// Calls `read` for each element that is an object; other elements are problems.
    void objects(std::string_view key, std::size_t count_max, std::function<void(Reader&)> const& read,
                 Presence presence = Presence::optional);
    std::optional<std::vector<std::string>> strings(std::string_view key, std::size_t count_max, std::size_t bytes_max,
                                                    Presence presence = Presence::optional);
    /// True if the member exists and is not null.
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::optional<View> raw(std::string_view key) const { return view_.get(key); }
    [[nodiscard]] View view() const { return view_; }

    /// Records a problem of the caller's own at `key` of this object ("" for the object itself).
    void problem(std::string_view key, std::string message);
    [[nodiscard]] std::vector<Problem> const& problems() const noexcept { return *problems_; }
    /// invalid_request with the first problem's pointer and all messages joined, or success.
    [[nodiscard]] Result<void> finish() const;

  private:
    Reader(View view, std::string pointer, std::vector<Problem>* sink);
    std::optional<View> member(std::string_view key, Presence presence);
    [[nodiscard]] std::string pointer_to(std::string_view key) const;

    View view_;
    std::string pointer_;
    std::vector<Problem> own_;
    std::vector<Problem>* problems_;

  public:
    Reader(Reader const&) = delete;
    Reader& operator=(Reader const&) = delete;
};

}  // namespace b2a::json
