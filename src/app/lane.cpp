// SPDX-License-Identifier: Apache-2.0
#include "app/lane.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::app {
namespace {

constexpr std::string_view sandbox_agent_token = "sandbox-agent";

}  // namespace

Result<std::vector<policy::Agent>> configured_agents(Config const& config) {
    std::vector<policy::Agent> out;
    for (auto const& agent : config.agents) {
        auto const bytes = from_hex(agent.token_sha256);
        if (!bytes || bytes->size() != sizeof(Digest))
            return Error(Code::invalid_request, fmt::format("agent {}: token_sha256 is no SHA-256", agent.name));
        auto& one = out.emplace_back();
        one.id = agent.name;
        one.agent_class = agent.agent_class;
        std::ranges::copy(*bytes, one.tokens.emplace_back().begin());
    }
    if (config.sandbox) {
        auto& one = out.emplace_back();
        one.id = sandbox_agent_token;
        one.agent_class = "shopping";
        one.tokens.push_back(crypto::sha256(sandbox_agent_token));
    }
    return out;
}

Lane::Lane(Shared& shared, std::unique_ptr<store::Reader> own_reader) :
    reader(std::move(own_reader)),
    governance(*shared.policy, *shared.limiter, *shared.random, shared.policy_counters,
               {shared.store.get(), reader.get(), shared.decision_point.get()}),
    catalog(shared.catalog, governance),
    fit(shared.catalog, governance),
    shopping(shared.catalog, governance),
    provenance(*reader, governance),
    carts({shared.catalog, *shared.store, *reader, governance, *shared.random, shared.site.default_currency}),
    checkouts({shared.catalog, *shared.store, *reader, governance, *shared.payments, *shared.notices, *shared.random,
               shared.site.default_currency}),
    orders(*shared.store, *reader, governance, *shared.notices, *shared.random),
    operations(*shared.store, governance),
    notices(*shared.store, *reader, governance),
    oversight(*shared.store, *reader, governance, *shared.random),
    decisions(*reader, governance),
    agents(*shared.store, *reader, governance),
    evidence(*reader, governance),
    privacy({*shared.store, governance, shared.background.get_executor()}),
    contexts({shared.site, shared.clock, *shared.random, {}, &shared.agents}) {}

}  // namespace b2a::app
