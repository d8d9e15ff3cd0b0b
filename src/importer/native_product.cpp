// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/domain/disclosure.hpp"

#include "importer/decimal.hpp"
#include "importer/native.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t url_bytes_max = 2048;
constexpr std::size_t name_bytes_max = 100;
constexpr std::size_t offers_max = 32;
constexpr std::size_t options_max = 16;

std::vector<std::string> read_lines(Reader& in, std::string_view key) {
    auto lines = in.strings(key, limits::product_attributes_max, limits::product_value_bytes_max);
    std::vector<std::string> out;
    if (!lines) return out;
    for (auto const& line : *lines) {
        auto text = clean_text(line, limits::product_value_bytes_max, TextShape::line);
        if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
    }
    return out;
}

bool is_attribute_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void read_attribute(Reader& in, std::vector<domain::Attribute>& out) {
    allow_only(in, {"name", "value", "unit"});
    auto name = read_line(in, "name", name_bytes_max, Presence::required);
    if (!name.empty() && !is_attribute_name(name)) in.problem("name", "must be snake_case");
    auto const unit = read_line(in, "unit", name_bytes_max);
    auto const raw = in.raw("value");
    if (!raw) return in.problem("value", "is required");
    domain::Attribute attribute{std::move(name), {}};
    if (auto const flag = raw->as_bool(); flag && unit.empty()) {
        attribute.value = *flag;
    } else if (auto const text = raw->as_string(); text && unit.empty()) {
        if (text->size() > limits::product_value_bytes_max) return in.problem("value", "is too long");
        attribute.value = clean_text(*text, limits::product_value_bytes_max, TextShape::line);
    } else if (text) {
        auto quantity = parse_quantity(*text, unit);
        if (!quantity) return in.problem("value", "must be a decimal number when there is a unit");
        attribute.value = std::move(*quantity);
    } else {
        return in.problem("value", "must be text, true or false; a number is text with a unit");
    }
    out.push_back(std::move(attribute));
}

std::vector<domain::Attribute> read_attributes(Reader& in) {
    std::vector<domain::Attribute> out;
    in.objects("attributes", limits::product_attributes_max, [&](Reader& item) { read_attribute(item, out); });
    return out;
}

std::vector<domain::Media> read_media(Reader& in) {
    std::vector<domain::Media> out;
    in.objects("media", limits::product_media_max, [&](Reader& item) {
        allow_only(item, {"type", "url", "alt_text"});
        domain::Media media;
        if (auto type = read_line(item, "type", name_bytes_max); !type.empty()) media.type = std::move(type);
        media.url = item.string("url", url_bytes_max, Presence::required).value_or("");
        media.alt_text = read_line(item, "alt_text", limits::product_value_bytes_max);
        out.push_back(std::move(media));
    });
    return out;
}

void read_offer(Reader& in, std::vector<domain::Offer>& out) {
    allow_only(in, {"currency", "price", "list"});
    auto const currency = read_currency(in);
    auto const price = in.integer("price", 0, money_minor_max, Presence::required);
    auto const list = in.integer("list", 0, money_minor_max);
    if (!currency || !price) return;
    if (list && *list < *price) in.problem("list", "must not be below the price");
    out.push_back({{*price, *currency}, {list.value_or(*price), *currency}});
}

domain::Variant read_variant(Reader& in, std::string const& product_title) {
    allow_only(in, {"id", "sku", "title", "options", "attributes", "barcodes", "media", "offers", "stock", "delivery",
                    "net_content"});
    domain::Variant variant;
    variant.id = in.string("id", limits::id_bytes_max, Presence::required).value_or("");
    variant.sku = read_line(in, "sku", limits::id_bytes_max);
    if (variant.sku.empty()) variant.sku = variant.id;
    variant.title = read_line(in, "title", limits::product_title_bytes_max);
    if (variant.title.empty()) variant.title = product_title;
    in.objects("options", options_max, [&](Reader& option) {
        allow_only(option, {"name", "label"});
        variant.options.push_back({read_line(option, "name", name_bytes_max, Presence::required),
                                   read_line(option, "label", limits::id_bytes_max, Presence::required)});
    });
    variant.attributes = read_attributes(in);
    in.objects("barcodes", options_max, [&](Reader& barcode) {
        allow_only(barcode, {"type", "value"});
        variant.barcodes.push_back({read_line(barcode, "type", name_bytes_max, Presence::required),
                                    read_line(barcode, "value", name_bytes_max, Presence::required)});
    });
    variant.media = read_media(in);
    in.objects("offers", offers_max, [&](Reader& offer) { read_offer(offer, variant.offers); });
    variant.declared_stock = in.integer("stock", 0, limits::import_stock_max);
    if (auto const delivery = in.string("delivery", name_bytes_max)) {
        if (*delivery == "digital") variant.delivery = domain::Delivery::digital;
        else if (*delivery != "physical") in.problem("delivery", "must be physical or digital");
    }
    if (auto const content = read_line(in, "net_content", name_bytes_max); !content.empty()) {
        variant.measure = domain::measure_from_text(content);
        if (!variant.measure) in.problem("net_content", "must be a measure, \"750 ml\" or \"6 x 330 ml\"");
    }
    return variant;
}

}  // namespace

domain::Product read_product(Reader& in, FileContext const& context) {
    allow_only(in, {"type", "id", "brand", "title", "description", "url", "categories", "tags", "attributes", "media",
                    "food", "edges", "variants"});
    domain::Product product;
    product.id = in.string("id", limits::id_bytes_max, Presence::required).value_or("");
    product.brand = read_line(in, "brand", limits::id_bytes_max);
    if (product.brand.empty()) product.brand = context.brand;
    product.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    if (auto const text = in.string("description", limits::product_description_bytes_max))
        product.description = clean_text(*text, limits::product_description_bytes_max, TextShape::block);
    product.url = in.string("url", url_bytes_max).value_or("");
    product.categories = read_lines(in, "categories");
    product.tags = read_lines(in, "tags");
    product.attributes = read_attributes(in);
    product.media = read_media(in);
    in.object("food", [&](Reader& food) { product.food = read_food(food); });
    read_own_edges(in, product);
    in.objects(
        "variants", limits::product_variants_max,
        [&](Reader& variant) { product.variants.push_back(read_variant(variant, product.title)); }, Presence::required);
    return product;
}

}  // namespace b2a::importer
