// SPDX-License-Identifier: Apache-2.0
// Who signed: finds the keys of a signature's claims (the register first, then what is cached, then a bounded look at
// the party's own documents), has them checked, and lets a signature be used once. One per I/O thread; what it refers
// to is the thread's or thread-safe. Nothing but signatures is looked at: no field says on its own who somebody is.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "b2a/identity/replay_cache.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/protocol/context.hpp"
#include "b2a/service/directory.hpp"

namespace b2a::protocol {

struct IdentitySettings {
    bool allow_test_keys = false;  // those whose secrets are in RFC 9421
    identity::Dialects dialects;
    std::string visa_keys_url;  // the network's JWK Set; empty: agents of the register only
};

/// What the signatures of a request amount to.
struct Recognition {
    identity::Verification proof;
    std::string id;  // when verified: a URL, a name of the register, or "visa-tap:<keyid>"
    service::AgentRegister::AgentPtr agent;
    bool refreshed = false;  // the profile was asked for again: its document may be another one now

    [[nodiscard]] identity::Outcome outcome() const noexcept { return identity::outcome_of(proof.verdict); }
    [[nodiscard]] bool binds_request() const noexcept {
        return outcome() == identity::Outcome::verified && proof.coverage == identity::Coverage::request;
    }
    /// request_bound or registered for a whole request, url_verified for one that was only recognised.
    [[nodiscard]] policy::TrustLevel trust() const noexcept;
};

class Recognizer {
  public:
    struct Parts {
        Site const& site;
        IdentitySettings const& settings;
        ContextFactory& contexts;
        service::Directory& directory;
        identity::ReplayCache& used;
    };
    explicit Recognizer(Parts parts);

    enum class Scope : std::uint8_t {
        anyone,        // whoever signed is who asks
        profile_only,  // it has to be the party of the profile, or an agent of the register
    };
    struct Presented {
        std::string profile;                     // that the request names; empty: none
        identity::KeySet const* keys = nullptr;  // of that profile, where they are at hand
        identity::Use use = identity::Use::read;
        Scope scope = Scope::anyone;
    };
    /// Without waiting, where no keys have to be fetched; else nullopt, and recognize() is to be called.
    std::optional<Recognition> at_once(web::Request const& request, Presented const& presented);
    boost::asio::awaitable<Recognition> recognize(web::Request const& request, Presented presented);

    /// The context of a request in a protocol without a handshake. Errors: unauthenticated (a token that is not known,
    /// a signature that is wrong), invalid_request, overloaded.
    Result<service::RequestContext> context_of(web::Request const& request, Recognition recognition,
                                               policy::Protocol protocol);
    /// The same where nobody waits: a signature by a key that is not here yet proves nothing.
    Result<service::RequestContext> context_at_once(web::Request const& request, policy::Protocol protocol);
    /// What such a request presents.
    [[nodiscard]] Presented presented_by(web::Request const& request) const;

  private:
    using DocumentPtr = std::shared_ptr<service::Document const>;
    struct Look {  // for keys that are not here
        std::string url;
        bool again = false;  // they were here, and lacked one
    };
    /// Documents that this request has asked for; null: they could not be had.
    using Looked = std::map<std::string, DocumentPtr, std::less<>>;
    struct Candidate {
        std::optional<identity::PublicKey> key;
        std::string id;
        service::AgentRegister::AgentPtr agent;
        identity::Verdict verdict = identity::Verdict::key_not_found;  // without a key
        std::string detail;
        std::optional<Look> look;
    };
    struct Judged {
        Recognition recognition;
        std::optional<Look> look;
    };

    [[nodiscard]] identity::VerifyOptions options() const;
    Judged judge(web::Request const& request, identity::Claims const& claims, Presented const& presented,
                 Looked const& looked);
    Candidate find(identity::Claim const& claim, Presented const& presented, Looked const& looked);
    Candidate from_register(identity::Claim const& claim, Presented const& presented);
    Candidate from_document(identity::Claim const& claim, Presented const& presented, Looked const& looked);
    identity::KeySet const* keys_at(std::string const& url, Presented const& presented, Looked const& looked);
    identity::KeySet const& keys_in(DocumentPtr const& document);
    [[nodiscard]] bool pins_another(Recognition const& recognition) const;
    Recognition finish(Judged judged, Presented const& presented);

    Parts parts_;
    std::vector<std::string> authorities_;
    struct Remembered {
        DocumentPtr document;
        identity::KeySet keys;
    };
    std::unordered_map<std::string, Remembered> remembered_;
};

/// What @authority may be in a request that was meant for us. On loopback a client may call the host by any of its
/// names.
std::vector<std::string> authorities_of(Site const& site);

}  // namespace b2a::protocol
