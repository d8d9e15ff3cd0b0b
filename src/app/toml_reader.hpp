// SPDX-License-Identifier: Apache-2.0
// How tables of the configuration file are read: a table is a list of keys with what takes each of them; all problems
// are collected with their place. Knows no key by name.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "b2a/base/result.hpp"

#include "app/config.hpp"

namespace b2a::app {

/// Collects problems with their place while one table after the other is read.
class Source {
  public:
    explicit Source(std::string_view name) : name_(name) {}

    void problem(toml::source_region const& where, std::string const& message);
    /// Error: invalid_request with all problems, one a line.
    [[nodiscard]] Result<void> finish() const;

  private:
    std::string name_;
    std::vector<std::string> problems_;
};

using Take = std::function<std::string(toml::node const&)>;  // empty answer: taken; else what is wrong
using Keys = std::map<std::string_view, Take>;

Take text(std::string& out);
Take boolean(bool& out);
Take boolean(std::optional<bool>& out);
Take integer(std::int64_t& out, std::int64_t min, std::int64_t max);
/// "512KiB", from 1 B to `max`.
Take size(std::int64_t& out, std::int64_t max);
/// "10s".
Take duration(std::chrono::milliseconds& out);
Take endpoint(Endpoint& out);
Take one_of(std::string& out, std::vector<std::string> allowed);
Take currency(std::string& out);
Take sha256_hex(std::string& out);
/// An array, element by element; `expected` is what a problem says, "an array of ports". Takes the place of what `out`
/// held.
template <class T>
Take list(std::vector<T>& out, std::string expected, std::function<std::optional<T>(toml::node const&)> one) {
    return [&out, expected = std::move(expected), one = std::move(one)](toml::node const& node) -> std::string {
        auto const* array = node.as_array();
        if (array == nullptr || array->empty()) return "expected " + expected;
        out.clear();
        for (auto const& element : *array) {
            auto value = one(element);
            if (!value) return "expected " + expected;
            out.push_back(*std::move(value));
        }
        return {};
    };
}
void read_table(Source& source, toml::table const& table, Keys const& known);
Take table_of(Source& source, Keys known);

/// An array of tables. `keys` says how one of them is read, `wrong` what is missing of it afterwards (empty: nothing).
template <class T>
Take tables(Source& source, std::vector<T>& out, std::function<Keys(T&)> keys,
            std::function<std::string(T const&)> wrong) {
    return [&source, &out, keys = std::move(keys), wrong = std::move(wrong)](toml::node const& node) -> std::string {
        auto const* array = node.as_array();
        if (array == nullptr) return "expected an array of tables";
        for (auto const& element : *array) {
            auto const* table = element.as_table();
            if (table == nullptr) return "expected an array of tables";
            T one;
            read_table(source, *table, keys(one));
            if (auto const missing = wrong(one); !missing.empty()) source.problem(element.source(), missing);
            out.push_back(std::move(one));
        }
        return {};
    };
}

}  // namespace b2a::app
