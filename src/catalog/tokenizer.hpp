// SPDX-License-Identifier: Apache-2.0
// Words of a text, the same for documents and queries: lower case, without diacritics, split at everything that is
// neither letter nor digit. An ideograph or kana is a word of its own, since those scripts do not write spaces.
// Bytes that are no UTF-8 separate words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace b2a::catalog {

inline constexpr std::size_t token_bytes_max = 64;  // what is longer is cut, in documents and queries alike

class Tokenizer {
  public:
    explicit Tokenizer(std::string_view text) noexcept : text_(text) {}
    /// Puts the next word into `token`; false at the end of the text.
    bool next(std::string& token);

  private:
    [[nodiscard]] bool skip_possessive() noexcept;

    std::string_view text_;
    std::size_t at_ = 0;
};

/// Makes English singular and plural one: "hoodies" and "hoodie" give "hoodi", "dresses" and "dress" give "dress".
/// Only words of plain a–z with more than three letters change. The result is a key, not a word.
void stem(std::string& word);

/// Code points of well-formed UTF-8.
std::size_t character_count(std::string_view text) noexcept;

}  // namespace b2a::catalog
