// SPDX-License-Identifier: Apache-2.0
// Dictionaries of RFC 8941 structured fields: a strict parser (one malformed member fails the whole field, as the RFC
// demands) and the canonical serialisation that signatures are made over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "b2a/base/bytes.hpp"

namespace b2a::web {

struct SfToken {
    std::string text;
    friend bool operator==(SfToken const&, SfToken const&) = default;
};
/// Up to twelve digits, a point and three more: in thousandths.
struct SfDecimal {
    std::int64_t thousandths = 0;
    friend bool operator==(SfDecimal const&, SfDecimal const&) = default;
};
using SfBare = std::variant<std::int64_t, SfDecimal, std::string, SfToken, Bytes, bool>;

/// In order of first mention; a repeated key keeps its place and takes the last value (§4.2.3.2).
class SfParameters {
  public:
    void set(std::string key, SfBare value);
    [[nodiscard]] SfBare const* find(std::string_view key) const noexcept;
    [[nodiscard]] std::vector<std::pair<std::string, SfBare>> const& all() const noexcept { return entries_; }

  private:
    std::vector<std::pair<std::string, SfBare>> entries_;
};

struct SfItem {
    SfBare value;
    SfParameters parameters;
};
struct SfInnerList {
    std::vector<SfItem> items;
    SfParameters parameters;
};

class SfDictionary {
  public:
    struct Member {
        std::string key;
        std::variant<SfItem, SfInnerList> value;
    };

    /// nullopt when `field` is not a well-formed dictionary.
    static std::optional<SfDictionary> parse(std::string_view field);

    [[nodiscard]] Member const* find(std::string_view key) const noexcept;
    /// The unescaped value when the member exists and is an sf-string.
    [[nodiscard]] std::optional<std::string> string(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const noexcept { return find(key) != nullptr; }
    [[nodiscard]] std::vector<Member> const& members() const noexcept { return members_; }

  private:
    std::vector<Member> members_;
};

/// RFC 8941 §4.1: appends the canonical text.
void serialize(std::string& out, SfItem const& item);
void serialize(std::string& out, SfInnerList const& list);

}  // namespace b2a::web
