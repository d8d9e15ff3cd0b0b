// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/operations.hpp"

#include <algorithm>

#include "service/committer.hpp"
#include "service/refusal.hpp"

namespace b2a::service {
namespace {

using boost::asio::awaitable;

policy::Facts control_facts() {
    policy::Facts facts;
    facts.action = policy::Action::sandbox_control;
    return facts;
}

Result<store::Receipt> receipt_of(Result<store::CommitResult> committed) {
    if (!committed) return std::move(committed).error();
    return std::get<store::Receipt>(*committed);  // no idempotency key was sent, so it is no replay
}

/// A list price below the price would show a negative reduction, so it follows; one above it stays.
void set_price(domain::Variant& variant, Money price) {
    auto const found =
        std::ranges::find_if(variant.offers, [&](auto const& o) { return o.price.currency == price.currency; });
    if (found == variant.offers.end()) {
        variant.offers.push_back({price, price});
        return;
    }
    bool const reduced = found->list.minor > found->price.minor;
    found->list.minor = reduced ? std::max(found->list.minor, price.minor) : price.minor;
    found->price = price;
}

Result<domain::Product> repriced(store::CatalogDraft& draft, ChangePrice const& command) {
    auto const unknown = [&] { return Error(Code::not_found, "no such variant", command.variant_id); };
    B2A_TRY(owner, draft.product_of_variant(command.variant_id));
    if (!owner) return unknown();
    B2A_TRY(product, draft.product(*owner));
    if (!product) return unknown();
    auto const variant = std::ranges::find(product->variants, command.variant_id, &domain::Variant::id);
    if (variant == product->variants.end()) return unknown();
    set_price(*variant, command.price);
    return std::move(*product);
}

}  // namespace

struct OperatorService::Impl {
    store::Store& store;
    Governance& governance;
    Committer committer;
};

OperatorService::OperatorService(store::Store& store, Governance& governance) :
    impl_(std::make_unique<Impl>(Impl{store, governance, Committer(store)})) {}
OperatorService::~OperatorService() = default;

awaitable<Result<store::Receipt>> OperatorService::restock(RequestContext context, Restock command) {
    auto subject = command.variant_id;
    auto decided = impl_->governance.authorize(context, std::move(command), control_facts());
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), std::move(subject));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<Restock>>(decided);
    store::ChangeSet changes;
    changes.now = context.now;
    changes.stock_set.push_back({subject, proof.command().quantity});
    changes.events.push_back(audit_event("stock.set", context, proof.verdict()));
    changes.events.back().subject = subject;
    changes.events.back().details.emplace_back("quantity", std::to_string(proof.command().quantity));
    auto committed = co_await impl_->committer.commit(proof, std::move(changes), context.deadline);
    co_return receipt_of(std::move(committed));
}

Result<std::uint64_t> OperatorService::change_price(RequestContext const& context, ChangePrice command) {
    auto const subject = command.variant_id;
    auto const decided = impl_->governance.authorize(context, std::move(command), control_facts());
    if (auto const* refused = std::get_if<policy::Verdict>(&decided))
        return refuse_blocking(impl_->committer, context, *refused, subject);
    auto const& proof = std::get<policy::Authorized<ChangePrice>>(decided);
    B2A_TRY(draft, impl_->store.begin_catalog());
    B2A_TRY(product, repriced(*draft, proof.command()));
    B2A_CHECK(draft->put(product));
    auto event = audit_event("price.set", context, proof.verdict());
    event.subject = subject;
    event.details.emplace_back("price", std::to_string(proof.command().price.minor));
    event.details.emplace_back("currency", proof.command().price.currency.code());
    return impl_->committer.publish(proof, *draft, std::move(event), context.now);
}

awaitable<Result<store::Receipt>> OperatorService::note_clock(RequestContext context, AdvanceClock command) {
    auto decided = impl_->governance.authorize(context, command, control_facts());
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), std::string("clock"));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<AdvanceClock>>(decided);
    store::ChangeSet changes;
    changes.now = context.now;
    changes.events.push_back(audit_event("clock.advanced", context, proof.verdict()));
    changes.events.back().subject = "clock";
    changes.events.back().details.emplace_back("seconds", std::to_string(command.seconds));
    auto committed = co_await impl_->committer.commit(proof, std::move(changes), context.deadline);
    co_return receipt_of(std::move(committed));
}

}  // namespace b2a::service
