// SPDX-License-Identifier: Apache-2.0
// What a catalog draft knows about variants: which product owns each, and which live stock levels the draft would set.
// The rule for stock: a level is set only where the declared value differs from the one published before, so that
// importing the same file again never gives back what was sold meanwhile.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "b2a/base/result.hpp"
#include "b2a/domain/product.hpp"

namespace b2a::store {

class VariantLedger {
  public:
    /// Takes over a published product's variants.
    void load(domain::Product const& published);

    /// Replaces a product of the draft. `published` and `drafted` (the draft's present version) may be null.
    /// unprocessable, with the variant id as pointer, if a variant belongs to another product or occurs twice.
    Result<void> replace(domain::Product const* published, domain::Product const* drafted, domain::Product const& next);

    /// nullptr: no product has it.
    [[nodiscard]] std::string const* owner(std::string const& variant_id) const;
    /// Levels to set on publishing; without a value: tracked no longer.
    [[nodiscard]] std::map<std::string, std::optional<std::int64_t>> const& stock() const noexcept { return stock_; }

  private:
    std::unordered_map<std::string, std::string> owners_;
    std::map<std::string, std::optional<std::int64_t>> stock_;
};

}  // namespace b2a::store
