// SPDX-License-Identifier: Apache-2.0
// Completion: reprice, ask policy, authorise the payment, commit order and stock in one write.
//
// One authorisation belongs to one version of the checkout (its payment id carries it). A version is completed at most
// once, since every write moves it on, so an authorisation is given back exactly when its version has been left behind
// by something else than its own completion. While the version stands, nothing is given back: a retry finds it again.
#include <algorithm>
#include <array>

#include "service/checkout_impl.hpp"
#include "service/draws.hpp"
#include "service/facts.hpp"
#include "service/obligations.hpp"
#include "service/seen_version.hpp"
#include "service/session_records.hpp"

namespace b2a::service {
namespace {

domain::Finding not_ready(std::string content) {
    return {domain::FindingCode::not_ready, domain::Severity::recoverable, "$.status", std::move(content)};
}

/// Prices and stock as of now. The approval is dropped because the policy is about to be asked again.
domain::Checkout as_of_now(domain::Checkout stored, domain::PricingFacts const& pricing) {
    stored.approval_required = false;
    return domain::reprice(std::move(stored), pricing);
}

/// Would the buyer get, or pay, anything else than what the stored checkout says?
bool differs(domain::Checkout const& stored, domain::Checkout const& current) {
    auto const same_line = [](domain::Line const& a, domain::Line const& b) {
        return a.id == b.id && a.quantity == b.quantity && a.unit_minor == b.unit_minor;
    };
    auto const same_choices = [](domain::FulfillmentMethod const& a, domain::FulfillmentMethod const& b) {
        return a.kind == b.kind && a.selected_destination_id == b.selected_destination_id &&
               a.selected_option_id == b.selected_option_id && a.line_ids == b.line_ids;
    };
    return domain::total_of(stored) != domain::total_of(current) ||
           !std::ranges::equal(stored.fulfillment.methods, current.fulfillment.methods, same_choices) ||
           !std::ranges::equal(stored.lines, current.lines, same_line);
}

/// ACP brings back how an authentication went, and so never asks for a second charge without it. In the other protocols
/// the buyer acts somewhere else, and all that comes back is another attempt.
bool lacks_authentication(RequestContext const& context, domain::Checkout const& stored,
                          CompleteCheckout const& command) {
    return context.principal.protocol == policy::Protocol::acp && !command.authentication &&
           stored.payment.state == domain::PaymentState::requires_action;
}

Error authentication_missing() {
    Error error(Code::invalid_request, "The payment waits for the buyer's authentication; send how it went.",
                "/authentication_result");
    error.reason = "requires_3ds";
    return error;
}

std::string payment_id_of(CheckoutId id, std::uint64_t version) {
    return id.text() + "/" + std::to_string(version);
}

PaymentRequest payment_for(CompleteCheckout const& command, domain::Checkout const& checkout) {
    PaymentRequest request;
    request.payment_id = payment_id_of(checkout.id, checkout.version);
    request.amount = domain::total_of(checkout);
    request.handler_id = command.instrument.handler_id;
    request.credential_type = command.credential_type;
    request.credential = command.credential;
    request.authentication = command.authentication;
    return request;
}

std::string_view event_type(PaymentOutcome outcome) {
    switch (outcome) {
        case PaymentOutcome::approved: return "checkout.completed";
        case PaymentOutcome::declined: return "payment.declined";
        case PaymentOutcome::requires_action: return "payment.requires_action";
        case PaymentOutcome::unknown: return "payment.unknown";
    }
    return "payment.unknown";
}

bool holds_money(PaymentOutcome outcome) {
    return outcome == PaymentOutcome::approved || outcome == PaymentOutcome::unknown;
}

bool is_spent_mandate(Error const& error) {
    return error.code == Code::allowance_exceeded && error.pointer.starts_with(mandate::draw_prefix);
}

/// The snapshot may lag behind the writer: the store's word that a variant is short beats a level that looks enough.
void believe_store(domain::PricingFacts& pricing, domain::Checkout const& checkout, std::string_view variant_id) {
    std::int64_t wanted = 0;
    for (auto const& line : checkout.lines)
        if (line.variant_id == variant_id) wanted += line.quantity;
    for (auto& line : pricing.lines)
        if (line.variant != nullptr && line.variant->id == variant_id && line.stock.value_or(wanted) >= wanted)
            line.stock = 0;
}

}  // namespace

Result<domain::Checkout> CheckoutService::Impl::with_last_words(domain::Checkout checkout,
                                                                CompleteCheckout const& command,
                                                                RequestContext const& context) {
    if (!command.subscription.target.empty()) checkout.subscription = command.subscription;
    B2A_TRY(consent, domain::merge_consent(checkout.buyer.consent, command.consent));
    checkout.buyer.consent = std::move(consent);
    if (!command.buyer) return checkout;
    for (auto const member :
         {&domain::Buyer::first_name, &domain::Buyer::last_name, &domain::Buyer::email, &domain::Buyer::phone_number})
        if (auto const& named = (*command.buyer).*member; !named.empty()) checkout.buyer.*member = named;
    auto const pricing = pricing_facts(*view.get(), checkout, context);
    return domain::reprice(std::move(checkout), pricing);
}

Awaitable<Result<Replied>> CheckoutService::Impl::complete(RequestContext context, CompleteCheckout command,
                                                           CheckoutRenderer render, Attempt attempt) {
    auto opened = open(context, command.id, domain::CheckoutAction::complete, render);
    if (!opened) co_return std::move(opened).error();
    if (auto* answered = std::get_if<Replied>(&*opened)) co_return std::move(*answered);
    auto& stored = std::get<domain::Checkout>(*opened);
    if (auto seen = check_seen(command.if_version, stored.version); !seen) co_return std::move(seen).error();
    if (lacks_authentication(context, stored, command)) co_return authentication_missing();
    auto const agreed = stored;  // as the caller last saw it: nobody pays another price unasked
    auto last_words = with_last_words(std::move(stored), command, context);
    if (!last_words) co_return std::move(last_words).error();
    stored = *std::move(last_words);
    if (stored.status == domain::CheckoutStatus::incomplete) {
        auto note = not_ready("Something is still missing; nothing was charged.");
        co_return show(context, agreed, {std::move(note)}, render);
    }
    auto checked = check_mandate(agreed, command, parts.reader);
    if (!checked) co_return std::move(checked).error();

    auto question = question_of(parts.reader, stored);
    if (!question) co_return std::move(question).error();
    auto pricing = pricing_facts(*view.get(), stored, context);
    auto current = as_of_now(stored, pricing);
    auto facts = policy_facts(policy::Action::checkout_complete, current, pricing);
    facts.payment_handler = command.instrument.handler_id;
    facts.mandate_verified = checked->verified();
    facts.approved = is_granted(*question, current, context.now);
    auto decided = co_await parts.governance.decide(context, std::move(command), std::move(facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        if (refused->decision.outcome == policy::Outcome::needs_approval) {
            if (is_open(*question, current, context.now)) co_return show(context, agreed, {}, render);
            honour(current, *refused, pricing);
            auto held = co_await hold(context, std::move(*refused), std::move(*question), std::move(current), render);
            co_return held;
        }
        auto error = co_await refuse(committer, context, std::move(*refused), stored.id.text());
        co_return error;
    }
    auto& proof = std::get<policy::Authorized<CompleteCheckout>>(decided);
    if (checked->refusal() != nullptr) {
        auto answered = co_await refuse_mandate(context, std::move(proof), agreed, std::move(*checked), render);
        co_return answered;
    }
    honour(current, proof.verdict(), pricing);
    if (current.status != domain::CheckoutStatus::ready_for_complete || differs(agreed, current)) {
        auto asked = co_await ask_review(context, std::move(proof), std::move(current), render);
        co_return asked;
    }
    auto paid =
        co_await pay(context, std::move(proof), std::move(*question), std::move(current), std::move(*checked), render);
    co_return paid;
}

Awaitable<Result<Replied>> CheckoutService::Impl::ask_review(RequestContext context,
                                                             policy::Authorized<CompleteCheckout> proof,
                                                             domain::Checkout checkout, CheckoutRenderer render) {
    Draft draft;
    draft.outcome.checkout = std::move(checkout);
    draft.outcome.checkout.payment.state = domain::PaymentState::none;
    draft.outcome.notes.push_back(
        not_ready("The checkout is no longer what it was; nothing was charged. Review it and complete it again."));
    draft.events.push_back(audit_event("checkout.repriced", context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    auto write = write_of(context, std::move(draft), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<Replied>> CheckoutService::Impl::pay(RequestContext context,
                                                      policy::Authorized<CompleteCheckout> proof, Question question,
                                                      domain::Checkout checkout, MandateCheck check,
                                                      CheckoutRenderer render) {
    auto request = payment_for(proof.command(), checkout);
    auto const paid = co_await parts.payments.authorize(std::move(request));
    Authorisation const authorisation{checkout.id, checkout.version, paid.reference};

    Draft draft;
    draft.outcome.checkout = std::move(checkout);
    auto& payment = draft.outcome.checkout.payment;
    payment.instruments.assign(1, proof.command().instrument);
    payment.reference = paid.reference;
    payment.attempts += 1;
    if (holds_money(paid.outcome)) {
        draft.stock = stock_of(draft.outcome.checkout, -1);
        draft.allowances = draws_of(proof.verdict().decision);
        for (auto& draw : draws_of(check)) draft.allowances.push_back(std::move(draw));
        if (is_granted(question, draft.outcome.checkout, context.now))
            draft.records.push_back(moved_to(question, policy::ApprovalState::used));
    }
    if (auto const& touchpoint = proof.command().touchpoint) {
        auto record = touchpoint_record(parts.reader, draft.outcome.checkout.id, "last", *touchpoint, context.now);
        if (!record) co_return std::move(record).error();
        draft.records.push_back(*std::move(record));
    }
    if (paid.outcome == PaymentOutcome::approved)
        place_order(draft.outcome, OrderId::make(context.now, parts.random), context.now);
    else note_payment(draft.outcome.checkout, paid.outcome, paid.message);
    draft.events.push_back(audit_event(event_type(paid.outcome), context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    describe(draft.events.back(), check);
    if (draft.outcome.order) {
        add_order_evidence(context, proof.verdict(), draft);
        draft.outcome.receipt = receipt_of(check, *draft.outcome.order);
    }

    auto write = write_of(context, std::move(draft), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    if (!committed && holds_money(paid.outcome)) {
        if (committed.error().code == Code::conflict) co_await give_up(authorisation);
        if (committed.error().code == Code::out_of_stock) {
            auto variant = committed.error().pointer;
            auto answer = co_await sold_out(context, std::move(proof), authorisation, std::move(variant), render);
            co_return answer;
        }
        if (is_spent_mandate(committed.error())) {
            auto answer = co_await mandate_spent(context, std::move(proof), authorisation, std::move(check), render);
            co_return answer;
        }
        if (committed.error().code == Code::allowance_exceeded) {
            auto limit = committed.error().pointer;
            auto answer = co_await used_up(context, std::move(proof), authorisation, std::move(limit), render);
            co_return answer;
        }
    }
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<Replied>> CheckoutService::Impl::sold_out(RequestContext context,
                                                           policy::Authorized<CompleteCheckout> proof,
                                                           Authorisation authorisation, std::string variant_id,
                                                           CheckoutRenderer render) {
    auto stored = co_await left_behind(context, authorisation);
    if (!stored) co_return std::move(stored).error();
    auto pricing = pricing_facts(*view.get(), *stored, context);
    believe_store(pricing, *stored, variant_id);

    Draft draft;
    draft.outcome.checkout = as_of_now(std::move(*stored), pricing);
    draft.outcome.notes.push_back({domain::FindingCode::out_of_stock, domain::Severity::recoverable, "$.line_items",
                                   "Item " + variant_id + " was sold meanwhile; nothing was charged."});
    draft.events.push_back(audit_event("checkout.repriced", context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    auto write = write_of(context, std::move(draft), render);
    // First the version moves on, then the authorisation is given back: in between nobody can complete with it.
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_await give_up(authorisation);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<domain::Checkout>> CheckoutService::Impl::left_behind(RequestContext context,
                                                                       Authorisation authorisation) {
    auto stored = load(context, authorisation.id);
    if (!stored || !domain::forbids(stored->status, domain::CheckoutAction::complete)) co_return stored;
    co_await give_up(authorisation);
    co_return Error(Code::conflict, "the checkout was changed by another request", authorisation.id.text());
}

Awaitable<void> CheckoutService::Impl::give_up(Authorisation authorisation) {
    auto const found = parts.reader.checkout(authorisation.id);
    if (!found || !*found || (*found)->version <= authorisation.version) co_return;
    auto const& checkout = **found;
    bool const paid = checkout.status == domain::CheckoutStatus::completed ||
                      checkout.status == domain::CheckoutStatus::complete_in_progress;
    if (paid && checkout.payment.reference == authorisation.reference) co_return;  // a twin of this request won
    auto payment_id = payment_id_of(authorisation.id, authorisation.version);
    co_await parts.payments.release(std::move(payment_id));
}

}  // namespace b2a::service
