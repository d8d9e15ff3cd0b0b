// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "b2a/base/encoding.hpp"
#include "b2a/json/value.hpp"
#include "b2a/policy/ruleset.hpp"

#include "app/commands/commands.hpp"
#include "app/policy_source.hpp"

namespace b2a::app {

int fail(std::string const& message) {
    std::cerr << "b2a: " << message << '\n';
    return exit_failed;
}

std::optional<Config> effective_config(Common const& common) {
    Config config;
    if (!common.config_file.empty()) {
        auto loaded = load_config(common.config_file);
        if (!loaded) {
            std::cerr << loaded.error().detail << '\n';
            return std::nullopt;
        }
        config = *std::move(loaded);
    }
    if (!common.data_dir.empty()) config.data_dir = common.data_dir;
    return config;
}

int config_print(Common const& common) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    std::cout << to_toml(*config);
    return exit_done;
}

int config_check(Common const& common) {
    auto const config = effective_config(common);
    if (!config) return exit_failed;
    auto const rules = load_rules(config->policy_file);
    if (!rules) {
        std::cerr << rules.error().detail << '\n';
        return exit_failed;
    }
    std::cout << "configuration and policy are sound\n";
    return exit_done;
}

int policy_check(Common const& common, std::string const& file) {
    auto const rules = load_rules(file);
    if (!rules) {
        std::cerr << rules.error().detail << '\n';
        return exit_failed;
    }
    if (common.json)
        std::cout
            << json::Value{{"sound", true}, {"rules", (*rules)->size()}, {"digest", to_hex((*rules)->digest())}}.dump()
            << '\n';
    else std::cout << fmt::format("sound: {} rules, digest {}\n", (*rules)->size(), to_hex((*rules)->digest()));
    return exit_done;
}

int policy_test(Common const& common, std::string const& file) {
    auto const rules = parse_rules(file);
    if (!rules) {
        std::cerr << rules.error().detail << '\n';
        return exit_failed;
    }
    auto const results = (*rules)->run_tests();
    std::size_t failed = 0;
    auto report = json::Value::array();
    for (auto const& result : results) {
        bool const passed = result.failure.empty();
        failed += passed ? 0U : 1U;
        if (common.json) report.push_back({{"name", result.name}, {"passed", passed}, {"failure", result.failure}});
        else
            std::cout << (passed ? "ok    " : "FAIL  ") << result.name << (passed ? "" : ": ") << result.failure
                      << '\n';
    }
    if (common.json) std::cout << json::Value{{"tests", report}, {"failed", failed}}.dump() << '\n';
    else std::cout << fmt::format("{} of {} policy tests passed\n", results.size() - failed, results.size());
    return failed == 0 ? exit_done : exit_no;
}

}  // namespace b2a::app
