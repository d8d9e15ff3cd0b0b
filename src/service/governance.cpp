// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/governance.hpp"

#include <algorithm>

#include "b2a/policy/own_limits.hpp"
#include "b2a/policy/record.hpp"

namespace b2a::service {
namespace {

using policy::Outcome;

constexpr std::chrono::seconds own_window{60};
constexpr std::chrono::seconds stopped_retry_default{60};
constexpr std::chrono::seconds stopped_retry_max{3600};

struct OverLimit {
    policy::Reason reason;
    std::chrono::seconds retry_after{0};
};

/// Whose allowance a request uses. Callers without a name are told apart by their address.
std::string_view counted_as(policy::RateLimit const& limit, RequestContext const& context) {
    switch (limit.per) {
        case policy::LimitKey::agent_class: return context.principal.agent_class;
        case policy::LimitKey::product:
        case policy::LimitKey::everyone: return {};
        case policy::LimitKey::principal:
        case policy::LimitKey::peer: break;
    }
    bool const by_peer =
        limit.per == policy::LimitKey::peer || context.principal.trust == policy::TrustLevel::anonymous;
    return by_peer && !context.peer.empty() ? context.peer : std::string_view(context.principal.id);
}

std::optional<OverLimit> over_own_rate(Limiter& limiter, RequestContext const& context) {
    auto const& limits = context.principal.limits;
    if (!limits || !limits->requests_per_minute) return std::nullopt;
    auto const wait =
        limiter.count("agent.requests", context.principal.id, *limits->requests_per_minute, own_window, context.now);
    if (!wait) return std::nullopt;
    return OverLimit{{"agent.requests", "agent_rate_limit", "Your own limit with this brand is reached; wait.",
                      policy::Remedy::wait},
                     *wait};
}

std::optional<OverLimit> over_limit(policy::RuleSet const& rules, Limiter& limiter, RequestContext const& context,
                                    policy::Facts const& facts) {
    auto over = over_own_rate(limiter, context);
    rules.for_each_limit(facts, [&](std::size_t, policy::RateLimit const& limit) {
        if (over) return;
        auto const wait = limiter.count(limit.id, counted_as(limit, context), limit.count,
                                        std::chrono::seconds(limit.window_s), context.now);
        if (wait) over = OverLimit{{limit.id, limit.code, limit.message, policy::Remedy::wait}, *wait};
    });
    return over;
}

std::string hex_or_nothing(Digest const& digest) {
    return digest == Digest{} ? std::string() : to_hex(digest);
}

void refuse_with(policy::Verdict& verdict, policy::Reason reason) {
    verdict.decision.outcome = Outcome::deny;
    verdict.decision.reasons.assign(1, std::move(reason));
    verdict.decision.obligations.clear();
    verdict.decision.draws.clear();
}

/// Rules can be written that forbid everything, and stops that stop everything: whoever can start the program can
/// always take them back, or nobody could.
bool is_at_the_machine(policy::Principal const& principal, policy::Action action) noexcept {
    return principal.trust == policy::TrustLevel::operator_ && principal.protocol == policy::Protocol::cli &&
           (action == policy::Action::policy_reload || action == policy::Action::stop_manage);
}

std::chrono::seconds until(policy::Stop const& stop, Timestamp now) {
    if (!stop.expires) return stopped_retry_default;
    auto const left = std::chrono::ceil<std::chrono::seconds>(*stop.expires - now);
    return std::clamp(left, std::chrono::seconds{1}, stopped_retry_max);
}

}  // namespace

struct Governance::Impl {
    PolicyHolder const& holder;
    Limiter& limiter;
    Random& random;
    PolicyCounters& counters;
    GovernanceBacking backing;
    std::shared_ptr<ActivePolicy const> active;
    std::uint64_t seen = 0;

    ActivePolicy const& current() {
        if (auto const now = holder.generation(); now != seen) {
            active = holder.active();
            seen = now;
        }
        return *active;
    }

    policy::Verdict blank(RequestContext const& context, policy::Action action) {
        policy::Verdict verdict;
        verdict.id = DecisionId::make(context.now, random);
        verdict.principal = context.principal;
        verdict.action = action;
        verdict.decision.ruleset = active->rules->digest();
        return verdict;
    }

    policy::Verdict limited(RequestContext const& context, policy::Action action, OverLimit over) {
        counters.rate_limited.fetch_add(1, std::memory_order_relaxed);
        auto verdict = blank(context, action);
        verdict.decision.reasons.push_back(std::move(over.reason));
        verdict.retry_after = over.retry_after;
        return verdict;
    }

    policy::Verdict stopped(RequestContext const& context, policy::Facts const& facts, policy::Stop const& stop) {
        counters.stopped.fetch_add(1, std::memory_order_relaxed);
        auto verdict = blank(context, facts.action);
        auto message = stop.reason.empty() ? std::string("The brand has stopped this for now.") : stop.reason;
        bool const general = policy::is_general(stop.scope);
        verdict.decision.reasons.push_back({"stop." + stop.id, "stopped_by_brand", std::move(message),
                                            general ? policy::Remedy::wait : policy::Remedy::none});
        verdict.stop = stop.id;
        verdict.suspended = general;
        verdict.stop_ends_in = until(stop, context.now);
        verdict.facts = policy::facts_to_json(facts);
        return verdict;
    }

    /// Does anything refuse the request before a rule is asked?
    std::optional<policy::Verdict> turned_away(RequestContext const& context, policy::Facts const& facts,
                                               Attempt attempt) {
        auto const& now = current();
        if (!now.stops.empty())
            if (auto const* stop = policy::stopped_by(now.stops, facts)) return stopped(context, facts, *stop);
        if (context.principal.suspended || context.principal.limits)
            if (auto reason = policy::forbidden_by_register(facts)) {
                auto verdict = blank(context, facts.action);
                refuse_with(verdict, *std::move(reason));
                verdict.facts = policy::facts_to_json(facts);
                counters.denied.fetch_add(1, std::memory_order_relaxed);
                return verdict;
            }
        if (attempt == Attempt::first)
            if (auto over = over_limit(*now.rules, limiter, context, facts))
                return limited(context, facts.action, *std::move(over));
        return std::nullopt;
    }

    policy::Verdict evaluated(RequestContext const& context, policy::Facts const& facts) {
        auto verdict = blank(context, facts.action);
        if (is_at_the_machine(context.principal, facts.action)) {
            verdict.decision.outcome = Outcome::allow;
            verdict.decision.reasons.push_back({"", "operator_at_the_machine", "", policy::Remedy::none});
            return verdict;
        }
        verdict.decision = active->rules->evaluate(facts);
        verdict.facts = policy::facts_to_json(facts);
        if (verdict.decision.outcome != Outcome::deny && facts.external == false)
            refuse_with(verdict, {"external", "external_decision", "Another system of the brand refuses this request.",
                                  policy::Remedy::none});
        if (verdict.decision.outcome == Outcome::allow) draw(verdict, facts, context.peer);
        compare_with_shadow(facts, verdict);
        count(verdict.decision.outcome);
        return verdict;
    }

    /// What the purchase would take. One look now saves a payment that the writer would refuse to follow; the writer's
    /// look, inside the transaction, is the one that counts.
    void draw(policy::Verdict& verdict, policy::Facts const& facts, std::string_view peer) {
        auto draws = active->rules->draws(facts, peer);
        for (auto& own : policy::own_draws(facts)) draws.push_back(std::move(own));
        for (auto const& one : draws) {
            auto const drawn = backing.reader != nullptr ? backing.reader->drawn(one.key) : Result<std::int64_t>(0);
            if (drawn && one.amount <= one.cap - *drawn) continue;
            return refuse_with(verdict, one.reason);
        }
        verdict.decision.draws = std::move(draws);
    }

    void compare_with_shadow(policy::Facts const& facts, policy::Verdict& verdict) {
        if (!active->shadow) return;
        auto const would = active->shadow->evaluate(facts).outcome;
        if (would == verdict.decision.outcome) {
            counters.shadow_same.fetch_add(1, std::memory_order_relaxed);
            return;
        }
        auto& counter = verdict.decision.outcome == Outcome::allow ? counters.shadow_stricter : counters.shadow_wider;
        counter.fetch_add(1, std::memory_order_relaxed);
        verdict.shadow = policy::to_text(would);
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case Outcome::allow: counters.allowed.fetch_add(1, std::memory_order_relaxed); break;
            case Outcome::deny: counters.denied.fetch_add(1, std::memory_order_relaxed); break;
            case Outcome::needs_approval: counters.approvals.fetch_add(1, std::memory_order_relaxed); break;
        }
    }

    /// A refused read answers at once; its entry follows with the next commit. One over a rate limit leaves none, or
    /// the caller could make the log grow.
    Error refuse_read(RequestContext const& context, policy::Verdict const& verdict) {
        if (backing.store != nullptr && !verdict.retry_after) {
            store::ChangeSet changes;
            changes.now = context.now;
            changes.events.push_back(audit_event("request.refused", context, verdict));
            backing.store->submit(std::move(changes), context.deadline,
                                  [&failed = counters.evidence_failed](auto const& done) {
                                      if (!done) failed.fetch_add(1, std::memory_order_relaxed);
                                  });
        }
        return refusal_error(verdict);
    }

    void count_shadow_read(policy::Facts const& facts) {
        if (!active->shadow) return;
        auto& counter = active->shadow->permits(facts) ? counters.shadow_same : counters.shadow_stricter;
        counter.fetch_add(1, std::memory_order_relaxed);
    }
};

Governance::Governance(PolicyHolder const& rules, Limiter& limiter, Random& random, PolicyCounters& counters,
                       GovernanceBacking backing) :
    impl_(std::make_unique<Impl>(Impl{rules, limiter, random, counters, backing, nullptr, 0})) {}
Governance::~Governance() = default;

Result<policy::ReadTerms> Governance::permit_read(RequestContext const& context, policy::Facts const& facts) {
    if (facts.principal == nullptr) {
        auto filled = facts;
        filled.principal = &context.principal;
        filled.now = context.now;
        return permit_read(context, filled);
    }
    if (auto const away = impl_->turned_away(context, facts, Attempt::first)) return impl_->refuse_read(context, *away);
    auto const& rules = *impl_->active->rules;
    if (!rules.permits(facts)) return impl_->refuse_read(context, impl_->evaluated(context, facts));
    impl_->counters.allowed.fetch_add(1, std::memory_order_relaxed);
    impl_->count_shadow_read(facts);
    return rules.terms(facts);
}

policy::Decision Governance::would_decide(policy::Facts const& facts) {
    auto const& now = impl_->current();
    auto decision = now.rules->evaluate(facts);
    if (auto const* stop = policy::stopped_by(now.stops, facts)) {
        decision.outcome = Outcome::deny;
        decision.reasons.assign(1, {"stop." + stop->id, "stopped_by_brand", stop->reason, policy::Remedy::none});
    }
    return decision;
}

boost::asio::awaitable<policy::Facts> Governance::consulted(RequestContext const& context, policy::Facts facts) {
    auto* const external = impl_->backing.external;
    if (external == nullptr || !external->concerns(facts.action)) co_return facts;
    facts.principal = &context.principal;
    facts.now = context.now;
    facts.external = co_await external->permits(facts);
    co_return facts;
}

policy::Verdict Governance::judge(RequestContext const& context, policy::Facts facts, Attempt attempt) {
    facts.principal = &context.principal;
    facts.now = context.now;
    if (auto away = impl_->turned_away(context, facts, attempt)) return *std::move(away);
    return impl_->evaluated(context, facts);
}

Error refusal_error(policy::Verdict const& verdict) {
    auto const waits = verdict.decision.outcome == Outcome::needs_approval;
    auto const code = verdict.suspended     ? Code::suspended
                      : verdict.retry_after ? Code::rate_limited
                      : waits               ? Code::needs_approval
                                            : Code::policy_denied;
    Error error(code, "the request is not permitted");
    if (!verdict.decision.reasons.empty()) {
        auto const& reason = verdict.decision.reasons.front();
        error.reason = reason.code;
        error.remedy = policy::to_text(reason.remedy);
        if (!reason.message.empty()) error.detail = reason.message;
    }
    error.decision_id = verdict.id.text();
    error.retry_after = verdict.retry_after;
    if (verdict.suspended) error.retry_after = verdict.stop_ends_in;
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
    event.facts = verdict.facts;
    if (!verdict.decision.shadow.empty()) {
        std::string ids;
        for (auto const& id : verdict.decision.shadow) ids += (ids.empty() ? "" : ",") + id;
        event.details.emplace_back("shadow", std::move(ids));
    }
    if (!verdict.shadow.empty()) event.details.emplace_back("shadow_set", verdict.shadow);
    if (!verdict.stop.empty()) event.details.emplace_back("stop", verdict.stop);
    if (context.idempotency) event.idempotency_key_hash = to_hex(context.idempotency->key);
    event.request_digest = hex_or_nothing(context.request_digest);
    return event;
}

}  // namespace b2a::service
