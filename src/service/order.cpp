// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/order.hpp"

#include <algorithm>

#include "service/committer.hpp"
#include "service/refusal.hpp"

namespace b2a::service {
namespace {

using boost::asio::awaitable;
using domain::FulfillmentEventType;

/// How far the parcel is; a further event must take it further.
int progress(domain::Order const& order) {
    int furthest = -1;
    for (auto const& event : order.events) furthest = std::max(furthest, static_cast<int>(event.type));
    return furthest;
}

Result<void> may_follow(domain::Order const& order, FulfillmentEventType type) {
    auto const reached = progress(order);
    if (type == FulfillmentEventType::delivered && reached < static_cast<int>(FulfillmentEventType::shipped))
        return Error(Code::unprocessable, "an order is shipped before it is delivered", "/type");
    if (static_cast<int>(type) <= reached)
        return Error(Code::unprocessable,
                     "the order is already " + std::string(domain::to_text(static_cast<FulfillmentEventType>(reached))),
                     "/type");
    return {};
}

}  // namespace

struct OrderService::Impl {
    store::Reader& reader;
    Governance& governance;
    Random& random;
    Committer committer;

    Result<domain::Order> load(OrderId id) {
        auto found = reader.order(id);
        if (!found) return std::move(found).error();
        if (!*found) return Error(Code::not_found, "no such order", id.text());
        return std::move(**found);
    }

    awaitable<Result<domain::Order>> record(RequestContext context, RecordFulfillment command, Attempt attempt);
};

awaitable<Result<domain::Order>> OrderService::Impl::record(RequestContext context, RecordFulfillment command,
                                                            Attempt attempt) {
    policy::Facts facts;
    facts.action = policy::Action::sandbox_control;
    auto subject = command.id.text();
    auto decided = governance.authorize(context, std::move(command), std::move(facts), attempt);
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(committer, context, std::move(*refused), std::move(subject));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<RecordFulfillment>>(decided);
    auto order = load(proof.command().id);
    if (!order) co_return std::move(order).error();
    auto allowed = may_follow(*order, proof.command().event.type);
    if (!allowed) co_return std::move(allowed).error();

    auto const version = order->version;
    auto event = proof.command().event;
    event.id = "evt_" + to_base32(uuid7(context.now, random));
    event.occurred_at = context.now;
    order->events.push_back(event);
    order->version = version + 1;

    store::ChangeSet changes;
    changes.now = context.now;
    changes.order = store::OrderWrite{*order, version, {}};
    changes.events.push_back(audit_event("order.fulfillment", context, proof.verdict()));
    changes.events.back().subject = order->id.text();
    changes.events.back().details.emplace_back("type", domain::to_text(event.type));
    changes.events.back().details.emplace_back("event", event.id);
    auto committed = co_await committer.commit(proof, std::move(changes), context.deadline);
    if (!committed) co_return std::move(committed).error();
    co_return std::move(*order);
}

OrderService::OrderService(store::Store& store, store::Reader& reader, Governance& governance, Random& random) :
    impl_(std::make_unique<Impl>(Impl{reader, governance, random, Committer(store)})) {}
OrderService::~OrderService() = default;

Result<domain::Order> OrderService::get(RequestContext const& context, OrderId id) {
    policy::Facts facts;
    facts.action = policy::Action::order_get;
    B2A_CHECK(impl_->governance.permit_read(context, facts));
    B2A_TRY(order, impl_->load(id));
    if (order.owner != context.principal.id) return Error(Code::not_found, "no such order", id.text());
    return std::move(order);
}

awaitable<Result<domain::Order>> OrderService::record(RequestContext context, RecordFulfillment command) {
    auto result = co_await impl_->record(context, command, Attempt::first);
    if (result || result.error().code != Code::conflict) co_return result;
    auto again = co_await impl_->record(context, command, Attempt::repeated);
    co_return again;
}

}  // namespace b2a::service
