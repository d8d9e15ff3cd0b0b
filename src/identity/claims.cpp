// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/web/url.hpp"

#include "identity/content_digest.hpp"
#include "identity/signature_agent.hpp"
#include "identity/signature_base.hpp"
#include "identity/signature_input.hpp"

namespace b2a::identity {
namespace {

using web::SfDictionary;
using web::SfInnerList;
using Names = std::vector<std::string_view>;

Claims because(Verdict verdict, std::string detail) {
    return {verdict, std::move(detail), {}};
}

/// What a signature over this request has to cover (UCP 2026-08-25, signatures): anything less leaves a part that a
/// third party could have changed.
Names whole(web::Request const& request) {
    Names out{"@method", "@authority", "@path"};
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

/// Components by name. One with parameters says less than the name alone, but for the member of Signature-Agent.
enum class Covered : std::uint8_t { no, with_parameters, yes };
Covered covers(SfInnerList const& list, std::string_view name) {
    auto out = Covered::no;
    for (auto const& item : list.items) {
        auto const* text = std::get_if<std::string>(&item.value);
        if (text == nullptr || *text != name) continue;
        auto const& parameters = item.parameters.all();
        bool const member = name == "signature-agent" && parameters.size() == 1 && parameters.front().first == "key";
        if (parameters.empty() || member) return Covered::yes;
        out = Covered::with_parameters;
    }
    return out;
}

std::optional<std::string> outside_of_time(Claim const& claim, Timestamp now) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    auto const skew = limits::signature_skew.count();
    if (claim.created && *claim.created > seconds + skew) return "the signature was made in the future";
    if (claim.expires && *claim.expires < seconds - skew) return "the signature has expired";
    auto const width = claim.profile->width_max.count();
    if (width == 0 || !claim.created || !claim.expires) return std::nullopt;
    if (*claim.expires <= *claim.created) return "the signature expires before it was made";
    if (*claim.expires - *claim.created > width)
        return "a signature for " + std::string(claim.profile->name) + " may live for " + std::to_string(width) + " s";
    return std::nullopt;
}

/// Reads one label after the other, cheapest doubts first.
class Reading {
  public:
    Reading(web::Request const& request, VerifyOptions const& options, SignedMessage const& message) :
        options_(options),
        message_(message),
        whole_(whole(request)),
        names_profile_(request.headers.find("UCP-Agent")) {}

    Claim read(SfDictionary::Member const& input, SfDictionary const& signatures, std::string_view sent, bool alias) {
        Claim claim;
        claim.label = input.key;
        claim.sent = sent;
        auto const* list = std::get_if<SfInnerList>(&input.value);
        auto const* signature = signatures.find(input.key);
        auto const* item = signature != nullptr ? std::get_if<web::SfItem>(&signature->value) : nullptr;
        auto const* bytes = item != nullptr ? std::get_if<Bytes>(&item->value) : nullptr;
        if (list == nullptr || bytes == nullptr || list->items.size() > limits::signature_components_max)
            return doubt(std::move(claim), Verdict::malformed, "Signature-Input and Signature do not fit together");
        claim.input = *list;
        claim.signature = *bytes;
        if (!choose_profile(claim))
            return doubt(std::move(claim), Verdict::unsigned_, "signatures with a tag belong to another profile");
        if (alias && !claim.profile->as_sent)
            return doubt(std::move(claim), Verdict::malformed, "Signature-Input is no RFC 8941 dictionary");
        if (!component_names(*list) || repeats(*list))
            return doubt(std::move(claim), Verdict::malformed, "a component is no name, or comes twice");
        return judge(std::move(claim));
    }

  private:
    static Claim doubt(Claim claim, Verdict verdict, std::string detail) {
        claim.verdict = verdict;
        claim.detail = std::move(detail);
        return claim;
    }

    bool choose_profile(Claim& claim) const {
        auto const* tag = claim.input.parameters.find("tag");
        if (tag == nullptr) {
            claim.profile = names_profile_ ? &ucp_profile : &registered_key_profile;
            return true;
        }
        auto const* text = std::get_if<std::string>(tag);
        claim.profile = text != nullptr ? profile_of_tag(*text) : nullptr;
        return claim.profile != nullptr;
    }

    static bool repeats(SfInnerList const& list) {
        std::vector<std::string> all;
        for (auto const& item : list.items) web::serialize(all.emplace_back(), item);
        std::ranges::sort(all);
        return std::ranges::adjacent_find(all) != all.end();
    }

    Claim judge(Claim claim) const {
        if (auto missing = gate(claim); !missing.empty()) return doubt(std::move(claim), Verdict::unsigned_, missing);
        if (claim.verdict == Verdict::invalid) return claim;
        for (auto const name : claim.profile->parameters)
            if (claim.input.parameters.find(name) == nullptr)
                return doubt(std::move(claim), claim.profile->tags.empty() ? Verdict::unsigned_ : Verdict::invalid,
                             "the signature has no " + std::string(name));
        auto const* keyid = parameter<std::string>(claim.input, "keyid");
        // No key has a longer id (KeySet), and what is told and logged stays short.
        if (keyid == nullptr || keyid->size() > limits::id_bytes_max)
            return doubt(std::move(claim), Verdict::malformed, "the keyid is no text, or too long");
        claim.keyid = *keyid;
        if (auto wrong = read_parameters(claim)) return doubt(std::move(claim), Verdict::invalid, *std::move(wrong));
        if (std::ranges::find(options_.authorities, message_.authority) == options_.authorities.end())
            return doubt(std::move(claim), Verdict::invalid, "the request was not made for this authority");
        if (auto wrong = outside_of_time(claim, options_.now))
            return doubt(std::move(claim), Verdict::invalid, *std::move(wrong));
        claim.verdict = Verdict::verified;
        if (claim.profile->keys != KeySource::signature_agent) return claim;
        auto agent = covered_agent(message_, claim.input, options_);
        claim.agent = std::move(agent.agent);
        claim.key_url = std::move(agent.key_url);
        if (agent.problem.empty()) return claim;
        return doubt(std::move(claim), Verdict::invalid, std::move(agent.problem));
    }

    /// How much is covered; what is missing when it counts as none. Sets the verdict where a component is spoilt by its
    /// parameters.
    std::string gate(Claim& claim) const {
        std::string_view missing;
        for (auto const name : whole_) {
            if (claim.profile->target_uri && stands_for(claim, name)) continue;
            auto const how = covers(claim.input, name);
            if (how == Covered::with_parameters) {
                claim.verdict = Verdict::invalid;
                claim.detail = "the signature covers " + std::string(name) + " with parameters";
                return {};
            }
            if (how == Covered::no && missing.empty()) missing = name;
        }
        claim.coverage = missing.empty() ? Coverage::request : Coverage::minimum;
        if (missing.empty()) return {};
        for (auto const name : claim.profile->components)
            if (covers(claim.input, name) != Covered::yes && !(claim.profile->target_uri && stands_for(claim, name)))
                return "the signature does not cover " + std::string(name);
        if (!claim.profile->components.empty()) {
            claim.detail = "the signature does not cover " + std::string(missing);
            return {};
        }
        return "the signature does not cover " + std::string(missing);
    }

    static bool stands_for(Claim const& claim, std::string_view name) {
        return (name == "@authority" || name == "@path" || name == "@query") &&
               covers(claim.input, "@target-uri") == Covered::yes;
    }

    static std::optional<std::string> read_parameters(Claim& claim) {
        for (auto const& [name, out] : {std::pair("created", &claim.created), std::pair("expires", &claim.expires)}) {
            if (claim.input.parameters.find(name) == nullptr) continue;
            auto const* value = parameter<std::int64_t>(claim.input, name);
            if (value == nullptr) return "created and expires are integers";
            *out = *value;
        }
        if (claim.input.parameters.find("nonce") == nullptr) return std::nullopt;
        auto const* nonce = parameter<std::string>(claim.input, "nonce");
        if (nonce == nullptr) return "the nonce is no text";
        claim.nonce = *nonce;
        // Elsewhere an empty or long nonce is only a longer text to remember, and it is remembered as a digest.
        bool const bounded = !claim.nonce.empty() && claim.nonce.size() <= limits::signature_nonce_bytes_max;
        if (claim.profile->nonce_always && !bounded) return "the nonce is empty or too long";
        return std::nullopt;
    }

    VerifyOptions const& options_;
    SignedMessage const& message_;
    Names whole_;
    bool names_profile_;
};

std::optional<Claims> bad_digest(web::Request const& request) {
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

bool is_signed(web::Request const& request) noexcept {
    return request.headers.find("Signature-Input") || request.headers.find("Signature");
}

std::string normalized_url(std::string_view text) {
    auto const url = web::parse_url(text);
    if (!url) return {};
    auto const path = std::string_view(url->target).substr(0, url->target.find('?'));
    return path == "/" ? url->origin() : url->origin() + std::string(path);
}

Claims read_claims(web::Request const& request, VerifyOptions const& options) {
    if (auto bad = bad_digest(request)) return *std::move(bad);
    if (!is_signed(request)) return {};
    auto const message = message_of(request);
    auto const inputs_text = message.field("Signature-Input").value_or("");
    auto const signatures_text = message.field("Signature").value_or("");
    if (inputs_text.size() > limits::signature_input_bytes_max ||
        signatures_text.size() > limits::signature_input_bytes_max)
        return because(Verdict::malformed, "the signature fields are too long");
    auto const inputs = parse_signature_input(inputs_text);
    auto const signatures = SfDictionary::parse(signatures_text);
    if (!inputs || !signatures || inputs->members.members().empty())
        return because(Verdict::malformed, "Signature-Input or Signature is no RFC 8941 dictionary");
    if (inputs->members.members().size() > limits::signatures_max)
        return because(Verdict::malformed,
                       "at most " + std::to_string(limits::signatures_max) + " signatures are read");
    Reading reading(request, options, message);
    Claims out;
    out.verdict = Verdict::verified;
    for (auto const& input : inputs->members.members())
        out.list.push_back(reading.read(input, *signatures, member_text(inputs_text, input.key), inputs->alias));
    return out;
}

}  // namespace b2a::identity
