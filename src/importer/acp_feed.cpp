// SPDX-License-Identifier: Apache-2.0
// An ACP product feed (products.jsonl, feed schema of 2026-04-17): one Product a line, a closed object. What the format
// has no place for (attributes, edges, food facts, further currencies, stock counts) is not in the products either.
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/domain/disclosure.hpp"

#include "importer/native.hpp"
#include "importer/row_reader.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t url_bytes_max = 2048;
constexpr std::size_t name_bytes_max = 100;
constexpr std::size_t list_max = 64;
constexpr std::string_view google_category = "google_product_category";

/// What the schema has and the model does not: skipped as it is.
void skip_object(Reader& in, std::string_view key, std::initializer_list<std::string_view> names) {
    in.object(key, [&](Reader& object) { allow_only(object, names); });
}

/// Plain text where it is given, else the plain part of the others.
std::string read_description(Reader& in) {
    std::string out;
    in.object("description", [&](Reader& text) {
        allow_only(text, {"plain", "html", "markdown"});
        for (auto const key : {"plain", "markdown", "html"}) {
            auto const found = text.string(key, limits::product_description_bytes_max);
            if (out.empty() && found) out = clean_text(*found, limits::product_description_bytes_max, TextShape::block);
        }
    });
    return out;
}

std::vector<domain::Media> read_media(Reader& in) {
    std::vector<domain::Media> out;
    in.objects("media", limits::product_media_max, [&](Reader& item) {
        allow_only(item, {"type", "url", "alt_text", "width", "height"});
        domain::Media media;
        media.type = read_line(item, "type", name_bytes_max, Presence::required);
        media.url = item.string("url", url_bytes_max, Presence::required).value_or("");
        media.alt_text = read_line(item, "alt_text", limits::product_value_bytes_max);
        out.push_back(std::move(media));
    });
    return out;
}

std::optional<Money> read_price(Reader& in, std::string_view key) {
    std::optional<Money> out;
    in.object(key, [&](Reader& price) {
        allow_only(price, {"amount", "currency"});
        auto const amount = price.integer("amount", 0, money_minor_max, Presence::required);
        auto const currency = read_currency(price);
        if (amount && currency) out = Money{*amount, *currency};
    });
    return out;
}

void read_offer(Reader& in, domain::Variant& out) {
    auto const price = read_price(in, "price");
    auto const list = read_price(in, "list_price");
    if (!price) return;
    if (list && (list->currency != price->currency || list->minor < price->minor))
        return in.problem("list_price", "must be in the price's currency and not below it");
    out.offers.push_back({*price, list.value_or(*price)});
}

/// The unit price follows from the measure and the price, so the measure is all that is taken.
void read_measure(Reader& in, domain::Variant& out) {
    in.object("unit_price", [&](Reader& unit_price) {
        allow_only(unit_price, {"amount", "currency", "measure", "reference"});
        unit_price.object("measure", [&](Reader& measure) {
            allow_only(measure, {"value", "unit"});
            auto const unit = read_line(measure, "unit", name_bytes_max, Presence::required);
            auto const value = measure.raw("value");
            auto const number = value ? value->as_decimal_text() : std::nullopt;
            if (!number) return measure.problem("value", "must be a number");
            out.measure = domain::measure_from_text(*number + ' ' + unit);
        });
        skip_object(unit_price, "reference", {"value", "unit"});
    });
}

/// A feed says whether, not how many: what is not available has no stock, the rest is not counted.
void read_availability(Reader& in, domain::Variant& out) {
    in.object("availability", [&](Reader& availability) {
        allow_only(availability, {"available", "status"});
        auto const available = availability.boolean("available");
        auto const status = read_line(availability, "status", name_bytes_max);
        bool const gone = available ? !*available : status == "out_of_stock" || status == "discontinued";
        if (gone && !out.offers.empty()) out.declared_stock = 0;
    });
}

std::string path_of(std::string_view category) {
    constexpr std::string_view arrow = " > ";
    std::string out;
    for (auto at = category.find(arrow); at != std::string_view::npos; at = category.find(arrow)) {
        out += std::string(category.substr(0, at)) + '/';
        category.remove_prefix(at + arrow.size());
    }
    return out + std::string(category);
}

/// Categories stand with variants there and with the product here.
void read_categories(Reader& in, domain::Variant& variant, domain::Product& product) {
    in.objects("categories", list_max, [&](Reader& category) {
        allow_only(category, {"value", "taxonomy"});
        auto const value = read_line(category, "value", limits::product_value_bytes_max, Presence::required);
        if (read_line(category, "taxonomy", name_bytes_max) == google_category) {
            variant.attributes.push_back({std::string(google_category), value});
            return;
        }
        auto path = path_of(value);
        if (!path.empty() && std::ranges::find(product.categories, path) == product.categories.end())
            product.categories.push_back(std::move(path));
    });
}

void read_condition(Reader& in, domain::Variant& out) {
    auto const stated = in.strings("condition", list_max, limits::product_value_bytes_max);
    if (!stated || *stated == std::vector<std::string>{"new"}) return;
    for (auto const& text : *stated)
        if (auto clean = clean_text(text, limits::product_value_bytes_max, TextShape::line); !clean.empty())
            out.attributes.push_back({"condition", std::move(clean)});
}

void read_variant(Reader& in, domain::Product& product) {
    allow_only(in, {"id", "title", "description", "url", "barcodes", "price", "list_price", "unit_price",
                    "availability", "categories", "condition", "variant_options", "media", "seller", "marketplace"});
    domain::Variant variant;
    variant.id = in.string("id", limits::id_bytes_max, Presence::required).value_or("");
    variant.sku = variant.id;
    variant.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    if (product.title.empty()) product.title = variant.title;
    if (auto text = read_description(in); product.description.empty()) product.description = std::move(text);
    if (auto url = in.string("url", url_bytes_max); url && product.url.empty()) product.url = std::move(*url);
    in.objects("barcodes", list_max, [&](Reader& barcode) {
        allow_only(barcode, {"type", "value"});
        variant.barcodes.push_back({read_line(barcode, "type", name_bytes_max, Presence::required),
                                    read_line(barcode, "value", name_bytes_max, Presence::required)});
    });
    read_offer(in, variant);
    read_measure(in, variant);
    read_availability(in, variant);
    read_categories(in, variant, product);
    read_condition(in, variant);
    in.objects("variant_options", list_max, [&](Reader& option) {
        allow_only(option, {"name", "value"});
        variant.options.push_back({read_line(option, "name", name_bytes_max, Presence::required),
                                   read_line(option, "value", limits::id_bytes_max, Presence::required)});
    });
    variant.media = read_media(in);
    in.object("seller", [&](Reader& seller) {
        allow_only(seller, {"name", "links"});
        auto name = read_line(seller, "name", limits::id_bytes_max);
        if (product.brand.empty()) product.brand = std::move(name);
    });
    skip_object(in, "marketplace", {"name", "links"});
    product.variants.push_back(std::move(variant));
}

domain::Product read_feed_product(Reader& in, FileContext const& context) {
    allow_only(in, {"id", "title", "description", "url", "media", "variants"});
    domain::Product product;
    product.id = in.string("id", limits::id_bytes_max, Presence::required).value_or("");
    product.title = read_line(in, "title", limits::product_title_bytes_max);
    product.description = read_description(in);
    product.url = in.string("url", url_bytes_max).value_or("");
    product.media = read_media(in);
    in.objects(
        "variants", limits::product_variants_max, [&](Reader& variant) { read_variant(variant, product); },
        Presence::required);
    if (product.brand.empty()) product.brand = context.brand;
    return product;
}

}  // namespace

Result<void> import_acp_feed(FileContext const& context) {
    return each_json_line(context, [&](json::View view, std::uint64_t line) -> Result<void> {
        Reader in(view);
        auto product = read_feed_product(in, context);
        if (auto const sound = in.finish(); !sound) {
            context.journal.reject(line, sound.error().detail);
            return {};
        }
        return context.intake.take(std::move(product), line, Intake::Ids::claim_now);
    });
}

Result<bool> looks_like_acp_feed(std::string const& path) {
    B2A_TRY(source, Source::open(path));
    LineReader lines(std::move(source));
    Row row;
    for (;;) {
        B2A_TRY(more, lines.next(row));
        if (!more || !row.fault.empty()) return false;
        if (trim(row.fields.front()).empty()) continue;
        json::Document document;
        auto const view = document.parse(row.fields.front());
        return view && view->get("variants") && !view->get("type");
    }
}

}  // namespace b2a::importer
