// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/oversight.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

#include "service/approvals.hpp"
#include "service/committer.hpp"
#include "service/refusal.hpp"

namespace b2a::service {
namespace {

using boost::asio::awaitable;
using policy::Action;
using policy::ApprovalState;

policy::Facts facts_of(Action action) {
    policy::Facts facts;
    facts.action = action;
    return facts;
}

Result<store::Receipt> receipt_of(Result<store::CommitResult> committed) {
    if (!committed) return std::move(committed).error();
    return std::get<store::Receipt>(*committed);  // no idempotency key was sent, so it is no replay
}

audit::Event event_of(std::string_view type, RequestContext const& context, policy::Verdict const& verdict,
                      std::string subject) {
    auto event = audit_event(type, context, verdict);
    event.subject = std::move(subject);
    event.facts.clear();  // what an operator may do is no question of facts
    return event;
}

}  // namespace

Result<std::vector<policy::Stop>> load_stops(store::Reader& reader) {
    B2A_TRY(records, reader.records(store::RecordKind::stop, std::nullopt, limits::stops_max));
    std::vector<policy::Stop> out;
    for (auto const& record : records) {
        B2A_TRY(stop, policy::stop_from_json(record.body));
        out.push_back(std::move(stop));
    }
    return out;
}

struct Oversight::Impl {
    store::Store& store;
    store::Reader& reader;
    Governance& governance;
    Random& random;
    Committer committer;

    /// One record and its entry, if the caller may. `change` makes them from the verdict.
    template <class Command, class Change>
    awaitable<Result<store::Receipt>> act(RequestContext context, Action action, Command command, std::string subject,
                                          Change change) {
        auto decided = governance.authorize(context, std::move(command), facts_of(action));
        if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
            auto error = co_await refuse(committer, context, std::move(*refused), std::move(subject));
            co_return error;
        }
        auto const& proof = std::get<policy::Authorized<Command>>(decided);
        store::ChangeSet changes;
        changes.now = context.now;
        change(changes, proof.verdict());
        auto committed = co_await committer.commit(proof, std::move(changes), context.deadline);
        co_return receipt_of(std::move(committed));
    }

    Result<void> may_read(RequestContext const& context) {
        B2A_CHECK(governance.permit_read(context, facts_of(Action::operator_read)));
        return {};
    }
};

Oversight::Oversight(store::Store& store, store::Reader& reader, Governance& governance, Random& random) :
    impl_(std::make_unique<Impl>(Impl{store, reader, governance, random, Committer(store)})) {}
Oversight::~Oversight() = default;

awaitable<Result<std::string>> Oversight::add_stop(RequestContext context, AddStop command) {
    auto known = load_stops(impl_->reader);
    if (!known) co_return std::move(known).error();
    if (known->size() >= limits::stops_max)
        co_return Error(Code::unprocessable, "there are too many stops; lift some, or make one of wider scope");
    policy::Stop stop;
    stop.id = StopId::make(context.now, impl_->random).text();
    stop.scope = command.scope;
    stop.reason = command.reason;
    stop.author = context.principal.id;
    stop.created = context.now;
    if (command.lasts) stop.expires = context.now + *command.lasts;
    auto const id = stop.id;
    auto change = [&](store::ChangeSet& changes, policy::Verdict const& verdict) {
        changes.records.push_back({store::RecordKind::stop, stop.id, 0, 0, policy::to_json(stop), false});
        changes.events.push_back(event_of("stop.added", context, verdict, stop.id));
        changes.events.back().details.emplace_back("stop", policy::to_json(stop));
    };
    auto done = co_await impl_->act(context, Action::stop_manage, std::move(command), id, change);
    if (!done) co_return std::move(done).error();
    co_return id;
}

awaitable<Result<store::Receipt>> Oversight::lift_stop(RequestContext context, LiftStop command) {
    auto record = impl_->reader.record(store::RecordKind::stop, command.id);
    if (!record) co_return std::move(record).error();
    if (!*record) co_return Error(Code::not_found, "no such stop", command.id);
    auto const id = command.id;
    auto const version = (*record)->version;
    auto change = [&](store::ChangeSet& changes, policy::Verdict const& verdict) {
        changes.records.push_back({store::RecordKind::stop, id, version, 0, {}, true});
        changes.events.push_back(event_of("stop.lifted", context, verdict, id));
    };
    auto done = co_await impl_->act(context, Action::stop_manage, std::move(command), id, change);
    co_return done;
}

Result<std::vector<policy::Stop>> Oversight::stops(RequestContext const& context) {
    B2A_CHECK(impl_->may_read(context));
    return load_stops(impl_->reader);
}

Result<policy::StopPreview> Oversight::preview(RequestContext const& context, policy::StopScope const& scope,
                                               Timestamp since) {
    B2A_CHECK(impl_->may_read(context));
    policy::StopPreview out;
    auto const look = [&](policy::Recorded recorded) { policy::add(out, scope, std::move(recorded)); };
    B2A_CHECK(each_decision(impl_->reader, since, look));
    return out;
}

Result<std::vector<policy::Approval>> Oversight::approvals(RequestContext const& context, ApprovalState state,
                                                           std::size_t limit) {
    B2A_CHECK(impl_->may_read(context));
    B2A_TRY(records, impl_->reader.records(store::RecordKind::approval, static_cast<std::uint32_t>(state), limit));
    std::vector<policy::Approval> out;
    for (auto const& record : records) {
        B2A_TRY(approval, policy::approval_from_json(record.body));
        if (state == ApprovalState::open && !policy::is_live(approval, context.now)) continue;
        out.push_back(std::move(approval));
    }
    return out;
}

awaitable<Result<policy::Approval>> Oversight::decide(RequestContext context, DecideApproval command) {
    auto const id = CheckoutId::parse(command.checkout);
    if (!id) co_return Error(Code::not_found, "no such approval", command.checkout);
    auto stored = impl_->reader.checkout(*id);
    if (!stored) co_return std::move(stored).error();
    if (!*stored) co_return Error(Code::not_found, "no such approval", command.checkout);
    auto& checkout = **stored;
    auto question = any_question(impl_->reader, *id);
    if (!question) co_return std::move(question).error();
    if (!question->approval) co_return Error(Code::not_found, "no such approval", command.checkout);
    if (!is_open(*question, checkout, context.now) || domain::is_terminal(checkout.status))
        co_return Error(Code::conflict, "the question is no longer open: decided, expired, or the purchase changed",
                        command.checkout);
    auto answer = *question->approval;
    answer.state = command.grant ? ApprovalState::granted : ApprovalState::denied;
    answer.decided_by = context.principal.id;
    answer.decided = context.now;
    answer.note = command.note;
    auto const version = checkout.version;
    auto next =
        command.grant ? domain::approve(std::move(checkout)) : domain::deny_approval(std::move(checkout), command.note);
    auto change = [&](store::ChangeSet& changes, policy::Verdict const& verdict) {
        changes.records.push_back({store::RecordKind::approval, answer.checkout, question->version,
                                   static_cast<std::uint32_t>(answer.state), policy::to_json(answer), false});
        changes.checkout = store::CheckoutWrite{next, version};
        changes.events.push_back(
            event_of("approval." + std::string(policy::to_text(answer.state)), context, verdict, answer.checkout));
        changes.events.back().details.emplace_back("asked_by", answer.decision);
    };
    auto subject = command.checkout;
    auto done = co_await impl_->act(context, Action::approval_decide, std::move(command), std::move(subject), change);
    if (!done) co_return std::move(done).error();
    co_return answer;
}

awaitable<Result<void>> Oversight::activate(RequestContext context, ActivateRules command) {
    auto const digest = to_hex(command.rules->digest());
    auto const role = command.shadow ? std::string("shadow") : std::string("active");
    auto kept = impl_->reader.record(store::RecordKind::ruleset, digest);
    if (!kept) co_return std::move(kept).error();
    auto marker = impl_->reader.record(store::RecordKind::ruleset, role);
    if (!marker) co_return std::move(marker).error();
    if (command.only_if_new && *marker && (*marker)->body == digest) co_return Result<void>();
    auto const name = command.name;
    auto const source = command.source;
    auto const rules = command.rules->size();
    auto change = [&](store::ChangeSet& changes, policy::Verdict const& verdict) {
        if (!*kept) changes.records.push_back({store::RecordKind::ruleset, digest, 0, 0, source, false});
        auto const version = *marker ? (*marker)->version : 0;
        changes.records.push_back({store::RecordKind::ruleset, role, version, 0, digest, false});
        auto const type = role == "shadow" ? "policy.shadowed" : "policy.activated";
        changes.events.push_back(event_of(type, context, verdict, "policy"));
        auto& details = changes.events.back().details;
        details.emplace_back("digest", digest);
        if (*marker) details.emplace_back("before", (*marker)->body);
        details.emplace_back("file", name);
        details.emplace_back("rules", std::to_string(rules));
    };
    auto done = co_await impl_->act(context, Action::policy_reload, std::move(command), std::string("policy"), change);
    if (!done) co_return std::move(done).error();
    co_return Result<void>();
}

awaitable<Result<store::Receipt>> Oversight::note_failure(RequestContext context, std::string name) {
    struct ReloadFailed {};
    ReloadFailed command;
    auto change = [&](store::ChangeSet& changes, policy::Verdict const& verdict) {
        changes.events.push_back(event_of("policy.reload_failed", context, verdict, "policy"));
        changes.events.back().details.emplace_back("file", name);
    };
    auto done = co_await impl_->act(context, Action::policy_reload, std::move(command), std::string("policy"), change);
    co_return done;
}

Result<policy::ReplayReport> Oversight::replay(RequestContext const& context, policy::RuleSet const& candidate,
                                               Timestamp since) {
    B2A_CHECK(impl_->may_read(context));
    policy::Replay replay(candidate);
    B2A_CHECK(each_decision(impl_->reader, since, [&](policy::Recorded recorded) { replay.add(std::move(recorded)); }));
    return replay.report();
}

Result<policy::Decision> Oversight::evaluate(RequestContext const& context, policy::Facts const& facts) {
    B2A_CHECK(impl_->may_read(context));
    return impl_->governance.would_decide(facts);
}

Result<TracedDecision> Oversight::decision(RequestContext const& context, DecisionId id) {
    B2A_CHECK(impl_->may_read(context));
    B2A_TRY(view, find_decision(impl_->reader, id));
    B2A_TRY(kept, impl_->reader.record(store::RecordKind::ruleset, view.recorded.ruleset));
    TracedDecision out{std::move(view), nullptr};
    if (!kept) return out;
    B2A_TRY(rules, policy::RuleSet::load(kept->body, "kept"));
    out.rules = std::move(rules);
    return out;
}

}  // namespace b2a::service
