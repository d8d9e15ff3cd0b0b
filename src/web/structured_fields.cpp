// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/structured_fields.hpp"

#include <algorithm>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"

namespace b2a::web {
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

/// A cursor over the field; each function consumes one production of RFC 8941 §4.2 or returns nothing.
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

    std::optional<std::string> key() {
        if (in_.empty() || !(is_lower(in_.front()) || in_.front() == '*')) return std::nullopt;
        std::size_t end = 1;
        while (end < in_.size() && (is_lower(in_[end]) || is_digit(in_[end]) ||
                                    std::string_view("_-.*").find(in_[end]) != std::string_view::npos))
            ++end;
        return taken(end);
    }

    std::optional<std::variant<SfItem, SfInnerList>> member_value() {
        if (take('(')) {
            auto list = inner_list();
            if (!list) return std::nullopt;
            return std::variant<SfItem, SfInnerList>(*std::move(list));
        }
        auto one = item();
        if (!one) return std::nullopt;
        return std::variant<SfItem, SfInnerList>(*std::move(one));
    }

    bool parameters(SfParameters& out) {
        while (take(';')) {
            skip_spaces();
            auto name = key();
            if (!name || out.all().size() >= limits::structured_parameters_max) return false;
            if (!take('=')) {
                out.set(*std::move(name), true);
                continue;
            }
            auto value = bare_item();
            if (!value) return false;
            out.set(*std::move(name), *std::move(value));
        }
        return true;
    }

  private:
    std::string taken(std::size_t size) {
        std::string out(in_.substr(0, size));
        in_.remove_prefix(size);
        return out;
    }

    std::optional<SfItem> item() {
        auto value = bare_item();
        if (!value) return std::nullopt;
        SfItem out{*std::move(value), {}};
        if (!parameters(out.parameters)) return std::nullopt;
        return out;
    }

    std::optional<SfInnerList> inner_list() {
        SfInnerList out;
        for (;;) {
            skip_spaces();
            if (take(')')) break;
            auto one = item();
            if (!one) return std::nullopt;
            if (in_.empty() || (in_.front() != ' ' && in_.front() != ')')) return std::nullopt;
            out.items.push_back(*std::move(one));
        }
        if (!parameters(out.parameters)) return std::nullopt;
        return out;
    }

    std::optional<SfBare> bare_item() {
        if (in_.empty()) return std::nullopt;
        auto const c = in_.front();
        if (c == '"') return string();
        if (c == '-' || is_digit(c)) return number();
        if (c == ':') return byte_sequence();
        if (c == '?') return boolean();
        return token();
    }

    std::optional<SfBare> string() {
        std::string out;
        in_.remove_prefix(1);
        while (!in_.empty()) {
            auto const c = in_.front();
            in_.remove_prefix(1);
            if (c == '"') return SfBare(std::move(out));
            if (c == '\\') {
                if (in_.empty() || (in_.front() != '"' && in_.front() != '\\')) return std::nullopt;
                out.push_back(in_.front());
                in_.remove_prefix(1);
                continue;
            }
            if (c < 0x20 || c > 0x7e) return std::nullopt;
            out.push_back(c);
        }
        return std::nullopt;
    }

    std::int64_t digits(std::size_t& count) {
        std::int64_t value = 0;
        for (count = 0; count < in_.size() && is_digit(in_[count]); ++count)
            if (count < 16) value = value * 10 + (in_[count] - '0');
        in_.remove_prefix(count);
        return value;
    }

    /// Integers of at most 15 digits; decimals of at most 12 digits, a point, and one to three digits.
    std::optional<SfBare> number() {
        std::int64_t const sign = take('-') ? -1 : 1;
        std::size_t count = 0;
        auto const whole = digits(count);
        if (count == 0 || count > 15) return std::nullopt;
        if (!take('.')) return SfBare(sign * whole);
        std::size_t places = 0;
        auto fraction = digits(places);
        if (count > 12 || places < 1 || places > 3) return std::nullopt;
        for (; places < 3; ++places) fraction *= 10;
        return SfBare(SfDecimal{sign * (whole * 1000 + fraction)});
    }

    std::optional<SfBare> byte_sequence() {
        auto const end = in_.find(':', 1);
        if (end == std::string_view::npos) return std::nullopt;
        auto bytes = from_base64(in_.substr(1, end - 1));
        in_.remove_prefix(end + 1);
        if (!bytes) return std::nullopt;
        return SfBare(*std::move(bytes));
    }

    std::optional<SfBare> boolean() {
        in_.remove_prefix(1);
        if (take('0')) return SfBare(false);
        if (take('1')) return SfBare(true);
        return std::nullopt;
    }

    std::optional<SfBare> token() {
        if (!is_alpha(in_.front()) && in_.front() != '*') return std::nullopt;
        auto const allowed = [](char c) {
            return is_alpha(c) || is_digit(c) ||
                   std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
        };
        std::size_t end = 1;
        while (end < in_.size() && allowed(in_[end])) ++end;
        return SfBare(SfToken{taken(end)});
    }

    std::string_view in_;
};

void serialize_decimal(std::string& out, SfDecimal value) {
    auto const magnitude = value.thousandths < 0 ? -value.thousandths : value.thousandths;
    auto fraction = std::to_string(1000 + magnitude % 1000).substr(1);
    while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
    if (value.thousandths < 0) out += '-';
    out += std::to_string(magnitude / 1000) + '.' + fraction;
}

void serialize_bare(std::string& out, SfBare const& bare) {
    if (auto const* integer = std::get_if<std::int64_t>(&bare)) {
        out += std::to_string(*integer);
    } else if (auto const* decimal = std::get_if<SfDecimal>(&bare)) {
        serialize_decimal(out, *decimal);
    } else if (auto const* text = std::get_if<std::string>(&bare)) {
        out += '"';
        for (char const c : *text) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    } else if (auto const* token = std::get_if<SfToken>(&bare)) {
        out += token->text;
    } else if (auto const* bytes = std::get_if<Bytes>(&bare)) {
        out += ':' + to_base64(*bytes) + ':';
    } else {
        out += std::get<bool>(bare) ? "?1" : "?0";
    }
}

void serialize_parameters(std::string& out, SfParameters const& parameters) {
    for (auto const& [key, value] : parameters.all()) {
        out += ';' + key;
        if (auto const* flag = std::get_if<bool>(&value); flag != nullptr && *flag) continue;
        out += '=';
        serialize_bare(out, value);
    }
}

}  // namespace

void SfParameters::set(std::string key, SfBare value) {
    auto const found = std::ranges::find(entries_, key, &std::pair<std::string, SfBare>::first);
    if (found != entries_.end()) found->second = std::move(value);
    else entries_.emplace_back(std::move(key), std::move(value));
}

SfBare const* SfParameters::find(std::string_view key) const noexcept {
    auto const found = std::ranges::find(entries_, key, &std::pair<std::string, SfBare>::first);
    return found == entries_.end() ? nullptr : &found->second;
}

std::optional<SfDictionary> SfDictionary::parse(std::string_view field) {
    SfDictionary out;
    Parser parser(field);
    parser.skip_spaces();
    while (!parser.at_end()) {
        auto key = parser.key();
        // Keys are compared with all before them, so that their number has to be bounded.
        if (!key || out.members_.size() >= limits::structured_members_max) return std::nullopt;
        Member member{*std::move(key), SfItem{true, {}}};
        if (parser.take('=')) {
            auto value = parser.member_value();
            if (!value) return std::nullopt;
            member.value = *std::move(value);
        } else if (!parser.parameters(std::get<SfItem>(member.value).parameters)) {
            return std::nullopt;
        }
        // The last of several equal keys counts (§4.2.2).
        auto const same = std::ranges::find(out.members_, member.key, &Member::key);
        if (same != out.members_.end()) *same = std::move(member);
        else out.members_.push_back(std::move(member));
        parser.skip_whitespace();
        if (parser.at_end()) return out;
        if (!parser.take(',')) return std::nullopt;
        parser.skip_whitespace();
        if (parser.at_end()) return std::nullopt;  // a trailing comma
    }
    return out;
}

SfDictionary::Member const* SfDictionary::find(std::string_view key) const noexcept {
    auto const found = std::ranges::find(members_, key, &Member::key);
    return found == members_.end() ? nullptr : &*found;
}

std::optional<std::string> SfDictionary::string(std::string_view key) const {
    auto const* member = find(key);
    auto const* item = member != nullptr ? std::get_if<SfItem>(&member->value) : nullptr;
    auto const* text = item != nullptr ? std::get_if<std::string>(&item->value) : nullptr;
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

void serialize(std::string& out, SfItem const& item) {
    serialize_bare(out, item.value);
    serialize_parameters(out, item.parameters);
}

void serialize(std::string& out, SfInnerList const& list) {
    out += '(';
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (i > 0) out += ' ';
        serialize(out, list.items[i]);
    }
    out += ')';
    serialize_parameters(out, list.parameters);
}

}  // namespace b2a::web
