// SPDX-License-Identifier: Apache-2.0
// A RuleFile laid out for evaluation: one list per action, in file order.
#pragma once

#include <array>
#include <vector>

#include "policy/rule.hpp"

namespace b2a::policy {

struct ActionRules {
    std::vector<Rule const*> all;          // enforced and shadow, for evaluate()
    std::vector<Rule const*> restricting;  // enforced forbid, require and approve, for permits()
    std::vector<Rule const*> permitting;   // enforced permit
    std::vector<Rule const*> obliging;     // enforced permit with obligations, for terms()
    std::vector<std::uint32_t> limits;     // of requests
    std::vector<std::uint32_t> durable;    // of what is bought
};

/// Not copied or moved after compile(): the lists point into `file`.
struct Compiled {
    RuleFile file;
    std::vector<RateLimit> rates;  // parallel to file.limits
    std::array<ActionRules, action_count> actions;
    Digest digest{};

    Compiled() = default;
    Compiled(Compiled const&) = delete;
    Compiled& operator=(Compiled const&) = delete;

    [[nodiscard]] ActionRules const& of(Action action) const noexcept {
        return actions[static_cast<std::size_t>(action)];
    }
};

/// Fills everything but `file` from `file`.
void compile(Compiled& compiled);

}  // namespace b2a::policy
