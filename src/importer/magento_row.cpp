// SPDX-License-Identifier: Apache-2.0
#include "importer/magento_row.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/decimal.hpp"
#include "importer/magento_values.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

constexpr std::array<std::string_view, cell_count> cell_names{"sku",
                                                              "name",
                                                              "store_view_code",
                                                              "product_type",
                                                              "product_online",
                                                              "visibility",
                                                              "categories",
                                                              "category",
                                                              "description",
                                                              "short_description",
                                                              "price",
                                                              "special_price",
                                                              "special_price_from_date",
                                                              "special_price_to_date",
                                                              "base_image",
                                                              "base_image_label",
                                                              "additional_images",
                                                              "additional_image_labels",
                                                              "additional_attributes",
                                                              "configurable_variations",
                                                              "qty",
                                                              "is_in_stock",
                                                              "manage_stock",
                                                              "use_config_manage_stock",
                                                              "allow_backorders",
                                                              "use_config_backorders",
                                                              "size",
                                                              "color"};

// Columns of the flat files that describe the row, not the product.
constexpr std::array<std::string_view, 4> flat_bookkeeping{"attribute_set", "attribute_set_code", "url_key", "weight"};

constexpr std::array<std::string_view, 4> attribute_bookkeeping{"has_options", "required_options", "tax_class_id",
                                                                "options_container"};

bool is_one(std::string_view cell) {
    return trim(cell) == "1";
}
bool is_zero(std::string_view cell) {
    return trim(cell) == "0";
}

void append_images(std::vector<domain::Media>& out, std::string_view paths, std::string_view labels,
                   FileContext const& context) {
    auto const names = split(labels, ',');
    auto const urls = split(paths, ',');
    for (std::size_t i = 0; i < urls.size() && out.size() < limits::product_media_max; ++i) {
        std::string url(trim(urls[i]));
        if (url.empty() || url == "no_selection") continue;
        if (!url.starts_with("http://") && !url.starts_with("https://")) {
            if (!url.starts_with('/')) url.insert(0, 1, '/');
            url.insert(0, context.media_base_url);
        }
        if (!is_web_url(url)) continue;
        constexpr std::size_t alt_bytes_max = 300;
        domain::Media media;
        media.url = std::move(url);
        if (i < names.size()) media.alt_text = clean_text(names[i], alt_bytes_max, TextShape::line);
        out.push_back(std::move(media));
    }
}

/// The reduced price, if one is stated, lower, and valid now.
std::optional<Money> special_price(Cells const& cells, Money price, FileContext const& context) {
    auto const special = parse_price(cells[Cell::special_price], price.currency);
    if (!special || special->minor >= price.minor) return std::nullopt;
    if (auto const from = trim(cells[Cell::special_price_from_date]); !from.empty()) {
        auto const date = magento_date(from);
        if (!date || *date > context.now) return std::nullopt;
    }
    if (auto const to = trim(cells[Cell::special_price_to_date]); !to.empty()) {
        auto const date = magento_date(to);
        if (!date || *date + std::chrono::days(1) <= context.now) return std::nullopt;
    }
    return special;
}

/// Stock is tracked unless the row opts out; "use config" means Magento's default, which is to track.
bool is_tracked(Cells const& cells) {
    if (is_zero(cells[Cell::manage_stock]) && !is_one(cells[Cell::use_config_manage_stock])) return false;
    return !(is_one(cells[Cell::allow_backorders]) && !is_one(cells[Cell::use_config_backorders]));
}

}  // namespace

KeptRow::KeptRow(Cells const& cells) : line_(cells.line) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < cell_count; ++i) size += cells[static_cast<Cell>(i)].size();
    bytes_.reserve(size);
    for (std::size_t i = 0; i < cell_count; ++i) {
        bytes_ += cells[static_cast<Cell>(i)];
        ends_[i] = static_cast<std::uint32_t>(bytes_.size());
    }
}

Cells KeptRow::cells() const {
    Cells out;
    out.line = line_;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < cell_count; ++i) {
        out.set(static_cast<Cell>(i), std::string_view(bytes_).substr(begin, ends_[i] - begin));
        begin = ends_[i];
    }
    return out;
}

MagentoColumns::MagentoColumns(Table const& table) : flat_(!table.column("product_type")) {
    for (std::size_t i = 0; i < cell_count; ++i) at_[i] = table.column(cell_names[i]);
    if (!flat_) {
        at_[static_cast<std::size_t>(Cell::size)].reset();  // options come from the configurable
        at_[static_cast<std::size_t>(Cell::color)].reset();
        return;
    }
    for (std::size_t i = 0; i < table.header().size(); ++i) {
        auto const& name = table.header()[i];
        auto const in = [&](auto const& list) { return std::find(list.begin(), list.end(), name) != list.end(); };
        if (!in(cell_names) && !in(flat_bookkeeping)) attribute_columns_.emplace_back(i, snake_case(name));
    }
}

Cells MagentoColumns::cells(Row const& row) const {
    Cells out;
    out.line = row.line;
    for (std::size_t i = 0; i < cell_count; ++i)
        if (at_[i]) out.set(static_cast<Cell>(i), row.fields[*at_[i]]);
    return out;
}

void MagentoColumns::append_flat_attributes(Row const& row, std::vector<domain::Attribute>& out) const {
    for (auto const& [index, name] : attribute_columns_) append_attributes(out, name, row.fields[index], '\n');
}

domain::Product magento_product(Cells const& cells, bool flat, FileContext const& context) {
    domain::Product product;
    product.id = trim(cells[Cell::sku]);
    product.brand = context.brand;
    product.title = clean_text(cells[Cell::name], limits::product_title_bytes_max, TextShape::line);
    auto const text =
        trim(cells[Cell::description]).empty() ? cells[Cell::short_description] : cells[Cell::description];
    product.description = clean_text(text, limits::product_description_bytes_max, TextShape::block);
    product.categories = flat ? listed_categories(cells[Cell::category]) : export_categories(cells[Cell::categories]);
    for (auto const& [name, value] : key_values(cells[Cell::additional_attributes]))
        if (std::find(attribute_bookkeeping.begin(), attribute_bookkeeping.end(), name) == attribute_bookkeeping.end())
            append_attributes(product.attributes, snake_case(name), value, '|');
    append_images(product.media, cells[Cell::base_image], cells[Cell::base_image_label], context);
    append_images(product.media, cells[Cell::additional_images], cells[Cell::additional_image_labels], context);
    return product;
}

VariantOrReason magento_variant(Cells const& cells, FileContext const& context) {
    domain::Variant variant;
    variant.id = trim(cells[Cell::sku]);
    variant.sku = variant.id;
    variant.title = clean_text(cells[Cell::name], limits::product_title_bytes_max, TextShape::line);
    if (auto const cell = trim(cells[Cell::price]); !cell.empty()) {
        auto const price = parse_price(cell, context.currency);
        if (!price)
            return {std::nullopt, "price " + shown(cell) + " is no amount in " + std::string(context.currency.code())};
        variant.offers.push_back({special_price(cells, *price, context).value_or(*price), *price});
    }
    if (auto const cell = trim(cells[Cell::qty]); !cell.empty() && is_tracked(cells)) {
        auto const stock = parse_whole(cell);
        if (!stock || *stock > limits::import_stock_max)
            return {std::nullopt, "qty " + shown(cell) + " is no stock level"};
        variant.declared_stock = is_zero(cells[Cell::is_in_stock]) ? 0 : std::max<std::int64_t>(*stock, 0);
    }
    auto const type = trim(cells[Cell::product_type]);
    if (type == "virtual" || type == "downloadable") variant.delivery = domain::Delivery::digital;
    append_images(variant.media, cells[Cell::base_image], cells[Cell::base_image_label], context);
    for (auto const& [name, value] : {std::pair("size", cells[Cell::size]), std::pair("color", cells[Cell::color])}) {
        auto label = clean_text(value, limits::id_bytes_max, TextShape::line);
        if (!label.empty()) variant.options.push_back({name, std::move(label)});
    }
    return {std::move(variant), {}};
}

}  // namespace b2a::importer
