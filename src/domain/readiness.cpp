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

namespace {

void answer_approval(Checkout& checkout, Finding finding) {
    auto const asked = [](Finding const& f) {
        return f.code == FindingCode::approval_required || f.code == FindingCode::approval_denied;
    };
    std::erase_if(checkout.findings, asked);
    checkout.findings.push_back(std::move(finding));
    rules::derive_status(checkout);
}

}  // namespace

Checkout approve(Checkout checkout) {
    checkout.approval_required = false;
    answer_approval(checkout, {FindingCode::approval_granted, Severity::info, "$",
                               "A person at the brand approved this purchase; complete it again."});
    return checkout;
}

Checkout deny_approval(Checkout checkout, std::string const& note) {
    checkout.approval_required = true;
    answer_approval(checkout, {FindingCode::approval_denied, Severity::requires_buyer_review, "$",
                               note.empty() ? std::string("The brand did not approve this purchase.") : note});
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

/// A choice that was refused is not asked for a second time in other words.
bool is_rejected(Checkout const& checkout, std::string const& path) {
    return std::ranges::any_of(checkout.findings, [&](auto const& finding) {
        return finding.code == FindingCode::selection_rejected && finding.path == path;
    });
}

void require_location(Checkout& checkout, FulfillmentMethod const& method, std::string const& path) {
    if (selected_destination(method) != nullptr) return;
    auto const choice = path + ".selected_destination_id";
    if (is_rejected(checkout, choice)) return;
    require_field(checkout, choice,
                  method.destinations.empty() ? "There is no location where all of these items can be picked up."
                                              : "A pickup location has to be chosen.");
}

void require_address(Checkout& checkout, FulfillmentMethod const& method, std::string const& path) {
    auto const* destination = selected_destination(method);
    if (destination == nullptr) {
        if (!is_rejected(checkout, path + ".selected_destination_id"))
            require_field(checkout, path + ".destinations", "A shipping destination is required.");
        return;
    }
    auto const index = destination - method.destinations.data();
    auto const at = path + ".destinations[" + std::to_string(index) + "]";
    for (auto const& field : required_fields)
        if ((destination->address.*field.member).empty())
            require_field(checkout, at + "." + std::string(field.name),
                          "The shipping destination needs " + std::string(field.name) + ".");
    if (!destination->address.country.empty() && method.options.empty())
        checkout.findings.push_back({FindingCode::address_undeliverable, Severity::recoverable, at,
                                     "Nothing ships to " + destination->address.country + " in this currency."});
}

void require_delivery(Checkout& checkout) {
    auto const& methods = checkout.fulfillment.methods;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (methods[i].kind == FulfillmentKind::pickup) require_location(checkout, methods[i], method_path(i));
        else require_address(checkout, methods[i], method_path(i));
    }
}

}  // namespace

Finding approval_finding() {
    return {FindingCode::approval_required, Severity::requires_buyer_review, "$",
            "This purchase needs the approval of a person."};
}

void require_fields(Checkout& checkout) {
    if (checkout.buyer.email.empty())
        require_field(checkout, "$.buyer.email", "An e-mail address of the buyer is required.");
    require_delivery(checkout);
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
