// SPDX-License-Identifier: Apache-2.0
// Who is asking: turns the fields of a request into the service's RequestContext. One instance per I/O thread (it keeps
// a small pool of random bytes); it knows no protocol's paths and no wire format but header fields.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/agents.hpp"
#include "b2a/service/context.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol {

/// A registered agent's bearer token. The token itself is not kept, only its SHA-256.
struct AgentToken {
    AgentToken(Digest const& token_digest, std::string principal_id, std::string agent_class_name) :
        digest(token_digest), principal(std::move(principal_id)), agent_class(std::move(agent_class_name)) {}
    AgentToken(std::string_view token, std::string principal_id, std::string agent_class_name);

    Digest digest{};
    std::string principal;
    std::string agent_class;
};

class ContextFactory {
  public:
    struct Parts {
        Site const& site;
        Clock const& clock;
        Random& random;
        std::vector<AgentToken> tokens;
        service::AgentHolder const* agents = nullptr;  // null: nobody is registered
    };
    explicit ContextFactory(Parts parts);

    /// The principal of the Authorization field; nullopt without one. Error: unauthenticated (no bearer token, or an
    /// unknown one).
    Result<std::optional<policy::Principal>> by_token(web::Request const& request, policy::Protocol protocol) const;
    [[nodiscard]] Timestamp now() const { return parts_.clock.now(); }
    /// The register as it is now; the reference is good until the next call.
    service::AgentRegister const& agents() const;
    /// The context of a request whose principal is known.
    service::RequestContext start(web::Request const& request, policy::Principal principal);
    /// For protocols without a handshake: a bearer token, else what a UCP-Agent field declares, else anonymous. Errors:
    /// unauthenticated, invalid_request with pointer "UCP-Agent" (malformed, or a URL that is not admitted).
    Result<service::RequestContext> read(web::Request const& request, policy::Protocol protocol);

  private:
    /// Draws from `source` in blocks: a request id costs no call into the random generator.
    class Pool final : public Random {
      public:
        explicit Pool(Random& source) : source_(source), used_(bytes_.size()) {}
        void fill(std::span<std::uint8_t> out) override;

      private:
        Random& source_;
        std::array<std::uint8_t, 1024> bytes_{};
        std::size_t used_;
    };

    Parts parts_;
    Pool pool_;
    mutable std::shared_ptr<service::AgentRegister const> agents_;  // this thread's
    mutable std::uint64_t agents_seen_ = 0;
};

/// What the register says of a principal; nothing for null. Limits and suspension hold for whoever claims to be that
/// agent: a claim without proof is no way around them.
void describe_registered(policy::Principal& principal, service::AgentRegister::AgentPtr const& agent);

/// Gives a change its idempotency key and the digest of its request. The key's scope is (principal, operation,
/// `client_key`); the fingerprint covers `target` (the id in the path: one key must not answer for another checkout
/// with an equal body) and `body` as sent. Error: invalid_request with pointer "Idempotency-Key".
Result<void> add_idempotency(service::RequestContext& context, std::optional<std::string_view> client_key,
                             std::string_view operation, std::string_view target, std::string_view body);

/// A profile URL as a protocol may name it: invalid_request with pointer "UCP-Agent" unless it is https, or in a
/// sandbox http on loopback.
Result<void> admit_profile_url(std::string_view url, bool sandbox);

/// The profile URL of a UCP-Agent field (RFC 8941 dictionary, member "profile"); invalid_request if it is malformed or
/// not admitted: https only, in a sandbox also http on loopback.
Result<std::string> agent_profile(web::Request const& request, bool sandbox);

}  // namespace b2a::protocol
