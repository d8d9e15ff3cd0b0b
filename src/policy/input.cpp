// SPDX-License-Identifier: Apache-2.0
#include <exception>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/policy/ruleset.hpp"

#include "policy/key_depth.hpp"
#include "policy/parse_test.hpp"
#include "policy/toml_table.hpp"

namespace b2a::policy {

Result<Example> read_example(Action action, std::string_view input) {
    constexpr std::string_view name = "input";
    Problems problems;
    // On lines of its own: a comment in the input must not hide the end.
    auto const source = std::string(input) + '\n';
    if (source.size() > limits::policy_source_bytes_max || find_deep_key(source)) {
        problems.add(1, 1, "the input is too large");
        return problems.to_error(name);
    }
    try {
        auto const table = toml::parse(source);
        TestCase test;
        test.principal.id = "example";
        test.facts.action = action;
        read_input(table, test, problems);
        if (!problems.empty()) return problems.to_error(name);
        return Example{"example", std::move(test.principal), std::move(test.facts)};
    } catch (toml::parse_error const& error) {
        auto const words = std::string(error.description());
        problems.add(error.source(), is_utf8(words) ? words : "the input is not UTF-8 text");
    } catch (std::exception const& error) {
        problems.add(1, 1, error.what());
    }
    return problems.to_error(name);
}

}  // namespace b2a::policy
