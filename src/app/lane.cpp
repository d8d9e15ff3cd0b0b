// SPDX-License-Identifier: Apache-2.0
#include "app/lane.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "b2a/base/encoding.hpp"

namespace b2a::app {
namespace {

constexpr std::string_view sandbox_agent_token = "sandbox-agent";

}  // namespace

Result<std::vector<protocol::AgentToken>> agent_tokens(Config const& config) {
    std::vector<protocol::AgentToken> tokens;
    for (auto const& agent : config.agents) {
        auto const bytes = from_hex(agent.token_sha256);
        Digest digest{};
        if (!bytes || bytes->size() != digest.size())
            return Error(Code::invalid_request, fmt::format("agent {}: token_sha256 is no SHA-256", agent.name));
        std::copy(bytes->begin(), bytes->end(), digest.begin());
        tokens.emplace_back(digest, agent.name, agent.agent_class);
    }
    if (config.sandbox) tokens.emplace_back(sandbox_agent_token, "sandbox-agent", "shopping");
    return tokens;
}

Lane::Lane(Shared& shared, std::unique_ptr<store::Reader> own_reader, std::vector<protocol::AgentToken> tokens) :
    reader(std::move(own_reader)),
    governance(*shared.policy, *shared.limiter, *shared.random, shared.policy_counters),
    catalog(shared.catalog, governance),
    provenance(*reader, governance),
    carts({shared.catalog, *shared.store, *reader, governance, *shared.random, shared.site.default_currency}),
    checkouts({shared.catalog, *shared.store, *reader, governance, *shared.payments, *shared.notices, *shared.random,
               shared.site.default_currency}),
    orders(*shared.store, *reader, governance, *shared.notices, *shared.random),
    operations(*shared.store, governance),
    notices(*shared.store, *reader, governance),
    contexts({shared.site, shared.clock, *shared.random, std::move(tokens)}) {}

}  // namespace b2a::app
