// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/version.hpp"

#include <algorithm>

namespace b2a::protocol::ucp {
namespace {

constexpr std::array<std::string_view, capability_count> names{
    "dev.ucp.shopping.catalog.search", "dev.ucp.shopping.catalog.lookup", "dev.ucp.shopping.cart",
    "dev.ucp.shopping.checkout",       "dev.ucp.shopping.order",          "dev.ucp.common.location.search",
    "dev.ucp.common.location.lookup",  "dev.ucp.shopping.permalink",      "dev.ucp.shopping.discount",
    "dev.ucp.shopping.fulfillment",    "dev.ucp.shopping.buyer_consent",  "dev.ucp.shopping.ap2_mandate",
};
constexpr std::string_view ap2_mandate_2026_08_25 = "dev.ucp.common.payment.ap2_mandate";

constexpr std::array checkout_only{Capability::checkout};
constexpr std::array cart_and_checkout{Capability::cart, Capability::checkout};

constexpr Offered offered_2026_04_08[] = {
    {Capability::catalog_search, {}, "specification/catalog/search", "schemas/shopping/catalog_search.json"},
    {Capability::catalog_lookup, {}, "specification/catalog/lookup", "schemas/shopping/catalog_lookup.json"},
    {Capability::cart, {}, "specification/cart", "schemas/shopping/cart.json"},
    {Capability::checkout, {}, "specification/checkout", "schemas/shopping/checkout.json"},
    {Capability::order, {}, "specification/order", "schemas/shopping/order.json"},
    {Capability::discount, cart_and_checkout, "specification/discount", "schemas/shopping/discount.json"},
    {Capability::fulfillment, checkout_only, "specification/fulfillment", "schemas/shopping/fulfillment.json"},
    {Capability::buyer_consent, checkout_only, "specification/buyer-consent", "schemas/shopping/buyer_consent.json"},
    {Capability::ap2_mandate, checkout_only, "specification/ap2-mandates", "schemas/shopping/ap2_mandate.json"},
};

constexpr Offered offered_2026_08_25[] = {
    {Capability::catalog_search, {}, "specification/shopping/catalog/search", "schemas/shopping/catalog_search.json"},
    {Capability::catalog_lookup, {}, "specification/shopping/catalog/lookup", "schemas/shopping/catalog_lookup.json"},
    {Capability::cart, {}, "specification/shopping/cart", "schemas/shopping/cart.json"},
    {Capability::checkout, {}, "specification/shopping/checkout", "schemas/shopping/checkout.json"},
    {Capability::order, {}, "specification/shopping/order", "schemas/shopping/order.json"},
    {Capability::location_search, {}, "specification/common/location/search", "schemas/common/location_search.json"},
    {Capability::location_lookup, {}, "specification/common/location/lookup", "schemas/common/location_lookup.json"},
    {Capability::permalink, {}, "specification/shopping/permalink", "schemas/shopping/permalink.json"},
    {Capability::discount, cart_and_checkout, "specification/shopping/discount", "schemas/shopping/discount.json"},
    {Capability::fulfillment, checkout_only, "specification/shopping/fulfillment", "schemas/shopping/fulfillment.json"},
    {Capability::buyer_consent, cart_and_checkout, "specification/shopping/buyer-consent",
     "schemas/shopping/buyer_consent.json"},
    {Capability::ap2_mandate, checkout_only, "specification/common/payment/ap2-mandate",
     "schemas/common/payment_ap2_mandate.json"},
};

}  // namespace

std::string_view to_text(Version version) noexcept {
    switch (version) {
        case Version::v2026_04_08: return "2026-04-08";
        case Version::v2026_08_25: return "2026-08-25";
    }
    return {};
}

std::optional<Version> version_from_text(std::string_view text) noexcept {
    for (auto const version : all_versions)
        if (to_text(version) == text) return version;
    return std::nullopt;
}

std::string_view name_of(Capability capability, Version version) noexcept {
    if (capability == Capability::ap2_mandate && version == Version::v2026_08_25) return ap2_mandate_2026_08_25;
    return names.at(index_of(capability));
}

std::optional<Capability> capability_from_name(std::string_view name, Version version) noexcept {
    for (std::size_t i = 0; i < capability_count; ++i)
        if (auto const capability = static_cast<Capability>(i); name_of(capability, version) == name) return capability;
    return std::nullopt;
}

std::span<Offered const> offered(Version version) noexcept {
    switch (version) {
        case Version::v2026_04_08: return offered_2026_04_08;
        case Version::v2026_08_25: return offered_2026_08_25;
    }
    return {};
}

Offered const* find_offered(Version version, Capability capability) noexcept {
    auto const rows = offered(version);
    auto const found = std::ranges::find(rows, capability, &Offered::capability);
    return found == rows.end() ? nullptr : &*found;
}

std::string_view message_code(domain::Finding const& finding, Version) noexcept {
    using domain::FindingCode;
    switch (finding.code) {
        case FindingCode::item_unavailable: return "item_unavailable";
        case FindingCode::out_of_stock: return "out_of_stock";
        case FindingCode::quantity_adjusted: return "quantity_adjusted";
        case FindingCode::field_required: return "field_required";
        case FindingCode::address_undeliverable: return "address_undeliverable";
        case FindingCode::payment_failed: return "payment_failed";
        case FindingCode::payment_requires_action: return "requires_3ds";
        case FindingCode::payment_pending: return "payment_pending";
        case FindingCode::approval_required: return "approval_required";
        case FindingCode::approval_granted: return "approval_granted";
        case FindingCode::approval_denied: return "approval_denied";
        case FindingCode::discount_code_invalid: return "discount_code_invalid";
        case FindingCode::discount_code_expired: return "discount_code_expired";
        case FindingCode::discount_code_combination_disallowed: return "discount_code_combination_disallowed";
        case FindingCode::discount_code_already_applied: return "discount_code_already_applied";
        case FindingCode::discount_code_user_ineligible: return "discount_code_user_ineligible";
        case FindingCode::discount_code_minimum_not_met: return "discount_code_minimum_not_met";
        case FindingCode::invalid_transition: return "invalid_transition";
        case FindingCode::not_ready: return "not_ready";
        case FindingCode::checkout_expired: return "checkout_expired";
        case FindingCode::price_changed: return "price_changed";
        case FindingCode::eligibility_accepted: return "eligibility_accepted";
        case FindingCode::eligibility_not_accepted: return "eligibility_not_accepted";
        case FindingCode::eligibility_invalid: return "eligibility_invalid";
        case FindingCode::selection_rejected:
            return finding.severity == domain::Severity::warning ? "fulfillment_changed" : "invalid_selection";
        case FindingCode::quantity_unit_mismatch: return "quantity_unit_mismatch";
        case FindingCode::mandate_required: return "mandate_required";
        case FindingCode::agent_missing_key: return "agent_missing_key";
        case FindingCode::mandate_invalid_signature: return "mandate_invalid_signature";
        case FindingCode::mandate_expired: return "mandate_expired";
        case FindingCode::mandate_scope_mismatch: return "mandate_scope_mismatch";
        case FindingCode::merchant_authorization_invalid: return "merchant_authorization_invalid";
        case FindingCode::merchant_authorization_missing: return "merchant_authorization_missing";
    }
    return "unknown";
}

}  // namespace b2a::protocol::ucp
