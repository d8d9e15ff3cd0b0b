// SPDX-License-Identifier: Apache-2.0
// The provider's late word on a payment in progress. Its stock was taken when it began.
#include "service/checkout_impl.hpp"
#include "service/facts.hpp"

namespace b2a::service {
namespace {

/// Facts as if the checkout's own units were back on the shelf, where this very write puts them.
domain::PricingFacts with_own_stock(domain::PricingFacts facts, domain::Checkout const& checkout) {
    for (auto& fact : facts.lines)
        for (auto const& line : checkout.lines)
            if (fact.stock && line.variant_id == fact.variant->id) *fact.stock += line.quantity;
    return facts;
}

Draft settled(domain::Checkout checkout, PaymentOutcome outcome, domain::PricingFacts const& pricing) {
    Draft draft;
    draft.stock = stock_of(checkout, +1);
    draft.outcome.checkout = domain::reprice(std::move(checkout), pricing);
    note_payment(draft.outcome.checkout, outcome,
                 outcome == PaymentOutcome::declined ? "The payment was declined; use another instrument."
                                                     : "The buyer has to authenticate the payment.");
    return draft;
}

}  // namespace

Awaitable<Result<Replied>> CheckoutService::Impl::settle(RequestContext context, SettlePayment command,
                                                         CheckoutRenderer render, Attempt attempt) {
    auto known = kept_reply(parts.reader, context);
    if (!known) co_return std::move(known).error();
    if (*known) co_return std::move(**known);
    auto stored = load_any(context, command.id);  // the provider speaks of everybody's payments
    if (!stored) co_return std::move(stored).error();

    auto pricing = pricing_facts(*view.get(), *stored, context);
    auto facts = policy_facts(policy::Action::sandbox_control, *stored, pricing);
    auto decided = parts.governance.authorize(context, command, std::move(facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), command.id.text());
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<SettlePayment>>(decided);
    if (auto note = domain::forbids(stored->status, domain::CheckoutAction::settle))
        co_return show(context, std::move(*stored), {std::move(*note)}, render);
    if (command.outcome == PaymentOutcome::unknown)
        co_return Error(Code::unprocessable, "a settlement says how the payment ended", "/outcome");

    Draft draft;
    if (command.outcome == PaymentOutcome::approved) {
        draft.outcome.checkout = std::move(*stored);
        place_order(draft.outcome, OrderId::make(context.now, parts.random), context.now);
    } else {
        auto const restocked = with_own_stock(std::move(pricing), *stored);
        draft = settled(std::move(*stored), command.outcome, restocked);
    }
    bool const placed = draft.outcome.order.has_value();
    draft.events.push_back(audit_event(placed ? "checkout.completed" : "payment.settled", context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    draft.events.back().details.emplace_back("payment", to_text(command.outcome));
    if (placed) add_order_evidence(context, proof.verdict(), draft);

    auto write = write_of(context, std::move(draft), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

}  // namespace b2a::service
