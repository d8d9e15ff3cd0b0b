// SPDX-License-Identifier: Apache-2.0
// The audit log read as a history of decisions.
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/json/view.hpp"
#include "b2a/service/oversight.hpp"

namespace b2a::service {
namespace {

constexpr std::size_t page = 512;
// An entry is written after its decision, at the latest when the commit's deadline has passed.
constexpr auto written_within = limits::commit_deadline + std::chrono::seconds{60};

Result<Timestamp> time_of(json::Document& document, std::string_view entry) {
    B2A_TRY(root, document.parse(entry));
    auto const member = root.get("time");
    auto const text = member ? member->as_string() : std::nullopt;
    auto const time = text ? from_rfc3339(*text) : std::nullopt;
    if (!time) return Error(Code::internal, "an audit entry without a time");
    return *time;
}

/// The index of the first kept entry that is not older than `since`.
Result<std::uint64_t> first_since(store::Reader& reader, Timestamp since) {
    B2A_TRY(head, reader.audit_head());
    json::Document document;
    std::uint64_t low = 0;
    std::uint64_t high = head.size;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        B2A_TRY(entries, reader.audit_entries(middle, 1));
        if (entries.empty() || entries.front().seq >= high) {  // pruned, or the end
            high = middle;
            continue;
        }
        B2A_TRY(time, time_of(document, entries.front().body));
        if (time < since) low = entries.front().seq + 1;
        else high = middle;
    }
    return low;
}

/// Calls fn(entry) until it says stop.
Result<void> each_entry(store::Reader& reader, std::uint64_t from,
                        std::function<Result<bool>(store::AuditEntry const&)> const& fn) {
    for (;;) {
        B2A_TRY(entries, reader.audit_entries(from, page));
        if (entries.empty()) return {};
        for (auto const& entry : entries) {
            B2A_TRY(go_on, fn(entry));
            if (!go_on) return {};
        }
        from = entries.back().seq + 1;
    }
}

/// RFC 9562: a UUIDv7 begins with its milliseconds in 48 bits.
Timestamp made_at(DecisionId id) {
    std::int64_t millis = 0;
    for (std::size_t i = 0; i < 6; ++i) millis = millis * 256 + id.bytes()[i];
    return Timestamp{} + std::chrono::milliseconds(millis);
}

}  // namespace

Result<void> each_decision(store::Reader& reader, Timestamp since, std::function<void(policy::Recorded)> const& fn) {
    B2A_TRY(first, first_since(reader, since));
    std::string last;  // one decision may have several entries, next to one another
    return each_entry(reader, first, [&](store::AuditEntry const& entry) -> Result<bool> {
        B2A_TRY(recorded, policy::read_recorded(entry.body));
        if (recorded && recorded->decision_id != last) {
            last = recorded->decision_id;
            fn(*std::move(recorded));
        }
        return true;
    });
}

Result<DecisionView> find_decision(store::Reader& reader, DecisionId id) {
    auto const made = made_at(id);
    auto const wanted = id.text();
    B2A_TRY(first, first_since(reader, made - std::chrono::seconds{1}));
    json::Document document;
    std::optional<DecisionView> found;
    B2A_CHECK(each_entry(reader, first, [&](store::AuditEntry const& entry) -> Result<bool> {
        B2A_TRY(time, time_of(document, entry.body));
        if (time > made + written_within) return false;
        if (entry.body.find(wanted) == std::string::npos) return true;
        B2A_TRY(recorded, policy::read_recorded(entry.body));
        if (!recorded || recorded->decision_id != wanted) return true;
        B2A_TRY(root, document.parse(entry.body));
        auto const type = root.get("type");
        found = DecisionView{*std::move(recorded), std::string(type->as_string().value_or("")), entry.body};
        return false;
    }));
    if (!found) return Error(Code::not_found, "no such decision", wanted);
    return *std::move(found);
}

Result<DecisionView> DecisionService::get(RequestContext const& context, DecisionId id) {
    policy::Facts facts;
    facts.action = policy::Action::decision_get;
    B2A_CHECK(governance_.permit_read(context, facts));
    auto view = find_decision(reader_, id);
    if (view && view->recorded.principal.id != context.principal.id)
        return Error(Code::not_found, "no such decision", id.text());
    return view;
}

}  // namespace b2a::service
