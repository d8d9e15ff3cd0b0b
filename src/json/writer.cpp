// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>

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

// Answers of tools are quoted as a whole (MCP), with something to escape every few bytes: they are looked at eight
// bytes at a time and appended a block at a time.
static_assert(std::endian::native == std::endian::little);

/// How many of eight bytes, from the lowest on, stand for themselves in a JSON text.
std::size_t plain_bytes(std::uint64_t eight) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t tops = 0x8080808080808080U;
    // A borrow may mark bytes above the first hit, never one below it.
    auto const zero = [](std::uint64_t v) { return (v - ones) & ~v & tops; };
    auto const control = (eight - ones * 0x20U) & ~eight & tops;
    auto const special = control | zero(eight ^ (ones * '"')) | zero(eight ^ (ones * '\\'));
    return special == 0 ? sizeof eight : static_cast<std::size_t>(std::countr_zero(special)) / 8;
}

/// Collects quoted bytes and appends them in one go.
class Block {
  public:
    explicit Block(std::string& out) : out_(out) {}

    void take(std::uint64_t eight, std::size_t plain) {
        make_room();
        std::memcpy(bytes_.data() + used_, &eight, sizeof eight);
        used_ += plain;
    }
    void take(unsigned char c) {
        if (escapes[c] != 0) return escape(c);
        make_room();
        bytes_[used_++] = static_cast<char>(c);
    }
    void escape(unsigned char c) {
        make_room();
        auto const letter = escapes[c];
        put('\\', letter);
        if (letter != 'u') return;
        put('0', '0');
        put(hex_digits[c >> 4U], hex_digits[c & 15U]);
    }
    void flush() {
        out_.append(bytes_.data(), used_);
        used_ = 0;
    }

  private:
    void make_room() {
        if (used_ + sizeof(std::uint64_t) > bytes_.size()) flush();
    }
    void put(char a, char b) {
        bytes_[used_++] = a;
        bytes_[used_++] = b;
    }

    std::string& out_;
    std::array<char, 256> bytes_;
    std::size_t used_ = 0;
};

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
    Block block(out_);
    std::size_t i = 0;
    while (i + sizeof(std::uint64_t) <= text.size()) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + i, sizeof eight);
        auto const plain = plain_bytes(eight);
        block.take(eight, plain);
        i += plain;
        if (plain < sizeof eight) block.escape(static_cast<unsigned char>(text[i++]));
    }
    for (; i < text.size(); ++i) block.take(static_cast<unsigned char>(text[i]));
    block.flush();
    out_ += '"';
}

}  // namespace b2a::json
