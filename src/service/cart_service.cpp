// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/limits.hpp"
#include "b2a/domain/cart_patch.hpp"
#include "b2a/service/cart.hpp"

#include "service/committer.hpp"
#include "service/evidence.hpp"
#include "service/facts.hpp"
#include "service/live_cart.hpp"
#include "service/mask.hpp"
#include "service/obligations.hpp"
#include "service/refusal.hpp"
#include "service/replies.hpp"
#include "service/seen_version.hpp"

namespace b2a::service {
struct CartService::Impl {
    explicit Impl(Parts const& p) : parts(p), view(p.catalog), committer(p.store) {}

    Result<domain::Cart> load(RequestContext const& context, CartId id) {
        return live_cart(parts.reader, parts.governance, context, id, id.text());
    }

    /// How a command on a stored cart begins: with the cart, or with the answer kept for the key.
    using Opened = std::variant<domain::Cart, Replied>;
    Result<Opened> open(RequestContext const& context, CartId id) {
        B2A_TRY(known, kept_reply(parts.reader, context));
        if (known) return Opened(std::move(*known));
        B2A_TRY(cart, load(context, id));
        return Opened(std::move(cart));
    }

    struct Write {
        store::StoredReply reply;
        store::ChangeSet changes;
    };
    static Write write_of(RequestContext const& context, CartOutcome outcome, audit::Event event,
                          CartRenderer const& render) {
        Write write;
        auto const version = outcome.cart.version;
        outcome.cart.version = version + 1;  // the answer shows what will be stored
        describe(event, outcome.cart);
        describe_sharing(event, context, outcome.cart.owner);
        write.reply = render(outcome);
        write.changes.now = context.now;
        write.changes.idempotency = to_keep(context, write.reply);
        write.changes.events.push_back(std::move(event));
        write.changes.cart = store::CartWrite{std::move(outcome.cart), version};
        return write;
    }

    struct Edited {
        Result<domain::Cart> cart;
        policy::Facts facts;
        domain::PricingFacts pricing;
    };
    /// Rules before policy, which wants the total that they find; nothing is written before both have said yes.
    Edited edit(policy::Action action, domain::Cart base, domain::CheckoutContent const& content,
                RequestContext const& context) {
        auto pricing = pricing_facts(*view.get(), content, context);
        auto next = domain::apply_content(std::move(base), content, pricing);
        if (!next) {
            auto facts = policy_facts(action, content, pricing);
            return {std::move(next).error(), std::move(facts), std::move(pricing)};
        }
        auto facts = policy_facts(action, *next, pricing);
        return {std::move(next), std::move(facts), std::move(pricing)};
    }

    Awaitable<Result<Replied>> create(RequestContext context, CreateCart command, CartRenderer render, Attempt attempt);
    Awaitable<Result<Replied>> update(RequestContext context, UpdateCart command, CartRenderer render, Attempt attempt);
    Awaitable<Result<Replied>> cancel(RequestContext context, CancelCart command, CartRenderer render, Attempt attempt);

    Parts parts;
    catalog::View view;
    Committer committer;
};

Awaitable<Result<Replied>> CartService::Impl::create(RequestContext context, CreateCart command, CartRenderer render,
                                                     Attempt attempt) {
    auto known = kept_reply(parts.reader, context);
    if (!known) co_return std::move(known).error();
    if (*known) co_return std::move(**known);
    domain::Cart base;
    base.id = CartId::make(context.now, parts.random);
    base.owner = context.principal.id;
    base.currency = parts.default_currency;
    base.created = context.now;
    base.expires = context.now + limits::cart_ttl;
    auto edited = edit(policy::Action::cart_create, std::move(base), command.content, context);

    auto decided = co_await parts.governance.decide(context, std::move(command), std::move(edited.facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), std::string("cart"));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<CreateCart>>(decided);
    if (!edited.cart) co_return std::move(edited.cart).error();

    CartOutcome outcome;
    outcome.cart = std::move(*edited.cart);
    honour(outcome.cart, proof.verdict(), edited.pricing);
    outcome.created = true;
    auto event = audit_event("cart.created", context, proof.verdict());
    auto write = write_of(context, std::move(outcome), std::move(event), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<Replied>> CartService::Impl::update(RequestContext context, UpdateCart command, CartRenderer render,
                                                     Attempt attempt) {
    auto opened = open(context, command.id);
    if (!opened) co_return std::move(opened).error();
    if (auto* answered = std::get_if<Replied>(&*opened)) co_return std::move(*answered);
    auto& base = std::get<domain::Cart>(*opened);
    if (auto seen = check_seen(command.if_version, base.version); !seen) co_return std::move(seen).error();
    if (command.patch) command.content = domain::patched(base, *command.patch);
    base.currency = parts.default_currency;
    base.expires = context.now + limits::cart_ttl;
    auto edited = edit(policy::Action::cart_update, std::move(base), command.content, context);

    auto const id = command.id;
    auto decided = co_await parts.governance.decide(context, std::move(command), std::move(edited.facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), id.text());
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<UpdateCart>>(decided);
    if (!edited.cart) co_return std::move(edited.cart).error();

    CartOutcome outcome;
    outcome.cart = std::move(*edited.cart);
    honour(outcome.cart, proof.verdict(), edited.pricing);
    auto event = audit_event("cart.updated", context, proof.verdict());
    auto write = write_of(context, std::move(outcome), std::move(event), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

Awaitable<Result<Replied>> CartService::Impl::cancel(RequestContext context, CancelCart command, CartRenderer render,
                                                     Attempt attempt) {
    auto opened = open(context, command.id);
    if (!opened) co_return std::move(opened).error();
    if (auto* answered = std::get_if<Replied>(&*opened)) co_return std::move(*answered);
    auto& stored = std::get<domain::Cart>(*opened);
    if (auto seen = check_seen(command.if_version, stored.version); !seen) co_return std::move(seen).error();
    policy::Facts facts;
    facts.action = policy::Action::cart_cancel;
    auto decided = co_await parts.governance.decide(context, command, std::move(facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), command.id.text());
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<CancelCart>>(decided);

    CartOutcome outcome;
    outcome.cart = std::move(stored);
    outcome.cart.canceled = true;
    outcome.cart.findings.clear();
    auto event = audit_event("cart.canceled", context, proof.verdict());
    auto write = write_of(context, std::move(outcome), std::move(event), render);
    auto committed = co_await committer.commit(proof, std::move(write.changes), context.deadline);
    co_return replied(std::move(committed), std::move(write.reply), proof.verdict());
}

CartService::CartService(Parts parts) : impl_(std::make_unique<Impl>(parts)) {}
CartService::~CartService() = default;

Result<CartOutcome> CartService::get(RequestContext const& context, CartId id) {
    policy::Facts facts;
    facts.action = policy::Action::cart_get;
    B2A_TRY(terms, impl_->parts.governance.permit_read(context, facts));
    B2A_TRY(cart, impl_->load(context, id));
    apply_mask(terms, cart);
    CartOutcome outcome;
    outcome.cart = std::move(cart);
    return outcome;
}

Awaitable<Result<Replied>> CartService::create(RequestContext context, CreateCart command, CartRenderer render) {
    return at_most_twice(*impl_, &Impl::create, std::move(context), std::move(command), std::move(render));
}

Awaitable<Result<Replied>> CartService::update(RequestContext context, UpdateCart command, CartRenderer render) {
    return at_most_twice(*impl_, &Impl::update, std::move(context), std::move(command), std::move(render));
}

Awaitable<Result<Replied>> CartService::cancel(RequestContext context, CancelCart command, CartRenderer render) {
    return at_most_twice(*impl_, &Impl::cancel, std::move(context), std::move(command), std::move(render));
}

}  // namespace b2a::service
