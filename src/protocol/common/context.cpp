// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/context.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/web/structured_fields.hpp"

namespace b2a::protocol {
namespace {

constexpr std::size_t profile_url_bytes_max = 2048;

Error bad_profile(std::string detail) {
    return Error(Code::invalid_request, std::move(detail), "UCP-Agent");
}

bool is_loopback(std::string_view host) noexcept {
    return iequals(host, "localhost") || host == "127.0.0.1" || host == "[::1]";
}

/// Host and port of an authority without userinfo; nullopt if it is none.
std::optional<std::string_view> host_of(std::string_view authority) noexcept {
    if (authority.empty() || authority.find('@') != std::string_view::npos) return std::nullopt;
    auto const bracket = authority.starts_with('[') ? authority.find(']') : 0;
    if (bracket == std::string_view::npos) return std::nullopt;
    auto const colon = authority.find(':', bracket);
    auto const host = authority.substr(0, colon);
    if (host.empty()) return std::nullopt;
    if (colon == std::string_view::npos) return host;
    auto const port = parse_int<std::uint32_t>(authority.substr(colon + 1));
    if (!port || *port == 0 || *port > 65'535) return std::nullopt;
    return host;
}

/// The field's lines joined as RFC 9110 §5.3 has it.
std::optional<std::string> joined(web::Headers const& headers, std::string_view name) {
    std::optional<std::string> out;
    for (auto const& field : headers.fields()) {
        if (!iequals(field.name, name)) continue;
        if (out) *out += ", ";
        else out.emplace();
        *out += field.value;
    }
    return out;
}

void put_text(crypto::Sha256& hash, std::string_view text) {
    std::array<std::uint8_t, 4> size{};
    for (std::size_t i = 0; i < size.size(); ++i) size[i] = static_cast<std::uint8_t>(text.size() >> (8 * i));
    hash.update(size).update(text);
}

}  // namespace

Result<void> admit_profile_url(std::string_view url, bool sandbox) {
    if (url.size() > profile_url_bytes_max) return bad_profile("the profile URL is too long");
    auto const printable = [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '#'; };
    if (!std::all_of(url.begin(), url.end(), printable))
        return bad_profile("the profile URL holds a character that has no place in it");
    bool const https = url.starts_with("https://");
    if (!https && !url.starts_with("http://")) return bad_profile("the profile must be an https URL");
    auto rest = url.substr(https ? 8 : 7);
    auto const host = host_of(rest.substr(0, rest.find_first_of("/?")));
    if (!host) return bad_profile("the profile URL names no valid host");
    if (https || (sandbox && is_loopback(*host))) return {};
    return bad_profile("the profile must be an https URL");
}

AgentToken::AgentToken(std::string_view token, std::string principal_id, std::string agent_class_name) :
    AgentToken(crypto::sha256(token), std::move(principal_id), std::move(agent_class_name)) {}

Result<std::string> agent_profile(web::Request const& request, bool sandbox) {
    auto const field = joined(request.headers, "UCP-Agent");
    if (!field) return bad_profile("the UCP-Agent field is missing");
    auto const dictionary = web::SfDictionary::parse(*field);
    if (!dictionary) return bad_profile("UCP-Agent is no RFC 8941 dictionary");
    auto url = dictionary->string("profile");
    if (!url) return bad_profile("UCP-Agent has no string member \"profile\"");
    B2A_CHECK(admit_profile_url(*url, sandbox));
    return *std::move(url);
}

void ContextFactory::Pool::fill(std::span<std::uint8_t> out) {
    if (out.size() > bytes_.size()) return source_.fill(out);
    if (bytes_.size() - used_ < out.size()) {
        source_.fill(bytes_);
        used_ = 0;
    }
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(used_), out.size(), out.begin());
    used_ += out.size();
}

ContextFactory::ContextFactory(Parts parts) : parts_(std::move(parts)), pool_(parts_.random) {}

Result<std::optional<policy::Principal>> ContextFactory::by_token(web::Request const& request,
                                                                  policy::Protocol protocol) const {
    auto const authorization = request.headers.find("Authorization");
    if (!authorization) return std::optional<policy::Principal>();
    if (authorization->size() < 7 || !iequals(authorization->substr(0, 7), "Bearer "))
        return Error(Code::unauthenticated, "only bearer tokens are understood here", "Authorization");
    auto const presented = crypto::sha256(trim(authorization->substr(7)));
    for (auto const& token : parts_.tokens) {
        if (!crypto::constant_time_equal(token.digest, presented)) continue;
        policy::Principal out;
        out.id = token.principal;
        out.trust = policy::TrustLevel::keyed;
        out.protocol = protocol;
        out.agent_class = token.agent_class;
        out.registered = true;
        return std::optional(std::move(out));
    }
    if (auto const agent = agents().by_token(presented)) {
        policy::Principal out;
        out.id = agent->id;
        out.trust = policy::TrustLevel::keyed;
        out.protocol = protocol;
        out.registered = true;
        describe_registered(out, agent);
        return std::optional(std::move(out));
    }
    return Error(Code::unauthenticated, "the bearer token is not known", "Authorization");
}

service::AgentRegister const& ContextFactory::agents() const {
    static service::AgentRegister const nobody{{}};
    if (parts_.agents == nullptr) return nobody;
    if (auto const now = parts_.agents->generation(); now != agents_seen_) {
        agents_ = parts_.agents->current();
        agents_seen_ = now;
    }
    return *agents_;
}

void describe_registered(policy::Principal& principal, service::AgentRegister::AgentPtr const& agent) {
    if (!agent) return;
    if (!agent->agent_class.empty()) principal.agent_class = agent->agent_class;
    principal.limits = agent->limits;
    principal.suspended = agent->suspended;
    principal.registered = principal.registered || principal.trust >= policy::TrustLevel::url_verified;
}

service::RequestContext ContextFactory::start(web::Request const& request, policy::Principal principal) {
    service::RequestContext out;
    out.now = parts_.clock.now();
    out.id = RequestId::make(out.now, pool_);
    out.principal = std::move(principal);
    out.peer = request.peer;
    out.deadline = request.deadline;
    return out;
}

Result<service::RequestContext> ContextFactory::read(web::Request const& request, policy::Protocol protocol) {
    policy::Principal principal;
    principal.id = "anonymous";
    principal.protocol = protocol;
    if (request.headers.find("UCP-Agent")) {
        B2A_TRY(profile, agent_profile(request, parts_.site.sandbox));
        principal.id = std::move(profile);
        principal.trust = policy::TrustLevel::declared;
        principal.agent_class = "shopping";
        describe_registered(principal, agents().find(principal.id));
    }
    B2A_TRY(known, by_token(request, protocol));
    if (known) principal = std::move(*known);
    return start(request, std::move(principal));
}

Result<void> add_idempotency(service::RequestContext& context, std::optional<std::string_view> client_key,
                             std::string_view operation, std::string_view target, std::string_view body) {
    context.request_digest = crypto::sha256(body);
    if (!client_key) return {};
    auto const key = trim(*client_key);
    auto const printable = [](char c) { return c >= 0x20 && c < 0x7f; };
    if (key.empty() || key.size() > limits::idempotency_key_bytes_max ||
        !std::all_of(key.begin(), key.end(), printable))
        return Error(Code::invalid_request, "the key must be 1 to 255 printable ASCII characters", "Idempotency-Key");
    service::IdempotencyKey out;
    crypto::Sha256 hash;
    put_text(hash, context.principal.id);
    put_text(hash, operation);
    put_text(hash, key);
    out.key = hash.finish();
    put_text(hash, target);
    out.fingerprint = hash.update(context.request_digest).finish();
    context.idempotency = out;
    return {};
}

}  // namespace b2a::protocol
