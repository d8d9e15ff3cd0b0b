// SPDX-License-Identifier: Apache-2.0
#include "app/governor.hpp"

#include "app/system.hpp"

namespace b2a::app {

using boost::asio::awaitable;

Result<LoadedRules> checked_rules(std::string name, std::string source) {
    B2A_TRY(rules, policy::RuleSet::load(source, name));
    B2A_CHECK(check_tests(*rules));
    return LoadedRules{std::move(name), std::move(source), std::move(rules), false};
}

Result<LoadedRules> configured_rules(Config const& config) {
    auto const built_in = config.sandbox ? BuiltInRules::sandbox : BuiltInRules::standard;
    B2A_TRY(source, rules_source(config.policy_file, built_in));
    return checked_rules(std::move(source.name), std::move(source.text));
}

Result<std::optional<LoadedRules>> configured_shadow(Config const& config) {
    if (config.policy_shadow_file.empty()) return std::optional<LoadedRules>{};
    B2A_TRY(source, read_file(config.policy_shadow_file));
    B2A_TRY(loaded, checked_rules(config.policy_shadow_file, std::move(source)));
    return std::optional(std::move(loaded));
}

awaitable<Result<void>> activate(service::Oversight& oversight, service::PolicyHolder& holder,
                                 service::RequestContext context, LoadedRules loaded) {
    auto rules = loaded.rules;
    service::ActivateRules command{std::move(loaded.source), rules, std::move(loaded.name), false, loaded.only_if_new};
    auto const done = co_await oversight.activate(std::move(context), std::move(command));
    if (!done) co_return Error(done.error());
    holder.replace(std::move(rules));
    co_return Result<void>();
}

awaitable<Result<void>> activate_shadow(service::Oversight& oversight, service::PolicyHolder& holder,
                                        service::RequestContext context, std::optional<LoadedRules> loaded) {
    if (!loaded) {
        holder.replace_shadow(nullptr);
        co_return Result<void>();
    }
    auto rules = loaded->rules;
    service::ActivateRules command{std::move(loaded->source), rules, std::move(loaded->name), true,
                                   loaded->only_if_new};
    auto const done = co_await oversight.activate(std::move(context), std::move(command));
    if (!done) co_return Error(done.error());
    holder.replace_shadow(std::move(rules));
    co_return Result<void>();
}

awaitable<Result<void>> reload_configured(service::Oversight& oversight, service::PolicyHolder& holder,
                                          service::RequestContext context, Config const& config, Occasion occasion) {
    auto loaded = configured_rules(config);
    auto shadow = configured_shadow(config);
    if (!loaded || !shadow) {
        auto failure = loaded ? shadow.error() : loaded.error();
        auto name = loaded ? config.policy_shadow_file : config.policy_file;
        auto const noted = co_await oversight.note_failure(std::move(context), std::move(name));
        static_cast<void>(noted);  // the caller hears what is wrong with the rules
        co_return failure;
    }
    loaded->only_if_new = occasion == Occasion::start;
    if (*shadow) (*shadow)->only_if_new = occasion == Occasion::start;
    auto const active = co_await activate(oversight, holder, context, std::move(*loaded));
    if (!active) co_return active;
    auto const tried = co_await activate_shadow(oversight, holder, context, std::move(*shadow));
    co_return tried;
}

}  // namespace b2a::app
