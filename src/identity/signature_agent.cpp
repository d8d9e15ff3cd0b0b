// SPDX-License-Identifier: Apache-2.0
#include "identity/signature_agent.hpp"

#include "b2a/base/text.hpp"
#include "b2a/web/url.hpp"

namespace b2a::identity {
namespace {

SignatureAgent nobody() {
    return {};
}
SignatureAgent no_place(std::string problem) {
    return {{}, {}, std::move(problem)};
}

bool is_loopback(web::Url const& url) {
    return url.host == "localhost" || url.host == "127.0.0.1" || url.host == "::1";
}

enum class Means : std::uint8_t { by_path, key_set };

/// A place without a path is an origin with a key directory, unless it is said to be the key set itself.
SignatureAgent place_of(std::string_view text, Means means, VerifyOptions const& options) {
    auto const url = web::parse_url(text);
    if (!url) return no_place("Signature-Agent is no URL");
    if (!url->secure && !(options.loopback_http && is_loopback(*url)))
        return no_place("Signature-Agent is no https URL");
    SignatureAgent out;
    out.agent = normalized_url(text);
    out.key_url = url->origin();
    out.key_url += url->target == "/" && means == Means::by_path ? std::string(directory_path) : url->target;
    return out;
}

SignatureAgent place_of(web::SfDictionary::Member const& member, VerifyOptions const& options) {
    auto const* item = std::get_if<web::SfItem>(&member.value);
    auto const* text = item != nullptr ? std::get_if<std::string>(&item->value) : nullptr;
    if (text == nullptr) return no_place("Signature-Agent holds no text");
    auto const& parameters = item->parameters.all();
    if (parameters.empty()) {
        if (!options.dialects.ietf_01 && !options.dialects.meunier_00) return nobody();
        return place_of(*text, Means::by_path, options);
    }
    // A member with parameters that are not understood is as good as none.
    auto const* type = std::get_if<web::SfToken>(&parameters.front().second);
    bool const known = parameters.size() == 1 && parameters.front().first == "type" && type != nullptr &&
                       type->text == "jwks_uri" && options.dialects.meunier_00;
    return known ? place_of(*text, Means::key_set, options) : nobody();
}

/// The bare string of the drafts before 2026.
std::optional<std::string> bare_string(std::string_view field) {
    if (!field.starts_with('"')) return std::nullopt;
    auto const wrapped = web::SfDictionary::parse("a=" + std::string(field));
    if (!wrapped || wrapped->members().size() != 1) return std::nullopt;
    return wrapped->string("a");
}

/// A signature over the field as a whole covers all its members: it has to be clear which one is meant.
SignatureAgent of_whole_field(std::string const& field, VerifyOptions const& options) {
    if (auto const text = bare_string(field)) {
        if (!options.dialects.legacy) return nobody();
        return place_of(*text, Means::by_path, options);
    }
    auto const dictionary = web::SfDictionary::parse(field);
    if (!dictionary || dictionary->members().size() != 1) return no_place("Signature-Agent is not one URL");
    return place_of(dictionary->members().front(), options);
}

}  // namespace

SignatureAgent covered_agent(SignedMessage const& message, web::SfInnerList const& covered,
                             VerifyOptions const& options) {
    auto const field = message.field("signature-agent");
    if (!field) return nobody();
    std::optional<SignatureAgent> found;
    for (auto const& item : covered.items) {
        auto const* name = std::get_if<std::string>(&item.value);
        if (name == nullptr || *name != "signature-agent") continue;
        if (found) return no_place("the signature covers several members of Signature-Agent");
        if (item.parameters.all().empty()) {
            found = of_whole_field(*field, options);
            continue;
        }
        auto const* key = item.parameters.find("key");
        auto const* label = key != nullptr ? std::get_if<std::string>(key) : nullptr;
        auto const dictionary = web::SfDictionary::parse(*field);
        auto const* member = label != nullptr && dictionary ? dictionary->find(*label) : nullptr;
        if (member == nullptr) return no_place("Signature-Agent has no such member");
        found = place_of(*member, options);
    }
    return found ? *std::move(found) : nobody();
}

}  // namespace b2a::identity
