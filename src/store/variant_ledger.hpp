// SPDX-License-Identifier: Apache-2.0
// What a catalog draft knows about variants: which product owns each, which live stock levels the draft would set and
// which prices it would change.
// The rule for stock: a level is set only where the declared value differs from the one published before, so that
// importing the same file again never gives back what was sold meanwhile. The rule for prices is the same: the history
// gets a point where the offer differs from the published one.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "b2a/base/result.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::store {

class VariantLedger {
  public:
    struct PriceKey {
        std::string variant_id;
        std::string currency;
        friend auto operator<=>(PriceKey const&, PriceKey const&) = default;
    };
    struct Price {
        std::int64_t price = 0;
        std::int64_t list = 0;
        friend bool operator==(Price const&, Price const&) = default;
    };
    using Prices = std::map<PriceKey, std::optional<Price>>;

    /// Takes over a published product's variants.
    void load(domain::Product const& published);

    /// Replaces a product of the draft. `published` and `drafted` (the draft's present version) may be null.
    /// unprocessable, with the variant id as pointer, if a variant belongs to another product or occurs twice.
    Result<void> replace(domain::Product const* published, domain::Product const* drafted, domain::Product const& next);

    /// nullptr: no product has it.
    [[nodiscard]] std::string const* owner(std::string const& variant_id) const;
    /// Levels to set on publishing; without a value: tracked no longer.
    [[nodiscard]] std::map<std::string, std::optional<std::int64_t>> const& stock() const noexcept { return stock_; }
    /// Offers that differ from those published; without a value: offered no longer.
    [[nodiscard]] Prices const& prices() const noexcept { return prices_; }

  private:
    void price(domain::Product const* published, domain::Product const* drafted, domain::Product const& next);

    std::unordered_map<std::string, std::string> owners_;
    std::map<std::string, std::optional<std::int64_t>> stock_;
    Prices prices_;
};

}  // namespace b2a::store
