// SPDX-License-Identifier: Apache-2.0
// HTTP message signatures (RFC 9421) with the profile of UCP 2026-08-25 (which is that of 2026-04-08 with coverage
// enforced): algorithm from the key, keyid required, Content-Digest (RFC 9530) over the raw bytes.
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
#include "b2a/web/message.hpp"
#include "b2a/web/outbound.hpp"

namespace b2a::identity {

enum class Verdict : std::uint8_t {
    verified,
    unsigned_,              // no signature, or none that covers what it must: nothing was claimed
    malformed,              // the fields are no structured fields of the right shape
    key_not_found,          // no key of that id: worth one refresh of the key set
    digest_mismatch,        // Content-Digest contradicts the body, or names no algorithm we know
    algorithm_unsupported,  // a key we cannot verify with
    invalid,                // the signature does not verify
};
/// "signature_missing", "signature_invalid", "key_not_found", "digest_mismatch", "algorithm_unsupported", …
std::string_view to_text(Verdict verdict) noexcept;

struct Verification {
    Verdict verdict = Verdict::unsigned_;
    std::string label;
    std::string kid;
    std::string thumbprint;
    Digest signature{};  // SHA-256 of the signature's bytes, for replay windows
    std::string detail;  // for the caller: what is missing or wrong; never key material
};

struct VerifyOptions {
    std::vector<std::string> authorities;  // ours, lower case, without a default port: Host has to name one of them
    Timestamp now{};                       // for `created` and `expires`, with a minute of skew
};

/// UCP, section Signatures: a signature covers @method, @authority and @path, @query if there is one, content-digest
/// and content-type if there is a body, and ucp-agent, signature-agent and idempotency-key if they are there; one that
/// covers less, or carries a tag (other profiles read those), counts as none. Each label is judged on its own and one
/// that verifies is enough. A Content-Digest that is present is checked even when nothing is signed. `keys` may be
/// empty.
Verification verify(web::Request const& request, KeySet const& keys, VerifyOptions const& options);

/// True if the request carries a Signature-Input or Signature field.
bool is_signed(web::Request const& request) noexcept;

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Content-Digest, Signature-Input and Signature for a request of ours; `covered` are further field names, which must
/// be among `request.headers` (UCP: ucp-agent, webhook-id, webhook-timestamp). Always covered: @method @authority
/// @path,
/// @query when there is one, content-digest and content-type when there is a body.
Fields sign(web::OutboundRequest const& request, std::vector<std::string_view> const& covered, OwnKey const& key,
            Timestamp created);
/// The same for an answer of ours: @status, content-digest and content-type.
Fields sign(web::Response const& response, OwnKey const& key, Timestamp created);

/// "sha-256=:…:" of the bytes.
std::string content_digest(std::string_view body);

}  // namespace b2a::identity
