// SPDX-License-Identifier: Apache-2.0
#include "b2a/exporter/google.hpp"

#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"
#include "b2a/protocol/feed_text.hpp"
#include "b2a/protocol/presentation.hpp"

namespace b2a::exporter {
namespace {

using protocol::decimal_text;

/// In the order of the columns; an XML item has them in it too.
enum Column : std::size_t {
    id,
    title,
    description,
    link,
    image_link,
    additional_image_link,
    availability,
    price,
    sale_price,
    brand,
    gtin,
    condition,
    product_type,
    google_product_category,
    item_group_id,
    color,
    size,
    material,
    pattern,
    gender,
    age_group,
    identifier_exists,
    unit_pricing_measure,
    unit_pricing_base_measure,
    column_count
};
constexpr std::array<std::string_view, column_count> names{"id",
                                                           "title",
                                                           "description",
                                                           "link",
                                                           "image_link",
                                                           "additional_image_link",
                                                           "availability",
                                                           "price",
                                                           "sale_price",
                                                           "brand",
                                                           "gtin",
                                                           "condition",
                                                           "product_type",
                                                           "google_product_category",
                                                           "item_group_id",
                                                           "color",
                                                           "size",
                                                           "material",
                                                           "pattern",
                                                           "gender",
                                                           "age_group",
                                                           "identifier_exists",
                                                           "unit_pricing_measure",
                                                           "unit_pricing_base_measure"};
using Row = std::array<std::string, column_count>;

constexpr std::size_t further_images_max = 10;  // Google's bound

std::string text_of(std::vector<domain::Attribute> const& attributes, std::string_view name) {
    for (auto const& attribute : attributes)
        if (auto const* text = std::get_if<std::string>(&attribute.value); text && attribute.name == name) return *text;
    return {};
}

/// An option of the variant, else its attribute, else the product's.
std::string stated(domain::Product const& product, domain::Variant const& variant, std::string_view name) {
    for (auto const& option : variant.options)
        if (iequals(option.name, name)) return option.label;
    auto text = text_of(variant.attributes, name);
    return text.empty() ? text_of(product.attributes, name) : text;
}

bool is_gtin(std::string_view text) noexcept {
    auto const sized = text.size() == 8 || (text.size() >= 12 && text.size() <= 14);
    return sized && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string gtin_of(domain::Variant const& variant) {
    for (auto const& barcode : variant.barcodes)
        if (is_gtin(barcode.value)) return barcode.value;
    return {};
}

std::string price_text(Money money) {
    return protocol::amount_text(money) + ' ' + std::string(money.currency.code());
}

std::string measure_text(domain::Quantity const& measure) {
    return decimal_text(measure.mantissa, measure.scale) + ' ' + measure.unit;
}

void fill_images(Row& row, protocol::Site const& site, domain::Product const& product, domain::Variant const& variant) {
    std::vector<std::string> urls;
    for (auto const* media : {&variant.media, &product.media})
        for (auto const& item : *media) {
            auto url = item.type == "image" ? protocol::web_url(site.absolute(item.url)) : std::string();
            if (!url.empty() && std::ranges::find(urls, url) == urls.end()) urls.push_back(std::move(url));
        }
    for (std::size_t i = 0; i < urls.size() && i <= further_images_max; ++i) {
        auto& cell = row[i == 0 ? image_link : additional_image_link];
        if (!cell.empty()) cell += ',';
        // The comma separates several of them.
        for (char const c : urls[i])
            if (i > 0 && c == ',') cell += "%2C";
            else cell += c;
    }
}

void fill_price(Row& row, domain::Product const& product, domain::Variant const& variant, domain::Offer const& offer,
                domain::LegalTerms const& terms) {
    if (auto const struck = domain::struck_price(offer, terms)) {
        row[price] = price_text(*struck);
        row[sale_price] = price_text(offer.price);
    } else {
        row[price] = price_text(offer.price);
    }
    auto const measure = domain::measure_of(product, variant);
    if (!measure) return;
    auto const unit = domain::unit_price_of(offer.price, *measure);
    if (!unit) return;
    row[unit_pricing_measure] = measure_text(unit->measure);
    row[unit_pricing_base_measure] = measure_text(unit->reference);
}

Row row_of(protocol::Site const& site, domain::Product const& product, domain::Variant const& variant, bool in_stock) {
    Row row;
    row[id] = variant.id;
    row[title] = variant.title.empty() ? product.title : variant.title;
    row[description] = product.description.empty() ? product.title : product.description;
    row[link] = protocol::web_url(site.absolute(product.url));
    fill_images(row, site, product, variant);
    row[availability] = in_stock ? "in_stock" : "out_of_stock";
    row[brand] = product.brand;
    row[gtin] = gtin_of(variant);
    row[condition] = stated(product, variant, "condition");
    if (row[condition].empty()) row[condition] = "new";
    for (auto const& path : product.categories) {
        if (!row[product_type].empty()) row[product_type] += ',';
        row[product_type] += protocol::category_with_arrows(path);
    }
    row[google_product_category] = stated(product, variant, "google_product_category");
    if (product.variants.size() > 1) row[item_group_id] = product.id;
    constexpr std::pair<Column, std::string_view> described[] = {{color, "color"},       {size, "size"},
                                                                 {material, "material"}, {pattern, "pattern"},
                                                                 {gender, "gender"},     {age_group, "age_group"}};
    for (auto const& [column, name] : described) row[column] = stated(product, variant, name);
    if (row[gtin].empty()) row[identifier_exists] = "no";
    return row;
}

/// A tab or a line break would begin another cell or row.
void flatten(Row& row) {
    for (auto& cell : row)
        for (char& c : cell)
            if (static_cast<unsigned char>(c) < 0x20) c = ' ';
}

void append_tsv(std::string& out, Row const& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out += '\t';
        out += row[i];
    }
    out += '\n';
}

void append_xml(std::string& out, Row const& row) {
    out += "<item>";
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].empty()) continue;
        auto const tag = "g:" + std::string(names[i]);
        out += '<' + tag + '>' + protocol::escape_markup(row[i]) + "</" + tag + '>';
    }
    out += "</item>\n";
}

}  // namespace

std::string google_head(GoogleShape shape, protocol::Site const& site) {
    std::string out;
    if (shape == GoogleShape::tsv) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (i > 0) out += '\t';
            out += names[i];
        }
        return out + '\n';
    }
    out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\n<title>";
    out += protocol::escape_markup(site.title) + "</title><link>" + protocol::escape_markup(site.base_url);
    return out + "</link><description>Products</description>\n";
}

std::string google_tail(GoogleShape shape) {
    return shape == GoogleShape::tsv ? std::string() : "</channel></rss>\n";
}

void render_google(std::string& out, GoogleShape shape, protocol::Site const& site, catalog::Snapshot const& snapshot,
                   std::uint32_t product, Currency currency, GoogleCounts& counts) {
    auto const& p = snapshot.product_at(product);
    auto index = snapshot.first_variant(product);
    auto const before = counts.variants;
    for (auto const& variant : p.variants) {
        auto const in_stock = snapshot.in_stock(index++);
        auto const* offer = domain::find_offer(variant, currency);
        if (offer == nullptr) {
            ++counts.without_price;
            continue;
        }
        auto row = row_of(site, p, variant, in_stock);
        fill_price(row, p, variant, *offer, snapshot.data().legal);
        flatten(row);
        if (row[link].empty()) ++counts.without_link;
        shape == GoogleShape::tsv ? append_tsv(out, row) : append_xml(out, row);
        ++counts.variants;
    }
    if (counts.variants > before) ++counts.products;
}

}  // namespace b2a::exporter
