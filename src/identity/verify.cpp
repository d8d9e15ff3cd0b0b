// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/identity/signature.hpp"

#include "identity/content_digest.hpp"
#include "identity/signature_base.hpp"

namespace b2a::identity {
namespace {

using web::SfDictionary;
using web::SfInnerList;

constexpr std::chrono::seconds clock_skew{60};

Verification because(Verdict verdict, std::string detail) {
    Verification out;
    out.verdict = verdict;
    out.detail = std::move(detail);
    return out;
}

/// Host without the scheme's default port (RFC 9421 §2.2.3).
std::string authority_of(web::Request const& request) {
    auto host = to_ascii_lower(trim(request.headers.find("Host").value_or("")));
    std::string_view const port = request.secure ? ":443" : ":80";
    if (host.ends_with(port)) host.resize(host.size() - port.size());
    return host;
}

SignedMessage message_of(web::Request const& request) {
    SignedMessage out;
    out.method = request.method_text;
    out.authority = authority_of(request);
    out.scheme = request.secure ? "https" : "http";
    out.path = request.path.empty() ? std::string_view("/") : request.path;
    out.query = request.query;
    out.has_query = request.target.find('?') != std::string_view::npos;
    for (auto const& field : request.headers.fields()) out.fields.emplace_back(field.name, field.value);
    return out;
}

/// What a signature over this request has to cover (UCP 2026-08-25, signatures): anything less leaves a part that a
/// third party could have changed.
std::vector<std::string_view> required(web::Request const& request) {
    std::vector<std::string_view> out{"@method", "@authority", "@path"};
    if (request.target.find('?') != std::string_view::npos) out.emplace_back("@query");
    if (!request.body.empty()) {
        out.emplace_back("content-digest");
        out.emplace_back("content-type");
    }
    for (std::string_view const name : {"ucp-agent", "signature-agent", "idempotency-key"})
        if (request.headers.find(name)) out.push_back(name);
    return out;
}

template <class T>
T const* parameter(SfInnerList const& list, std::string_view name) {
    auto const* value = list.parameters.find(name);
    return value != nullptr ? std::get_if<T>(value) : nullptr;
}

bool algorithm_agrees(SfInnerList const& input, PublicKey const& key) {
    if (input.parameters.find("alg") == nullptr) return true;
    auto const* name = parameter<std::string>(input, "alg");
    if (name == nullptr) return false;
    return *name == (key.algorithm() == Algorithm::es256 ? "ecdsa-p256-sha256" : "ed25519");
}

std::optional<std::string> outside_of_time(SfInnerList const& input, Timestamp now) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    auto const skew = clock_skew.count();
    auto const wrong_type = [&](std::string_view name) {
        return input.parameters.find(name) != nullptr && parameter<std::int64_t>(input, name) == nullptr;
    };
    if (wrong_type("created") || wrong_type("expires")) return "created and expires are integers";
    if (auto const* created = parameter<std::int64_t>(input, "created"); created && *created > seconds + skew)
        return "the signature was made in the future";
    if (auto const* expires = parameter<std::int64_t>(input, "expires"); expires && *expires < seconds - skew)
        return "the signature has expired";
    return std::nullopt;
}

bool repeats(std::vector<std::string_view> names) {
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) != names.end();
}

/// One label, judged by itself.
class Judge {
  public:
    Judge(web::Request const& request, KeySet const& keys, VerifyOptions const& options) :
        keys_(keys), options_(options), message_(message_of(request)), required_(required(request)) {}

    Verification judge(SfDictionary::Member const& input, SfDictionary const& signatures) const {
        auto const* list = std::get_if<SfInnerList>(&input.value);
        auto const* signature = signatures.find(input.key);
        auto const* item = signature != nullptr ? std::get_if<web::SfItem>(&signature->value) : nullptr;
        auto const* bytes = item != nullptr ? std::get_if<Bytes>(&item->value) : nullptr;
        if (list == nullptr || bytes == nullptr || list->items.size() > limits::signature_components_max)
            return because(Verdict::malformed, "Signature-Input and Signature do not fit together");
        if (list->parameters.find("tag") != nullptr)
            return because(Verdict::unsigned_, "signatures with a tag belong to another profile");
        auto const names = component_names(*list);
        if (!names || repeats(*names)) return because(Verdict::malformed, "a component is no name, or comes twice");
        if (auto const missing = uncovered(*names); !missing.empty())
            return because(Verdict::unsigned_, "the signature does not cover " + missing);
        if (list->parameters.find("keyid") == nullptr) return because(Verdict::unsigned_, "the signature has no keyid");
        auto const* keyid = parameter<std::string>(*list, "keyid");
        // No key has a longer id (KeySet), and what is told and logged stays short.
        if (keyid == nullptr || keyid->size() > limits::id_bytes_max)
            return because(Verdict::malformed, "the keyid is no text, or too long");
        auto out = check(*list, *bytes, *keyid);
        out.label = input.key;
        out.kid = *keyid;
        return out;
    }

  private:
    std::string uncovered(std::vector<std::string_view> const& names) const {
        for (auto const name : required_)
            if (std::ranges::find(names, name) == names.end()) return std::string(name);
        return {};
    }

    Verification check(SfInnerList const& list, Bytes const& signature, std::string const& keyid) const {
        auto const* key = keys_.find(keyid);
        if (key == nullptr) return because(Verdict::key_not_found, "the profile has no key \"" + keyid + '"');
        if (key->algorithm() == Algorithm::unsupported)
            return because(Verdict::algorithm_unsupported, "use a key for ES256 or Ed25519");
        if (!algorithm_agrees(list, *key)) return because(Verdict::invalid, "alg contradicts the key");
        if (std::ranges::find(options_.authorities, message_.authority) == options_.authorities.end())
            return because(Verdict::invalid, "the request was not made for this authority");
        if (auto wrong = outside_of_time(list, options_.now)) return because(Verdict::invalid, *std::move(wrong));
        auto const base = signature_base(message_, list);
        if (!base) return because(Verdict::invalid, "a covered component is unknown, repeated or not in the request");
        if (!key->verify(as_bytes(*base), signature)) return because(Verdict::invalid, "the signature does not verify");
        Verification out;
        out.verdict = Verdict::verified;
        out.thumbprint = key->thumbprint();
        out.signature = crypto::sha256(ByteView(signature));
        return out;
    }

    KeySet const& keys_;
    VerifyOptions const& options_;
    SignedMessage message_;
    std::vector<std::string_view> required_;
};

/// Of several failures the one that the caller can learn most from; first an unknown key, since with a newer key set
/// that signature may still verify.
int weight(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::verified: return 6;
        case Verdict::key_not_found: return 5;
        case Verdict::invalid: return 4;
        case Verdict::digest_mismatch: return 3;
        case Verdict::algorithm_unsupported: return 2;
        case Verdict::malformed: return 1;
        case Verdict::unsigned_: return 0;
    }
    return 0;
}

std::optional<Verification> bad_digest(web::Request const& request) {
    auto const field = request.headers.find("Content-Digest");
    if (!field) return std::nullopt;
    if (request.headers.count("Content-Digest") > 1)
        return because(Verdict::digest_mismatch, "send one Content-Digest field");
    switch (check_content_digest(*field, request.body)) {
        case DigestCheck::fits: return std::nullopt;
        case DigestCheck::differs: return because(Verdict::digest_mismatch, "Content-Digest does not fit the body");
        case DigestCheck::unusable: return because(Verdict::digest_mismatch, "Content-Digest needs sha-256 (RFC 9530)");
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_text(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::verified: return "verified";
        case Verdict::unsigned_: return "signature_missing";
        case Verdict::malformed: return "signature_malformed";
        case Verdict::key_not_found: return "key_not_found";
        case Verdict::digest_mismatch: return "digest_mismatch";
        case Verdict::algorithm_unsupported: return "algorithm_unsupported";
        case Verdict::invalid: return "signature_invalid";
    }
    return "signature_invalid";
}

bool is_signed(web::Request const& request) noexcept {
    return request.headers.find("Signature-Input") || request.headers.find("Signature");
}

Verification verify(web::Request const& request, KeySet const& keys, VerifyOptions const& options) {
    if (auto bad = bad_digest(request)) return *std::move(bad);
    if (!is_signed(request)) return {};
    auto const message = message_of(request);
    auto const inputs_text = message.field("Signature-Input").value_or("");
    auto const signatures_text = message.field("Signature").value_or("");
    if (inputs_text.size() > limits::signature_input_bytes_max ||
        signatures_text.size() > limits::signature_input_bytes_max)
        return because(Verdict::malformed, "the signature fields are too long");
    auto const inputs = SfDictionary::parse(inputs_text);
    auto const signatures = SfDictionary::parse(signatures_text);
    if (!inputs || !signatures || inputs->members().empty())
        return because(Verdict::malformed, "Signature-Input or Signature is no RFC 8941 dictionary");
    if (inputs->members().size() > limits::signatures_max)
        return because(Verdict::malformed,
                       "at most " + std::to_string(limits::signatures_max) + " signatures are read");
    Judge const judge(request, keys, options);
    std::optional<Verification> best;
    for (auto const& input : inputs->members()) {
        auto judged = judge.judge(input, *signatures);
        if (!best || weight(judged.verdict) > weight(best->verdict)) best = std::move(judged);
        if (best->verdict == Verdict::verified) break;
    }
    return *std::move(best);
}

}  // namespace b2a::identity
