// SPDX-License-Identifier: Apache-2.0
#include "service/mandate_check.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"

namespace b2a::service {
namespace {

mandate::Purchase purchase_of(domain::Checkout const& checkout, domain::Instrument const& instrument) {
    mandate::Purchase out;
    for (auto const& line : checkout.lines) out.items.push_back({line.variant_id, line.quantity});
    out.total = domain::total_of(checkout);
    out.instrument_id = instrument.id;
    return out;
}

/// A draw that cannot succeed is not worth an authorisation of the payment.
Result<bool> is_used_up(std::vector<mandate::Draw> const& draws, store::Reader& reader) {
    for (auto const& draw : draws) {
        B2A_TRY(drawn, reader.drawn(draw.key));
        if (draw.amount > draw.cap - drawn) return true;
    }
    return false;
}

bool is_about_mandates(domain::Finding const& finding) {
    return finding.code >= domain::FindingCode::mandate_required &&
           finding.code <= domain::FindingCode::merchant_authorization_missing;
}

}  // namespace

std::optional<bool> MandateCheck::verified() const {
    if (!judgement) return std::nullopt;
    return judgement->accepted() != nullptr;
}

Result<MandateCheck> check_mandate(domain::Checkout const& stored, CompleteCheckout const& command,
                                   store::Reader& reader) {
    auto const& claim = command.mandate;
    MandateCheck check;
    check.ignored = claim.presented && !claim.negotiated;
    if (!claim.negotiated && !stored.mandate_required) return check;
    if (!claim.negotiated)
        check.judgement = mandate::nothing_presented(
            "This session is locked to AP2 mandates: it cannot be completed by a platform that does not negotiate "
            "them.");
    else if (!claim.presented)
        check.judgement = mandate::nothing_presented("AP2 was negotiated: send ap2.checkout_mandate.");
    else check.judgement = claim.judge(stored, purchase_of(stored, command.instrument));
    if (auto const* accepted = check.judgement->accepted()) {
        B2A_TRY(used_up, is_used_up(accepted->draws, reader));
        if (used_up)
            check.judgement->outcome = mandate::Refusal{mandate::Fault::used_up, "the mandate has been used up"};
    }
    return check;
}

std::vector<store::AllowanceDraw> draws_of(MandateCheck const& check) {
    std::vector<store::AllowanceDraw> out;
    if (auto const* accepted = check.judgement ? check.judgement->accepted() : nullptr)
        for (auto const& draw : accepted->draws)
            out.push_back({draw.key, draw.name, draw.amount, draw.cap, draw.expires});
    return out;
}

void describe(audit::Event& event, MandateCheck const& check) {
    if (check.ignored) event.details.emplace_back("mandate", "mandate_presented_not_negotiated");
    if (!check.judgement) return;
    if (!check.judgement->reference.empty())
        event.details.emplace_back("mandate_reference", check.judgement->reference);
    if (auto const* accepted = check.judgement->accepted()) {
        event.details.emplace_back("mandate_issuer", accepted->issuer);
        event.details.emplace_back("mandate_root", accepted->root);
    }
    if (auto const* refusal = check.judgement->refusal()) {
        event.details.emplace_back("mandate_code", domain::to_text(mandate::consequence_of(refusal->fault).code));
        event.details.emplace_back("mandate_fault", mandate::to_text(refusal->fault));
    }
}

std::optional<mandate::Receipt> receipt_of(MandateCheck const& check, domain::Order const& order) {
    if (!check.judgement || check.judgement->accepted() == nullptr) return std::nullopt;
    return mandate::Receipt{check.judgement->reference, order.id.text(), {}, {}};
}

/// Without a mandate there is nothing that a receipt could refer to.
std::optional<mandate::Receipt> receipt_of(mandate::Judgement const& judgement) {
    auto const* refusal = judgement.refusal();
    if (refusal == nullptr || judgement.reference.empty()) return std::nullopt;
    auto const error = mandate::consequence_of(refusal->fault).receipt_error;
    return mandate::Receipt{judgement.reference, {}, std::string(error), refusal->detail};
}

domain::Finding finding_of(mandate::Refusal const& refusal) {
    auto const consequence = mandate::consequence_of(refusal.fault);
    return {consequence.code, consequence.severity, "$.ap2.checkout_mandate", refusal.detail};
}

domain::Checkout strike(domain::Checkout checkout, domain::Finding& finding) {
    using domain::CheckoutStatus;
    checkout.mandate_required = true;
    checkout.mandate_strikes += 1;
    std::erase_if(checkout.findings, is_about_mandates);
    if (checkout.mandate_strikes >= limits::mandate_strikes_max) {
        checkout.status = CheckoutStatus::canceled;
        checkout.findings.clear();
        finding.severity = domain::Severity::unrecoverable;
    } else if (finding.severity == domain::Severity::requires_buyer_review) {
        checkout.status = CheckoutStatus::requires_escalation;
        checkout.findings.push_back(finding);
    }
    return checkout;
}

}  // namespace b2a::service
