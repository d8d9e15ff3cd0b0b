// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "b2a/policy/ruleset.hpp"

namespace b2a::policy::test {

inline std::shared_ptr<RuleSet const> load(std::string const& source) {
    auto rules = RuleSet::load(source, "t.toml");
    EXPECT_TRUE(rules.ok()) << (rules.ok() ? "" : rules.error().detail);
    return rules.ok() ? *rules : nullptr;
}

/// The detail of the Error that load() must give.
inline std::string problems(std::string const& source) {
    auto const rules = RuleSet::load(source, "t.toml");
    if (rules.ok()) return "loaded";
    EXPECT_EQ(rules.error().code, Code::invalid_request);
    return rules.error().detail;
}

inline std::string rule(std::string const& id, std::string const& effect, std::string const& rest,
                        std::string const& actions = R"(["*"])") {
    return "[[rule]]\nid = \"" + id + "\"\neffect = \"" + effect + "\"\nactions = " + actions + "\n" + rest + "\n";
}

inline std::string read_file(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

inline Money usd(std::int64_t minor) {
    return {minor, *Currency::parse("USD")};
}
inline Money eur(std::int64_t minor) {
    return {minor, *Currency::parse("EUR")};
}

/// Facts that own their principal.
struct Case {
    explicit Case(Action action = Action::checkout_complete) {
        principal.id = "https://agent.example/profile";
        principal.trust = TrustLevel::keyed;
        facts.action = action;
    }
    Case(Case const&) = delete;
    Case& operator=(Case const&) = delete;

    Facts const& get() {
        facts.principal = &principal;
        return facts;
    }

    Principal principal;
    Facts facts;
};

}  // namespace b2a::policy::test
