// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/mandates.hpp"

#include <algorithm>
#include <array>

#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/web/url.hpp"

#include "operations.hpp"
#include "render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

using mandate::KeyVerdict;
using mandate::SignedBytes;

/// The keys that a first hop may be signed with: those of issuers whom the brand trusts, and the platform's own, which
/// stands for its users where it signs for them (UCP, ap2-mandates: trusted platform provider).
class Roots final : public mandate::KeySource {
  public:
    Roots(identity::KeySet const& issuers, identity::KeySet const& platform) : sets_{&issuers, &platform} {}

    [[nodiscard]] KeyVerdict check(SignedBytes const& what) const override {
        for (auto const* set : sets_) {
            auto const* key = what.kid.empty() ? nullptr : set->find(what.kid);
            if (key == nullptr || key->algorithm() == identity::Algorithm::unsupported) continue;
            // The key says which algorithm is right, not the header of the token.
            bool const fits = key->algorithm() == identity::Algorithm::es256 && what.algorithm == "ES256";
            bool const holds = fits && key->verify(what.message, what.signature);
            return holds ? KeyVerdict::verified : KeyVerdict::not_verified;
        }
        return KeyVerdict::unknown;
    }

  private:
    std::array<identity::KeySet const*, 2> sets_;
};

class OwnKeys final : public mandate::KeySource {
  public:
    explicit OwnKeys(std::shared_ptr<identity::KeyRing const> ring) : ring_(std::move(ring)) {}

    [[nodiscard]] KeyVerdict check(SignedBytes const& what) const override {
        auto const& keys = ring_->keys();
        auto const found = std::ranges::find(keys, what.kid, &identity::OwnKey::kid);
        if (found == keys.end()) return KeyVerdict::unknown;
        auto const key = crypto::EcPublicKey::from_coordinates(found->key.public_key());
        crypto::EcdsaSignature signature{};
        if (!key || what.algorithm != "ES256" || what.signature.size() != signature.size())
            return KeyVerdict::not_verified;
        std::ranges::copy(what.signature, signature.begin());
        return key->verify(what.message, signature) ? KeyVerdict::verified : KeyVerdict::not_verified;
    }

  private:
    std::shared_ptr<identity::KeyRing const> ring_;
};

mandate::Merchant merchant_of(Deps const& deps) {
    auto const url = web::parse_url(deps.site.base_url);
    auto id = deps.settings.merchant_id;
    if (id.empty() && url) id = url->host;
    return {std::move(id), deps.site.base_url};
}

/// The token; nullopt when none came. What is there and no text is a mandate too, just no good one.
std::optional<std::string> token_in(json::View body) {
    auto const ap2 = body.get("ap2");
    if (!ap2 || ap2->is(json::Kind::null)) return std::nullopt;
    auto const token = ap2->get("checkout_mandate");
    if (!token || token->is(json::Kind::null)) return std::nullopt;
    auto text = std::string(token->as_string().value_or("-"));
    if (text.empty()) return std::nullopt;
    return text;
}

}  // namespace

Seal seal_of(Call const& call, Deps const& deps) {
    return {deps.keys.current(), merchant_of(deps), call.context.now};
}

void add_ap2(std::string& json, service::CheckoutOutcome const& outcome, Seal const& seal) {
    auto const value = json::parse_value(json);
    auto const canonical = value ? json::canonical_es(*value) : Result<std::string>(Error(Code::internal));
    B2A_ASSERT(bool(canonical));  // we wrote it ourselves
    auto const& key = seal.ring->signer();
    mandate::Signer const signer{key.kid, key.key};
    std::string ap2;
    json::Writer out(ap2);
    out.begin_object().member("merchant_authorization", mandate::authorize(*canonical, signer));
    // What a key binding has to say; UCP leaves open where a platform learns it from.
    out.member("aud", seal.merchant.origin).member("nonce", mandate::nonce_of(mandate::terms_of(json)));
    if (outcome.receipt)
        out.member("checkout_receipt", mandate::sign_receipt(*outcome.receipt, seal.merchant.origin, seal.now, signer));
    out.end_object();
    json.pop_back();
    json.append(R"(,"ap2":)").append(ap2).append(1, '}');
}

service::MandateClaim mandate_claim(Call const& call, Deps const& deps) {
    service::MandateClaim claim;
    claim.negotiated = call.terms->has(Capability::ap2_mandate);
    auto token = token_in(call.body);
    claim.presented = token.has_value();
    if (!claim.negotiated || !claim.presented) return claim;
    claim.judge = [token = *std::move(token), terms = call.terms, seal = seal_of(call, deps), &site = deps.site,
                   &issuers = deps.settings.mandate_issuers](domain::Checkout const& checkout,
                                                             mandate::Purchase purchase) {
        service::CheckoutOutcome outcome;
        outcome.checkout = checkout;
        auto const shown = render_checkout(outcome, {site, *terms});
        Roots const roots(issuers, terms->keys);
        OwnKeys const own(seal.ring);
        return mandate::verify(token, {roots, own, seal.merchant, shown, std::move(purchase), seal.now});
    };
    return claim;
}

}  // namespace b2a::protocol::ucp
