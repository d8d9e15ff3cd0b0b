// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/structured_fields.hpp"

#include "b2a/base/encoding.hpp"

namespace b2a::protocol {
namespace {

bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
bool is_alpha(char c) noexcept {
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// A cursor over the field; each function consumes one production of RFC 8941 §4.2 or returns false.
class Parser {
  public:
    explicit Parser(std::string_view in) : in_(in) {}

    [[nodiscard]] bool at_end() const noexcept { return in_.empty(); }
    void skip_spaces() noexcept {
        while (!in_.empty() && in_.front() == ' ') in_.remove_prefix(1);
    }
    void skip_whitespace() noexcept {
        while (!in_.empty() && (in_.front() == ' ' || in_.front() == '\t')) in_.remove_prefix(1);
    }
    bool take(char c) noexcept {
        if (in_.empty() || in_.front() != c) return false;
        in_.remove_prefix(1);
        return true;
    }

    bool key(std::string& out) {
        if (in_.empty() || !(is_lower(in_.front()) || in_.front() == '*')) return false;
        std::size_t end = 1;
        while (end < in_.size() && (is_lower(in_[end]) || is_digit(in_[end]) ||
                                    std::string_view("_-.*").find(in_[end]) != std::string_view::npos))
            ++end;
        out = in_.substr(0, end);
        in_.remove_prefix(end);
        return true;
    }

    /// An item or inner list with its parameters; `text` is set when it is an sf-string.
    bool member_value(std::optional<std::string>& text) {
        if (take('(')) return inner_list() && parameters();
        return bare_item(text) && parameters();
    }

    bool parameters() {
        std::string name;
        std::optional<std::string> ignored;
        while (take(';')) {
            skip_spaces();
            if (!key(name)) return false;
            if (take('=') && !bare_item(ignored)) return false;
        }
        return true;
    }

  private:
    bool inner_list() {
        std::optional<std::string> ignored;
        for (;;) {
            skip_spaces();
            if (take(')')) return true;
            if (!bare_item(ignored) || !parameters()) return false;
            if (in_.empty() || (in_.front() != ' ' && in_.front() != ')')) return false;
        }
    }

    bool bare_item(std::optional<std::string>& text) {
        text.reset();
        if (in_.empty()) return false;
        auto const c = in_.front();
        if (c == '"') return string(text.emplace());
        if (c == '-' || is_digit(c)) return number();
        if (c == ':') return byte_sequence();
        if (c == '?') return boolean();
        return token();
    }

    bool string(std::string& out) {
        in_.remove_prefix(1);
        while (!in_.empty()) {
            auto const c = in_.front();
            in_.remove_prefix(1);
            if (c == '"') return true;
            if (c == '\\') {
                if (in_.empty() || (in_.front() != '"' && in_.front() != '\\')) return false;
                out.push_back(in_.front());
                in_.remove_prefix(1);
                continue;
            }
            if (c < 0x20 || c > 0x7e) return false;
            out.push_back(c);
        }
        return false;
    }

    /// Integers of at most 15 digits; decimals of at most 12 digits, a point, and one to three digits.
    bool number() {
        take('-');
        std::size_t whole = 0;
        while (whole < in_.size() && is_digit(in_[whole])) ++whole;
        in_.remove_prefix(whole);
        if (whole == 0 || whole > 15) return false;
        if (!take('.')) return true;
        std::size_t fraction = 0;
        while (fraction < in_.size() && is_digit(in_[fraction])) ++fraction;
        in_.remove_prefix(fraction);
        return whole <= 12 && fraction >= 1 && fraction <= 3;
    }

    bool byte_sequence() {
        auto const end = in_.find(':', 1);
        if (end == std::string_view::npos) return false;
        auto const valid = from_base64(in_.substr(1, end - 1)).has_value();
        in_.remove_prefix(end + 1);
        return valid;
    }

    bool boolean() {
        in_.remove_prefix(1);
        return take('0') || take('1');
    }

    bool token() {
        if (!is_alpha(in_.front()) && in_.front() != '*') return false;
        auto const allowed = [](char c) {
            return is_alpha(c) || is_digit(c) ||
                   std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
        };
        std::size_t end = 1;
        while (end < in_.size() && allowed(in_[end])) ++end;
        in_.remove_prefix(end);
        return true;
    }

    std::string_view in_;
};

}  // namespace

std::optional<Dictionary> Dictionary::parse(std::string_view field) {
    Dictionary out;
    Parser parser(field);
    parser.skip_spaces();
    while (!parser.at_end()) {
        Member member;
        if (!parser.key(member.key)) return std::nullopt;
        if (parser.take('=') ? !parser.member_value(member.text) : !parser.parameters()) return std::nullopt;
        // The last of several equal keys counts (§4.2.2).
        std::erase_if(out.members_, [&](Member const& m) { return m.key == member.key; });
        out.members_.push_back(std::move(member));
        parser.skip_whitespace();
        if (parser.at_end()) return out;
        if (!parser.take(',')) return std::nullopt;
        parser.skip_whitespace();
        if (parser.at_end()) return std::nullopt;  // a trailing comma
    }
    return out;
}

std::optional<std::string> Dictionary::string(std::string_view key) const {
    for (auto const& member : members_)
        if (member.key == key) return member.text;
    return std::nullopt;
}

bool Dictionary::has(std::string_view key) const noexcept {
    for (auto const& member : members_)
        if (member.key == key) return true;
    return false;
}

}  // namespace b2a::protocol
