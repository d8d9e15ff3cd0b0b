// SPDX-License-Identifier: Apache-2.0
// create, update and cancel: no money moves here.
#include "b2a/base/limits.hpp"

#include "service/checkout_impl.hpp"
#include "service/facts.hpp"
#include "service/live_cart.hpp"
#include "service/obligations.hpp"
#include "service/seen_version.hpp"
#include "service/session_records.hpp"

namespace b2a::service {
namespace {

/// The result of the pure rules with the facts that policy asks about. Rules come first because policy wants the total
/// that they find; nothing is written before both have said yes. A request that leads to no checkout is judged too, so
/// that it counts against the limits and tells a refused caller nothing.
struct Edited {
    Result<domain::Checkout> checkout;
    policy::Facts facts;
    domain::PricingFacts pricing;
};

Edited edit(catalog::Snapshot const& snapshot, policy::Action action, domain::Checkout base,
            domain::CheckoutContent const& content, RequestContext const& context) {
    auto pricing = pricing_facts(snapshot, content, context);
    auto next = domain::apply_content(std::move(base), content, pricing);
    if (!next) {
        auto facts = policy_facts(action, content, pricing);
        return {std::move(next).error(), std::move(facts), std::move(pricing)};
    }
    auto facts = policy_facts(action, *next, pricing);
    return {std::move(next), std::move(facts), std::move(pricing)};
}

void subscribe(domain::Checkout& checkout, domain::Subscription subscription) {
    if (!subscription.target.empty()) checkout.subscription = std::move(subscription);
}

/// What is written beside a new checkout.
Result<std::vector<store::RecordWrite>> beside(store::Reader& reader, RequestContext const& context, CheckoutId id,
                                               CreateCheckout const& command) {
    std::vector<store::RecordWrite> out;
    if (!command.conversation.empty()) {
        B2A_TRY(record, conversation_record(reader, context.principal.id, command.conversation, id, context.now));
        out.push_back(std::move(record));
    }
    if (command.touchpoint) {
        B2A_TRY(record, touchpoint_record(reader, id, "first", *command.touchpoint, context.now));
        out.push_back(std::move(record));
    }
    return out;
}

domain::Finding rejected(Error const& error) {
    return {domain::FindingCode::selection_rejected, domain::Severity::recoverable, error.pointer, error.detail};
}

}  // namespace

Awaitable<Result<Replied>> CheckoutService::Impl::create(RequestContext context, CreateCheckout command,
                                                         CheckoutRenderer render, Attempt attempt) {
    auto known = kept_reply(parts.reader, context);
    if (!known) co_return std::move(known).error();
    if (*known) co_return std::move(**known);

    domain::Checkout base;
    base.id = CheckoutId::make(context.now, parts.random);
    base.owner = context.principal.id;
    base.currency = parts.default_currency;
    base.created = context.now;
    base.expires = context.now + limits::checkout_ttl;
    subscribe(base, command.subscription);
    base.mandate_required = command.mandates;
    base.terms = command.terms;
    std::optional<domain::Cart> cart;
    if (command.cart_id) {
        auto loaded = live_cart(parts.reader, parts.governance, context, *command.cart_id, "/cart_id");
        if (!loaded) co_return std::move(loaded).error();
        auto earlier = converted(context, *loaded);
        if (!earlier) co_return std::move(earlier).error();
        if (*earlier) co_return show(context, std::move(**earlier), {}, render);
        command.content = domain::convert(*loaded, std::move(command.content));
        base.lines = loaded->lines;
        base.cart_id = loaded->id;
        cart = std::move(*loaded);
        cart->checkout_id = base.id;
    }
    auto records = beside(parts.reader, context, base.id, command);
    if (!records) co_return std::move(records).error();
    auto edited = edit(*view.get(), policy::Action::checkout_create, std::move(base), command.content, context);

    auto decided = co_await parts.governance.decide(context, std::move(command), std::move(edited.facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), std::string("checkout"));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<CreateCheckout>>(decided);
    if (!edited.checkout) co_return std::move(edited.checkout).error();

    Draft draft;
    draft.outcome.checkout = std::move(*edited.checkout);
    honour(draft.outcome.checkout, proof.verdict(), edited.pricing);
    draft.outcome.created = true;
    draft.cart = std::move(cart);
    draft.records = std::move(*records);
    draft.events.push_back(audit_event("checkout.created", context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    if (draft.cart) draft.events.back().details.emplace_back("cart", draft.cart->id.text());
    auto write = write_of(context, std::move(draft), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<Replied>> CheckoutService::Impl::update(RequestContext context, UpdateCheckout command,
                                                         CheckoutRenderer render, Attempt attempt) {
    auto opened = open(context, command.id, domain::CheckoutAction::update, render);
    if (!opened) co_return std::move(opened).error();
    if (auto* answered = std::get_if<Replied>(&*opened)) co_return std::move(*answered);
    auto const& stored = std::get<domain::Checkout>(*opened);
    if (auto seen = check_seen(command.if_version, stored.version); !seen) co_return std::move(seen).error();

    auto base = stored;
    base.currency = parts.default_currency;  // a full replacement also forgets the currency asked for before
    base.expires = context.now + limits::checkout_ttl;
    subscribe(base, command.subscription);
    base.mandate_required = base.mandate_required || command.mandates;  // what was locked stays so
    if (command.patch) {
        auto content = domain::patched(stored, *command.patch);
        if (!content) co_return show(context, stored, {rejected(content.error())}, render);
        command.content = *std::move(content);
    }
    auto edited = edit(*view.get(), policy::Action::checkout_update, std::move(base), command.content, context);

    auto const id = command.id;
    auto decided = co_await parts.governance.decide(context, std::move(command), std::move(edited.facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), id.text());
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<UpdateCheckout>>(decided);
    if (!edited.checkout && edited.checkout.error().code == Code::selection_rejected)
        co_return show(context, stored, {rejected(edited.checkout.error())}, render);
    if (!edited.checkout) co_return std::move(edited.checkout).error();

    Draft draft;
    draft.outcome.checkout = std::move(*edited.checkout);
    honour(draft.outcome.checkout, proof.verdict(), edited.pricing);
    draft.events.push_back(audit_event("checkout.updated", context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    auto write = write_of(context, std::move(draft), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<Replied>> CheckoutService::Impl::cancel(RequestContext context, CancelCheckout command,
                                                         CheckoutRenderer render, Attempt attempt) {
    auto opened = open(context, command.id, domain::CheckoutAction::cancel, render);
    if (!opened) co_return std::move(opened).error();
    if (auto* answered = std::get_if<Replied>(&*opened)) co_return std::move(*answered);
    auto& stored = std::get<domain::Checkout>(*opened);
    if (auto seen = check_seen(command.if_version, stored.version); !seen) co_return std::move(seen).error();

    auto pricing = pricing_facts(*view.get(), stored, context);
    auto facts = policy_facts(policy::Action::checkout_cancel, stored, pricing);
    auto decided = co_await parts.governance.decide(context, command, std::move(facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), command.id.text());
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<CancelCheckout>>(decided);

    Draft draft;
    draft.outcome.checkout = std::move(stored);
    draft.outcome.checkout.status = domain::CheckoutStatus::canceled;
    draft.outcome.checkout.findings.clear();
    if (auto const& trace = proof.command().intent_trace) {
        auto record = intent_trace_record(parts.reader, draft.outcome.checkout.id, *trace, context.now);
        if (!record) co_return std::move(record).error();
        draft.records.push_back(*std::move(record));
    }
    draft.events.push_back(audit_event("checkout.canceled", context, proof.verdict()));
    describe(draft.events.back(), draft.outcome.checkout);
    auto write = write_of(context, std::move(draft), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

}  // namespace b2a::service
