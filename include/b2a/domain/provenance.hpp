// SPDX-License-Identifier: Apache-2.0
// Where an amount comes from: a tree from the grand total down to published offers, promotions, shipping options and
// tax rates. Every node says how it follows from its parts, in integers, so that anybody can add it up (adds_up()).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "b2a/domain/order.hpp"

namespace b2a::domain {

enum class Derivation : std::uint8_t {
    given,    // a published or stated amount
    sum,      // of the parts
    product,  // the one part × the factor
    share,    // the base × the rate ÷ 1,000,000, half away from zero
};
std::string_view to_text(Derivation derivation) noexcept;

struct Provenance {
    using Value = std::variant<std::int64_t, std::string>;

    std::string kind;  // "total", "subtotal", "line", "unit_price", "items_discount", "discount", "fulfillment", …
    std::string title;
    std::int64_t minor = 0;
    Derivation derivation = Derivation::given;
    std::int64_t factor = 0;  // product: the quantity; share: the rate in parts per million
    std::int64_t base = 0;    // share
    std::vector<std::pair<std::string, Value>> facts;
    std::vector<Provenance> parts;
};

/// Since when a revision of the catalog is in force, and the entry of the log that says so.
struct Publication {
    std::uint64_t revision = 0;
    Timestamp published{};
    std::uint64_t audit_seq = 0;
    friend bool operator==(Publication const&, Publication const&) = default;
};

/// `publication` is that of the revision that priced it; nullptr when it is not known (older than this record).
Provenance provenance_of(Checkout const& checkout, Publication const* publication);
/// With adjustments the root is what the buyer pays after them.
Provenance provenance_of(Order const& order, Publication const* publication);

/// Does every node follow from its parts as it says?
bool adds_up(Provenance const& node) noexcept;

}  // namespace b2a::domain
