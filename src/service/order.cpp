// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/order.hpp"

#include "service/committer.hpp"
#include "service/mask.hpp"
#include "service/ownership.hpp"
#include "service/refusal.hpp"
#include "service/replies.hpp"

namespace b2a::service {
namespace {

std::string event_id(std::string_view prefix, RequestContext const& context, Random& random) {
    return std::string(prefix) + to_base32(uuid7(context.now, random));
}

}  // namespace

struct OrderService::Impl {
    store::Reader& reader;
    Governance& governance;
    OrderNotices const& notices;
    Random& random;
    Committer committer;

    Result<domain::Order> load(OrderId id) {
        auto found = reader.order(id);
        if (!found) return std::move(found).error();
        if (!*found) return Error(Code::not_found, "no such order", id.text());
        return std::move(**found);
    }

    /// What record and adjust have in common: policy, the stored order, `change` of it, and one commit of the next
    /// version with its evidence and its notices.
    template <class Command, class Change>
    Awaitable<Result<domain::Order>> change(RequestContext context, Command command, Attempt attempt,
                                            std::string_view event_type, Change apply);
    Awaitable<Result<domain::Order>> record(RequestContext context, RecordFulfillment command, Attempt attempt);
    Awaitable<Result<domain::Order>> adjust(RequestContext context, AdjustOrder command, Attempt attempt);
};

template <class Command, class Change>
Awaitable<Result<domain::Order>> OrderService::Impl::change(RequestContext context, Command command, Attempt attempt,
                                                            std::string_view event_type, Change apply) {
    policy::Facts facts;
    facts.action = policy::Action::order_fulfill;
    auto subject = command.id.text();
    auto decided = governance.authorize(context, std::move(command), std::move(facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), std::move(subject));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<Command>>(decided);
    auto order = load(proof.command().id);
    if (!order) co_return std::move(order).error();
    auto const version = order->version;
    auto event = audit_event(event_type, context, proof.verdict());
    event.subject = order->id.text();
    auto next = apply(std::move(*order), proof.command(), event);
    if (!next) co_return std::move(next).error();
    next->version = version + 1;

    store::ChangeSet changes;
    changes.now = context.now;
    changes.notices = notices.about(*next, context.now, random);
    changes.order = store::OrderWrite{*next, version, {}};
    changes.events.push_back(std::move(event));
    auto committed = co_await committer.commit(proof, std::move(changes), context.deadline);
    if (!committed) co_return std::move(committed).error();
    co_return std::move(*next);
}

Awaitable<Result<domain::Order>> OrderService::Impl::record(RequestContext context, RecordFulfillment command,
                                                            Attempt attempt) {
    auto const apply = [now = context.now, id = event_id("evt_", context, random)](
                           domain::Order order, RecordFulfillment const& asked, audit::Event& evidence) {
        auto event = asked.event;
        event.id = id;
        event.occurred_at = now;
        evidence.details.emplace_back("type", domain::to_text(event.type));
        evidence.details.emplace_back("event", event.id);
        return domain::record(std::move(order), std::move(event));
    };
    return change(std::move(context), std::move(command), attempt, "order.fulfillment", apply);
}

Awaitable<Result<domain::Order>> OrderService::Impl::adjust(RequestContext context, AdjustOrder command,
                                                            Attempt attempt) {
    auto const apply = [now = context.now, id = event_id("adj_", context, random)](
                           domain::Order order, AdjustOrder const& asked, audit::Event& evidence) {
        auto adjustment = asked.adjustment;
        adjustment.id = id;
        adjustment.occurred_at = now;
        evidence.details.emplace_back("type", adjustment.type);
        evidence.details.emplace_back("status", domain::to_text(adjustment.status));
        evidence.details.emplace_back("amount", std::to_string(adjustment.minor));
        evidence.details.emplace_back("adjustment", adjustment.id);
        return domain::adjust(std::move(order), std::move(adjustment));
    };
    return change(std::move(context), std::move(command), attempt, "order.adjusted", apply);
}

OrderService::OrderService(store::Store& store, store::Reader& reader, Governance& governance,
                           OrderNotices const& notices, Random& random) :
    impl_(std::make_unique<Impl>(Impl{reader, governance, notices, random, Committer(store)})) {}
OrderService::~OrderService() = default;

Result<domain::Order> OrderService::get(RequestContext const& context, OrderId id) {
    policy::Facts facts;
    facts.action = policy::Action::order_get;
    B2A_TRY(terms, impl_->governance.permit_read(context, facts));
    B2A_TRY(order, impl_->load(id));
    if (!may_use(impl_->governance, context, order.owner)) return Error(Code::not_found, "no such order", id.text());
    apply_mask(terms, order);
    return std::move(order);
}

Awaitable<Result<domain::Order>> OrderService::record(RequestContext context, RecordFulfillment command) {
    return at_most_twice(*impl_, &Impl::record, std::move(context), std::move(command));
}

Awaitable<Result<domain::Order>> OrderService::adjust(RequestContext context, AdjustOrder command) {
    return at_most_twice(*impl_, &Impl::adjust, std::move(context), std::move(command));
}

}  // namespace b2a::service
