// SPDX-License-Identifier: Apache-2.0
#include "mandate/chain.hpp"

#include "b2a/base/limits.hpp"

namespace b2a::mandate {
namespace {

using json::Value;

Refusal malformed(std::string detail) {
    return {Fault::malformed, std::move(detail)};
}
Refusal unsound(std::string detail) {
    return {Fault::signature, std::move(detail)};
}

Checked<std::vector<std::string_view>> cut(std::string_view token) {
    if (token.size() > limits::mandate_bytes_max) return malformed("the mandate is too large");
    std::vector<std::string_view> out;
    for (auto rest = token;;) {
        auto const at = rest.find("~~");
        // The "~" that closes the hop before belongs to it.
        out.push_back(at == std::string_view::npos ? rest : rest.substr(0, at + 1));
        if (out.size() > limits::mandate_hops_max) return malformed("the mandate has too many hops");
        if (at == std::string_view::npos) return out;
        rest.remove_prefix(at + 2);
    }
}

bool is_first_type(std::string_view type) {
    return type == "sd-jwt" || (type.ends_with("+sd-jwt") && !type.starts_with("kb"));
}
bool is_delegating_type(std::string_view type) {
    return type == "kb+sd-jwt+kb" || type == "kb-sd-jwt+kb";
}
bool is_final_type(std::string_view type) {
    return type == "kb+sd-jwt" || type == "kb-sd-jwt";
}

/// The one checkout mandate in the claims, at the top or among what is delegated. Mandates of other kinds may stand
/// beside it: they are for others to read.
Checked<Value> content_of(Value const& claims) {
    Value const* found = nullptr;
    std::size_t count = 0;
    auto const consider = [&](Value const& candidate) {
        auto const type = text_in(candidate, "vct");
        if (type != closed_type && type != open_type) return;
        found = &candidate;
        ++count;
    };
    consider(claims);
    if (auto const* delegated = member_of(claims, "delegate_payload"); delegated != nullptr && delegated->is_array())
        for (auto const& candidate : *delegated) consider(candidate);
    if (count != 1) return malformed("a hop holds one checkout mandate, \"mandate.checkout.1\" or \"….open.1\"");
    return Value(*found);
}

Value const* confirmation(Hop const& hop) {
    for (auto const* place : {&hop.content, static_cast<Value const*>(&hop.token.claims)})
        if (auto const* cnf = member_of(*place, "cnf")) return cnf;
    return nullptr;
}

Checked<std::optional<Timestamp>> time_in(Value const& object, char const* key) {
    if (member_of(object, key) == nullptr) return std::optional<Timestamp>();
    constexpr std::int64_t seconds_max = 253'402'300'799;  // the end of year 9999
    auto const seconds = integer_in(object, key);
    if (!seconds || *seconds < 0 || *seconds > seconds_max)
        return malformed(std::string(key) + " is no number of seconds");
    return std::optional(Timestamp{std::chrono::seconds{*seconds}});
}

/// iat is there and past, exp to come, in whichever of the places they stand. Gives the earliest exp.
Checked<std::optional<Timestamp>> check_times(std::vector<Value const*> const& places, Timestamp now) {
    std::optional<Timestamp> expires;
    bool issued = false;
    for (auto const* place : places) {
        for (auto const* const name : {"iat", "nbf"}) {
            auto const from = time_in(*place, name);
            if (!from) return from.refusal();
            if (!*from) continue;
            issued = issued || name == std::string_view("iat");
            if (**from > now + limits::mandate_skew) return Refusal{Fault::expired, "the mandate is not valid yet"};
        }
        auto const until = time_in(*place, "exp");
        if (!until) return until.refusal();
        if (!*until) continue;
        if (now >= **until + limits::mandate_skew) return Refusal{Fault::expired, "the mandate has expired"};
        if (!expires || **until < *expires) expires = **until;
    }
    if (!issued) return malformed("a mandate says when it was issued (iat)");
    return expires;
}

std::optional<Refusal> check_binding(Value const& claims, SdJwt const& previous) {
    auto const whole = text_in(claims, "sd_hash");
    auto const issuer = text_in(claims, "issuer_jwt_hash");
    if (whole.has_value() == issuer.has_value()) return unsound("a hop has one of sd_hash and issuer_jwt_hash");
    bool const bound = whole ? *whole == digest_of(previous.hash, previous.text)
                             : *issuer == digest_of(previous.hash, previous.issuer_jwt);
    if (!bound) return unsound("a hop is bound to another mandate than the one before it");
    return std::nullopt;
}

std::optional<Refusal> read_receiver(Value const& claims, Chain& chain) {
    chain.audience = text_in(claims, "aud");
    chain.nonce = text_in(claims, "nonce");
    if (!chain.audience || chain.audience->empty() || !chain.nonce || chain.nonce->empty())
        return malformed("a key binding says for whom it is (aud, nonce)");
    return std::nullopt;
}

std::optional<Refusal> check_first(Hop const& hop, KeySource const& roots) {
    if (!is_first_type(hop.token.jws.type)) return unsound("the first hop's typ is none of an SD-JWT");
    switch (check(hop.token.jws, roots)) {
        case KeyVerdict::verified: return std::nullopt;
        case KeyVerdict::unknown:
            return Refusal{Fault::key_missing, "the key that signed the mandate is not among those trusted here"};
        case KeyVerdict::not_verified: break;
    }
    return unsound("the mandate's signature does not verify");
}

/// The key that the hop before names has to have signed.
std::optional<Refusal> check_signer(Jws const& jws, Hop const& previous) {
    auto const* cnf = confirmation(previous);
    auto const* jwk = cnf == nullptr ? nullptr : member_of(*cnf, "jwk");
    if (jwk == nullptr) return unsound("the hop before names no key (cnf.jwk)");
    auto const key = ConfirmationKey::parse(*jwk);
    if (!key) return unsound("cnf.jwk is no P-256 key");
    if (check(jws, *key) != KeyVerdict::verified) return unsound("a hop is not signed by the key named before it");
    return std::nullopt;
}

std::optional<Refusal> check_next(Hop const& hop, Hop const& previous, bool last) {
    auto const& type = hop.token.jws.type;
    if (last ? !is_final_type(type) : !is_delegating_type(type)) return unsound("a hop's typ is not that of its place");
    return check_signer(hop.token.jws, previous);
}

/// What the disclosures have to show before a hop may be followed.
std::optional<Refusal> check_place(Hop const& hop, bool first, bool last) {
    if (hop.open == last) return malformed("a mandate is closed in its last hop and open before");
    auto const* cnf = confirmation(hop);
    if (!last && cnf == nullptr) return unsound("an open mandate names the agent's key (cnf)");
    if (last && !first && cnf != nullptr) return unsound("the last hop delegates to nobody (cnf)");
    return std::nullopt;
}

Checked<Hop> open_hop(std::string_view text, Hop const* previous, bool last, KeySource const& roots, Timestamp now) {
    auto token = parse_sd_jwt(text);
    if (!token) return token.refusal();
    Hop hop;
    hop.token = *std::move(token);
    // Signatures first: nothing of a token is believed, or even unfolded, before.
    if (auto refusal = previous == nullptr ? check_first(hop, roots) : check_next(hop, *previous, last))
        return *std::move(refusal);
    if (auto refusal = disclose(hop.token)) return *std::move(refusal);
    auto content = content_of(hop.token.claims);
    if (!content) return content.refusal();
    hop.content = *std::move(content);
    hop.open = text_in(hop.content, "vct") == open_type;
    if (auto refusal = check_place(hop, previous == nullptr, last)) return *std::move(refusal);
    if (previous != nullptr)
        if (auto refusal = check_binding(hop.token.claims, previous->token)) return *std::move(refusal);
    auto const expires = check_times({&hop.token.claims, &hop.content}, now);
    if (!expires) return expires.refusal();
    hop.expires = *expires;
    return hop;
}

/// A key-bound mandate of one hop ends in a KB-JWT (RFC 9901 §4.3), any other in "~".
std::optional<Refusal> check_key_binding(Chain& chain, Timestamp now) {
    auto const& hop = chain.closed();
    auto const text = hop.token.key_binding;
    bool const wanted = chain.hops.size() == 1 && confirmation(hop) != nullptr;
    if (wanted == text.empty())
        return unsound(wanted ? "the mandate names a key and is not bound by it" : "a key binding without a key");
    if (!wanted) return std::nullopt;
    auto const jws = parse_jws(text);
    if (!jws) return jws.refusal();
    if (jws->type != "kb+jwt") return unsound("a key binding has the typ \"kb+jwt\"");
    if (auto refusal = check_signer(*jws, hop)) return refusal;
    auto const claims = payload_of(*jws);
    if (!claims) return claims.refusal();
    if (text_in(*claims, "sd_hash") != digest_of(hop.token.hash, hop.token.text))
        return unsound("the key binding is that of another mandate");
    auto const expires = check_times({&*claims}, now);
    if (!expires) return expires.refusal();
    return read_receiver(*claims, chain);
}

}  // namespace

Checked<Chain> open_chain(std::string_view token, KeySource const& roots, Timestamp now) {
    auto const texts = cut(token);
    if (!texts) return texts.refusal();
    Chain chain;
    for (std::size_t i = 0; i < texts->size(); ++i) {
        bool const last = i + 1 == texts->size();
        auto hop = open_hop((*texts)[i], i == 0 ? nullptr : &chain.hops.back(), last, roots, now);
        if (!hop) return hop.refusal();
        chain.hops.push_back(*std::move(hop));
        auto const& claims = chain.hops.back().token.claims;
        if (i > 0) {
            if (auto refusal = read_receiver(claims, chain)) return *std::move(refusal);
        } else if (last) {
            if (auto const audience = text_in(claims, "aud")) chain.audience = *audience;
            if (auto const nonce = text_in(claims, "nonce")) chain.nonce = *nonce;
        }
    }
    if (auto refusal = check_key_binding(chain, now)) return *std::move(refusal);
    return chain;
}

std::string reference_of(std::string_view token) {
    auto const joint = token.rfind("~~");
    auto const last = joint == std::string_view::npos ? token : token.substr(joint + 2);
    auto parsed = token.size() > limits::mandate_bytes_max ? Checked<SdJwt>(Refusal{}) : parse_sd_jwt(last);
    if (!parsed) return digest_of(Hash::sha256, last);
    auto const payload = payload_of(parsed->jws);
    auto const hash = payload ? hash_from_text(text_in(*payload, "_sd_alg").value_or("sha-256")) : std::nullopt;
    return digest_of(hash.value_or(Hash::sha256), parsed->text);
}

}  // namespace b2a::mandate
