// SPDX-License-Identifier: Apache-2.0
// Sizes for one person across the catalog: products lead to their brand's chart, variants to its rows, and each row is
// held against what is known of the body (domain/fit.hpp). Deterministic; nothing about the person is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/fit.hpp"

namespace b2a::catalog {

/// A garment that fits the person. Without an audience it is that of the query, or the only one that the brand has.
struct OwnedGarment {
    std::string brand;
    std::string size;
    domain::Garment garment = domain::Garment::top;
    std::optional<domain::Audience> audience;
    std::optional<domain::SizeSystem> system;  // that `size` is of; absent: as the brand writes it
};

struct FitQuery {
    domain::Body body;  // what was measured
    std::vector<OwnedGarment> owns;
    // What to look at; all that are given must hold.
    std::vector<std::string> products;  // ids of products or variants
    std::vector<std::string> categories;
    std::vector<std::string> brands;
    std::optional<domain::Garment> garment;
    std::optional<domain::Audience> audience;  // unisex products are for everybody
    Availability availability = Availability::any;
    std::size_t sizes_per_product = 2;
    std::size_t limit = limits::page_size_default;  // at most limits::page_size_max
};

/// Something that did not take part, and why; never an error, since the rest of the answer stands.
struct FitNote {
    enum class Code : std::uint8_t {
        unknown_product,    // `subject` is no id of this catalog
        unknown_brand,      // no size chart of that brand
        no_size_chart,      // for that garment or product
        ambiguous_chart,    // several audiences, and none named
        unknown_size,       // the chart has no such size, and no table leads to one
        contradictory,      // what is known from another garment or a tape measure does not agree
        size_not_in_chart,  // a variant's size is in no row
    };
    Code code = Code::unknown_brand;
    std::string path;     // JSON pointer into the question where it is about that: "/person/owns/0/size"
    std::string subject;  // a product's id, a brand, a size, a measurement
    friend bool operator==(FitNote const&, FitNote const&) = default;
};
std::string_view to_text(FitNote::Code code) noexcept;

/// What an owned garment was taken to say.
struct OwnedEvidence {
    std::size_t owned = 0;  // index into FitQuery::owns
    domain::SizeChart const* chart = nullptr;
    domain::RowMatch match;
};

struct FitHit {
    std::uint32_t product_index = 0;
    domain::SizeChart const* chart = nullptr;
    std::size_t row = 0;
    domain::Give give;
    domain::RowFit fit;
    std::vector<std::uint32_t> variants;  // global indexes of the product's variants in that size
};

struct FitResult {
    domain::Body body;  // with what the garments have added
    std::vector<OwnedEvidence> owned;
    std::vector<FitHit> hits;  // by rank, then product id, then the smaller size
    std::uint64_t total = 0;   // sizes that were compared
    std::vector<FitNote> notes;
};

/// Variants that fit alike: one row of one chart with one give, or one label that no chart explains.
struct SizeClass {
    domain::SizeChart const* chart = nullptr;
    std::optional<std::size_t> row;  // of the chart; none: the label is in none of its rows, or there is no chart
    std::optional<domain::Garment> garment;
    std::optional<domain::Audience> audience;
    domain::Give give;
    std::string label;  // empty: a garment whose size is not said
    friend bool operator==(SizeClass const&, SizeClass const&) = default;
};

/// What is known of a body once its garments were looked up: of a result only `body`, `owned` and `notes`.
FitResult look_up(std::vector<domain::SizeChart> const& charts, FitQuery const& query);

inline constexpr std::size_t owned_garments_max = 16;
inline constexpr std::size_t fit_notes_max = 50;

/// The chart of a product: the one that its attribute "size_chart" names, else its brand's for its attributes
/// "garment" and "audience"; nullptr when there is none.
domain::SizeChart const* chart_of(domain::Product const& product, std::vector<domain::SizeChart> const& charts);
/// Something to wear or to carry, which nobody eats: by its garment, its chart or its categories, unless there is
/// anything that speaks of food.
bool is_worn(domain::Product const& product, domain::SizeChart const* chart);
/// The label of the variant's option "size"; empty without one.
std::string_view size_label(domain::Variant const& variant) noexcept;

}  // namespace b2a::catalog
