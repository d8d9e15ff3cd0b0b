// SPDX-License-Identifier: Apache-2.0
// Completions that governance holds or takes back: a person is asked, or an allowance was used up meanwhile.
#include "service/checkout_impl.hpp"
#include "service/draws.hpp"

namespace b2a::service {
namespace {

policy::Reason denied_by_a_person(policy::Approval const& approval) {
    auto message = approval.note.empty() ? std::string("The brand did not approve this purchase.") : approval.note;
    return {"approval", "approval_denied", std::move(message), policy::Remedy::reduce};
}

}  // namespace

Awaitable<Result<Replied>> CheckoutService::Impl::hold(RequestContext context, policy::Verdict verdict,
                                                       Question question, domain::Checkout checkout,
                                                       CheckoutRenderer render) {
    if (is_denied(question, checkout, context.now)) {
        deny(verdict, denied_by_a_person(*question.approval));
        auto error = co_await refuse(committer, context, std::move(verdict), checkout.id.text());
        co_return error;
    }
    auto before = any_question(parts.reader, checkout.id);
    if (!before) co_return std::move(before).error();
    auto asked = ask(*before, checkout, verdict, context.now);
    Draft draft;
    draft.outcome.checkout = domain::hold_for_approval(std::move(checkout));
    draft.outcome.checkout.payment.state = domain::PaymentState::none;
    draft.events.push_back(audit_event("approval.required", context, verdict));
    describe(draft.events.back(), draft.outcome.checkout);
    auto write = write_of(context, std::move(draft), render);
    Committer::Held held;
    held.checkout = std::move(*write.changes.checkout);
    held.idempotency = std::move(write.changes.idempotency);
    held.question = std::move(asked);
    held.event = std::move(write.changes.events.front());
    auto committed = co_await committer.hold(verdict, std::move(held), context.now, context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), verdict);
}

/// Another purchase took the last of an allowance between the decision and the commit: the money goes back, and the
/// caller is refused as if it had come a moment later.
Awaitable<Result<Replied>> CheckoutService::Impl::used_up(RequestContext context,
                                                          policy::Authorized<CompleteCheckout> proof,
                                                          Authorisation authorisation, std::string limit,
                                                          CheckoutRenderer render) {
    auto stored = co_await left_behind(context, authorisation);
    if (!stored) co_return std::move(stored).error();
    auto verdict = proof.verdict();
    deny(verdict, used_up_reason(verdict.decision, limit));
    Draft draft;
    draft.outcome.checkout = std::move(*stored);
    draft.events.push_back(audit_event("request.refused", context, verdict));
    draft.events.back().subject = authorisation.id.text();
    auto write = write_of(context, std::move(draft), render);
    write.changes.idempotency.reset();  // what the caller hears is the refusal, not the checkout
    // First the version moves on, then the authorisation is given back: in between nobody can complete with it.
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_await give_up(authorisation);
    if (!committed) co_return std::move(committed).error();
    co_return refusal_error(verdict);
}

}  // namespace b2a::service
