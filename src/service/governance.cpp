// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/governance.hpp"

#include <algorithm>

namespace b2a::service {
namespace {

struct OverLimit {
    policy::RateLimit const* limit = nullptr;
    std::chrono::seconds retry_after{0};
};

/// Whose allowance a request uses. Callers without a name are told apart by their address.
std::string_view counted_as(policy::RateLimit const& limit, RequestContext const& context) {
    bool const by_peer =
        limit.per == policy::LimitKey::peer || context.principal.trust == policy::TrustLevel::anonymous;
    return by_peer && !context.peer.empty() ? context.peer : std::string_view(context.principal.id);
}

std::optional<OverLimit> over_limit(policy::RuleSet const& rules, Limiter& limiter, RequestContext const& context,
                                    policy::Facts const& facts) {
    std::optional<OverLimit> over;
    rules.for_each_limit(facts, [&](std::size_t, policy::RateLimit const& limit) {
        if (over) return;
        auto const wait = limiter.count(limit.id, counted_as(limit, context), limit.count,
                                        std::chrono::seconds(limit.window_s), context.now);
        if (wait) over = OverLimit{&limit, *wait};
    });
    return over;
}

policy::Reason reason_of(policy::RateLimit const& limit) {
    return {limit.id, limit.code, limit.message};
}

std::string hex_or_nothing(Digest const& digest) {
    return digest == Digest{} ? std::string() : to_hex(digest);
}

}  // namespace

struct Governance::Impl {
    PolicyHolder const& holder;
    Limiter& limiter;
    Random& random;
    PolicyCounters& counters;
    std::shared_ptr<policy::RuleSet const> rules;
    std::uint64_t seen = 0;

    policy::RuleSet const& current() {
        if (auto const now = holder.generation(); now != seen) {
            rules = holder.current();
            seen = now;
        }
        return *rules;
    }

    policy::Verdict blank(RequestContext const& context, policy::Action action) {
        return {DecisionId::make(context.now, random), {}, context.principal, action, std::nullopt};
    }

    policy::Verdict limited(RequestContext const& context, policy::Action action, OverLimit const& over) {
        counters.rate_limited.fetch_add(1, std::memory_order_relaxed);
        auto verdict = blank(context, action);
        verdict.decision.reasons = {reason_of(*over.limit)};
        verdict.decision.ruleset = rules->digest();
        verdict.retry_after = over.retry_after;
        return verdict;
    }

    policy::Verdict evaluated(RequestContext const& context, policy::Facts const& facts) {
        auto verdict = blank(context, facts.action);
        verdict.decision = rules->evaluate(facts);
        switch (verdict.decision.outcome) {
            case policy::Outcome::allow: counters.allowed.fetch_add(1, std::memory_order_relaxed); break;
            case policy::Outcome::deny: counters.denied.fetch_add(1, std::memory_order_relaxed); break;
            case policy::Outcome::needs_approval: counters.approvals.fetch_add(1, std::memory_order_relaxed); break;
        }
        return verdict;
    }
};

Governance::Governance(PolicyHolder const& rules, Limiter& limiter, Random& random, PolicyCounters& counters) :
    impl_(std::make_unique<Impl>(Impl{rules, limiter, random, counters, nullptr, 0})) {}
Governance::~Governance() = default;

Result<void> Governance::permit_read(RequestContext const& context, policy::Facts const& facts) {
    if (facts.principal == nullptr) {
        auto filled = facts;
        filled.principal = &context.principal;
        filled.now = context.now;
        return permit_read(context, filled);
    }
    auto const& rules = impl_->current();
    if (auto const over = over_limit(rules, impl_->limiter, context, facts))
        return refusal_error(impl_->limited(context, facts.action, *over));
    if (rules.permits(facts)) {
        impl_->counters.allowed.fetch_add(1, std::memory_order_relaxed);
        return {};
    }
    return refusal_error(impl_->evaluated(context, facts));
}

policy::Verdict Governance::judge(RequestContext const& context, policy::Facts facts, Attempt attempt) {
    facts.principal = &context.principal;
    facts.now = context.now;
    auto const& rules = impl_->current();
    if (attempt == Attempt::first)
        if (auto const over = over_limit(rules, impl_->limiter, context, facts))
            return impl_->limited(context, facts.action, *over);
    return impl_->evaluated(context, facts);
}

Error refusal_error(policy::Verdict const& verdict) {
    auto const code = verdict.retry_after                                           ? Code::rate_limited
                      : verdict.decision.outcome == policy::Outcome::needs_approval ? Code::needs_approval
                                                                                    : Code::policy_denied;
    Error error(code, "the request is not permitted");
    if (!verdict.decision.reasons.empty()) {
        auto const& reason = verdict.decision.reasons.front();
        error.reason = reason.code;
        if (!reason.message.empty()) error.detail = reason.message;
    }
    error.decision_id = verdict.id.text();
    error.retry_after = verdict.retry_after;
    return error;
}

audit::Event audit_event(std::string_view type, RequestContext const& context, policy::Verdict const& verdict) {
    audit::Event event;
    event.type = type;
    event.request_id = context.id.text();
    event.decision_id = verdict.id.text();
    event.agent = verdict.principal.id;
    event.trust = static_cast<std::int64_t>(verdict.principal.trust);
    event.protocol = policy::to_text(verdict.principal.protocol);
    event.action = policy::to_text(verdict.action);
    event.outcome = policy::to_text(verdict.decision.outcome);
    event.rules = verdict.decision.matched;
    for (auto const& reason : verdict.decision.reasons) event.reasons.push_back(reason.code);
    event.ruleset = hex_or_nothing(verdict.decision.ruleset);
    if (!verdict.decision.shadow.empty()) {
        std::string ids;
        for (auto const& id : verdict.decision.shadow) ids += (ids.empty() ? "" : ",") + id;
        event.details.emplace_back("shadow", std::move(ids));
    }
    if (context.idempotency) event.idempotency_key_hash = to_hex(context.idempotency->key);
    event.request_digest = hex_or_nothing(context.request_digest);
    return event;
}

}  // namespace b2a::service
