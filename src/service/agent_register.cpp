// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "b2a/base/limits.hpp"
#include "b2a/base/log.hpp"
#include "b2a/base/text.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/service/agents.hpp"

namespace b2a::service {
namespace {

std::string key_of(std::string_view id) {
    if (!is_profile(id)) return std::string(id);
    auto normalized = identity::normalized_url(id);
    return normalized.empty() ? std::string(id) : normalized;
}

}  // namespace

bool is_profile(std::string_view agent_id) noexcept {
    return iequals(agent_id.substr(0, 8), "https://") || iequals(agent_id.substr(0, 7), "http://");
}

std::size_t AgentRegister::Hash::operator()(Digest const& digest) const noexcept {
    std::size_t out = 0;
    std::memcpy(&out, digest.data(), sizeof out);
    return out;
}

AgentRegister::AgentRegister(std::vector<policy::Agent> agents) {
    for (auto& one : agents) {
        auto key = key_of(one.id);
        by_id_.insert_or_assign(std::move(key), std::make_shared<policy::Agent const>(std::move(one)));
    }
    for (auto const& [id, agent] : by_id_) {
        for (auto const& token : agent->tokens) by_token_[token] = agent;
        for (auto const& jwk : agent->public_keys) {
            auto key = identity::parse_jwk(jwk);
            if (!key) continue;  // the use-case that added it had read it
            by_key_.insert_or_assign(key->kid(), Key{*key, agent});
            by_key_.insert_or_assign(key->thumbprint(), Key{*key, agent});
        }
    }
}

AgentRegister::AgentPtr AgentRegister::find(std::string_view id) const {
    if (by_id_.empty()) return nullptr;
    auto const found = by_id_.find(key_of(id));
    return found == by_id_.end() ? nullptr : found->second;
}

AgentRegister::AgentPtr AgentRegister::by_token(Digest const& token) const {
    auto const found = by_token_.find(token);
    return found == by_token_.end() ? nullptr : found->second;
}

AgentRegister::Key const* AgentRegister::by_key(std::string_view keyid) const {
    if (by_key_.empty()) return nullptr;
    auto const found = by_key_.find(std::string(keyid));
    return found == by_key_.end() ? nullptr : &found->second;
}

Result<std::shared_ptr<AgentRegister const>> load_agents(store::Reader& reader, std::vector<policy::Agent> configured) {
    B2A_TRY(records, reader.records(store::RecordKind::agent, std::nullopt, limits::agents_max));
    for (auto const& record : records) {
        auto agent = decode_agent(record.body);
        if (agent) configured.push_back(*std::move(agent));
        else log::error("agent record unreadable", {{"id", record.id}, {"detail", agent.error().detail}});
    }
    return std::make_shared<AgentRegister const>(std::move(configured));
}

}  // namespace b2a::service
