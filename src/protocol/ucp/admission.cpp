// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/admission.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::protocol::ucp {
namespace {

using boost::asio::awaitable;

/// The authority of our own URL.
std::string authority_of(std::string_view base_url) {
    auto const start = base_url.find("://");
    auto const rest = start == std::string_view::npos ? base_url : base_url.substr(start + 3);
    std::string out(rest.substr(0, rest.find('/')));
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// What @authority may be in a request that was meant for us. On loopback a client may call the host by any of its
/// names.
std::vector<std::string> authorities_of(Site const& site) {
    auto const own = authority_of(site.base_url);
    std::vector<std::string> out{own};
    auto const colon = own.rfind(':');
    if (!site.sandbox || colon == std::string::npos) return out;
    for (std::string_view const host : {"127.0.0.1", "localhost", "[::1]"})
        out.push_back(std::string(host) + own.substr(colon));
    return out;
}

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
        case Verdict::unsigned_: return {Refused::signature_missing, checked.detail};
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

Admission::Admission(Parts parts) : parts_(std::move(parts)), authorities_(authorities_of(parts_.site)) {}

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
    return std::ranges::find(parts_.settings.registered, url) != parts_.settings.registered.end();
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

identity::Verification Admission::check(web::Request const& request, Terms const& terms) const {
    identity::VerifyOptions options;
    options.authorities = authorities_;
    options.now = parts_.contexts.now();
    return identity::verify(request, terms.keys, options);
}

awaitable<Admission::Admitted> Admission::identify(web::Request const& request, std::string url,
                                                   std::shared_ptr<Terms const> terms, Entry entry) {
    auto checked = check(request, *terms);
    if (checked.verdict == identity::Verdict::key_not_found) {
        // The platform may have rotated its keys since we looked.
        auto refreshed = co_await parts_.directory.refresh(url);
        if (refreshed) {
            auto const& agreed = derive(*refreshed);
            if (auto const* refusal = std::get_if<Refusal>(&agreed)) co_return *refusal;
            terms = std::get<std::shared_ptr<Terms const>>(agreed);
            if (!terms->has(entry.capability)) co_return lacks(*terms, entry.capability);
            checked = check(request, *terms);
        }
    }
    policy::Principal principal;
    principal.protocol = policy::Protocol::ucp;
    principal.agent_class = "shopping";
    auto token = parts_.contexts.by_token(request, policy::Protocol::ucp);
    if (!token) co_return Refusal{Refused::unauthenticated, token.error().detail};
    if (checked.verdict == identity::Verdict::verified) {
        bool const registered = is_registered(url);
        principal.trust = registered ? policy::TrustLevel::registered : policy::TrustLevel::request_bound;
        principal.registered = registered;
    } else if (checked.verdict != identity::Verdict::unsigned_) {
        co_return signature_refusal(checked);
    } else {
        if (entry.proof && parts_.settings.require_signatures && !*token)
            co_return Refusal{Refused::signature_missing, checked.detail.empty()
                                                              ? std::string("sign this request (RFC 9421)")
                                                              : std::move(checked.detail)};
        principal.trust = policy::TrustLevel::declared;
    }
    principal.id = std::move(url);
    // A token names a registered party; whoever also signs is still that party.
    if (*token) principal = std::move(**token);
    co_return Caller{parts_.contexts.start(request, std::move(principal)), std::move(terms)};
}

awaitable<Admission::Admitted> Admission::admit(web::Request const& request, std::string named, Entry entry) {
    auto url = profile_url(request, named);
    if (auto* refusal = std::get_if<Refusal>(&url)) co_return std::move(*refusal);
    auto const& profile = std::get<std::string>(url);
    auto agreed = co_await agree(profile);
    if (auto* refusal = std::get_if<Refusal>(&agreed)) co_return std::move(*refusal);
    auto terms = std::get<std::shared_ptr<Terms const>>(std::move(agreed));
    if (!terms->has(entry.capability)) co_return lacks(*terms, entry.capability);
    auto admitted = co_await identify(request, profile, std::move(terms), entry);
    co_return admitted;
}

awaitable<Admission::Agreed> Admission::terms(web::Request const& request, std::string named) {
    auto url = profile_url(request, named);
    if (auto* refusal = std::get_if<Refusal>(&url)) co_return std::move(*refusal);
    auto agreed = co_await agree(std::get<std::string>(std::move(url)));
    co_return agreed;
}

}  // namespace b2a::protocol::ucp
