// SPDX-License-Identifier: Apache-2.0
// Reading TOML strictly: every key must be known, every value of the right type, and every problem is collected with
// its position instead of ending the load. Private to the parser: nothing after it sees TOML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "b2a/base/error.hpp"
#include "b2a/policy/ruleset.hpp"

namespace b2a::policy {

/// `text` in double quotes, cut and with control characters replaced: it came from the file and goes into messages.
std::string quoted(std::string_view text);

class Problems {
  public:
    void add(toml::source_region const& where, std::string message);
    void add(toml::node const& where, std::string message) { add(where.source(), std::move(message)); }
    void add(int line, int column, std::string message);

    [[nodiscard]] bool empty() const noexcept { return found_.empty(); }
    [[nodiscard]] std::size_t count() const noexcept { return found_.size() + dropped_; }
    /// invalid_request with "name:line:column: message" lines in file order.
    [[nodiscard]] Error to_error(std::string_view name) const;

  private:
    std::vector<LoadProblem> found_;
    std::size_t dropped_ = 0;
};

/// What a text must look like.
enum class TextShape {
    name,     // rule ids and the like: a-z A-Z 0-9 . _ -
    code,     // stable codes: a-z 0-9 _
    message,  // any printable text, may be shown to others
};

class TableReader {
  public:
    /// `what` names the table in messages: "rule".
    TableReader(toml::table const& table, std::string_view what, Problems& problems) :
        table_(table), what_(what), problems_(problems) {}

    /// The node under `key`, or nullptr. Marks the key as known.
    toml::node const* take(std::string_view key);
    /// take(), with a problem if the key is missing.
    toml::node const* need(std::string_view key);

    std::optional<std::string> text(std::string_view key, TextShape shape);
    std::optional<std::vector<std::string>> texts(std::string_view key, TextShape shape);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
    toml::table const* table(std::string_view key);
    std::optional<Timestamp> datetime(std::string_view key);

    /// Call last: a problem for each key that nobody took.
    void refuse_others();

    [[nodiscard]] toml::table const& raw() const noexcept { return table_; }
    [[nodiscard]] Problems& problems() noexcept { return problems_; }

  private:
    toml::table const& table_;
    std::string_view what_;
    Problems& problems_;
    std::vector<std::string_view> known_;
};

/// nullopt, with a problem, unless the node is a text of that shape.
std::optional<std::string> read_text(toml::node const& node, TextShape shape, std::string_view label,
                                     Problems& problems);
/// nullopt unless the node is a date-time with an offset: a local one would mean another instant on each server.
std::optional<Timestamp> read_datetime(toml::node const& node);

}  // namespace b2a::policy
