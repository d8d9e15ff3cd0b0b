// SPDX-License-Identifier: Apache-2.0
// What can be bought instead of something: its newer model, or a substitute.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/shopping/assess.hpp"
#include "b2a/shopping/rebuild.hpp"

namespace b2a::shopping {

struct Replacement {
    catalog::VariantRef ref;
    std::string source;
};

class Replacements {
  public:
    /// `can_be_bought` says whether a variant answers the need and is there in the quantity asked for.
    using Admits = std::function<bool(catalog::VariantRef const&)>;
    /// A need that tells a size is asked whether a variant fits; without one the label must be that of before.
    enum class Sizes : std::uint8_t { by_need, by_label };
    Replacements(catalog::Snapshot const& snapshot, Currency currency, Sizes sizes) :
        snapshot_(snapshot), currency_(currency), sizes_(sizes) {}

    /// What is to be replaced, as far as it is known.
    struct Old {
        std::string_view product_id;
        std::string_view gtin;                       // that was asked for; may be empty
        catalog::VariantRef const* meant = nullptr;  // where it is in the catalog
    };
    /// The newest product that replaces it, directly or over others, with the variant closest to it; else another
    /// product with its GTIN, or one that says to replace that.
    [[nodiscard]] std::optional<Replacement> newer_model(Old const& old, Admits const& can_be_bought) const;
    /// In this order: the same product in the same size; what an edge says; the same category, garment and size with
    /// the most in common and the nearest price; the same product in another size.
    [[nodiscard]] std::optional<Replacement> substitute(Old const& old, Admits const& can_be_bought);

  private:
    [[nodiscard]] std::optional<Replacement> among_siblings(catalog::VariantRef const& meant, bool same_size,
                                                            Admits const& can_be_bought) const;
    [[nodiscard]] std::optional<Replacement> by_replaces(Old const& old, Admits const& can_be_bought) const;
    [[nodiscard]] std::optional<Replacement> by_gtin(Old const& old, Admits const& can_be_bought) const;
    [[nodiscard]] std::optional<Replacement> by_edge(Old const& old, Admits const& can_be_bought) const;
    [[nodiscard]] std::optional<Replacement> by_category(catalog::VariantRef const& meant, Admits const& can_be_bought);
    /// The variant of a product that is closest to `meant`.
    [[nodiscard]] std::optional<catalog::VariantRef> closest(std::uint32_t product, catalog::VariantRef const* meant,
                                                             Admits const& can_be_bought) const;

    catalog::Snapshot const& snapshot_;
    Currency currency_;
    Sizes sizes_;
    std::size_t looked_at_ = 0;  // products, over all lines: bounded
};

}  // namespace b2a::shopping
