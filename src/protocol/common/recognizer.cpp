// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/recognizer.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::protocol {
namespace {

using boost::asio::awaitable;
using identity::Claim;
using identity::KeySet;
using identity::KeySource;
using identity::Verdict;

/// Whom a claim speaks for: a normalised URL, or nobody in particular.
std::string subject_of(Claim const& claim, Recognizer::Presented const& presented) {
    switch (claim.profile->keys) {
        case KeySource::signature_agent: return claim.agent;
        case KeySource::agent_profile:
        case KeySource::registered: return identity::normalized_url(presented.profile);
        case KeySource::network: return {};
    }
    return {};
}

identity::PublicKey const* find_in(KeySet const& keys, Claim const& claim) {
    if (auto const* key = keys.find(claim.keyid)) return key;
    return claim.profile->keyid_is_thumbprint ? keys.find_thumbprint(claim.keyid) : nullptr;
}

Error wrong_signature(identity::Verification const& proof) {
    auto const code = proof.verdict == Verdict::overloaded ? Code::overloaded
                      : proof.verdict == Verdict::digest_mismatch || proof.verdict == Verdict::algorithm_unsupported
                          ? Code::invalid_request
                          : Code::unauthenticated;
    Error error(code, proof.detail, proof.verdict == Verdict::digest_mismatch ? "Content-Digest" : "Signature");
    error.reason = identity::to_text(proof.verdict);
    return error;
}

std::string_view detail_of(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::replayed: return "this signature, or its nonce, was used before; sign the request anew";
        case Verdict::stale:
            return "the signature is too old to tell it from a repeat; sign the request anew, with created, or send an "
                   "Idempotency-Key";
        case Verdict::overloaded: return "no more signatures can be remembered now; try again";
        default: return {};
    }
}

}  // namespace

std::vector<std::string> authorities_of(Site const& site) {
    auto const start = site.base_url.find("://");
    auto const rest = std::string_view(site.base_url).substr(start == std::string::npos ? 0 : start + 3);
    auto const own = to_ascii_lower(rest.substr(0, rest.find('/')));
    std::vector<std::string> out{own};
    auto const colon = own.rfind(':');
    if (!site.sandbox || colon == std::string::npos) return out;
    for (std::string_view const host : {"127.0.0.1", "localhost", "[::1]"})
        out.push_back(std::string(host) + own.substr(colon));
    return out;
}

policy::TrustLevel Recognition::trust() const noexcept {
    if (outcome() != identity::Outcome::verified) return policy::TrustLevel::anonymous;
    if (!binds_request()) return policy::TrustLevel::url_verified;
    return agent ? policy::TrustLevel::registered : policy::TrustLevel::request_bound;
}

Recognizer::Recognizer(Parts parts) : parts_(parts), authorities_(authorities_of(parts_.site)) {}

identity::VerifyOptions Recognizer::options() const {
    identity::VerifyOptions out;
    out.authorities = authorities_;
    out.now = parts_.contexts.now();
    out.allow_test_keys = parts_.settings.allow_test_keys;
    out.loopback_http = parts_.site.sandbox;
    out.dialects = parts_.settings.dialects;
    return out;
}

KeySet const& Recognizer::keys_in(DocumentPtr const& document) {
    if (auto const found = remembered_.find(document->url);
        found != remembered_.end() && found->second.document == document)
        return found->second.keys;
    // Rarely reached, and what is lost is a few microseconds a party.
    if (remembered_.size() >= limits::documents_max) remembered_.clear();
    auto& slot = remembered_[document->url];
    slot = {document, KeySet::of_document(document->body)};
    return slot.keys;
}

KeySet const* Recognizer::keys_at(std::string const& url, Presented const& presented, Looked const& looked) {
    if (auto const found = looked.find(url); found != looked.end())
        return found->second ? &keys_in(found->second) : nullptr;
    if (presented.keys != nullptr && url == presented.profile) return presented.keys;
    auto const document = parts_.directory.cached(url);
    return document ? &keys_in(document) : nullptr;
}

/// A key that the brand registered needs no look elsewhere. One of an agent with a profile counts for that profile
/// only.
Recognizer::Candidate Recognizer::from_register(Claim const& claim, Presented const& presented) {
    auto const* known = parts_.contexts.agents().by_key(claim.keyid);
    if (known == nullptr) return {};
    auto const& id = known->agent->id;
    bool const profile = service::is_profile(id);
    auto const subject = subject_of(claim, presented);
    if (profile && !subject.empty() && identity::normalized_url(id) != subject) return {};
    if (profile && presented.scope == Scope::profile_only &&
        identity::normalized_url(id) != identity::normalized_url(presented.profile))
        return {};
    Candidate out;
    out.key = known->key;
    out.agent = known->agent;
    out.id = profile && !subject.empty() ? subject : id;
    return out;
}

Recognizer::Candidate Recognizer::from_document(Claim const& claim, Presented const& presented, Looked const& looked) {
    Candidate out;
    out.id = subject_of(claim, presented);
    std::string url;
    switch (claim.profile->keys) {
        case KeySource::agent_profile:
        case KeySource::registered: url = presented.profile; break;
        case KeySource::network:
            url = parts_.settings.visa_keys_url;
            out.id = std::string(claim.profile->name) + ':' + claim.keyid;
            break;
        case KeySource::signature_agent:
            url = claim.key_url;
            if (presented.scope != Scope::profile_only) break;
            // The profile lists the key: that is whose it is, wherever else it may be published.
            out.id = identity::normalized_url(presented.profile);
            bool const listed = presented.keys != nullptr && find_in(*presented.keys, claim) != nullptr;
            url = listed || claim.agent == out.id ? presented.profile : std::string();
            break;
    }
    if (url.empty()) {
        out.verdict = Verdict::keys_unavailable;
        out.detail = "the signature does not say whose key it is made with";
        return out;
    }
    bool const asked = looked.contains(url);
    auto const* keys = keys_at(url, presented, looked);
    if (auto const* key = keys != nullptr ? find_in(*keys, claim) : nullptr) {
        out.key = *key;
        return out;
    }
    out.verdict = keys != nullptr ? Verdict::key_not_found : Verdict::keys_unavailable;
    out.detail = keys != nullptr ? "the profile has no key \"" + claim.keyid + '"' : "the keys could not be fetched";
    if (!asked) out.look = Look{std::move(url), keys != nullptr};
    return out;
}

Recognizer::Candidate Recognizer::find(Claim const& claim, Presented const& presented, Looked const& looked) {
    auto registered = from_register(claim, presented);
    // A kid is a name that others may have given as well: where the profile has a key of it, that one is meant.
    bool const sure = claim.profile->keyid_is_thumbprint || presented.profile.empty();
    if (registered.key && (sure || service::is_profile(registered.id))) return registered;
    auto found = from_document(claim, presented, looked);
    if (registered.key && !found.key) return registered;
    if (!found.id.empty()) found.agent = parts_.contexts.agents().find(found.id);
    return found;
}

/// Where the register holds keys of an agent, no others are its.
bool Recognizer::pins_another(Recognition const& recognition) const {
    if (!recognition.agent || recognition.agent->keys.empty()) return false;
    auto const& keys = recognition.agent->keys;
    return std::ranges::find(keys, recognition.proof.thumbprint) == keys.end();
}

Recognizer::Judged Recognizer::judge(web::Request const& request, identity::Claims const& claims,
                                     Presented const& presented, Looked const& looked) {
    Judged best;
    best.recognition.proof.verdict = claims.verdict == Verdict::verified ? Verdict::unsigned_ : claims.verdict;
    best.recognition.proof.detail = claims.detail;
    auto const with = options();
    std::optional<Look> look;
    bool first = true;
    for (auto const& claim : claims.list) {
        Judged one;
        if (claim.verdict != Verdict::verified) {
            one.recognition.proof = identity::unchecked(claim, claim.verdict, claim.detail);
        } else {
            auto candidate = find(claim, presented, looked);
            one.recognition.proof = candidate.key ? identity::check(request, claim, *candidate.key, with)
                                                  : identity::unchecked(claim, candidate.verdict, candidate.detail);
            one.recognition.id = std::move(candidate.id);
            one.recognition.agent = std::move(candidate.agent);
            if (candidate.look && !look) look = std::move(candidate.look);
            if (one.recognition.outcome() == identity::Outcome::verified && pins_another(one.recognition))
                one.recognition.proof =
                    identity::unchecked(claim, Verdict::invalid, "the register holds other keys of this agent");
        }
        if (first || identity::is_better(one.recognition.proof, best.recognition.proof)) best = std::move(one);
        first = false;
    }
    if (best.recognition.outcome() != identity::Outcome::verified) best.look = std::move(look);
    return best;
}

/// A signature is used up last, and only one that authorises something.
Recognition Recognizer::finish(Judged judged, Presented const& presented) {
    auto out = std::move(judged.recognition);
    if (out.outcome() != identity::Outcome::verified) return out;
    auto const use = out.binds_request() ? presented.use : identity::Use::read;
    auto const verdict = parts_.used.spend(out.proof, use, parts_.contexts.now());
    if (verdict == Verdict::verified) return out;
    out.proof.verdict = verdict;
    out.proof.detail = detail_of(verdict);
    return out;
}

std::optional<Recognition> Recognizer::at_once(web::Request const& request, Presented const& presented) {
    auto const claims = identity::read_claims(request, options());
    auto judged = judge(request, claims, presented, {});
    if (judged.look) return std::nullopt;
    return finish(std::move(judged), presented);
}

awaitable<Recognition> Recognizer::recognize(web::Request const& request, Presented presented) {
    auto const claims = identity::read_claims(request, options());
    Looked looked;
    auto judged = judge(request, claims, presented, looked);
    bool refreshed = false;
    for (std::size_t i = 0; judged.look && i < limits::key_fetches_max; ++i) {
        auto const url = judged.look->url;
        DocumentPtr document;
        if (judged.look->again) {
            auto got = co_await parts_.directory.refresh(url);
            if (got) document = *std::move(got);
        } else {
            auto got = co_await parts_.directory.get(url);
            if (got) document = *std::move(got);
        }
        refreshed = refreshed || url == presented.profile;
        looked.insert_or_assign(url, std::move(document));
        judged = judge(request, claims, presented, looked);
    }
    auto out = finish(std::move(judged), presented);
    out.refreshed = refreshed;
    co_return out;
}

Recognizer::Presented Recognizer::presented_by(web::Request const& request) const {
    Presented out;
    if (request.headers.find("UCP-Agent"))
        if (auto profile = agent_profile(request, parts_.site.sandbox)) out.profile = *std::move(profile);
    return out;
}

Result<service::RequestContext> Recognizer::context_of(web::Request const& request, Recognition recognition,
                                                       policy::Protocol protocol) {
    if (recognition.outcome() == identity::Outcome::invalid || recognition.proof.verdict == Verdict::overloaded)
        return wrong_signature(recognition.proof);
    B2A_TRY(context, parts_.contexts.read(request, protocol));
    bool const by_token = context.principal.trust == policy::TrustLevel::keyed;
    // Undecided is as good as unsigned, and a token names a registered party; whoever also signs is still that party.
    if (recognition.outcome() != identity::Outcome::verified || by_token) return std::move(context);
    policy::Principal principal;
    principal.id = std::move(recognition.id);
    principal.trust = recognition.trust();
    principal.protocol = protocol;
    describe_registered(principal, recognition.agent);
    context.principal = std::move(principal);
    return std::move(context);
}

Result<service::RequestContext> Recognizer::context_at_once(web::Request const& request, policy::Protocol protocol) {
    if (!identity::is_signed(request)) return parts_.contexts.read(request, protocol);
    auto const presented = presented_by(request);
    auto recognised = at_once(request, presented);
    if (!recognised) return parts_.contexts.read(request, protocol);
    return context_of(request, *std::move(recognised), protocol);
}

}  // namespace b2a::protocol
