// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/context.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/protocol/structured_fields.hpp"

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

Result<void> admit_profile(std::string_view url, bool sandbox) {
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

Result<service::IdempotencyKey> idempotency_key(std::string_view client_key, web::Request const& request,
                                                std::string_view principal, std::string_view operation,
                                                Digest const& body) {
    auto const printable = [](char c) { return c >= 0x20 && c < 0x7f; };
    if (client_key.empty() || client_key.size() > limits::idempotency_key_bytes_max ||
        !std::all_of(client_key.begin(), client_key.end(), printable))
        return Error(Code::invalid_request, "the key must be 1 to 255 printable ASCII characters", "Idempotency-Key");
    service::IdempotencyKey out;
    crypto::Sha256 hash;
    put_text(hash, principal);
    put_text(hash, operation);
    put_text(hash, client_key);
    out.key = hash.finish();
    // The path is part of the request: one key must not answer for another checkout with an equal body.
    put_text(hash, request.path);
    out.fingerprint = hash.update(body).finish();
    return out;
}

}  // namespace

AgentToken::AgentToken(std::string_view token, std::string principal_id, std::string agent_class_name) :
    AgentToken(crypto::sha256(token), std::move(principal_id), std::move(agent_class_name)) {}

Result<std::string> agent_profile(web::Request const& request, bool sandbox) {
    auto const field = joined(request.headers, "UCP-Agent");
    if (!field) return bad_profile("the UCP-Agent field is missing");
    auto const dictionary = Dictionary::parse(*field);
    if (!dictionary) return bad_profile("UCP-Agent is no RFC 8941 dictionary");
    auto url = dictionary->string("profile");
    if (!url) return bad_profile("UCP-Agent has no string member \"profile\"");
    B2A_CHECK(admit_profile(*url, sandbox));
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

Result<policy::Principal> ContextFactory::identify(web::Request const& request, policy::Protocol protocol,
                                                   AgentField field) {
    policy::Principal out;
    out.id = "anonymous";
    out.protocol = protocol;
    if (field == AgentField::required || request.headers.find("UCP-Agent")) {
        auto profile = agent_profile(request, parts_.site.sandbox);
        if (!profile) return std::move(profile).error();
        out.id = std::move(*profile);
        out.trust = policy::TrustLevel::declared;
        out.agent_class = "shopping";
    }
    auto const authorization = request.headers.find("Authorization");
    if (!authorization) return out;
    if (authorization->size() < 7 || !iequals(authorization->substr(0, 7), "Bearer "))
        return Error(Code::unauthenticated, "only bearer tokens are understood here", "Authorization");
    auto const presented = crypto::sha256(trim(authorization->substr(7)));
    for (auto const& token : parts_.tokens) {
        if (!crypto::constant_time_equal(token.digest, presented)) continue;
        out.id = token.principal;
        out.trust = policy::TrustLevel::token;
        out.agent_class = token.agent_class;
        out.registered = true;
        return out;
    }
    return Error(Code::unauthenticated, "the bearer token is not known", "Authorization");
}

Result<service::RequestContext> ContextFactory::read(web::Request const& request, policy::Protocol protocol,
                                                     AgentField field) {
    auto principal = identify(request, protocol, field);
    if (!principal) return std::move(principal).error();
    service::RequestContext out;
    out.now = parts_.clock.now();
    out.id = RequestId::make(out.now, pool_);
    out.principal = std::move(*principal);
    out.peer = request.peer;
    out.deadline = request.deadline;
    return out;
}

Result<service::RequestContext> ContextFactory::mutation(web::Request const& request, policy::Protocol protocol,
                                                         AgentField field, std::string_view operation) {
    auto context = read(request, protocol, field);
    if (!context) return context;
    context->request_digest = crypto::sha256(request.body);
    auto const client_key = request.headers.find("Idempotency-Key");
    if (!client_key) return context;
    auto key = idempotency_key(trim(*client_key), request, context->principal.id, operation, context->request_digest);
    if (!key) return std::move(key).error();
    context->idempotency = *key;
    return context;
}

}  // namespace b2a::protocol
