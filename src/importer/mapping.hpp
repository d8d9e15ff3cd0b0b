// SPDX-License-Identifier: Apache-2.0
// A mapping file (docs/import.md): what the columns of somebody's own table mean. Read once, strictly: an unknown key
// or a value of the wrong kind is an error with its line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/money.hpp"
#include "b2a/base/result.hpp"

namespace b2a::importer {

/// Where a field's value comes from. Exactly one of `column` and `constant` is set.
struct MappedValue {
    std::string column;  // in lower case, as Table has it
    std::optional<std::string> constant;
    std::string split;                 // delimiter of several values; empty: one value
    std::string unit;                  // the value is a number in this unit
    std::vector<std::string> yes, no;  // in lower case: words for true and false
    std::optional<Currency> currency;  // of a price
    std::string list;                  // column of the price before a reduction
};

struct Mapping {
    std::string path;
    char delimiter = '\0';  // none: as the header line shows
    char decimal = '.';     // of numbers in the table
    std::optional<Currency> currency;
    std::string group_by;  // column; rows with one value are variants of one product
    std::vector<std::pair<std::string, MappedValue>> product, variant, options, attributes, food, nutrients;
    std::vector<MappedValue> prices;

    /// The value of that name in `section`, or nullptr.
    static MappedValue const* find(std::vector<std::pair<std::string, MappedValue>> const& section,
                                   std::string_view name) noexcept;
    /// Every column that is named, each once.
    [[nodiscard]] std::vector<std::string> columns() const;
};

/// not_found, invalid_request: no such file, or what is wrong in it, one problem a line, "map.toml:3: …".
Result<Mapping> read_mapping(std::string const& path);

}  // namespace b2a::importer
