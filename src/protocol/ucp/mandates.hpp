// SPDX-License-Identifier: Apache-2.0
// AP2 mandates as UCP carries them: `ap2.merchant_authorization` in every answer about a checkout,
// `ap2.checkout_mandate` in its completion. What a mandate has to be is not known here (b2a/mandate), and neither what
// follows from a bad one (service).
#pragma once

#include <memory>
#include <string>

#include "b2a/identity/key_holder.hpp"
#include "b2a/mandate/verify.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/checkout.hpp"

namespace b2a::protocol::ucp {

struct Call;
struct Deps;

/// What it takes to sign an answer.
struct Seal {
    std::shared_ptr<identity::KeyRing const> ring;
    mandate::Merchant merchant;
    Timestamp now{};
};
Seal seal_of(Call const& call, Deps const& deps);

/// Adds the member "ap2" to `json`, a rendered checkout without one.
void add_ap2(std::string& json, service::CheckoutOutcome const& outcome, Seal const& seal);

/// What the completion in `call` brings.
service::MandateClaim mandate_claim(Call const& call, Deps const& deps);

}  // namespace b2a::protocol::ucp
