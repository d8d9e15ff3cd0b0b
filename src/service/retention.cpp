// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/retention.hpp"

#include <algorithm>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/audit/tiles.hpp"
#include "b2a/json/view.hpp"

#include "service/committer.hpp"
#include "service/refusal.hpp"

namespace b2a::service {

using boost::asio::awaitable;

namespace {

constexpr std::uint64_t pruned_at_once_max = 64 * audit::tile_width;

Result<Timestamp> time_of(store::Reader& reader, std::uint64_t index) {
    B2A_TRY(entries, reader.audit_entries(index, 1));
    json::Document document;
    auto const root = entries.empty() ? Error(Code::internal, "no entry") : document.parse(entries.front().body);
    auto const text = root ? root->get("time").value_or(json::View()).as_string() : std::nullopt;
    auto const time = text ? from_rfc3339(*text) : std::nullopt;
    if (!time) return Error(Code::internal, "an entry of the audit log cannot be read; run b2a audit verify");
    return *time;
}

/// The first index that has to stay: times in the log do not go back, so that halving finds it.
Result<std::uint64_t> first_kept(store::Reader& reader, Timestamp before) {
    B2A_TRY(head, reader.audit_head());
    B2A_TRY(note, reader.last_checkpoint());
    if (!note) return head.first;
    B2A_TRY(newest, audit::peek_checkpoint(*note));
    auto low = head.first;
    auto high = std::min(newest.size, head.size);
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        B2A_TRY(time, time_of(reader, middle));
        if (time < before) low = middle + 1;
        else high = middle;
    }
    return std::max(head.first, low / audit::tile_width * audit::tile_width);
}

policy::Facts facts_of_erasure() {
    policy::Facts facts;
    facts.action = policy::Action::privacy_erase;  // whoever may erase people may let the log grow old
    return facts;
}

}  // namespace

struct RetentionService::Impl {
    store::Reader& reader;
    Governance& governance;
    Committer committer;
};

RetentionService::RetentionService(store::Store& store, store::Reader& reader, Governance& governance) :
    impl_(std::make_unique<Impl>(Impl{reader, governance, Committer(store)})) {}
RetentionService::~RetentionService() = default;

awaitable<Result<Pruned>> RetentionService::prune(RequestContext context, PruneLog command) {
    auto decided = impl_->governance.authorize(context, command, facts_of_erasure());
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), "audit");
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<PruneLog>>(decided);
    auto const head = impl_->reader.audit_head();
    if (!head) co_return head.error();
    auto const kept = first_kept(impl_->reader, proof.command().before);
    if (!kept) co_return kept.error();
    Pruned out{head->first, head->first};
    while (out.to < *kept) {
        auto const next = std::min(*kept, out.to + pruned_at_once_max);
        store::ChangeSet changes;
        changes.now = context.now;
        changes.prune_log_before = next;
        auto event = audit_event("log.pruned", context, proof.verdict());
        event.subject = "audit";
        event.details.emplace_back("from", std::to_string(out.to));
        event.details.emplace_back("to", std::to_string(next));
        changes.events.push_back(std::move(event));
        auto const committed = co_await impl_->committer.commit(proof, std::move(changes), Deadline::max());
        if (!committed) co_return committed.error();
        out.to = next;
    }
    co_return out;
}

awaitable<Result<store::Receipt>> RetentionService::hold(RequestContext context, SetLegalHold command) {
    auto decided = impl_->governance.authorize(context, command, facts_of_erasure());
    if (auto* refused = std::get_if<policy::Verdict>(&decided)) {
        auto error = co_await refuse(impl_->committer, context, std::move(*refused), "audit");
        co_return error;
    }
    auto const& proof = std::get<policy::Authorized<SetLegalHold>>(decided);
    bool const held = proof.command().hold == store::LegalHold::held;
    store::ChangeSet changes;
    changes.now = context.now;
    changes.legal_hold = proof.command().hold;
    changes.events.push_back(audit_event(held ? "log.held" : "log.released", context, proof.verdict()));
    changes.events.back().subject = "audit";
    auto const committed = co_await impl_->committer.commit(proof, std::move(changes), Deadline::max());
    if (!committed) co_return committed.error();
    co_return std::get<store::Receipt>(*committed);
}

}  // namespace b2a::service
