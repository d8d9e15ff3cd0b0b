// SPDX-License-Identifier: Apache-2.0
#include "service/payment_outcome.hpp"

#include "b2a/crypto/hash.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::service {

std::vector<store::StockDelta> stock_of(domain::Checkout const& checkout, std::int64_t sign) {
    std::vector<store::StockDelta> deltas;
    for (auto const& line : checkout.lines) deltas.push_back({line.variant_id, sign * line.quantity});
    return deltas;
}

void place_order(CheckoutOutcome& outcome, OrderId id, Timestamp now) {
    auto& checkout = outcome.checkout;
    checkout.status = domain::CheckoutStatus::completed;
    checkout.payment.state = domain::PaymentState::authorized;
    checkout.findings.clear();
    checkout.order_id = id;
    outcome.order = domain::make_order(checkout, id, now);
}

void note_payment(domain::Checkout& checkout, PaymentOutcome outcome, std::string_view message) {
    using domain::FindingCode;
    using domain::Severity;
    auto const add = [&](FindingCode code, Severity severity) {
        checkout.findings.push_back({code, severity, "$.payment", std::string(message)});
    };
    switch (outcome) {
        case PaymentOutcome::approved: return;
        case PaymentOutcome::declined:
            // The checkout itself is as ready as before: another instrument is all it takes.
            checkout.payment.state = domain::PaymentState::declined;
            return add(FindingCode::payment_failed, Severity::recoverable);
        case PaymentOutcome::requires_action:
            checkout.payment.state = domain::PaymentState::requires_action;
            if (checkout.status == domain::CheckoutStatus::ready_for_complete)
                checkout.status = domain::CheckoutStatus::requires_escalation;
            return add(FindingCode::payment_requires_action, Severity::requires_buyer_input);
        case PaymentOutcome::unknown:
            checkout.payment.state = domain::PaymentState::unknown;
            checkout.status = domain::CheckoutStatus::complete_in_progress;
            return add(FindingCode::payment_pending, Severity::info);
    }
}

std::string commitment_of(domain::Order const& order, ByteView salt) {
    std::string text;
    json::Writer writer(text);
    // Members in RFC 8785 order: what is hashed does not depend on who writes it.
    writer.begin_object().key("buyer").begin_object();
    writer.member("email", order.buyer.email).member("first_name", order.buyer.first_name);
    writer.member("last_name", order.buyer.last_name).member("phone_number", order.buyer.phone_number).end_object();
    writer.key("destinations").begin_array();
    for (auto const& method : order.methods) {
        auto const* destination = domain::selected_destination(method);
        if (destination == nullptr) continue;
        auto const& address = destination->address;
        writer.begin_object();
        writer.member("country", address.country).member("extended_address", address.extended_address);
        writer.member("first_name", address.first_name).member("last_name", address.last_name);
        writer.member("locality", address.locality).member("phone_number", address.phone_number);
        writer.member("postal_code", address.postal_code).member("region", address.region);
        writer.member("street_address", address.street_address).end_object();
    }
    writer.end_array().end_object();
    crypto::Sha256 hash;
    auto const digest = hash.update(salt).update(text).finish();
    return to_hex(digest);
}

std::string_view to_text(PaymentOutcome outcome) noexcept {
    switch (outcome) {
        case PaymentOutcome::approved: return "approved";
        case PaymentOutcome::declined: return "declined";
        case PaymentOutcome::requires_action: return "requires_action";
        case PaymentOutcome::unknown: return "unknown";
    }
    return "unknown";
}

}  // namespace b2a::service
