// SPDX-License-Identifier: Apache-2.0
// A completion without a good mandate: nothing is charged, and it leaves a strike and evidence.
#include <algorithm>

#include "service/checkout_impl.hpp"

namespace b2a::service {

Awaitable<Result<Replied>> CheckoutService::Impl::refuse_mandate(RequestContext context,
                                                                 policy::Authorized<CompleteCheckout> proof,
                                                                 domain::Checkout checkout, MandateCheck check,
                                                                 CheckoutRenderer render) {
    auto finding = finding_of(*check.refusal());
    Draft draft;
    draft.outcome.checkout = strike(std::move(checkout), finding);
    draft.outcome.receipt = receipt_of(*check.judgement);
    auto const& kept = draft.outcome.checkout.findings;
    if (std::ranges::find(kept, finding) == kept.end()) draft.outcome.notes.push_back(std::move(finding));
    draft.events.push_back(audit_event("mandate.refused", context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    describe(draft.events.back(), check);
    auto write = write_of(context, std::move(draft), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<Replied>> CheckoutService::Impl::mandate_spent(RequestContext context,
                                                                policy::Authorized<CompleteCheckout> proof,
                                                                Authorisation authorisation, MandateCheck check,
                                                                CheckoutRenderer render) {
    auto stored = co_await left_behind(context, authorisation);
    if (!stored) co_return std::move(stored).error();
    check.judgement->outcome =
        mandate::Refusal{mandate::Fault::used_up, "the mandate was used up meanwhile; nothing was charged"};
    // As with stock: first the version moves on, then the authorisation is given back.
    auto refused = co_await refuse_mandate(context, std::move(proof), std::move(*stored), std::move(check), render);
    co_await give_up(authorisation);
    co_return refused;
}

}  // namespace b2a::service
