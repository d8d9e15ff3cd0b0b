// SPDX-License-Identifier: Apache-2.0
#include "service/replies.hpp"

namespace b2a::service {

Result<std::optional<Replied>> kept_reply(store::Reader& reader, RequestContext const& context) {
    if (!context.idempotency) return std::optional<Replied>();
    auto found = reader.reply(context.idempotency->key, context.idempotency->fingerprint);
    if (!found) return std::move(found).error();
    if (!*found) return std::optional<Replied>();
    Replied out;
    out.reply = std::move(**found);
    out.replayed = true;
    return std::optional<Replied>(std::move(out));
}

std::optional<store::IdempotencyWrite> to_keep(RequestContext const& context, store::StoredReply const& reply) {
    // What failed on our side may succeed the next time, so it is no answer to keep.
    if (!context.idempotency || reply.status >= 500) return std::nullopt;
    return store::IdempotencyWrite{context.idempotency->key, context.idempotency->fingerprint, reply};
}

Result<Replied> replied(Result<store::CommitResult> committed, store::StoredReply reply,
                        policy::Verdict const& verdict) {
    if (!committed) return std::move(committed).error();
    Replied out;
    out.decision = verdict.id.text();
    if (auto* earlier = std::get_if<store::Replay>(&*committed)) {
        out.reply = std::move(earlier->reply);
        out.replayed = true;
        return out;
    }
    out.reply = std::move(reply);
    out.audit_seq = std::get<store::Receipt>(*committed).audit_seq;
    return out;
}

}  // namespace b2a::service
