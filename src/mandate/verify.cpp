// SPDX-License-Identifier: Apache-2.0
#include "b2a/mandate/verify.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"

#include "mandate/chain.hpp"
#include "mandate/constraints.hpp"

namespace b2a::mandate {
namespace {

using json::Value;

// How an answer is wrapped, and what moves without the offer changing. Everything else is what the buyer agrees to.
constexpr std::array<std::string_view, 10> beside_the_terms{
    "ucp", "ap2", "status", "messages", "links", "policies", "expires_at", "continue_url", "payment", "order"};

/// Estimates of delivery are counted from the present, so every look at an offer moves them.
void drop_estimates(Value& value) {
    if (value.is_object()) {
        value.erase("earliest_fulfillment_time");
        value.erase("latest_fulfillment_time");
    }
    for (auto& member : value)
        if (member.is_structured()) drop_estimates(member);
}

std::string canonical_terms(Value const& checkout) {
    Value terms = Value::object();
    for (auto const& [name, value] : checkout.items())
        if (std::ranges::find(beside_the_terms, name) == beside_the_terms.end()) terms[name] = value;
    if (auto const fulfillment = terms.find("fulfillment"); fulfillment != terms.end()) drop_estimates(*fulfillment);
    return json::canonical_es(terms).value_or(std::string());
}

std::optional<Refusal> check_receiver(Chain const& chain, Expected const& expected, std::string const& terms) {
    auto const& us = expected.merchant;
    if (chain.audience && *chain.audience != us.origin && *chain.audience != us.origin + '/' &&
        *chain.audience != us.id)
        return Refusal{Fault::audience, "the mandate is for another audience"};
    if (chain.nonce && *chain.nonce != nonce_of(terms))
        return Refusal{Fault::nonce, "the mandate's nonce is not ap2.nonce of this checkout as it is now"};
    return std::nullopt;
}

/// Claims that an open mandate sets hold in the closed one.
std::optional<Refusal> check_presets(Value const& open, Value const& closed) {
    constexpr std::array<std::string_view, 8> own{"vct", "constraints", "cnf", "iat", "nbf", "exp", "iss", "_sd"};
    for (auto const& [name, value] : open.items()) {
        if (std::ranges::find(own, name) != own.end()) continue;
        auto const* kept = member_of(closed, name.c_str());
        if (kept == nullptr || *kept != value)
            return Refusal{Fault::preset, "the closed mandate does not keep what the open one has set"};
    }
    return std::nullopt;
}

std::optional<Refusal> check_open_mandates(Chain const& chain, Expected const& expected, std::vector<Draw>& draws) {
    for (std::size_t i = 0; i + 1 < chain.hops.size(); ++i) {
        if (auto refusal = check_presets(chain.hops[i].content, chain.closed().content)) return refusal;
        if (auto refusal = check_constraints(chain, i, expected, draws)) return refusal;
    }
    if (chain.hops.size() == 1) draws.push_back(single_use(chain.closed(), expected.now));
    return std::nullopt;
}

Refusal not_ours() {
    return {Fault::authorization_invalid, "the checkout in the mandate does not have our signature"};
}

/// A checkout object carries our signature beside what it signs: "header..signature" (UCP, ap2-mandates).
std::optional<Refusal> check_authorization(Value const& checkout, KeySource const& own) {
    auto const* ap2 = member_of(checkout, "ap2");
    auto const authorization = ap2 == nullptr ? std::nullopt : text_in(*ap2, "merchant_authorization");
    if (!authorization)
        return Refusal{Fault::authorization_missing, "the checkout in the mandate has no ap2.merchant_authorization"};
    auto const parts = split(*authorization, '.');
    if (parts.size() != 3 || !parts[1].empty()) return not_ours();
    auto payload = checkout;
    payload.erase("ap2");
    auto const canonical = json::canonical_es(payload);
    if (!canonical) return not_ours();
    std::string attached(parts[0]);
    attached.append(1, '.').append(to_base64url(as_bytes(*canonical))).append(1, '.').append(parts[2]);
    auto const jws = parse_jws(attached);
    if (!jws || check(*jws, own) != KeyVerdict::verified) return not_ours();
    return std::nullopt;
}

struct Embedded {
    std::string hashed;  // what checkout_hash is over
    Value checkout;
    std::optional<Refusal> unsigned_;  // why it is none of ours
};

/// Three shapes of one thing: our compact JWT (the detached signature with its payload put back), the checkout object
/// as text, and the checkout object itself.
Checked<Embedded> embedded_in(Value const& content, KeySource const& own) {
    auto const* claim = member_of(content, "checkout_jwt");
    if (claim == nullptr)
        return Refusal{Fault::authorization_missing, "the mandate does not disclose its checkout_jwt"};
    Embedded out;
    auto const* text = claim->get_ptr<std::string const*>();
    if (text != nullptr && !text->starts_with('{')) {
        out.hashed = *text;
        auto const jws = parse_jws(*text);
        auto payload = jws ? payload_of(*jws) : Checked<Value>(jws.refusal());
        if (!payload) return Refusal{Fault::authorization_invalid, "checkout_jwt is neither a JWT nor a checkout"};
        out.checkout = *std::move(payload);
        if (check(*jws, own) != KeyVerdict::verified) out.unsigned_ = not_ours();
        return out;
    }
    auto value = text != nullptr ? json::parse_value(*text) : Result<Value>(*claim);
    auto canonical = value ? json::canonical_es(*value) : Result<std::string>(std::move(value).error());
    if (!canonical || !value->is_object())
        return Refusal{Fault::authorization_invalid, "checkout_jwt is neither a JWT nor a checkout"};
    out.hashed = text != nullptr ? *text : *std::move(canonical);
    out.checkout = *std::move(value);
    out.unsigned_ = check_authorization(out.checkout, own);
    return out;
}

std::optional<Refusal> check_checkout(Chain const& chain, Expected const& expected, std::string const& terms) {
    auto const& closed = chain.closed();
    auto const embedded = embedded_in(closed.content, expected.own);
    if (!embedded) return embedded.refusal();
    auto const hash = text_in(closed.content, "checkout_hash");
    if (hash != digest_of(closed.token.hash, embedded->hashed))
        return Refusal{Fault::other_checkout, "checkout_hash is not that of checkout_jwt"};
    if (embedded->unsigned_) return embedded->unsigned_;
    if (terms.empty() || canonical_terms(embedded->checkout) != terms)
        return Refusal{Fault::other_checkout, "the mandate is for another checkout, or for terms that have changed"};
    return std::nullopt;
}

std::variant<Accepted, Refusal> judge(std::string_view token, Expected const& expected) {
    auto const chain = open_chain(token, expected.roots, expected.now);
    if (!chain) return chain.refusal();
    auto const terms = terms_of(expected.checkout);
    if (auto refusal = check_receiver(*chain, expected, terms)) return *std::move(refusal);
    Accepted out;
    if (auto refusal = check_open_mandates(*chain, expected, out.draws)) return *std::move(refusal);
    if (auto refusal = check_checkout(*chain, expected, terms)) return *std::move(refusal);
    auto const& first = chain->hops.front().token.jws;
    out.issuer = first.kid;
    out.root = digest_of(Hash::sha256, first.signing_input);
    return out;
}

}  // namespace

Judgement verify(std::string_view token, Expected const& expected) {
    return {reference_of(token), judge(token, expected)};
}

Judgement nothing_presented(std::string detail) {
    return {{}, Refusal{Fault::absent, std::move(detail)}};
}

std::string terms_of(std::string_view checkout) {
    auto const value = json::parse_value(checkout);
    return value && value->is_object() ? canonical_terms(*value) : std::string();
}

std::string nonce_of(std::string_view terms) {
    crypto::Sha256 hash;
    return to_base64url(hash.update("b2a/mandate-nonce/1\n").update(terms).finish());
}

}  // namespace b2a::mandate
