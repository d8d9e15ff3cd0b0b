// SPDX-License-Identifier: Apache-2.0
// Magento product CSV. In a full export the variants (simple rows) come before their product (configurable row), which
// lists them; flat files have one product of one variant per row.
#include <algorithm>
#include <map>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/magento_row.hpp"
#include "importer/magento_values.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

struct Variation {
    std::string sku;
    std::vector<domain::OptionValue> options;
};

/// "sku=A-S,size=S|sku=A-M,size=M"
std::vector<Variation> variations(std::string_view cell) {
    std::vector<Variation> out;
    if (trim(cell).empty()) return out;
    for (auto const part : split(cell, '|')) {
        Variation variation;
        for (auto& [name, value] : key_values(part)) {
            auto text = clean_text(value, limits::id_bytes_max, TextShape::line);
            if (name == "sku") variation.sku = trim(value);
            else if (!text.empty()) variation.options.push_back({snake_case(name), std::move(text)});
        }
        out.push_back(std::move(variation));
    }
    return out;
}

class MagentoImport {
  public:
    MagentoImport(FileContext const& context, Table table) :
        context_(context), table_(std::move(table)), columns_(table_) {}

    Result<void> run() {
        Row row;
        for (;;) {
            B2A_TRY(more, table_.next(row));
            if (!more) break;
            context_.journal.row(table_.source());
            B2A_CHECK(take_row(row));
        }
        for (auto const& kept : configurables_) B2A_CHECK(take_configurable(kept.cells()));
        std::vector<KeptRow const*> left;
        for (auto const& [sku, kept] : simples_) left.push_back(&kept);
        std::sort(left.begin(), left.end(),
                  [](KeptRow const* a, KeptRow const* b) { return a->cells().line < b->cells().line; });
        for (auto const* kept : left) B2A_CHECK(take_left_over(kept->cells()));
        context_.journal.end_file(table_.source());
        return {};
    }

  private:
    void reject(std::uint64_t line, std::string reason) { context_.journal.reject(line, std::move(reason)); }

    Result<void> take_row(Row const& row) {
        if (!row.fault.empty()) {
            reject(row.line, row.fault);
            return {};
        }
        auto cells = columns_.cells(row);
        if (auto reason = refused(cells)) {
            reject(row.line, std::move(*reason));
            return {};
        }
        if (columns_.flat()) return take_single(cells, &row);
        if (trim(cells[Cell::product_type]) == "configurable") return consider_configurable(cells);
        if (is_hidden(cells)) cells.set(Cell::description, {});  // a variant shows its product's
        simples_.emplace(std::string(trim(cells[Cell::sku])), KeptRow(cells));
        return {};
    }

    /// Why a row cannot be used; its sku is taken otherwise.
    std::optional<std::string> refused(Cells const& cells) {
        auto const sku = trim(cells[Cell::sku]);
        if (sku.empty()) return "no sku";
        if (!is_clean_id(sku)) return "sku " + shown(sku) + " is no usable identifier";
        if (auto const view = trim(cells[Cell::store_view_code]); !view.empty() && view != "default")
            return "a row of the store view " + shown(view) + ": translations are not imported";
        if (trim(cells[Cell::product_online]) == "2") return "the product is not online";
        if (!columns_.flat()) {
            auto const type = trim(cells[Cell::product_type]);
            if (type != "simple" && type != "configurable" && type != "virtual" && type != "downloadable")
                return "product type " + shown(type) + " is not supported";
        }
        return context_.intake.claim(std::string(sku), cells.line);
    }

    static bool is_hidden(Cells const& cells) {
        auto const visibility = trim(cells[Cell::visibility]);
        return visibility == "Not Visible Individually" || visibility == "1";
    }

    /// Builds the product at once when all its variants were seen, else after the last row.
    Result<void> consider_configurable(Cells const& cells) {
        for (auto const& variation : variations(cells[Cell::configurable_variations])) {
            if (simples_.contains(variation.sku)) continue;
            configurables_.emplace_back(cells);
            return {};
        }
        return take_configurable(cells);
    }

    Result<void> take_configurable(Cells const& cells) {
        auto product = magento_product(cells, false, context_);
        for (auto& variation : variations(cells[Cell::configurable_variations])) {
            auto const found = simples_.find(variation.sku);
            if (found == simples_.end()) {
                reject(cells.line, "variation " + shown(variation.sku) + " has no row of its own to take");
                continue;
            }
            auto const kept = std::move(found->second);
            simples_.erase(found);
            auto made = magento_variant(kept.cells(), context_);
            if (!made.variant) {
                reject(kept.cells().line, std::move(made.reason));
                continue;
            }
            append_own_attributes(*made.variant, kept.cells(), variation.options);
            made.variant->options = std::move(variation.options);
            product.variants.push_back(std::move(*made.variant));
        }
        return context_.intake.take(std::move(product), cells.line, Intake::Ids::claimed_before);
    }

    /// What a variant states beyond its options, e.g. a material of its own.
    void append_own_attributes(domain::Variant& variant, Cells const& cells,
                               std::vector<domain::OptionValue> const& options) {
        auto own = magento_product(cells, false, context_).attributes;
        std::erase_if(own, [&](domain::Attribute const& attribute) {
            return std::any_of(options.begin(), options.end(),
                               [&](auto const& option) { return option.name == attribute.name; });
        });
        variant.attributes = std::move(own);
    }

    Result<void> take_left_over(Cells const& cells) {
        if (is_hidden(cells)) {
            reject(cells.line, "not visible individually, and no configurable row takes it");
            return {};
        }
        return take_single(cells, nullptr);
    }

    Result<void> take_single(Cells const& cells, Row const* flat_row) {
        auto product = magento_product(cells, columns_.flat(), context_);
        auto made = magento_variant(cells, context_);
        if (!made.variant) {
            reject(cells.line, std::move(made.reason));
            return {};
        }
        if (flat_row != nullptr) columns_.append_flat_attributes(*flat_row, product.attributes);
        made.variant->media.clear();  // the product's are the same
        product.variants.push_back(std::move(*made.variant));
        return context_.intake.take(std::move(product), cells.line, Intake::Ids::claimed_before);
    }

    FileContext const& context_;
    Table table_;
    MagentoColumns columns_;
    std::map<std::string, KeptRow, std::less<>> simples_;
    std::vector<KeptRow> configurables_;  // that came before one of their variants
};

}  // namespace

Result<void> check_magento(std::string const& path) {
    B2A_TRY(table, Table::open(path));
    if (table.column("product_type")) return table.require({"sku", "name", "price", "configurable_variations"});
    return table.require({"sku", "name", "price"});
}

Result<void> import_magento(FileContext const& context) {
    B2A_TRY(table, Table::open(context.path));
    return MagentoImport(context, std::move(table)).run();
}

}  // namespace b2a::importer
