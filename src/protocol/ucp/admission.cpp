// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/admission.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::protocol::ucp {
namespace {

using boost::asio::awaitable;

Refusal fetch_refusal(Error const& error) {
    std::string_view const why = error.reason;
    // "Malformed, missing or unresolvable" is the URL's fault, what comes later is the other side's.
    bool const url = why == "url_not_admitted" || why == "name_not_resolved" || why == "address_not_admitted";
    if (url) return {Refused::invalid_profile_url, error.detail};
    if (why == "overloaded") return {Refused::overloaded, "too many profiles are being fetched; try again"};
    return {Refused::profile_unreachable, error.detail.empty() ? std::string(why) : error.detail};
}

Refusal signature_refusal(identity::Verification const& checked) {
    using identity::Verdict;
    switch (checked.verdict) {
        case Verdict::key_not_found: return {Refused::key_not_found, checked.detail};
        case Verdict::digest_mismatch: return {Refused::digest_mismatch, checked.detail};
        case Verdict::algorithm_unsupported: return {Refused::algorithm_unsupported, checked.detail};
        case Verdict::unsigned_:
        case Verdict::keys_unavailable: return {Refused::signature_missing, checked.detail};
        case Verdict::replayed: return {Refused::signature_replayed, checked.detail};
        case Verdict::overloaded: return {Refused::overloaded, checked.detail};
        case Verdict::stale:
        case Verdict::malformed:
        case Verdict::invalid:
        case Verdict::verified: return {Refused::signature_invalid, checked.detail};
    }
    return {Refused::signature_invalid, checked.detail};
}

Refusal lacks(Terms const& terms, Capability capability) {
    return {Refused::capabilities_incompatible,
            "the platform's profile does not have " + std::string(name_of(capability, terms.version())), terms.error()};
}

}  // namespace

Admission::Admission(Parts parts) : parts_(std::move(parts)) {}

std::variant<std::string, Refusal> Admission::profile_url(web::Request const& request, std::string const& named) const {
    if (named.empty() || request.headers.find("UCP-Agent")) {
        auto url = agent_profile(request, parts_.site.sandbox);
        if (!url) return Refusal{Refused::invalid_profile_url, url.error().detail};
        if (!named.empty() && named != *url)
            return Refusal{Refused::invalid_profile_url, "UCP-Agent and meta[\"ucp-agent\"] name different profiles"};
        return *std::move(url);
    }
    auto const admitted = admit_profile_url(named, parts_.site.sandbox);
    if (!admitted) return Refusal{Refused::invalid_profile_url, admitted.error().detail};
    return named;
}

bool Admission::is_registered(std::string_view url) const noexcept {
    return std::ranges::find(parts_.settings.registered, url) != parts_.settings.registered.end() ||
           parts_.contexts.agents().find(url) != nullptr;
}

Admission::Agreed const& Admission::derive(std::shared_ptr<service::Document const> const& document) {
    if (auto const found = remembered_.find(document->url);
        found != remembered_.end() && found->second.document == document)
        return found->second.agreed;
    // Rarely reached, and what is lost is a few microseconds a platform.
    if (remembered_.size() >= limits::documents_max) remembered_.clear();
    auto& slot = remembered_[document->url];
    slot = Remembered{document, negotiate(document->body, parts_.handlers)};
    return slot.agreed;
}

awaitable<Admission::Agreed> Admission::agree(std::string url) {
    if (parts_.settings.registered_only && !is_registered(url))
        co_return Refusal{Refused::profile_not_trusted, "this business deals with registered platforms only"};
    if (auto const known = parts_.directory.cached(url)) co_return derive(known);
    auto const fetched = co_await parts_.directory.get(std::move(url));
    if (!fetched) co_return fetch_refusal(fetched.error());
    co_return derive(*fetched);
}

/// Whether what was recognised proves the profile's party, or an agent that has a name of its own.
bool Admission::proves(Recognition const& recognised, std::string const& url) {
    if (recognised.outcome() != identity::Outcome::verified) return false;
    return recognised.id == identity::normalized_url(url) ||
           (recognised.agent && !service::is_profile(recognised.id) && recognised.id == recognised.agent->id);
}

/// A signature that covers less than the request is good for recognising who looks around, and for nothing else.
policy::Principal Admission::principal_of(Recognition const& recognised, std::string url, Asked const& asked) const {
    policy::Principal out;
    out.protocol = asked.dialect.protocol;
    out.agent_class = "shopping";
    out.trust = policy::TrustLevel::declared;
    auto agent = parts_.contexts.agents().find(url);
    if (proves(recognised, url) && (recognised.binds_request() || !asked.entry.proof)) {
        out.trust = recognised.trust();
        if (recognised.id != identity::normalized_url(url)) {
            agent = recognised.agent;
            url = recognised.id;
        } else if (out.trust == policy::TrustLevel::request_bound && is_registered(url)) {
            out.trust = policy::TrustLevel::registered;
            out.registered = true;
        }
    }
    out.id = std::move(url);
    describe_registered(out, agent);
    return out;
}

awaitable<Admission::Admitted> Admission::identify(web::Request const& request, std::string url,
                                                   std::shared_ptr<Terms const> terms, Asked asked) {
    Recognizer::Presented presented;
    presented.profile = url;
    presented.keys = &terms->keys;
    presented.use = asked.use;
    presented.scope = Recognizer::Scope::profile_only;
    auto recognised = parts_.recognizer.at_once(request, presented);
    if (!recognised) {
        recognised = co_await parts_.recognizer.recognize(request, presented);
        // The platform may have rotated its keys since we looked, and with them changed its terms.
        auto const document = recognised->refreshed ? parts_.directory.cached(url) : nullptr;
        if (document) {
            auto const& agreed = derive(document);
            if (auto const* refusal = std::get_if<Refusal>(&agreed)) co_return *refusal;
            terms = std::get<std::shared_ptr<Terms const>>(agreed);
            if (!terms->has(asked.entry.capability)) co_return lacks(*terms, asked.entry.capability);
        }
    }
    auto token = parts_.contexts.by_token(request, asked.dialect.protocol);
    if (!token) co_return Refusal{Refused::unauthenticated, token.error().detail};
    auto const& proof = recognised->proof;
    bool const wrong =
        recognised->outcome() == identity::Outcome::invalid || proof.verdict == identity::Verdict::overloaded;
    if (wrong) co_return signature_refusal(proof);
    bool const proven = recognised->binds_request() && proves(*recognised, url);
    if (!proven && asked.entry.proof && parts_.settings.require_signatures && !*token) {
        auto detail = proof.detail.empty() ? std::string("sign this request (RFC 9421)") : proof.detail;
        co_return Refusal{Refused::signature_missing, std::move(detail)};
    }
    auto principal = principal_of(*recognised, std::move(url), asked);
    // A token names a registered party; whoever also signs is still that party.
    if (*token) principal = std::move(**token);
    co_return Caller{parts_.contexts.start(request, std::move(principal)), std::move(terms)};
}

awaitable<Admission::Admitted> Admission::by_token_alone(web::Request const& request, Asked asked) {
    auto presented = parts_.recognizer.presented_by(request);
    presented.use = asked.use;
    auto recognised = parts_.recognizer.at_once(request, presented);
    if (!recognised) recognised = co_await parts_.recognizer.recognize(request, presented);
    auto context = parts_.recognizer.context_of(request, *std::move(recognised), asked.dialect.protocol);
    if (!context) {
        auto const reason = context.error().code == Code::overloaded ? Refused::overloaded : Refused::unauthenticated;
        co_return Refusal{reason, context.error().detail};
    }
    if (!without_profile_) {
        auto const version = version_from_text(parts_.settings.root_version).value_or(all_versions.back());
        auto active = all_of(version);
        active.reset(index_of(Capability::ap2_mandate));
        without_profile_ = std::make_shared<Terms>(version, active, parts_.handlers);
    }
    if (!without_profile_->has(asked.entry.capability)) co_return lacks(*without_profile_, asked.entry.capability);
    co_return Caller{*std::move(context), without_profile_};
}

awaitable<Admission::Admitted> Admission::admit(web::Request const& request, std::string named, Asked asked) {
    bool const has_profile = !named.empty() || request.headers.find("UCP-Agent");
    if (asked.dialect.token_suffices && !has_profile && request.headers.find("Authorization")) {
        auto admitted = co_await by_token_alone(request, asked);
        co_return admitted;
    }
    auto url = profile_url(request, named);
    if (auto* refusal = std::get_if<Refusal>(&url)) co_return std::move(*refusal);
    auto const& profile = std::get<std::string>(url);
    auto agreed = co_await agree(profile);
    if (auto* refusal = std::get_if<Refusal>(&agreed)) co_return std::move(*refusal);
    auto terms = std::get<std::shared_ptr<Terms const>>(std::move(agreed));
    if (!terms->has(asked.entry.capability)) co_return lacks(*terms, asked.entry.capability);
    auto admitted = co_await identify(request, profile, std::move(terms), asked);
    co_return admitted;
}

awaitable<Admission::Agreed> Admission::terms(web::Request const& request, std::string named) {
    auto url = profile_url(request, named);
    if (auto* refusal = std::get_if<Refusal>(&url)) co_return std::move(*refusal);
    auto agreed = co_await agree(std::get<std::string>(std::move(url)));
    co_return agreed;
}

}  // namespace b2a::protocol::ucp
