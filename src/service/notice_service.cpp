// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "b2a/base/limits.hpp"
#include "b2a/service/notices.hpp"

#include "service/committer.hpp"
#include "service/refusal.hpp"

namespace b2a::service {

using boost::asio::awaitable;

struct NoticeService::Impl {
    store::Reader& reader;
    Governance& governance;
    Committer committer;
};

NoticeService::NoticeService(store::Store& store, store::Reader& reader, Governance& governance) :
    impl_(std::make_unique<Impl>(Impl{reader, governance, Committer(store)})) {}
NoticeService::~NoticeService() = default;

Result<std::vector<store::Notice>> NoticeService::list(RequestContext const& context, store::NoticeState state,
                                                       std::size_t limit) {
    policy::Facts facts;
    facts.action = policy::Action::operator_read;
    B2A_CHECK(impl_->governance.permit_read(context, facts));
    return impl_->reader.notices(state, std::min(limit, limits::page_size_max));
}

awaitable<Result<store::Receipt>> NoticeService::replay(RequestContext context, ReplayNotices command) {
    if (command.ids.empty() || command.ids.size() > limits::page_size_max)
        co_return Error(Code::invalid_request, "name between one notice and a page of them", "/ids");
    policy::Facts facts;
    facts.action = policy::Action::notice_replay;
    auto subject = command.ids.front().text();
    auto decided = impl_->governance.authorize(context, std::move(command), std::move(facts));
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), std::move(subject));
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<ReplayNotices>>(decided);
    store::ChangeSet changes;
    changes.now = context.now;
    for (auto const& id : std::set<NoticeId>(proof.command().ids.begin(), proof.command().ids.end())) {
        changes.requeue.push_back(id);
        changes.events.push_back(audit_event("notice.replayed", context, proof.verdict()));
        changes.events.back().subject = id.text();
    }
    auto committed = co_await impl_->committer.commit(proof, std::move(changes), context.deadline);
    if (!committed) co_return std::move(committed).error();
    co_return std::get<store::Receipt>(*committed);  // no idempotency key was sent, so it is no replay
}

}  // namespace b2a::service
