// SPDX-License-Identifier: Apache-2.0
// Writing JSON straight into a reused buffer (RFC 8259 compact, RFC 8785 string escaping, members in call order).
// Misuse (a value where a key belongs) is a programmer error and asserts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace b2a::json {

/// The order of object members in RFC 8785: by UTF-16 code units. Both texts must be valid UTF-8.
bool member_order_less(std::string_view a, std::string_view b) noexcept;

class Writer {
  public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);
    Writer& value(std::string_view text);
    Writer& value(char const* text) { return value(std::string_view(text)); }
    Writer& value(std::string const& text) { return value(std::string_view(text)); }
    Writer& value(std::int64_t number);
    Writer& value(std::uint64_t number);
    Writer& value(int number) { return value(static_cast<std::int64_t>(number)); }
    Writer& value(bool flag);
    Writer& null();
    /// Splices bytes that are already JSON.
    Writer& raw(std::string_view json);

    template <class T>
    Writer& member(std::string_view name, T const& v) {
        key(name);
        return value(v);
    }
    Writer& member_raw(std::string_view name, std::string_view json) {
        key(name);
        return raw(json);
    }
    /// Writes the member only when `text` is not empty.
    Writer& member_if(std::string_view name, std::string_view text) {
        if (!text.empty()) member(name, text);
        return *this;
    }

  private:
    Writer& open(char bracket, bool object);
    Writer& close(char bracket, bool object);
    void separate();
    void quote(std::string_view text);
    [[nodiscard]] bool in_object() const noexcept { return depth_ > 0 && (objects_ & 1U) != 0; }

    std::string& out_;
    std::uint64_t objects_ = 0;  // one bit a level, the innermost lowest: is it an object?
    unsigned depth_ = 0;
    bool comma_ = false;
    bool after_key_ = false;
};

}  // namespace b2a::json
