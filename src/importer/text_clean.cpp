// SPDX-License-Identifier: Apache-2.0
#include "importer/text_clean.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::importer {
namespace {

constexpr std::array<std::string_view, 24> breaking_tags{
    "br", "p",  "li", "ul", "ol", "div", "tr",      "table",   "h1",     "h2",     "h3",         "h4",
    "h5", "h6", "dl", "dt", "dd", "hr",  "section", "article", "header", "footer", "blockquote", "pre"};

/// What is invisible, or changes how the text around it reads: it could hide words from a person but not from a model.
constexpr bool is_dropped(char32_t c) noexcept {
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
    if (c < 0xAD) return false;
    return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 || (c >= 0x17B4 && c <= 0x17B5) ||
           (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0x3164 || (c >= 0xD800 && c <= 0xDFFF) ||
           (c >= 0xFDD0 && c <= 0xFDEF) || (c >= 0xFE00 && c <= 0xFE0D) || c == 0xFEFF || c == 0xFFA0 ||
           (c >= 0xFFF0 && c <= 0xFFFB) || (c & 0xFFFEU) == 0xFFFEU || (c >= 0xE0000 && c <= 0xE0FFF) || c > 0x10FFFF;
}

constexpr bool is_space(char32_t c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

constexpr bool is_break(char32_t c) noexcept {
    return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

constexpr bool is_letter(char c) noexcept {
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

struct Decoded {
    char32_t code = 0;
    std::size_t length = 1;
    bool valid = false;
};

Decoded decode(std::string_view text) noexcept {
    auto const lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) return {lead, 1, true};
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    char32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        auto const next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (next & 0x3FU);
    }
    if ((length == 3 && code < 0x800) || (length == 4 && code < 0x10000)) return {};
    return {code, length, true};
}

class Cleaner {
  public:
    Cleaner(std::string_view in, std::size_t bytes_max, TextShape shape) :
        in_(in), bytes_max_(bytes_max), shape_(shape) {}

    std::string run() {
        out_.reserve(std::min(in_.size(), bytes_max_));
        while (at_ < in_.size() && !full_) {
            auto const c = in_[at_];
            if (c == '<' && markup()) continue;
            if (c == '&' && reference()) continue;
            auto const next = decode(in_.substr(at_));
            at_ += next.length;
            if (next.valid) put(next.code);
        }
        return std::move(out_);
    }

  private:
    enum class Gap : std::uint8_t { none, space, line };

    void put(char32_t c) {
        if (is_break(c)) {
            gap_ = shape_ == TextShape::block ? Gap::line : std::max(gap_, Gap::space);
        } else if (is_space(c)) {
            gap_ = std::max(gap_, Gap::space);
        } else if (!is_dropped(c)) {
            append(c);
        }
    }

    void append(char32_t c) {
        std::array<char, 5> bytes{};
        std::size_t size = 0;
        auto const add = [&](std::uint32_t byte) { bytes[size++] = static_cast<char>(byte); };
        auto const tail = [&](unsigned shift) { add(0x80U | ((c >> shift) & 0x3FU)); };
        if (gap_ != Gap::none && !out_.empty()) add(gap_ == Gap::line ? '\n' : ' ');
        if (c < 0x80) {
            add(c);
        } else if (c < 0x800) {
            add(0xC0U | (c >> 6U));
            tail(0);
        } else if (c < 0x10000) {
            add(0xE0U | (c >> 12U));
            tail(6), tail(0);
        } else {
            add(0xF0U | (c >> 18U));
            tail(12), tail(6), tail(0);
        }
        gap_ = Gap::none;
        if (out_.size() + size > bytes_max_) full_ = true;
        else out_.append(bytes.data(), size);
    }

    /// Skips a tag or comment; false if this '<' is just a character. `a < b` and `<0.5%` are text.
    bool markup() {
        auto const rest = in_.substr(at_);
        if (rest.starts_with("<!--")) return skip_past("-->", no_comment_end_);
        auto const name_at = rest.size() > 1 && rest[1] == '/' ? std::size_t{2} : std::size_t{1};
        if (rest.size() <= name_at || !(is_letter(rest[name_at]) || rest[name_at] == '!' || rest[name_at] == '?'))
            return false;
        if (no_tag_end_) return false;
        // A second '<' before the '>' means that the first one opened nothing.
        auto const end = rest.find_first_of("<>", 1);
        if (end == std::string_view::npos) no_tag_end_ = true;
        if (end == std::string_view::npos || rest[end] == '<') return false;
        std::size_t length = 0;
        while (name_at + length < end &&
               (is_letter(rest[name_at + length]) || (rest[name_at + length] >= '0' && rest[name_at + length] <= '9')))
            ++length;
        auto const name = to_ascii_lower(rest.substr(name_at, std::min<std::size_t>(length, 16)));
        at_ += end + 1;
        if (std::find(breaking_tags.begin(), breaking_tags.end(), name) != breaking_tags.end()) put('\n');
        if (name_at == 1 && name == "script") skip_past("</script", no_script_end_);
        if (name_at == 1 && name == "style") skip_past("</style", no_style_end_);
        return true;
    }

    /// `missing` remembers that the end was sought in vain, so that hostile input cannot make this quadratic.
    bool skip_past(std::string_view end, bool& missing) {
        if (missing) return false;
        auto const found = std::search(in_.begin() + static_cast<std::ptrdiff_t>(at_), in_.end(), end.begin(),
                                       end.end(), [](char a, char b) { return ascii_lower(a) == b; });
        missing = found == in_.end();
        if (missing) return false;
        at_ = static_cast<std::size_t>(found - in_.begin());
        if (!end.starts_with("</")) at_ += end.size();  // a closing tag is skipped as a tag
        return true;
    }

    bool reference() {
        constexpr std::size_t name_bytes_max = 10;
        auto const rest = in_.substr(at_ + 1, name_bytes_max + 1);
        auto const end = rest.find(';');
        if (end == std::string_view::npos || end == 0) return false;
        auto const name = rest.substr(0, end);
        auto const code = name.front() == '#' ? numeric(name.substr(1)) : html_entity(name);
        if (!code) return false;
        at_ += end + 2;
        put(*code);
        return true;
    }

    static std::optional<char32_t> numeric(std::string_view digits) {
        int base = 10;
        if (!digits.empty() && ascii_lower(digits.front()) == 'x') {
            base = 16;
            digits.remove_prefix(1);
        }
        std::uint32_t code = 0;
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
        if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        return std::min<char32_t>(code, 0x110000);  // beyond Unicode: dropped by put()
    }

    std::string_view in_;
    std::size_t bytes_max_;
    TextShape shape_;
    std::size_t at_ = 0;
    std::string out_;
    Gap gap_ = Gap::none;
    bool full_ = false;
    bool no_tag_end_ = false;
    bool no_comment_end_ = false;
    bool no_script_end_ = false;
    bool no_style_end_ = false;
};

/// Printable ASCII without markup and without runs of white space: most fields, and nothing to do.
bool is_plain(std::string_view text) noexcept {
    if (text.empty()) return true;
    if (text.front() == ' ' || text.back() == ' ') return false;
    char last = 0;
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7F || c == '<' || c == '&' || (c == ' ' && last == ' ')) return false;
        last = c;
    }
    return true;
}

}  // namespace

std::string clean_text(std::string_view text, std::size_t bytes_max, TextShape shape) {
    if (text.size() <= bytes_max && is_plain(text)) return std::string(text);
    return Cleaner(text, bytes_max, shape).run();
}

bool is_clean_id(std::string_view text) {
    if (text.empty() || text.size() > limits::id_bytes_max || trim(text) != text) return false;
    while (!text.empty()) {
        auto const next = decode(text);
        if (!next.valid || is_dropped(next.code) || is_break(next.code) || next.code == '<') return false;
        text.remove_prefix(next.length);
    }
    return true;
}

bool is_web_url(std::string_view text) noexcept {
    constexpr std::size_t url_bytes_max = 2048;
    if (text.size() > url_bytes_max) return false;
    if (!text.starts_with("https://") && !text.starts_with("http://") &&
        !(text.starts_with('/') && !text.starts_with("//")))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
    });
}

std::string shown(std::string_view text) {
    constexpr std::size_t shown_bytes_max = 60;
    return '"' + clean_text(text, shown_bytes_max, TextShape::line) + '"';
}

}  // namespace b2a::importer
