// SPDX-License-Identifier: Apache-2.0
// Mandates as an agent makes them, step by step so that each step can go wrong.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/crypto/random.hpp"
#include "b2a/json/value.hpp"
#include "b2a/mandate/seal.hpp"
#include "b2a/mandate/verify.hpp"

namespace b2a::mandate::testing {

using json::Value;

inline constexpr std::int64_t now_seconds = 1'800'000'000;
inline Timestamp at(std::int64_t seconds) {
    return Timestamp{std::chrono::seconds{seconds}};
}

inline crypto::EcSigningKey make_key(std::uint64_t seed) {
    auto const random = crypto::seeded_random(seed);
    return crypto::EcSigningKey::generate(*random).value();
}
inline Value jwk_of(crypto::EcSigningKey const& key) {
    auto const point = key.public_key();
    return {{"kty", "EC"}, {"crv", "P-256"}, {"x", to_base64url(point.x)}, {"y", to_base64url(point.y)}};
}

/// Keys by id.
class NamedKeys final : public KeySource {
  public:
    void add(std::string const& kid, crypto::EcSigningKey const& key) {
        keys_.emplace(kid, crypto::EcPublicKey::from_coordinates(key.public_key()).value());
    }
    [[nodiscard]] KeyVerdict check(SignedBytes const& what) const override {
        auto const found = keys_.find(std::string(what.kid));
        if (found == keys_.end()) return KeyVerdict::unknown;
        crypto::EcdsaSignature signature{};
        if (what.signature.size() != signature.size()) return KeyVerdict::not_verified;
        std::copy(what.signature.begin(), what.signature.end(), signature.begin());
        return found->second.verify(what.message, signature) ? KeyVerdict::verified : KeyVerdict::not_verified;
    }

  private:
    std::map<std::string, crypto::EcPublicKey> keys_;
};

inline std::string encode(Value const& value) {
    auto const text = value.dump();
    return to_base64url(as_bytes(text));
}
inline std::string compact(Value const& header, Value const& payload, crypto::EcSigningKey const& key) {
    auto const input = encode(header) + '.' + encode(payload);
    return input + '.' + to_base64url(key.sign(as_bytes(input)));
}
inline std::string digest(std::string_view text) {
    return to_base64url(crypto::sha256(text));
}

/// A disclosure and the placeholder that refers to it.
struct Disclosed {
    explicit Disclosed(Value const& parts) : text(encode(parts)) {}
    [[nodiscard]] Value element() const { return {{"...", digest(text)}}; }
    std::string text;
};

/// An SD-JWT of what is given.
inline std::string sd_jwt(Value const& header, Value const& payload, crypto::EcSigningKey const& key,
                          std::vector<std::string> const& disclosures = {}) {
    auto out = compact(header, payload, key) + '~';
    for (auto const& text : disclosures) out += text + '~';
    return out;
}

/// What two parties put into an autonomous purchase; each field may be spoiled before build().
class Recipe {
  public:
    Recipe() {
        checkout = json::parse_value(R"({"ucp":{"version":"2026-08-25"},"id":"chk_1","status":"ready_for_complete",)"
                                     R"("currency":"USD","line_items":[{"id":"li_1","item":{"id":"mug","title":"Mug",)"
                                     R"("price":1500},"quantity":2}],"totals":[{"type":"total","amount":3000}]})")
                       .value();
        constraints = Value::array({items({{"mug"}}, 2)});
        open_header = {{"alg", "ES256"}, {"typ", "dc+sd-jwt"}, {"kid", "issuer"}};
        open = {{"vct", "mandate.checkout.open.1"}, {"iat", now_seconds - 60}, {"exp", now_seconds + 3600}};
        open["cnf"]["jwk"] = jwk_of(agent);
        closed_header = {{"alg", "ES256"}, {"typ", "kb+sd-jwt"}};
        closed = {{"vct", "mandate.checkout.1"}};
        binding = {
            {"iat", now_seconds}, {"aud", "https://shop.example"}, {"nonce", nonce_of(terms_of(checkout.dump()))}};
        embed(seal(checkout));
    }

    static Value items(std::vector<std::vector<std::string>> const& choices, std::int64_t quantity) {
        Value out{{"type", "checkout.line_items"}, {"items", Value::array()}};
        for (auto const& ids : choices) {
            Value entry{{"id", "r"}, {"acceptable_items", Value::array()}, {"quantity", quantity}};
            for (auto const& id : ids) entry["acceptable_items"].push_back(Value{{"id", id}, {"title", id}});
            out["items"].push_back(std::move(entry));
        }
        return out;
    }

    /// Our compact JWT of a checkout: the detached signature with its payload.
    [[nodiscard]] std::string seal(Value const& what) const {
        auto const canonical = json::canonical_es(what).value();
        auto text = authorize(canonical, {"shop", shop});
        return text.replace(text.find(".."), 2, '.' + to_base64url(as_bytes(canonical)) + '.');
    }
    /// The checkout with our detached signature in it.
    [[nodiscard]] Value with_authorization(Value what) const {
        auto const canonical = json::canonical_es(what).value();
        what["ap2"]["merchant_authorization"] = authorize(canonical, {"shop", shop});
        return what;
    }
    void embed(std::string const& jwt) {
        closed["checkout_jwt"] = jwt;
        closed["checkout_hash"] = digest(jwt);
    }

    [[nodiscard]] std::string open_token() const {
        auto content = open;
        content["constraints"] = constraints;
        Disclosed const disclosed(Value::array({"salt", content}));
        auto disclosures = more;
        disclosures.push_back(disclosed.text);
        return sd_jwt(open_header, {{"delegate_payload", Value::array({disclosed.element()})}, {"_sd_alg", "sha-256"}},
                      issuer, disclosures);
    }
    [[nodiscard]] std::string closed_token(std::string const& before) const {
        auto payload = binding;
        payload["delegate_payload"] = Value::array({closed});
        if (!payload.contains("sd_hash")) payload["sd_hash"] = digest(before);
        return sd_jwt(closed_header, payload, agent);
    }
    [[nodiscard]] std::string build() const {
        auto const first = open_token();
        return first + '~' + closed_token(first);
    }
    /// The buyer is there and the platform signs the closed mandate itself.
    [[nodiscard]] std::string direct() const {
        auto payload = closed;
        if (!payload.contains("iat")) payload["iat"] = now_seconds;
        return sd_jwt(open_header, payload, issuer);
    }

    [[nodiscard]] Judgement judge(std::string_view token) const {
        NamedKeys roots;
        roots.add("issuer", make_key(1));
        NamedKeys own;
        own.add("shop", make_key(3));
        auto const shown = checkout.dump();
        return verify(token, {roots, own, merchant, shown, purchase, now});
    }
    /// The fault of a token; nullopt when it is accepted.
    [[nodiscard]] std::optional<Fault> fault(std::string_view token) const {
        auto const judgement = judge(token);
        auto const* refusal = judgement.refusal();
        return refusal == nullptr ? std::nullopt : std::optional(refusal->fault);
    }
    [[nodiscard]] std::optional<Fault> fault() const { return fault(build()); }

    crypto::EcSigningKey issuer = make_key(1);
    crypto::EcSigningKey agent = make_key(2);
    crypto::EcSigningKey shop = make_key(3);
    Value checkout, constraints, open_header, open, closed_header, closed, binding;
    std::vector<std::string> more;  // disclosures of the open mandate
    Merchant merchant{"shop.example", "https://shop.example"};
    Purchase purchase{{{"mug", 2}}, Money{3000, *Currency::parse("USD")}, "card_1"};
    Timestamp now = at(now_seconds);
};

}  // namespace b2a::mandate::testing
