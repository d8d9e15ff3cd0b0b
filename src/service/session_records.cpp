// SPDX-License-Identifier: Apache-2.0
#include "service/session_records.hpp"

#include <chrono>

#include "b2a/base/encoding.hpp"
#include "b2a/crypto/hash.hpp"

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

/// A caller's names for its conversations are its own: those of others neither collide nor can be probed.
std::string conversation_id(std::string const& owner, std::string const& conversation) {
    return to_hex(crypto::sha256(std::to_string(owner.size()) + ':' + owner + conversation));
}

}  // namespace

Result<store::RecordWrite> touchpoint_record(store::Reader& reader, CheckoutId id, std::string_view which,
                                             Touchpoint const& touchpoint, Timestamp now) {
    return put(reader, store::RecordKind::touchpoint, id.text() + '/' + std::string(which), touchpoint.body,
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

}  // namespace b2a::service
