// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/feed.hpp"

#include "service/committer.hpp"
#include "service/refusal.hpp"

namespace b2a::service {

using boost::asio::awaitable;

namespace {

audit::Event event_of(std::string_view type, RequestContext const& context, policy::Authorized<PushFeed> const& proof) {
    auto event = audit_event(type, context, proof.verdict());
    event.subject = "catalog";
    event.details.emplace_back("to", proof.command().target);
    event.details.emplace_back("revision", std::to_string(proof.command().revision));
    return event;
}

}  // namespace

struct FeedService::Impl {
    Governance& governance;
    Committer committer;

    awaitable<Result<store::CommitResult>> keep(RequestContext const& context,
                                                policy::Authorized<PushFeed> const& proof, audit::Event event) {
        store::ChangeSet changes;
        changes.now = context.now;
        changes.events.push_back(std::move(event));
        return committer.commit(proof, std::move(changes), context.deadline);
    }
};

FeedService::FeedService(store::Store& store, Governance& governance) :
    impl_(std::make_unique<Impl>(Impl{governance, Committer(store)})) {}
FeedService::~FeedService() = default;

awaitable<Result<policy::Authorized<PushFeed>>> FeedService::begin(RequestContext context, PushFeed command) {
    policy::Facts facts;
    facts.action = policy::Action::catalog_publish;
    auto decided = impl_->governance.authorize(context, std::move(command), std::move(facts));
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), "catalog");
        co_return error;
    }
    auto& proof = std::get<policy::Authorized<PushFeed>>(decided);
    auto event = event_of("feed.push_begun", context, proof);
    event.details.emplace_back("products", std::to_string(proof.command().products));
    auto kept = co_await impl_->keep(context, proof, std::move(event));
    if (!kept) co_return std::move(kept).error();
    co_return std::move(proof);
}

awaitable<Result<store::Receipt>> FeedService::finish(RequestContext context, policy::Authorized<PushFeed> const& proof,
                                                      FeedOutcome outcome) {
    auto event = event_of(outcome.complete ? "feed.pushed" : "feed.push_failed", context, proof);
    event.details.emplace_back("feed", outcome.feed);
    event.details.emplace_back("products", std::to_string(outcome.products));
    event.details.emplace_back("batches", std::to_string(outcome.batches));
    event.details.emplace_back("retries", std::to_string(outcome.retries));
    auto kept = co_await impl_->keep(context, proof, std::move(event));
    if (!kept) co_return std::move(kept).error();
    co_return std::get<store::Receipt>(*kept);
}

}  // namespace b2a::service
