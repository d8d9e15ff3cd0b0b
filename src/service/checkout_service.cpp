// SPDX-License-Identifier: Apache-2.0
#include "service/checkout_impl.hpp"
#include "service/mask.hpp"
#include "service/ownership.hpp"
#include "service/session_records.hpp"

namespace b2a::service {
namespace {

constexpr std::size_t commitment_salt_bytes = 32;

/// Nobody has to touch an expired checkout for it to be over. One whose payment is under way is not: the provider's
/// word still decides about money.
domain::Checkout as_of(domain::Checkout checkout, Timestamp now) {
    if (!domain::is_terminal(checkout.status) && checkout.status != domain::CheckoutStatus::complete_in_progress &&
        now >= checkout.expires) {
        checkout.status = domain::CheckoutStatus::canceled;
        checkout.findings.assign(1, {domain::FindingCode::checkout_expired, domain::Severity::info, "$.status",
                                     "This checkout has expired; start another one."});
    }
    return checkout;
}

Error no_such_checkout(CheckoutId id) {
    return Error(Code::not_found, "no such checkout", id.text());
}

void mask(policy::ReadTerms const& terms, CheckoutOutcome& outcome) {
    apply_mask(terms, outcome.checkout);
    if (outcome.order) apply_mask(terms, *outcome.order);
}

}  // namespace

Result<CheckoutService::Impl::Opened> CheckoutService::Impl::open(RequestContext const& context, CheckoutId id,
                                                                  domain::CheckoutAction action,
                                                                  CheckoutRenderer const& render) {
    B2A_TRY(known, kept_reply(parts.reader, context));
    if (known) return Opened(std::move(*known));
    B2A_TRY(stored, load(context, id));
    auto note = domain::forbids(stored.status, action);
    if (!note) return Opened(std::move(stored));
    B2A_TRY(shown, show(context, std::move(stored), {std::move(*note)}, render));
    return Opened(std::move(shown));
}

Result<domain::Checkout> CheckoutService::Impl::load_any(RequestContext const& context, CheckoutId id) {
    auto found = parts.reader.checkout(id);
    if (!found) return std::move(found).error();
    if (!*found) return no_such_checkout(id);
    return as_of(std::move(**found), context.now);
}

Result<domain::Checkout> CheckoutService::Impl::load(RequestContext const& context, CheckoutId id) {
    auto checkout = load_any(context, id);
    if (checkout && !may_use(parts.governance, context, checkout->owner)) return no_such_checkout(id);
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
                                            domain::Findings notes, CheckoutRenderer const& render) {
    policy::Facts facts;
    facts.action = policy::Action::checkout_get;
    B2A_TRY(terms, parts.governance.permit_read(context, facts));
    B2A_TRY(outcome, outcome_of(std::move(checkout), std::move(notes)));
    mask(terms, outcome);
    Replied out;
    out.reply = render(outcome);
    return out;
}

Result<std::optional<domain::Checkout>> CheckoutService::Impl::converted(RequestContext const& context,
                                                                         domain::Cart const& cart) {
    if (!cart.checkout_id) return std::optional<domain::Checkout>();
    auto checkout = load(context, *cart.checkout_id);
    if (!checkout) {
        if (checkout.error().code == Code::not_found) return std::optional<domain::Checkout>();
        return std::move(checkout).error();
    }
    if (domain::is_terminal(checkout->status)) return std::optional<domain::Checkout>();
    return std::optional(std::move(*checkout));
}

void CheckoutService::Impl::add_order_evidence(RequestContext const& context, policy::Verdict const& verdict,
                                               Draft& draft) {
    auto const& order = *draft.outcome.order;
    draft.commitment_salt.resize(commitment_salt_bytes);
    parts.random.fill(draft.commitment_salt);
    auto event = audit_event("order.placed", context, verdict);
    event.facts.clear();  // the entry of the decision has them
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
    describe_sharing(draft.events.front(), context, draft.outcome.checkout.owner);
    write.changes.now = context.now;
    write.changes.idempotency = to_keep(context, write.reply);
    write.changes.events = std::move(draft.events);
    write.changes.stock = std::move(draft.stock);
    write.changes.allowances = std::move(draft.allowances);
    write.changes.records = std::move(draft.records);
    write.changes.checkout = store::CheckoutWrite{std::move(draft.outcome.checkout), version};
    if (draft.cart) write.changes.cart = store::CartWrite{*draft.cart, draft.cart->version};
    if (draft.outcome.order)
        write.changes.notices = parts.notices.about(*draft.outcome.order, context.now, parts.random);
    if (draft.outcome.order)
        write.changes.order = store::OrderWrite{std::move(*draft.outcome.order), 0, std::move(draft.commitment_salt)};
    return write;
}

CheckoutService::CheckoutService(Parts parts) : impl_(std::make_unique<Impl>(parts)) {}
CheckoutService::~CheckoutService() = default;

Result<CheckoutOutcome> CheckoutService::get(RequestContext const& context, CheckoutId id) {
    policy::Facts facts;
    facts.action = policy::Action::checkout_get;
    B2A_TRY(terms, impl_->parts.governance.permit_read(context, facts));
    B2A_TRY(checkout, impl_->load(context, id));
    B2A_TRY(outcome, impl_->outcome_of(std::move(checkout), {}));
    mask(terms, outcome);
    return outcome;
}

Result<CheckoutOutcome> CheckoutService::hand_off(RequestContext const& context, CheckoutId id) {
    policy::Facts facts;
    facts.action = policy::Action::checkout_get;
    B2A_CHECK(impl_->parts.governance.permit_read(context, facts));
    B2A_TRY(checkout, impl_->load_any(context, id));
    return impl_->outcome_of(std::move(checkout), {});
}

Result<std::optional<CheckoutId>> CheckoutService::in_conversation(RequestContext const& context,
                                                                   std::string const& conversation) {
    return conversation_checkout(impl_->parts.reader, context.principal.id, conversation);
}

Awaitable<Result<Replied>> CheckoutService::create(RequestContext context, CreateCheckout command,
                                                   CheckoutRenderer render) {
    return at_most_twice(*impl_, &Impl::create, std::move(context), std::move(command), std::move(render));
}

Awaitable<Result<Replied>> CheckoutService::update(RequestContext context, UpdateCheckout command,
                                                   CheckoutRenderer render) {
    return at_most_twice(*impl_, &Impl::update, std::move(context), std::move(command), std::move(render));
}

Awaitable<Result<Replied>> CheckoutService::complete(RequestContext context, CompleteCheckout command,
                                                     CheckoutRenderer render) {
    return at_most_twice(*impl_, &Impl::complete, std::move(context), std::move(command), std::move(render));
}

Awaitable<Result<Replied>> CheckoutService::cancel(RequestContext context, CancelCheckout command,
                                                   CheckoutRenderer render) {
    return at_most_twice(*impl_, &Impl::cancel, std::move(context), std::move(command), std::move(render));
}

Awaitable<Result<Replied>> CheckoutService::settle(RequestContext context, SettlePayment command,
                                                   CheckoutRenderer render) {
    return at_most_twice(*impl_, &Impl::settle, std::move(context), std::move(command), std::move(render));
}

}  // namespace b2a::service
