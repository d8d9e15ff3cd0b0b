// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "b2a/base/assert.hpp"

namespace b2a::json {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

// 0: as it is; 'u': \u00xx; otherwise the letter after the backslash.
constexpr std::array<char, 256> make_escapes() {
    std::array<char, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
    table['\b'] = 'b';
    table['\t'] = 't';
    table['\n'] = 'n';
    table['\f'] = 'f';
    table['\r'] = 'r';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
}

constexpr auto escapes = make_escapes();

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 24> buffer{};
    auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.append(buffer.data(), end);
}

}  // namespace

bool member_order_less(std::string_view a, std::string_view b) noexcept {
    auto const [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
    auto const left = static_cast<unsigned char>(*x);
    auto const right = static_cast<unsigned char>(*y);
    // UTF-8 sorts like code points. UTF-16 differs in one place: characters beyond U+FFFF (lead byte F0…F4)
    // are surrogates there (D800…DFFF) and come before U+E000…U+FFFF (lead bytes EE and EF).
    if (left >= 0xee && right >= 0xee && (left >= 0xf0) != (right >= 0xf0)) return left >= 0xf0;
    return left < right;
}

Writer& Writer::begin_object() {
    return open('{', true);
}
Writer& Writer::begin_array() {
    return open('[', false);
}
Writer& Writer::end_object() {
    return close('}', true);
}
Writer& Writer::end_array() {
    return close(']', false);
}

Writer& Writer::key(std::string_view name) {
    B2A_ASSERT(in_object() && !after_key_);
    if (comma_) out_ += ',';
    quote(name);
    out_ += ':';
    comma_ = false;
    after_key_ = true;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    separate();
    quote(text);
    return *this;
}

Writer& Writer::value(std::int64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

Writer& Writer::value(std::uint64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

Writer& Writer::value(bool flag) {
    return raw(flag ? "true" : "false");
}

Writer& Writer::null() {
    return raw("null");
}

Writer& Writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

Writer& Writer::open(char bracket, bool object) {
    B2A_ASSERT(depth_ < 64);
    separate();
    out_ += bracket;
    objects_ = (objects_ << 1U) | (object ? 1U : 0U);
    ++depth_;
    comma_ = false;
    return *this;
}

Writer& Writer::close(char bracket, bool object) {
    B2A_ASSERT(depth_ > 0 && in_object() == object && !after_key_);
    out_ += bracket;
    objects_ >>= 1U;
    --depth_;
    comma_ = true;
    return *this;
}

void Writer::separate() {
    B2A_ASSERT(in_object() ? after_key_ : depth_ > 0 || !comma_);
    if (comma_) out_ += ',';
    comma_ = true;
    after_key_ = false;
}

void Writer::quote(std::string_view text) {
    out_ += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        auto const escape = escapes[c];
        if (escape == 0) continue;
        out_.append(text, start, i - start);
        start = i + 1;
        out_ += '\\';
        out_ += escape;
        if (escape != 'u') continue;
        out_ += "00";
        out_ += hex_digits[c >> 4U];
        out_ += hex_digits[c & 15U];
    }
    out_.append(text, start);
    out_ += '"';
}

}  // namespace b2a::json
