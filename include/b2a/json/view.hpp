// SPDX-License-Identifier: Apache-2.0
// Reading JSON on the request path. Document parses once (simdjson inside) and refuses what no protocol of ours needs:
// invalid UTF-8, depth over limits::json_depth_max, duplicate member names, numbers outside int64/uint64/double.
// View is a borrowed cursor of two words; it lives as long as its Document's last parse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "b2a/base/result.hpp"

namespace b2a::json {

enum class Kind : std::uint8_t { null, boolean, integer, decimal, string, array, object };

class View {
  public:
    View() = default;

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool is(Kind k) const { return kind() == k; }
    [[nodiscard]] std::optional<bool> as_bool() const;
    /// Integers only: 1.0 is not an integer here, since money and quantities never come as fractions.
    [[nodiscard]] std::optional<std::int64_t> as_int() const;
    [[nodiscard]] std::optional<std::string_view> as_string() const;
    /// The number exactly as written when it is an integer, else the shortest text that round-trips. For decimals.
    [[nodiscard]] std::optional<std::string> as_decimal_text() const;

    /// Object member; nullopt when absent or when this is no object. A member that is null is present.
    [[nodiscard]] std::optional<View> get(std::string_view key) const;
    [[nodiscard]] std::size_t size() const;  // elements of an array, members of an object, else 0
    void each_element(std::function<void(std::size_t index, View)> const& visit) const;
    void each_member(std::function<void(std::string_view key, View)> const& visit) const;

  private:
    friend class Document;
    View(void const* document, std::size_t index) : document_(document), index_(index) {}
    void const* document_ = nullptr;
    std::size_t index_ = 0;
};

class Document {
  public:
    Document();
    ~Document();
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;

    /// Parses `text`; the buffers are reused over calls. Errors: invalid_request with a short reason.
    Result<View> parse(std::string_view text);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::json
