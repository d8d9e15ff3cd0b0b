// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/crypto/hash.hpp"
#include "b2a/identity/signature.hpp"

#include "identity/signature_base.hpp"

namespace b2a::identity {
namespace {

bool algorithm_agrees(web::SfInnerList const& input, PublicKey const& key) {
    auto const* alg = input.parameters.find("alg");
    if (alg == nullptr) return true;
    auto const* name = std::get_if<std::string>(alg);
    return name != nullptr && *name == to_text(key.algorithm());
}

Verification described(Claim const& claim) {
    Verification out;
    out.label = claim.label;
    out.kid = claim.keyid;
    out.coverage = claim.coverage;
    out.profile = claim.profile;
    out.nonce = claim.nonce;
    out.created = claim.created;
    out.expires = claim.expires;
    return out;
}

bool fits(web::Request const& request, Claim const& claim, PublicKey const& key, std::string_view sent) {
    auto const base = signature_base(message_of(request), claim.input, sent);
    return base && key.verify(as_bytes(*base), claim.signature);
}

/// Over the base as it should be; in a profile that takes Signature-Input as it came, also over that.
bool is_signed_by(web::Request const& request, Claim const& claim, PublicKey const& key) {
    return fits(request, claim, key, {}) || (claim.profile->as_sent && fits(request, claim, key, claim.sent));
}

/// An unknown key comes first, since with a newer key set that signature may still verify.
int weight(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::verified: return 10;
        case Verdict::key_not_found: return 9;
        case Verdict::overloaded: return 8;
        case Verdict::replayed: return 7;
        case Verdict::stale: return 6;
        case Verdict::invalid: return 5;
        case Verdict::digest_mismatch: return 4;
        case Verdict::algorithm_unsupported: return 3;
        case Verdict::malformed: return 2;
        case Verdict::keys_unavailable: return 1;
        case Verdict::unsigned_: return 0;
    }
    return 0;
}

}  // namespace

std::string_view to_text(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::verified: return "verified";
        case Verdict::unsigned_: return "signature_missing";
        case Verdict::malformed: return "signature_malformed";
        case Verdict::key_not_found: return "key_not_found";
        case Verdict::keys_unavailable: return "keys_unavailable";
        case Verdict::digest_mismatch: return "digest_mismatch";
        case Verdict::algorithm_unsupported: return "algorithm_unsupported";
        case Verdict::replayed: return "signature_replayed";
        case Verdict::stale: return "signature_stale";
        case Verdict::overloaded: return "overloaded";
        case Verdict::invalid: return "signature_invalid";
    }
    return "signature_invalid";
}

Outcome outcome_of(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::verified: return Outcome::verified;
        case Verdict::unsigned_: return Outcome::none;
        case Verdict::keys_unavailable:
        case Verdict::overloaded: return Outcome::unverified;
        case Verdict::malformed:
        case Verdict::key_not_found:
        case Verdict::digest_mismatch:
        case Verdict::algorithm_unsupported:
        case Verdict::replayed:
        case Verdict::stale:
        case Verdict::invalid: return Outcome::invalid;
    }
    return Outcome::invalid;
}

bool is_better(Verification const& a, Verification const& b) noexcept {
    if (a.verdict != Verdict::verified || b.verdict != Verdict::verified) return weight(a.verdict) > weight(b.verdict);
    return a.coverage > b.coverage;
}

Verification unchecked(Claim const& claim, Verdict verdict, std::string detail) {
    auto out = described(claim);
    out.verdict = verdict;
    out.detail = std::move(detail);
    return out;
}

Verification check(web::Request const& request, Claim const& claim, PublicKey const& key,
                   VerifyOptions const& options) {
    if (claim.verdict != Verdict::verified) return unchecked(claim, claim.verdict, claim.detail);
    if (key.algorithm() == Algorithm::unsupported)
        return unchecked(claim, Verdict::algorithm_unsupported,
                         "use a key for Ed25519, ES256, ES384 or RSA-PSS with SHA-512");
    if (claim.profile->keyid_is_thumbprint && claim.keyid != key.thumbprint())
        return unchecked(claim, Verdict::invalid, "the keyid is not the thumbprint of its key");
    if (key.is_published() && !options.allow_test_keys)
        return unchecked(claim, Verdict::invalid, "the secret of this key is published in RFC 9421");
    if (!key.is_valid_at(options.now)) return unchecked(claim, Verdict::invalid, "the key is not valid now");
    if (!algorithm_agrees(claim.input, key)) return unchecked(claim, Verdict::invalid, "alg contradicts the key");
    if (!signature_base(message_of(request), claim.input))
        return unchecked(claim, Verdict::invalid, "a covered component is unknown, repeated or not in the request");
    if (!is_signed_by(request, claim, key)) return unchecked(claim, Verdict::invalid, "the signature does not verify");
    auto out = unchecked(claim, Verdict::verified, claim.detail);
    out.thumbprint = key.thumbprint();
    out.signature = crypto::sha256(ByteView(claim.signature));
    return out;
}

Verification verify(web::Request const& request, KeySet const& keys, VerifyOptions const& options) {
    auto const claims = read_claims(request, options);
    Verification best;
    best.verdict = claims.verdict == Verdict::verified ? Verdict::unsigned_ : claims.verdict;
    best.detail = claims.detail;
    bool first = true;
    for (auto const& claim : claims.list) {
        Verification judged;
        auto const* key = keys.find(claim.keyid);
        if (claim.profile != nullptr && !claim.profile->tags.empty())
            judged = unchecked(claim, Verdict::unsigned_, "signatures with a tag belong to another profile");
        else if (claim.verdict != Verdict::verified) judged = unchecked(claim, claim.verdict, claim.detail);
        else if (key == nullptr)
            judged = unchecked(claim, Verdict::key_not_found, "the profile has no key \"" + claim.keyid + '"');
        else judged = check(request, claim, *key, options);
        if (first || is_better(judged, best)) best = std::move(judged);
        first = false;
    }
    return best;
}

}  // namespace b2a::identity
