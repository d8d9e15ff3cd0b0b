// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "domain/checkout_rules.hpp"

namespace b2a::domain {

Checkout hold_for_approval(Checkout checkout) {
    checkout.approval_required = true;
    if (std::ranges::find(checkout.findings, FindingCode::approval_required, &Finding::code) == checkout.findings.end())
        checkout.findings.push_back(rules::approval_finding());
    rules::derive_status(checkout);
    return checkout;
}

namespace rules {
namespace {

struct RequiredField {
    std::string Address::* member;
    std::string_view name;
};
constexpr std::array<RequiredField, 4> required_fields{{{&Address::street_address, "street_address"},
                                                        {&Address::locality, "address_locality"},
                                                        {&Address::postal_code, "postal_code"},
                                                        {&Address::country, "address_country"}}};

void require_field(Checkout& checkout, std::string path, std::string content) {
    checkout.findings.push_back(
        {FindingCode::field_required, Severity::recoverable, std::move(path), std::move(content)});
}

void require_delivery(Checkout& checkout) {
    auto const* destination = selected_destination(checkout);
    if (destination == nullptr) {
        require_field(checkout, "$.fulfillment", "A shipping destination is required.");
        return;
    }
    auto const index = destination - checkout.fulfillment.destinations.data();
    auto const path = "$.fulfillment.methods[0].destinations[" + std::to_string(index) + "]";
    for (auto const& field : required_fields)
        if ((destination->address.*field.member).empty())
            require_field(checkout, path + "." + std::string(field.name),
                          "The shipping destination needs " + std::string(field.name) + ".");
    if (!destination->address.country.empty() && checkout.fulfillment.options.empty())
        checkout.findings.push_back({FindingCode::address_undeliverable, Severity::recoverable, path,
                                     "Nothing ships to " + destination->address.country + " in this currency."});
}

}  // namespace

Finding approval_finding() {
    return {FindingCode::approval_required, Severity::requires_buyer_review, "$",
            "This purchase needs the approval of a person."};
}

void require_fields(Checkout& checkout) {
    if (checkout.buyer.email.empty())
        require_field(checkout, "$.buyer.email", "An e-mail address of the buyer is required.");
    if (needs_shipping(checkout)) require_delivery(checkout);
    if (checkout.approval_required) checkout.findings.push_back(approval_finding());
}

void derive_status(Checkout& checkout) {
    auto const any = [&](auto... severity) {
        return std::ranges::any_of(checkout.findings, [&](auto const& f) { return ((f.severity == severity) || ...); });
    };
    if (checkout.lines.empty() || any(Severity::recoverable, Severity::unrecoverable))
        checkout.status = CheckoutStatus::incomplete;
    else if (any(Severity::requires_buyer_input, Severity::requires_buyer_review))
        checkout.status = CheckoutStatus::requires_escalation;
    else checkout.status = CheckoutStatus::ready_for_complete;
}

}  // namespace rules
}  // namespace b2a::domain
