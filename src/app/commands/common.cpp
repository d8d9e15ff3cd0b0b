// SPDX-License-Identifier: Apache-2.0
#include <iostream>

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

}  // namespace b2a::app
