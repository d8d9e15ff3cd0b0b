// SPDX-License-Identifier: Apache-2.0
#include "domain/ingredient_text.hpp"

#include "b2a/base/fold.hpp"
#include "b2a/base/text.hpp"

namespace b2a::domain {
namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_capital_letter(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_ascii_letter(char c) {
    return is_capital_letter(c) || (c >= 'a' && c <= 'z');
}

/// What a character that is no letter says of the words around it.
char separator(char32_t code) {
    if (code == U'\n' || code == U'!' || code == U'?') return between_sentences;
    auto const soft = code == U' ' || code == U'\t' || code == U'\r' || code == U'-' || code == U'\'' || code == U'_' ||
                      code == U'*' || code == 0xA0 || (code >= 0x2000 && code <= 0x2015) || code == 0x2018 ||
                      code == 0x2019 || code == 0x202F;
    return soft ? within_phrase : between_parts;
}

/// Letters of other scripts and malformed bytes are told apart roughly: neither is ever part of a term.
bool is_foreign_letter(char32_t code) {
    return code != malformed_utf8 && code >= 0x180 && (code < 0x2000 || code >= 0x2C00);
}

/// The second byte of a letter's UTF-8: of Latin-1 the capitals are 32 before the small letters, of Latin Extended-A
/// one.
char small_letter(char lead, char second) {
    auto const byte = static_cast<unsigned char>(second);
    if (static_cast<unsigned char>(lead) == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97)
        return static_cast<char>(byte + 0x20);
    if (static_cast<unsigned char>(lead) != 0xC4 && static_cast<unsigned char>(lead) != 0xC5) return second;
    auto const code = (static_cast<unsigned char>(lead) & 0x1FU) << 6U | (byte & 0x3FU);
    auto const pairs_begin_odd = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    auto const cased = code != 0x130 && code != 0x138 && code != 0x13F && code != 0x178 && code != 0x149;
    auto const capital = cased && byte < 0xBF && byte >= 0x80 && (code & 1U) == (pairs_begin_odd ? 1U : 0U);
    return capital ? static_cast<char>(byte + 1) : second;
}

constexpr int strength(char separator) {
    return separator == between_sentences ? 2 : separator == between_parts ? 1 : 0;
}

class Folder {
  public:
    explicit Folder(IngredientText& out) : out_(out), source_(out.source) {
        // Nothing becomes longer: a character of n bytes gives at most n, and a separator stands for at least one.
        out_.plain.resize(source_.size());
        out_.capital.resize(source_.size());
        out_.words.reserve(source_.size() / 6 + 1);
    }

    void run() {
        for (std::size_t at = 0; at < source_.size();) {
            auto const begin = at;
            auto const c = source_[at];
            if (is_ascii_letter(c)) {
                auto const capital = is_capital_letter(c);
                (capital ? capitals_ : small_) += 1;
                letter(ascii_lower(c), begin, ++at, capital);
            } else if (is_digit(c)) {
                letter(c, begin, ++at, was_capital_);
            } else if (c == '.') {
                ++at;
                part(begin > 0 && at < source_.size() && is_digit(source_[begin - 1]) && is_digit(source_[at])
                         ? between_parts
                         : between_sentences);
            } else {
                wide(begin, at);
            }
        }
        end_word();
        out_.plain.resize(size_);
        out_.capital.resize(size_);
        out_.mixed = small_ > 2 * capitals_;
    }

  private:
    void wide(std::size_t begin, std::size_t& at) {
        auto const code = decode_utf8(source_, at);
        if (is_combining(code)) return;
        if (auto const letters = fold_latin(code); !letters.empty() && letters != " ") {
            // Latin-1 has its capitals first; of the other blocks the case of the neighbours counts.
            auto const capital = code < 0xE0 ? code != 0xDF : code < 0x100 ? false : was_capital_;
            for (auto const one : letters) letter(one, begin, at, capital);
            if (code < 0x100) ++(capital ? capitals_ : small_);
        } else if (letters.empty() && is_foreign_letter(code)) {
            letter(foreign_letter, begin, at, false);
        } else {
            if (code == U'_' || code == U'*') mark(at);
            part(separator(code));
        }
    }

    /// Opens before a word, closes behind one.
    void mark(std::size_t next) {
        auto const opens = next < source_.size() && (is_ascii_letter(source_[next]) || (source_[next] & 0x80) != 0);
        if (!in_word_ && opens) marked_ = true;
        else if (in_word_) marked_ends_ = true;
    }

    void letter(char folded, std::size_t begin, std::size_t end, bool capital) {
        if (!in_word_) {
            if (pending_ != 0) push(pending_, false);
            pending_ = 0;
            out_.words.push_back({static_cast<std::uint32_t>(size_), static_cast<std::uint32_t>(begin), 0, marked_});
            in_word_ = true;
        }
        push(folded, capital);
        was_capital_ = capital;
        word_end_ = end;
    }

    void push(char c, bool capital) {
        out_.plain[size_] = c;
        out_.capital[size_++] = capital ? 1 : 0;
    }

    void part(char separator) {
        end_word();
        if (size_ == 0) return;
        if (pending_ == 0 || strength(separator) > strength(pending_)) pending_ = separator;
        if (marked_ends_ || separator == between_sentences) marked_ = marked_ends_ = false;
    }

    void end_word() {
        if (!in_word_) return;
        out_.words.back().source_end = static_cast<std::uint32_t>(word_end_);
        in_word_ = false;
        was_capital_ = false;
    }

    IngredientText& out_;
    std::string_view source_;
    std::size_t size_ = 0;
    std::size_t word_end_ = 0;
    std::size_t capitals_ = 0;
    std::size_t small_ = 0;
    char pending_ = 0;
    bool in_word_ = false;
    bool was_capital_ = false;
    bool marked_ = false;
    bool marked_ends_ = false;
};

}  // namespace

IngredientText::IngredientText(std::string_view text) : source(text) {
    Folder(*this).run();
}

std::size_t IngredientText::end_of(std::size_t index) const noexcept {
    return index + 1 < words.size() ? words[index + 1].begin - 1 : plain.size();
}

std::string_view IngredientText::word_of(std::size_t index) const noexcept {
    auto const begin = words[index].begin;
    return std::string_view(plain).substr(begin, end_of(index) - begin);
}

bool IngredientText::is_capital(std::size_t begin, std::size_t end) const noexcept {
    constexpr std::size_t letters_min = 2;
    if (!mixed || end - begin < letters_min) return false;
    for (auto i = begin; i < end; ++i)
        if (plain[i] != within_phrase && capital[i] == 0) return false;
    return true;
}

std::string IngredientText::quote(std::size_t first_word, std::size_t last_word) const {
    constexpr std::size_t bytes_max = 64;
    auto const begin = words[first_word].source_begin;
    auto text = to_ascii_lower(source.substr(begin, words[last_word].source_end - begin));
    for (std::size_t i = 1; i < text.size(); ++i) text[i] = small_letter(text[i - 1], text[i]);
    if (text.size() <= bytes_max) return text;
    auto cut = bytes_max;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    text.resize(cut);
    return text;
}

}  // namespace b2a::domain
