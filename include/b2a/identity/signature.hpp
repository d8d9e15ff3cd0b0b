// SPDX-License-Identifier: Apache-2.0
// HTTP message signatures (RFC 9421) in the profiles of profile.hpp: algorithm from the key, Content-Digest (RFC 9530)
// over the raw bytes. Reading and checking are two steps, so that what can be refused without a key is, before anybody
// goes and looks for one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "b2a/base/bytes.hpp"
#include "b2a/base/time.hpp"
#include "b2a/identity/keys.hpp"
#include "b2a/identity/profile.hpp"
#include "b2a/web/message.hpp"
#include "b2a/web/outbound.hpp"
#include "b2a/web/structured_fields.hpp"

namespace b2a::identity {

enum class Verdict : std::uint8_t {
    verified,
    unsigned_,              // no signature, or none that covers what it must: nothing was claimed
    malformed,              // the fields are no structured fields of the right shape
    key_not_found,          // no key of that id: worth one refresh of the key set
    keys_unavailable,       // its keys cannot be had now, or nobody says where they are: undecided
    digest_mismatch,        // Content-Digest contradicts the body, or names no algorithm we know
    algorithm_unsupported,  // a key we cannot verify with
    replayed,               // a signature, or a nonce, that was used before
    stale,                  // too old to tell whether it was
    overloaded,             // nothing more can be remembered
    invalid,                // the signature does not verify
};
/// "signature_missing", "signature_invalid", "key_not_found", "digest_mismatch", "algorithm_unsupported", …
std::string_view to_text(Verdict verdict) noexcept;

/// The three answers of web-bot-auth, and the case that nothing was asked. Undecided is never as good as verified.
enum class Outcome : std::uint8_t { none, verified, invalid, unverified };
Outcome outcome_of(Verdict verdict) noexcept;

/// How much of its request a signature covers.
enum class Coverage : std::uint8_t {
    none,
    minimum,  // what its profile asks for: enough to recognise who sent it, and it binds no body
    request,  // everything that matters of it
};

struct Verification {
    Verdict verdict = Verdict::unsigned_;
    std::string label;
    std::string kid;
    std::string thumbprint;
    Digest signature{};  // SHA-256 of the signature's bytes, for replay windows
    std::string detail;  // for the caller: what is missing or wrong; never key material
    Coverage coverage = Coverage::none;
    SignatureProfile const* profile = nullptr;
    std::string nonce;
    std::optional<std::int64_t> created, expires;
};

struct VerifyOptions {
    std::vector<std::string> authorities;  // ours, lower case, without a default port: Host has to name one of them
    Timestamp now{};                       // for `created` and `expires`, with a minute of skew
    bool allow_test_keys = false;          // those that RFC 9421 publishes with their secrets
    bool loopback_http = false;            // Signature-Agent may be http on loopback
    Dialects dialects = {};
};

/// One label as it claims to be, judged by all that needs no key.
struct Claim {
    Verdict verdict = Verdict::unsigned_;  // verified: worth looking for its key
    std::string detail;
    SignatureProfile const* profile = nullptr;  // null: a tag of nobody we know
    std::string label;
    std::string keyid;
    std::string nonce;
    std::optional<std::int64_t> created, expires;
    Coverage coverage = Coverage::none;
    std::string key_url;  // web-bot-auth: where its keys are; empty: it covers no Signature-Agent
    std::string agent;    // and whose they are, normalised
    web::SfInnerList input;
    Bytes signature;
    std::string sent;  // the member of Signature-Input as it came
};

struct Claims {
    Verdict verdict = Verdict::unsigned_;  // verified: they were read
    std::string detail;
    std::vector<Claim> list;
};

/// Signature-Input, Signature and Signature-Agent of a request; its Content-Digest is checked even when nothing is
/// signed. A signature that covers everything (UCP, section Signatures) covers @method, @authority and @path, @query if
/// there is one, content-digest and content-type if there is a body, and ucp-agent, signature-agent and idempotency-key
/// if they are there.
Claims read_claims(web::Request const& request, VerifyOptions const& options);

/// A claim that is worth it, with the key that it names.
Verification check(web::Request const& request, Claim const& claim, PublicKey const& key, VerifyOptions const& options);
/// What became of a claim that was not checked.
Verification unchecked(Claim const& claim, Verdict verdict, std::string detail);
/// Of several results the one to act on: a verified one, else the one that the caller can learn most from.
bool is_better(Verification const& a, Verification const& b) noexcept;

/// The signatures without a tag, by one party's keys. Each label is judged on its own and one that verifies is enough.
Verification verify(web::Request const& request, KeySet const& keys, VerifyOptions const& options);

/// True if the request carries a Signature-Input or Signature field.
bool is_signed(web::Request const& request) noexcept;

/// A URL as an identity: lower-case host, no default port, no query, no "/" without a path. Empty if it is none.
std::string normalized_url(std::string_view url);

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Content-Digest, Signature-Input and Signature for a request of ours; `covered` are further field names, which must
/// be among `request.headers` (UCP: ucp-agent, webhook-id, webhook-timestamp). Always covered: @method @authority
/// @path,
/// @query when there is one, content-digest and content-type when there is a body.
Fields sign(web::OutboundRequest const& request, std::vector<std::string_view> const& covered, OwnKey const& key,
            Timestamp created);
/// The same for an answer of ours: @status, content-digest and content-type.
Fields sign(web::Response const& response, OwnKey const& key, Timestamp created);

/// Proof that who holds these keys serves them here (web-bot-auth, key directories): a signature of every key over the
/// authority that was asked and the digest of the body.
Fields sign_directory(web::Request const& request, web::Response const& response, KeyRing const& ring,
                      Timestamp created);
inline constexpr std::string_view directory_path = "/.well-known/http-message-signatures-directory";
inline constexpr std::string_view directory_type = "application/http-message-signatures-directory+json";

/// "sha-256=:…:" of the bytes.
std::string content_digest(std::string_view body);

}  // namespace b2a::identity
