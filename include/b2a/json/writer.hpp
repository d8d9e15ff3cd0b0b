// SPDX-License-Identifier: Apache-2.0
// Writing JSON straight into a reused buffer (RFC 8259 compact, RFC 8785 string escaping, members in call order).
// Misuse (a value where a key belongs) is a programmer error and asserts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace b2a::json {

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
    void separate();
    void quote(std::string_view text);

    std::string& out_;
    bool comma_ = false;
};

}  // namespace b2a::json
