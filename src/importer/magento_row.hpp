// SPDX-License-Identifier: Apache-2.0
// The cells of a Magento product row that this importer knows, by name instead of position.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importer/context.hpp"
#include "importer/table.hpp"

namespace b2a::importer {

enum class Cell : std::uint8_t {
    sku,
    name,
    store_view_code,
    product_type,
    product_online,
    visibility,
    categories,
    category,
    description,
    short_description,
    price,
    special_price,
    special_price_from_date,
    special_price_to_date,
    base_image,
    base_image_label,
    additional_images,
    additional_image_labels,
    additional_attributes,
    configurable_variations,
    qty,
    is_in_stock,
    manage_stock,
    use_config_manage_stock,
    allow_backorders,
    use_config_backorders,
    size,
    color,
};
inline constexpr std::size_t cell_count = 28;

/// Borrowed cells of one row; a column that the file lacks is an empty cell.
class Cells {
  public:
    [[nodiscard]] std::string_view operator[](Cell cell) const { return views_[static_cast<std::size_t>(cell)]; }
    void set(Cell cell, std::string_view value) { views_[static_cast<std::size_t>(cell)] = value; }

    std::uint64_t line = 0;

  private:
    std::array<std::string_view, cell_count> views_{};
};

/// A row that waits for its configurable: one allocation, the known cells only.
class KeptRow {
  public:
    explicit KeptRow(Cells const& cells);
    [[nodiscard]] Cells cells() const;

  private:
    std::uint64_t line_;
    std::string bytes_;
    std::array<std::uint32_t, cell_count> ends_{};
};

class MagentoColumns {
  public:
    explicit MagentoColumns(Table const& table);

    [[nodiscard]] Cells cells(Row const& row) const;
    /// Full exports say a product_type and keep attributes in one column; the flat files have a column for each.
    [[nodiscard]] bool flat() const noexcept { return flat_; }
    void append_flat_attributes(Row const& row, std::vector<domain::Attribute>& out) const;

  private:
    std::array<std::optional<std::size_t>, cell_count> at_{};
    std::vector<std::pair<std::size_t, std::string>> attribute_columns_;
    bool flat_ = false;
};

/// The parts of a product that its own cells state.
domain::Product magento_product(Cells const& cells, bool flat, FileContext const& context);
/// The sellable unit of a row, without options; an error text when price or stock cannot be read.
struct VariantOrReason {
    std::optional<domain::Variant> variant;
    std::string reason;
};
VariantOrReason magento_variant(Cells const& cells, FileContext const& context);

}  // namespace b2a::importer
