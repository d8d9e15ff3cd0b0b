// SPDX-License-Identifier: Apache-2.0
#include "service/approvals.hpp"

#include <algorithm>

#include "b2a/base/assert.hpp"
#include "b2a/crypto/hash.hpp"

namespace b2a::service {
namespace {

using policy::Approval;
using policy::ApprovalState;

bool bears_a_sign(domain::Checkout const& checkout) {
    auto const sign = [](domain::Finding const& f) { return f.code == domain::FindingCode::approval_granted; };
    return checkout.approval_required || std::ranges::any_of(checkout.findings, sign);
}

bool stands(Question const& question, ApprovalState state, domain::Checkout const& checkout, Timestamp now) {
    auto const& approval = question.approval;
    return approval && approval->state == state && now < approval->expires && approval->content == content_of(checkout);
}

store::RecordWrite write_of(Approval const& approval, std::uint64_t version) {
    store::RecordWrite write;
    write.kind = store::RecordKind::approval;
    write.id = approval.checkout;
    write.expected_version = version;
    write.state = static_cast<std::uint32_t>(approval.state);
    write.body = policy::to_json(approval);
    return write;
}

}  // namespace

Result<Question> question_of(store::Reader& reader, domain::Checkout const& checkout) {
    if (!bears_a_sign(checkout)) return Question{};
    return any_question(reader, checkout.id);
}

Result<Question> any_question(store::Reader& reader, CheckoutId id) {
    B2A_TRY(record, reader.record(store::RecordKind::approval, id.text()));
    if (!record) return Question{};
    B2A_TRY(approval, policy::approval_from_json(record->body));
    return Question{std::move(approval), record->version};
}

Digest content_of(domain::Checkout const& checkout) {
    crypto::Sha256 hash;
    auto const put = [&](std::string_view text) { hash.update(std::to_string(text.size()) + ':').update(text); };
    auto const total = domain::total_of(checkout);
    put(total.currency.code());
    put(std::to_string(total.minor));
    for (auto const& line : checkout.lines) {
        put(line.variant_id);
        put(std::to_string(line.quantity));
        put(std::to_string(line.unit_minor));
    }
    auto const* destination = domain::main_destination(checkout.fulfillment);
    put(destination != nullptr ? std::string_view(destination->address.country) : std::string_view());
    return hash.finish();
}

bool is_granted(Question const& question, domain::Checkout const& checkout, Timestamp now) {
    return stands(question, ApprovalState::granted, checkout, now);
}

bool is_denied(Question const& question, domain::Checkout const& checkout, Timestamp now) {
    return stands(question, ApprovalState::denied, checkout, now);
}

bool is_open(Question const& question, domain::Checkout const& checkout, Timestamp now) {
    return stands(question, ApprovalState::open, checkout, now);
}

store::RecordWrite ask(Question const& question, domain::Checkout const& checkout, policy::Verdict const& verdict,
                       Timestamp now) {
    Approval approval;
    approval.checkout = checkout.id.text();
    approval.content = content_of(checkout);
    approval.total = domain::total_of(checkout);
    for (auto const& line : checkout.lines) approval.item_count += line.quantity;
    approval.agent = verdict.principal.id;
    for (auto const& reason : verdict.decision.reasons) approval.codes.push_back(reason.code);
    approval.decision = verdict.id.text();
    approval.asked = now;
    approval.expires = now + verdict.decision.approval_ttl;
    return write_of(approval, question.version);
}

store::RecordWrite moved_to(Question const& question, ApprovalState state) {
    B2A_ASSERT(question.approval.has_value());
    auto approval = *question.approval;
    approval.state = state;
    return write_of(approval, question.version);
}

}  // namespace b2a::service
