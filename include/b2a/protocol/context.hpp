// SPDX-License-Identifier: Apache-2.0
// Who is asking: turns the fields of a request into the service's RequestContext. One instance per I/O thread (it keeps
// a small pool of random bytes); it knows no protocol's paths and no wire format but header fields.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/random.hpp"
#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/protocol/site.hpp"
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

/// How an operation treats the UCP-Agent field: UCP demands it, other protocols take it as a hint.
enum class AgentField : std::uint8_t { optional, required };

class ContextFactory {
  public:
    struct Parts {
        Site const& site;
        Clock const& clock;
        Random& random;
        std::vector<AgentToken> tokens;
    };
    explicit ContextFactory(Parts parts);

    /// Errors: unauthenticated (unknown bearer token), invalid_request with pointer "UCP-Agent" (missing where
    /// required, malformed, or a URL that is not admitted).
    Result<service::RequestContext> read(web::Request const& request, policy::Protocol protocol, AgentField field);
    /// The same for a change, with the body's digest and the idempotency key of `operation`. Further error:
    /// invalid_request with pointer "Idempotency-Key".
    Result<service::RequestContext> mutation(web::Request const& request, policy::Protocol protocol, AgentField field,
                                             std::string_view operation);

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

    Result<policy::Principal> identify(web::Request const& request, policy::Protocol protocol, AgentField field);

    Parts parts_;
    Pool pool_;
};

/// The profile URL of a UCP-Agent field (RFC 8941 dictionary, member "profile"); invalid_request if it is malformed or
/// not admitted: https only, in a sandbox also http on loopback.
Result<std::string> agent_profile(web::Request const& request, bool sandbox);

}  // namespace b2a::protocol
