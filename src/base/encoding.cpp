// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/encoding.hpp"

namespace b2a {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view crockford = "0123456789abcdefghjkmnpqrstvwxyz";

constexpr std::array<std::int8_t, 256> reverse(std::string_view alphabet) {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return table;
}

constexpr auto hex_values = reverse(hex_digits);
constexpr auto base64_values = reverse(base64_alphabet);
constexpr auto base64url_values = reverse(base64url_alphabet);
constexpr auto crockford_values = reverse(crockford);

std::string encode64(ByteView bytes, std::string_view alphabet, bool padded) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const left = bytes.size() - i;
        std::uint32_t group = static_cast<std::uint32_t>(bytes[i]) << 16U;
        if (left > 1) group |= static_cast<std::uint32_t>(bytes[i + 1]) << 8U;
        if (left > 2) group |= bytes[i + 2];
        out += alphabet[group >> 18U];
        out += alphabet[(group >> 12U) & 63U];
        if (left > 1) out += alphabet[(group >> 6U) & 63U];
        else if (padded) out += '=';
        if (left > 2) out += alphabet[group & 63U];
        else if (padded) out += '=';
    }
    return out;
}

std::optional<Bytes> decode64(std::string_view text, std::array<std::int8_t, 256> const& values) {
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (auto const c : text) {
        auto const value = values[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        group = (group << 6U) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>(group >> bits));
            group &= (1U << bits) - 1U;
        }
    }
    if (group != 0) return std::nullopt;  // non-canonical trailing bits
    return out;
}

}  // namespace

std::string to_hex(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (auto const b : bytes) {
        out += hex_digits[b >> 4U];
        out += hex_digits[b & 15U];
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        auto const high = hex_values[static_cast<unsigned char>(text[i])];
        auto const low = hex_values[static_cast<unsigned char>(text[i + 1])];
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

std::string to_base64(ByteView bytes) {
    return encode64(bytes, base64_alphabet, true);
}

std::optional<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    if (text.ends_with("==")) text.remove_suffix(2);
    else if (text.ends_with('=')) text.remove_suffix(1);
    return decode64(text, base64_values);
}

std::string to_base64url(ByteView bytes) {
    return encode64(bytes, base64url_alphabet, false);
}
std::optional<Bytes> from_base64url(std::string_view text) {
    return decode64(text, base64url_values);
}

std::string to_base32(std::array<std::uint8_t, 16> const& bytes) {
    // 128 bits as 26 characters of 5 bits: the first character carries the top three bits only.
    std::string out(26, '0');
    std::uint32_t group = 0;
    unsigned bits = 0;
    std::size_t at = 26;
    for (auto i = bytes.size(); i-- > 0;) {
        group |= static_cast<std::uint32_t>(bytes[i]) << bits;
        bits += 8;
        while (bits >= 5) {
            out[--at] = crockford[group & 31U];
            group >>= 5U;
            bits -= 5;
        }
    }
    out[--at] = crockford[group & 31U];
    return out;
}

std::optional<std::array<std::uint8_t, 16>> from_base32(std::string_view text) {
    if (text.size() != 26) return std::nullopt;
    std::array<std::uint8_t, 16> out{};
    std::uint32_t group = 0;
    unsigned bits = 0;
    std::size_t at = 16;
    for (auto i = text.size(); i-- > 0;) {
        auto const value = crockford_values[static_cast<unsigned char>(text[i])];
        if (value < 0) return std::nullopt;
        group |= static_cast<std::uint32_t>(value) << bits;
        bits += 5;
        if (bits >= 8 && at > 0) {
            out[--at] = static_cast<std::uint8_t>(group);
            group >>= 8U;
            bits -= 8;
        }
    }
    if (at != 0 || group != 0) return std::nullopt;  // more than 128 bits
    return out;
}

bool is_utf8(std::string_view text) noexcept {
    auto const* p = reinterpret_cast<unsigned char const*>(text.data());  // NOLINT
    auto const* const end = p + text.size();
    while (p < end) {
        auto const lead = *p++;
        if (lead < 0x80) continue;
        int more = 0;
        std::uint32_t low = 0;
        std::uint32_t code = 0;
        if ((lead & 0xE0U) == 0xC0) {
            more = 1;
            low = 0x80;
            code = lead & 0x1FU;
        } else if ((lead & 0xF0U) == 0xE0) {
            more = 2;
            low = 0x800;
            code = lead & 0x0FU;
        } else if ((lead & 0xF8U) == 0xF0) {
            more = 3;
            low = 0x10000;
            code = lead & 0x07U;
        } else return false;
        if (end - p < more) return false;
        for (; more > 0; --more) {
            if ((*p & 0xC0U) != 0x80) return false;
            code = (code << 6U) | (*p++ & 0x3FU);
        }
        if (code < low || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    }
    return true;
}

}  // namespace b2a
