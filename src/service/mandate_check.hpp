// SPDX-License-Identifier: Apache-2.0
// What is known about the buyer's mandate when a checkout is about to be completed.
#pragma once

#include <optional>
#include <vector>

#include "b2a/audit/event.hpp"
#include "b2a/mandate/seal.hpp"
#include "b2a/service/checkout.hpp"
#include "b2a/service/mandates.hpp"
#include "b2a/store/store.hpp"

namespace b2a::service {

struct MandateCheck {
    std::optional<mandate::Judgement> judgement;  // absent: none is needed
    bool ignored = false;                         // one came that nobody had agreed on

    [[nodiscard]] mandate::Refusal const* refusal() const { return judgement ? judgement->refusal() : nullptr; }
    /// For the rules: absent when none is needed.
    [[nodiscard]] std::optional<bool> verified() const;
};

/// A mandate is needed where both sides agreed on mandates now, or ever did in this session. One whose allowance is
/// used up already is refused here; the store has the last word when the order is committed.
Result<MandateCheck> check_mandate(domain::Checkout const& stored, CompleteCheckout const& command,
                                   store::Reader& reader);

/// What the order's transaction takes from the mandate.
std::vector<store::AllowanceDraw> draws_of(MandateCheck const& check);
/// Hashes and names, never the mandate.
void describe(audit::Event& event, MandateCheck const& check);
std::optional<mandate::Receipt> receipt_of(MandateCheck const& check, domain::Order const& order);
std::optional<mandate::Receipt> receipt_of(mandate::Judgement const& judgement);

/// The checkout after a completion without a good mandate: one strike more, canceled with the last. `finding` is
/// adapted, and kept in the checkout where a person has to look at it first.
domain::Checkout strike(domain::Checkout checkout, domain::Finding& finding);
domain::Finding finding_of(mandate::Refusal const& refusal);

}  // namespace b2a::service
