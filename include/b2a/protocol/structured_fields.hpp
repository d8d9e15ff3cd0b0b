// SPDX-License-Identifier: Apache-2.0
// Dictionaries of RFC 8941 structured fields, as far as header fields of ours need them: every item type is parsed and
// checked, string members can be asked for. Strict: one malformed member fails the whole field, as the RFC demands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace b2a::protocol {

class Dictionary {
  public:
    /// nullopt when `field` is not a well-formed dictionary.
    static std::optional<Dictionary> parse(std::string_view field);

    /// The unescaped value when the member exists and is an sf-string.
    [[nodiscard]] std::optional<std::string> string(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return members_.size(); }

  private:
    struct Member {
        std::string key;
        std::optional<std::string> text;  // set for sf-strings only
    };
    std::vector<Member> members_;
};

}  // namespace b2a::protocol
