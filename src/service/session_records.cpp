// SPDX-License-Identifier: Apache-2.0
#include "service/session_records.hpp"

#include <chrono>

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/hash.hpp"
#include "b2a/service/attribution.hpp"

namespace b2a::service {
namespace {

constexpr std::chrono::days touchpoint_kept{400};  // longer than any affiliate programme settles
constexpr std::chrono::days conversation_kept{30};

/// The day after which the sweep may forget a record: its state.
std::uint32_t day_after(Timestamp now, std::chrono::days kept) {
    auto const day = std::chrono::floor<std::chrono::days>(now.time_since_epoch()) + kept;
    return static_cast<std::uint32_t>(std::max<std::int64_t>(0, day.count()));
}

Result<store::RecordWrite> put(store::Reader& reader, store::RecordKind kind, std::string id, std::string body,
                               std::uint32_t state) {
    store::RecordWrite write;
    write.kind = kind;
    write.id = std::move(id);
    write.state = state;
    write.body = std::move(body);
    B2A_TRY(known, reader.record(kind, write.id));
    if (known) write.expected_version = known->version;
    return write;
}

std::string touchpoint_id(CheckoutId const& id, std::string_view which) {
    return id.text() + '/' + std::string(which);
}

Result<std::optional<std::string>> body_of(store::Reader& reader, store::RecordKind kind, std::string const& id) {
    B2A_TRY(record, reader.record(kind, id));
    return record ? std::optional(std::move(record->body)) : std::nullopt;
}

/// A caller's names for its conversations are its own: those of others neither collide nor can be probed.
std::string conversation_id(std::string const& owner, std::string const& conversation) {
    return to_hex(crypto::sha256(std::to_string(owner.size()) + ':' + owner + conversation));
}

}  // namespace

Result<store::RecordWrite> touchpoint_record(store::Reader& reader, CheckoutId id, std::string_view which,
                                             Touchpoint const& touchpoint, Timestamp now) {
    return put(reader, store::RecordKind::touchpoint, touchpoint_id(id, which), touchpoint.body,
               day_after(now, touchpoint_kept));
}

Result<store::RecordWrite> intent_trace_record(store::Reader& reader, CheckoutId id, Touchpoint const& trace,
                                               Timestamp now) {
    return put(reader, store::RecordKind::intent_trace, id.text(), trace.body, day_after(now, touchpoint_kept));
}

Result<store::RecordWrite> conversation_record(store::Reader& reader, std::string const& owner,
                                               std::string const& conversation, CheckoutId id, Timestamp now) {
    return put(reader, store::RecordKind::conversation, conversation_id(owner, conversation), id.text(),
               day_after(now, conversation_kept));
}

Result<std::optional<CheckoutId>> conversation_checkout(store::Reader& reader, std::string const& owner,
                                                        std::string const& conversation) {
    B2A_TRY(known, reader.record(store::RecordKind::conversation, conversation_id(owner, conversation)));
    return known ? CheckoutId::parse(known->body) : std::nullopt;
}

Result<Attribution> attribution_of(store::Reader& reader, CheckoutId const& id) {
    using store::RecordKind;
    B2A_TRY(first, body_of(reader, RecordKind::touchpoint, touchpoint_id(id, "first")));
    B2A_TRY(last, body_of(reader, RecordKind::touchpoint, touchpoint_id(id, "last")));
    B2A_TRY(trace, body_of(reader, RecordKind::intent_trace, id.text()));
    return Attribution{std::move(first), std::move(last), std::move(trace)};
}

Result<Attribution> read_attribution(RequestContext const& context, Governance& governance, store::Reader& reader,
                                     CheckoutId const& id) {
    policy::Facts facts;
    facts.action = policy::Action::operator_read;
    B2A_CHECK(governance.permit_read(context, facts));
    B2A_TRY(found, attribution_of(reader, id));
    if (!found.empty()) return std::move(found);
    B2A_TRY(checkout, reader.checkout(id));
    if (!checkout) return Error(Code::not_found, "no such checkout");
    return std::move(found);
}

}  // namespace b2a::service
