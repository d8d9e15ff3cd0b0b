// SPDX-License-Identifier: Apache-2.0
// Loads rules, makes them the active ones with an entry in the log, and follows the stops that others wrote. What the
// operator listener, SIGHUP and the keeper have in common.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "b2a/base/result.hpp"
#include "b2a/service/oversight.hpp"

#include "app/config.hpp"
#include "app/policy_source.hpp"

namespace b2a::app {

/// A rule set and where it came from.
struct LoadedRules {
    std::string name;
    std::string source;
    std::shared_ptr<policy::RuleSet const> rules;
    bool only_if_new = false;
};

/// Parses the text and runs its tests. Error: invalid_request with every problem.
Result<LoadedRules> checked_rules(std::string name, std::string source);
/// The active rules of the configuration, read anew, and the shadow rules where it names some.
Result<LoadedRules> configured_rules(Config const& config);
Result<std::optional<LoadedRules>> configured_shadow(Config const& config);

/// Evidence first, then the swap. On a failure the old rules stay.
boost::asio::awaitable<Result<void>> activate(service::Oversight& oversight, service::PolicyHolder& holder,
                                              service::RequestContext context, LoadedRules loaded);
/// The same for the set that is tried out; nullopt ends it.
boost::asio::awaitable<Result<void>> activate_shadow(service::Oversight& oversight, service::PolicyHolder& holder,
                                                     service::RequestContext context,
                                                     std::optional<LoadedRules> loaded);
/// Both from the configuration; a failure to load is an entry as well. A start leaves an entry only for rules that are
/// not those of the last run.
enum class Occasion : std::uint8_t { start, reload };
boost::asio::awaitable<Result<void>> reload_configured(service::Oversight& oversight, service::PolicyHolder& holder,
                                                       service::RequestContext context, Config const& config,
                                                       Occasion occasion);

}  // namespace b2a::app
