// SPDX-License-Identifier: Apache-2.0
#include "service/refusal.hpp"

namespace b2a::service {
namespace {

audit::Event refusal_event(RequestContext const& context, policy::Verdict const& verdict, std::string subject) {
    bool const waits = verdict.decision.outcome == policy::Outcome::needs_approval;
    auto event = audit_event(waits ? "approval.required" : "request.refused", context, verdict);
    event.subject = std::move(subject);
    return event;
}

}  // namespace

boost::asio::awaitable<Error> refuse(Committer& committer, RequestContext context, policy::Verdict verdict,
                                     std::string subject) {
    // A caller over its limit must not be able to make the log grow, so that refusal only counts.
    if (verdict.retry_after) co_return refusal_error(verdict);
    auto event = refusal_event(context, verdict, std::move(subject));
    auto committed = co_await committer.record(verdict, std::move(event), context.now, context.deadline);
    if (!committed) co_return std::move(committed).error();
    co_return refusal_error(verdict);
}

Error refuse_blocking(Committer& committer, RequestContext const& context, policy::Verdict const& verdict,
                      std::string subject) {
    if (verdict.retry_after) return refusal_error(verdict);
    auto event = refusal_event(context, verdict, std::move(subject));
    auto committed = committer.record_blocking(verdict, std::move(event), context.now, context.deadline);
    if (!committed) return std::move(committed).error();
    return refusal_error(verdict);
}

}  // namespace b2a::service
