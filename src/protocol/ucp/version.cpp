// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/version.hpp"

namespace b2a::protocol::ucp {
namespace {

constexpr std::string_view checkout_name = "dev.ucp.shopping.checkout";

constexpr Capability capabilities_2026_04_08[] = {
    {checkout_name, {}, Root::checkout, "specification/checkout", "schemas/shopping/checkout.json"},
    {"dev.ucp.shopping.order", {}, Root::order, "specification/order", "schemas/shopping/order.json"},
    {"dev.ucp.shopping.catalog.search",
     {},
     Root::catalog_search,
     "specification/catalog/search",
     "schemas/shopping/catalog_search.json"},
    {"dev.ucp.shopping.catalog.lookup",
     {},
     Root::catalog_lookup,
     "specification/catalog/lookup",
     "schemas/shopping/catalog_lookup.json"},
    {"dev.ucp.shopping.discount", checkout_name, std::nullopt, "specification/discount",
     "schemas/shopping/discount.json"},
    {"dev.ucp.shopping.fulfillment", checkout_name, std::nullopt, "specification/fulfillment",
     "schemas/shopping/fulfillment.json"},
};

}  // namespace

std::string_view to_text(Version version) noexcept {
    switch (version) {
        case Version::v2026_04_08: return "2026-04-08";
    }
    return {};
}

std::string_view capability_name(Root root) noexcept {
    switch (root) {
        case Root::checkout: return checkout_name;
        case Root::order: return "dev.ucp.shopping.order";
        case Root::catalog_search: return "dev.ucp.shopping.catalog.search";
        case Root::catalog_lookup: return "dev.ucp.shopping.catalog.lookup";
    }
    return {};
}

std::span<Capability const> capabilities(Version version) noexcept {
    switch (version) {
        case Version::v2026_04_08: return capabilities_2026_04_08;
    }
    return {};
}

std::string_view message_code(domain::FindingCode code, Version) noexcept {
    using domain::FindingCode;
    switch (code) {
        case FindingCode::item_unavailable: return "item_unavailable";
        case FindingCode::out_of_stock: return "out_of_stock";
        case FindingCode::quantity_adjusted: return "quantity_adjusted";
        case FindingCode::field_required: return "field_required";
        case FindingCode::address_undeliverable: return "address_undeliverable";
        case FindingCode::payment_failed: return "payment_failed";
        case FindingCode::payment_requires_action: return "requires_3ds";
        case FindingCode::payment_pending: return "payment_pending";
        case FindingCode::approval_required: return "approval_required";
        case FindingCode::discount_code_invalid: return "discount_code_invalid";
        case FindingCode::discount_code_expired: return "discount_code_expired";
        case FindingCode::discount_code_combination_disallowed: return "discount_code_combination_disallowed";
        case FindingCode::invalid_transition: return "invalid_transition";
        case FindingCode::not_ready: return "not_ready";
        case FindingCode::price_changed: return "price_changed";
    }
    return "unknown";
}

}  // namespace b2a::protocol::ucp
