// SPDX-License-Identifier: Apache-2.0
#include "mandate/sd_jwt.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::mandate {
namespace {

using json::Value;

constexpr char const* digests_name = "_sd";
constexpr char const* element_name = "...";

Refusal bad(std::string detail) {
    return {Fault::disclosure, std::move(detail)};
}

struct Disclosure {
    std::optional<std::string> name;  // absent: of an array element
    Value value;
    bool used = false;
};

Checked<Disclosure> parse_disclosure(std::string_view text) {
    auto const bytes = from_base64url(text);
    if (!bytes) return bad("a disclosure is no base64url");
    auto list = json::parse_value(as_text(*bytes));
    if (!list || !list->is_array() || list->size() < 2 || list->size() > 3 || !list->at(0).is_string())
        return bad("a disclosure is [salt, value] or [salt, name, value]");
    Disclosure out;
    if (list->size() == 3) {
        auto const* name = list->at(1).get_ptr<std::string const*>();
        if (name == nullptr || *name == digests_name || *name == element_name)
            return bad("a disclosure has a name that is none of a claim");
        out.name = *name;
    }
    out.value = std::move(list->at(list->size() - 1));
    return out;
}

/// Puts disclosures in their places. Each digest may stand in one place and each disclosure must be in one.
class Placement {
  public:
    explicit Placement(std::map<std::string, Disclosure> known) : known_(std::move(known)) {}

    std::optional<Refusal> place(Value& value, std::size_t depth) {
        if (depth > limits::json_depth_max) return bad("disclosures are nested too deeply");
        if (value.is_object()) return place_members(value, depth);
        if (value.is_array()) return place_elements(value, depth);
        return std::nullopt;
    }
    [[nodiscard]] bool all_used() const {
        return std::ranges::all_of(known_, [](auto const& entry) { return entry.second.used; });
    }

  private:
    /// The disclosure behind a digest; nullptr when it is not disclosed, or a decoy.
    Checked<Disclosure*> take(Value const& digest) {
        auto const* text = digest.get_ptr<std::string const*>();
        if (text == nullptr) return bad("a digest is no text");
        if (!seen_.insert(*text).second) return bad("a digest stands in two places");
        auto const found = known_.find(*text);
        if (found == known_.end()) return static_cast<Disclosure*>(nullptr);
        found->second.used = true;
        return &found->second;
    }

    std::optional<Refusal> place_members(Value& object, std::size_t depth) {
        if (object.contains(element_name)) return bad("\"...\" stands where no array element is");
        for (auto& member : object.items())
            if (member.key() != digests_name)
                if (auto refusal = place(member.value(), depth + 1)) return refusal;
        if (!object.contains(digests_name)) return std::nullopt;
        auto const digests = std::move(object.at(digests_name));
        object.erase(digests_name);
        if (!digests.is_array()) return bad("\"_sd\" is no array");
        Value hidden = Value::array();
        for (auto const& digest : digests) {
            auto disclosure = take(digest);
            if (!disclosure) return disclosure.refusal();
            if (*disclosure == nullptr) {
                hidden.push_back(digest);
                continue;
            }
            auto& [name, value, used] = **disclosure;
            if (!name) return bad("a disclosed claim has no name");
            if (object.contains(*name)) return bad("a disclosed claim is there already");
            if (auto refusal = place(value, depth + 1)) return refusal;
            object[*name] = std::move(value);
        }
        if (!hidden.empty()) object[digests_name] = std::move(hidden);
        return std::nullopt;
    }

    std::optional<Refusal> place_elements(Value& array, std::size_t depth) {
        for (auto& element : array) {
            if (!element.is_object() || !element.contains(element_name)) {
                if (auto refusal = place(element, depth + 1)) return refusal;
                continue;
            }
            if (element.size() != 1) return bad("\"...\" stands beside other members");
            auto disclosure = take(element.at(element_name));
            if (!disclosure) return disclosure.refusal();
            if (*disclosure == nullptr) continue;
            auto& [name, value, used] = **disclosure;
            if (name) return bad("a disclosed array element has a name");
            if (auto refusal = place(value, depth + 1)) return refusal;
            element = std::move(value);
        }
        return std::nullopt;
    }

    std::map<std::string, Disclosure> known_;
    std::set<std::string> seen_;
};

}  // namespace

std::optional<Hash> hash_from_text(std::string_view text) noexcept {
    if (text == "sha-256") return Hash::sha256;
    if (text == "sha-384") return Hash::sha384;
    if (text == "sha-512") return Hash::sha512;
    return std::nullopt;
}

std::string digest_of(Hash hash, std::string_view text) {
    switch (hash) {
        case Hash::sha256: return to_base64url(crypto::sha256(text));
        case Hash::sha384: return to_base64url(crypto::sha384(as_bytes(text)));
        case Hash::sha512: return to_base64url(crypto::sha512(as_bytes(text)));
    }
    return {};
}

bool is_undisclosed(Value const& element) {
    return element.is_object() && element.contains(element_name);
}

Checked<SdJwt> parse_sd_jwt(std::string_view text) {
    auto const last = text.rfind('~');
    if (last == std::string_view::npos) return Refusal{Fault::malformed, "a mandate is an SD-JWT: it has a \"~\""};
    SdJwt out;
    out.text = text.substr(0, last + 1);
    out.key_binding = text.substr(last + 1);
    auto parts = split(text.substr(0, last), '~');
    out.issuer_jwt = parts.front();
    out.disclosures.assign(parts.begin() + 1, parts.end());
    if (out.disclosures.size() > limits::mandate_disclosures_max)
        return Refusal{Fault::malformed, "a mandate has too many disclosures"};
    auto jws = parse_jws(out.issuer_jwt);
    if (!jws) return jws.refusal();
    out.jws = *std::move(jws);
    return out;
}

std::optional<Refusal> disclose(SdJwt& token) {
    auto payload = payload_of(token.jws);
    if (!payload) return payload.refusal();
    token.claims = *std::move(payload);
    if (token.claims.contains("_sd_alg")) {
        auto const hash = hash_from_text(text_in(token.claims, "_sd_alg").value_or(""));
        if (!hash) return bad("_sd_alg is sha-256, sha-384 or sha-512");
        token.hash = *hash;
        token.claims.erase("_sd_alg");
    }
    std::map<std::string, Disclosure> known;
    for (auto const text : token.disclosures) {
        auto disclosure = parse_disclosure(text);
        if (!disclosure) return disclosure.refusal();
        if (!known.emplace(digest_of(token.hash, text), *std::move(disclosure)).second)
            return bad("a disclosure is there twice");
    }
    Placement placement(std::move(known));
    if (auto refusal = placement.place(token.claims, 0)) return refusal;
    if (!placement.all_used()) return bad("a disclosure belongs nowhere");
    return std::nullopt;
}

}  // namespace b2a::mandate
