// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"

#include "service/checkout_impl.hpp"

namespace b2a::service {
namespace {

constexpr std::size_t commitment_salt_bytes = 32;

/// Nobody has to touch an expired checkout for it to be over. One whose payment is under way is not: the provider's
/// word still decides about money.
domain::Checkout as_of(domain::Checkout checkout, Timestamp now) {
    if (!domain::is_terminal(checkout.status) && checkout.status != domain::CheckoutStatus::complete_in_progress &&
        now >= checkout.expires) {
        checkout.status = domain::CheckoutStatus::canceled;
        checkout.findings.clear();
    }
    return checkout;
}

Error no_such_checkout(CheckoutId id) {
    return Error(Code::not_found, "no such checkout", id.text());
}

}  // namespace

void describe(audit::Event& event, domain::Checkout const& checkout) {
    auto const total = domain::total_of(checkout);
    event.subject = checkout.id.text();
    event.details.emplace_back("status", domain::to_text(checkout.status));
    event.details.emplace_back("total", std::to_string(total.minor));
    event.details.emplace_back("currency", total.currency.code());
    event.details.emplace_back("catalog_revision", std::to_string(checkout.catalog_revision));
    std::string items;
    for (std::size_t i = 0; i < std::min(checkout.lines.size(), limits::audit_items_max); ++i)
        items += (i == 0 ? "" : ",") + checkout.lines[i].variant_id;
    event.details.emplace_back("items", std::move(items));
    event.details.emplace_back("item_count", std::to_string(checkout.lines.size()));
}

Result<Replied> replied(Result<store::CommitResult> committed, store::StoredReply reply,
                        policy::Verdict const& verdict) {
    if (!committed) return std::move(committed).error();
    Replied out;
    out.decision = verdict.id.text();
    if (auto* earlier = std::get_if<store::Replay>(&*committed)) {
        out.reply = std::move(earlier->reply);
        out.replayed = true;
        return out;
    }
    out.reply = std::move(reply);
    out.audit_seq = std::get<store::Receipt>(*committed).audit_seq;
    return out;
}

Result<std::optional<Replied>> CheckoutService::Impl::replay(RequestContext const& context) {
    if (!context.idempotency) return std::optional<Replied>();
    auto found = parts.reader.reply(context.idempotency->key, context.idempotency->fingerprint);
    if (!found) return std::move(found).error();
    if (!*found) return std::optional<Replied>();
    Replied out;
    out.reply = std::move(**found);
    out.replayed = true;
    return std::optional<Replied>(std::move(out));
}

Result<domain::Checkout> CheckoutService::Impl::load_any(RequestContext const& context, CheckoutId id) {
    auto found = parts.reader.checkout(id);
    if (!found) return std::move(found).error();
    if (!*found) return no_such_checkout(id);
    return as_of(std::move(**found), context.now);
}

Result<domain::Checkout> CheckoutService::Impl::load(RequestContext const& context, CheckoutId id) {
    auto checkout = load_any(context, id);
    // To everybody else it does not exist, so that ids cannot be probed.
    if (checkout && checkout->owner != context.principal.id) return no_such_checkout(id);
    return checkout;
}

Result<CheckoutOutcome> CheckoutService::Impl::outcome_of(domain::Checkout checkout, domain::Findings notes) {
    CheckoutOutcome outcome;
    if (checkout.order_id) {
        auto order = parts.reader.order(*checkout.order_id);
        if (!order) return std::move(order).error();
        outcome.order = std::move(*order);
    }
    outcome.checkout = std::move(checkout);
    outcome.notes = std::move(notes);
    return outcome;
}

Result<Replied> CheckoutService::Impl::show(RequestContext const& context, domain::Checkout checkout,
                                            domain::Finding note, CheckoutRenderer const& render) {
    policy::Facts facts;
    facts.action = policy::Action::checkout_get;
    B2A_CHECK(parts.governance.permit_read(context, facts));
    B2A_TRY(outcome, outcome_of(std::move(checkout), {std::move(note)}));
    Replied out;
    out.reply = render(outcome);
    return out;
}

std::optional<store::IdempotencyWrite> CheckoutService::Impl::kept(RequestContext const& context,
                                                                   store::StoredReply const& reply) const {
    if (!context.idempotency) return std::nullopt;
    return store::IdempotencyWrite{context.idempotency->key, context.idempotency->fingerprint, reply};
}

void CheckoutService::Impl::add_order_evidence(RequestContext const& context, policy::Verdict const& verdict,
                                               Draft& draft) {
    auto const& order = *draft.outcome.order;
    draft.commitment_salt.resize(commitment_salt_bytes);
    parts.random.fill(draft.commitment_salt);
    auto event = audit_event("order.placed", context, verdict);
    describe(event, draft.outcome.checkout);
    event.subject = order.id.text();
    event.details.emplace_back("checkout", order.checkout_id.text());
    event.commitment = commitment_of(order, draft.commitment_salt);
    draft.events.push_back(std::move(event));
}

CheckoutService::Impl::Write CheckoutService::Impl::write_of(RequestContext const& context, Draft draft,
                                                             CheckoutRenderer const& render) {
    Write write;
    auto const version = draft.outcome.checkout.version;
    draft.outcome.checkout.version = version + 1;  // the answer shows what will be stored
    if (draft.outcome.order) draft.outcome.order->version = 1;
    write.reply = render(draft.outcome);
    write.changes.now = context.now;
    write.changes.idempotency = kept(context, write.reply);
    write.changes.events = std::move(draft.events);
    write.changes.stock = std::move(draft.stock);
    write.changes.checkout = store::CheckoutWrite{std::move(draft.outcome.checkout), version};
    if (draft.outcome.order)
        write.changes.order = store::OrderWrite{std::move(*draft.outcome.order), 0, std::move(draft.commitment_salt)};
    return write;
}

CheckoutService::CheckoutService(Parts parts) : impl_(std::make_unique<Impl>(parts)) {}
CheckoutService::~CheckoutService() = default;

Result<CheckoutOutcome> CheckoutService::get(RequestContext const& context, CheckoutId id) {
    policy::Facts facts;
    facts.action = policy::Action::checkout_get;
    B2A_CHECK(impl_->parts.governance.permit_read(context, facts));
    B2A_TRY(checkout, impl_->load(context, id));
    return impl_->outcome_of(std::move(checkout), {});
}

Result<CheckoutOutcome> CheckoutService::hand_off(RequestContext const& context, CheckoutId id) {
    policy::Facts facts;
    facts.action = policy::Action::checkout_get;
    B2A_CHECK(impl_->parts.governance.permit_read(context, facts));
    B2A_TRY(checkout, impl_->load_any(context, id));
    return impl_->outcome_of(std::move(checkout), {});
}

Awaitable<Result<Replied>> CheckoutService::create(RequestContext context, CreateCheckout command,
                                                   CheckoutRenderer render) {
    return impl_->create(std::move(context), std::move(command), std::move(render));
}

Awaitable<Result<Replied>> CheckoutService::update(RequestContext context, UpdateCheckout command,
                                                   CheckoutRenderer render) {
    auto result = co_await impl_->update(context, command, render, Attempt::first);
    if (result || result.error().code != Code::conflict) co_return result;
    auto again = co_await impl_->update(context, command, render, Attempt::repeated);
    co_return again;
}

Awaitable<Result<Replied>> CheckoutService::complete(RequestContext context, CompleteCheckout command,
                                                     CheckoutRenderer render) {
    auto result = co_await impl_->complete(context, command, render, Attempt::first);
    if (result || result.error().code != Code::conflict) co_return result;
    auto again = co_await impl_->complete(context, command, render, Attempt::repeated);
    co_return again;
}

Awaitable<Result<Replied>> CheckoutService::cancel(RequestContext context, CancelCheckout command,
                                                   CheckoutRenderer render) {
    auto result = co_await impl_->cancel(context, command, render, Attempt::first);
    if (result || result.error().code != Code::conflict) co_return result;
    auto again = co_await impl_->cancel(context, command, render, Attempt::repeated);
    co_return again;
}

Awaitable<Result<Replied>> CheckoutService::settle(RequestContext context, SettlePayment command,
                                                   CheckoutRenderer render) {
    auto result = co_await impl_->settle(context, command, render, Attempt::first);
    if (result || result.error().code != Code::conflict) co_return result;
    auto again = co_await impl_->settle(context, command, render, Attempt::repeated);
    co_return again;
}

}  // namespace b2a::service
