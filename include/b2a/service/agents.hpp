// SPDX-License-Identifier: Apache-2.0
// The register of agents that the brand knows: an immutable snapshot that answers who a token, a key or a URL belongs
// to, the holder that all lanes read it from, and the use-cases that change the records behind it. The records are the
// register's own; tokens are kept as digests only.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/identity/keys.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/policy/agent.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

/// A record's body: canonical JSON, the same bytes for the same agent.
std::string encode_agent(policy::Agent const& agent);
/// Errors: invalid_request, when these are not the bytes of an agent.
Result<policy::Agent> decode_agent(std::string_view body);

/// The member "limits" of a document; null when it has none. Problems are the reader's.
std::shared_ptr<policy::AgentLimits const> read_agent_limits(json::Reader& reader);

/// True for a profile URL, false for a name.
bool is_profile(std::string_view agent_id) noexcept;

class AgentRegister {
  public:
    using AgentPtr = std::shared_ptr<policy::Agent const>;
    struct Key {
        identity::PublicKey key;
        AgentPtr agent;
    };

    /// Of two agents with one id, token or key the later one counts.
    explicit AgentRegister(std::vector<policy::Agent> agents);

    [[nodiscard]] bool empty() const noexcept { return by_id_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return by_id_.size(); }
    /// By name, or by profile URL in any spelling.
    [[nodiscard]] AgentPtr find(std::string_view id) const;
    [[nodiscard]] AgentPtr by_token(Digest const& token) const;
    /// By kid or thumbprint of a key that was registered as a JWK; nullptr if there is none.
    [[nodiscard]] Key const* by_key(std::string_view keyid) const;

  private:
    struct Hash {
        std::size_t operator()(Digest const& digest) const noexcept;
    };
    std::unordered_map<std::string, AgentPtr> by_id_;
    std::unordered_map<Digest, AgentPtr, Hash> by_token_;
    std::unordered_map<std::string, Key> by_key_;
};

/// What the configuration names, and the store's records over it; records that cannot be read are left out and logged.
Result<std::shared_ptr<AgentRegister const>> load_agents(store::Reader& reader, std::vector<policy::Agent> configured);

class AgentHolder {
  public:
    AgentHolder() : agents_(std::make_shared<AgentRegister const>(std::vector<policy::Agent>())) {}
    [[nodiscard]] std::shared_ptr<AgentRegister const> current() const { return std::atomic_load(&agents_); }
    void replace(std::shared_ptr<AgentRegister const> agents) {
        std::atomic_store(&agents_, std::move(agents));
        generation_.fetch_add(1, std::memory_order_acq_rel);
    }
    /// Moves with every replace(): a lane refreshes its own pointer only then.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

  private:
    std::shared_ptr<AgentRegister const> agents_;
    std::atomic<std::uint64_t> generation_{1};
};

struct AddAgent {
    policy::Agent agent;  // `created` is set here
};
/// What is absent stays as it is.
struct ChangeAgent {
    std::string id;
    std::optional<std::string> owner;
    std::optional<std::string> agent_class;
    std::optional<policy::AgentLimits> limits;
    std::optional<bool> suspended;
};
struct RemoveAgent {
    std::string id;
};

/// The use-cases of the register, for operators. Every change goes through the rules (agent.manage) and leaves an audit
/// entry; one per thread.
class AgentService {
  public:
    AgentService(store::Store& store, store::Reader& reader, Governance& governance);
    ~AgentService();

    /// In order of change, newest first.
    Result<std::vector<policy::Agent>> list(RequestContext const& context);
    /// Errors: not_found.
    Result<policy::Agent> get(RequestContext const& context, std::string const& id);

    using Changed = boost::asio::awaitable<Result<policy::Agent>>;
    /// Errors: invalid_request (with pointer), conflict (the id, a token or a key is another agent's).
    Changed add(RequestContext context, AddAgent command);
    /// Errors: invalid_request, not_found, conflict (changed meanwhile).
    Changed change(RequestContext context, ChangeAgent command);
    Changed remove(RequestContext context, RemoveAgent command);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace b2a::service
