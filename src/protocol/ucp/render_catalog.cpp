// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/render_catalog.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/catalog/fit.hpp"
#include "b2a/protocol/catalog_json.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/need.hpp"
#include "b2a/protocol/presentation.hpp"
#include "b2a/protocol/vendor.hpp"

namespace b2a::protocol::ucp {
namespace {

/// A path, a path prefix or the name of a segment, as the catalog's own filter has it.
bool in_category(domain::Product const& product, std::string_view wanted) {
    for (std::string_view const path : product.categories) {
        if (iequals(path.substr(0, wanted.size()), wanted) &&
            (path.size() == wanted.size() || (path.size() > wanted.size() && path[wanted.size()] == '/')))
            return true;
        for (auto const segment : split(path, '/'))
            if (iequals(segment, wanted)) return true;
    }
    return false;
}

bool passes(domain::Product const& product, CatalogFilters const& filters) {
    return filters.categories.empty() ||
           std::any_of(filters.categories.begin(), filters.categories.end(),
                       [&](std::string const& category) { return in_category(product, category); });
}

bool passes(Money price, PriceFilter const& filter, Currency currency) noexcept {
    if (filter.empty()) return true;
    return price.currency == currency && (!filter.min || price.minor >= *filter.min) &&
           (!filter.max || price.minor <= *filter.max);
}

/// Lowest and highest over the shown variants, of those in the first one's currency.
void write_range(json::Writer& json, std::string_view key, std::vector<Money> const& amounts) {
    auto low = amounts.front();
    auto high = amounts.front();
    for (auto const amount : amounts) {
        if (amount.currency != low.currency) continue;
        if (amount.minor < low.minor) low = amount;
        if (amount.minor > high.minor) high = amount;
    }
    json.key(key).begin_object().key("min");
    write_money(json, low);
    json.key("max");
    write_money(json, high);
    json.end_object();
}

/// List prices are those that may be struck through; beside them a price that is not reduced is its own.
void write_ranges(json::Writer& json, Shop const& shop, domain::Product const& product,
                  VariantIndexes const& variants) {
    std::vector<Money> prices;
    std::vector<Money> lists;
    bool reduced = false;
    for (auto const index : variants) {
        auto const* offer = offer_to_show(product.variants[index], shop.currency, shop.site.default_currency);
        if (offer == nullptr) continue;
        prices.push_back(offer->price);
        auto const struck = domain::struck_price(*offer, shop.snapshot.data().legal);
        lists.push_back(struck.value_or(offer->price));
        reduced = reduced || struck.has_value();
    }
    write_range(json, "price_range", prices);
    if (reduced) write_range(json, "list_price_range", lists);
}

void write_axes(json::Writer& json, Shop const& shop, domain::Product const& product, ProductShape const& shape) {
    auto const axes = option_axes(product, shape.choices);
    if (axes.empty()) return;
    json.key("options").begin_array();
    for (auto const& axis : axes) {
        json.begin_object().member("name", axis.name).key("values").begin_array();
        for (auto const label : axis.labels) {
            json.begin_object().member("label", label);
            if (shape.selected != nullptr) {
                auto const state =
                    value_state(shop.snapshot, shape.product_index, shape.choices, *shape.selected, axis.name, label);
                json.member("available", state.available).member("exists", state.exists);
            }
            json.end_object();
        }
        json.end_array().end_object();
    }
    json.end_array();
}

std::string variant_text(domain::Product const& product, domain::Variant const& variant) {
    if (variant.options.empty()) return product.description.empty() ? product.title : product.description;
    std::string out;
    for (auto const& option : variant.options) {
        if (!out.empty()) out += ", ";
        out += option.name + ": " + option.label;
    }
    return out;
}

void write_plain(json::Writer& json, std::string_view text) {
    json.key("description").begin_object().member("plain", text).end_object();
}

void write_reduction(json::Writer& json, domain::Reduction const& reduction) {
    json.key("prior_price_30d").begin_object().member("amount", reduction.prior.minor);
    json.member("currency", reduction.prior.currency.code());
    json.member("from", to_rfc3339(reduction.from)).member("to", to_rfc3339(reduction.until)).end_object();
    json.key("reduction").begin_object().member("percent", reduction.percent);
    json.member("basis", "lowest_30d").end_object();
}

std::optional<domain::UnitPrice> shown_unit_price(domain::Product const& product, domain::Variant const& variant,
                                                  domain::Offer const& offer, domain::LegalTerms const& terms) {
    if (!terms.eu_consumer_law) return std::nullopt;
    auto const measure = domain::measure_of(product, variant);
    return measure ? domain::unit_price_of(offer.price, *measure) : std::nullopt;
}

void write_variant(json::Writer& json, Shop const& shop, ProductShape const& shape, std::size_t position) {
    auto const& product = shop.snapshot.product_at(shape.product_index);
    auto const local = shape.variants[position];
    auto const& variant = product.variants[local];
    auto const* offer = offer_to_show(variant, shop.currency, shop.site.default_currency);
    json.begin_object().member("id", variant.id).member_if("sku", variant.sku);
    json.member("title", variant.title.empty() ? product.title : variant.title);
    write_plain(json, variant_text(product, variant));
    json.key("price");
    write_money(json, offer->price);
    auto const& terms = shop.snapshot.data().legal;
    if (auto const struck = domain::struck_price(*offer, terms)) {
        json.key("list_price");
        write_money(json, *struck);
    }
    if (auto const unit = shown_unit_price(product, variant, *offer, terms))
        write_unit_price(json, *unit, shop.measures);
    bool const in_stock = shop.snapshot.in_stock(shop.snapshot.first_variant(shape.product_index) + local);
    json.key("availability").begin_object().member("available", in_stock);
    json.member("status", in_stock ? "in_stock" : "out_of_stock").end_object();
    if (!variant.barcodes.empty()) write_barcodes(json, variant.barcodes);
    if (!variant.options.empty()) write_options(json, variant.options);
    if (!variant.media.empty()) write_media(json, shop.site, variant.media);
    auto const reduction = terms.eu_consumer_law ? domain::reduction_of(*offer, terms) : std::nullopt;
    if (!variant.attributes.empty() || reduction) {
        json.key("metadata").begin_object();
        if (!variant.attributes.empty()) write_attributes(json, variant.attributes);
        if (reduction) write_reduction(json, *reduction);
        json.end_object();
    }
    if (!shape.inputs.empty()) {
        json.key("inputs").begin_array();
        for (auto const& input : shape.inputs[position])
            json.begin_object().member("id", input.id).member("match", input.exact ? "exact" : "featured").end_object();
        json.end_array();
    }
    json.end_object();
}

/// What the brand knows beyond UCP's own members, in short and under a name that is the brand's.
void write_vendor_metadata(json::Writer& json, Shop const& shop, domain::Product const& product,
                           service::JudgedHit const* judged) {
    auto const* const chart = catalog::chart_of(product, shop.snapshot.data().size_charts);
    if (!product.food && chart == nullptr && product.edges.empty() && judged == nullptr) return;
    json.key(vendor_namespace(shop.site)).begin_object();
    if (product.food) {
        json.key("allergens").begin_object();
        for (auto const level : {domain::AllergenStatus::contains, domain::AllergenStatus::may_contain,
                                 domain::AllergenStatus::free_from, domain::AllergenStatus::unknown}) {
            json.key(to_text(level)).begin_array();
            for (std::size_t i = 0; i < domain::allergen_count; ++i)
                if (auto const one = static_cast<domain::Allergen>(i); product.food->allergens.status(one) == level)
                    json.value(to_text(one));
            json.end_array();
        }
        json.end_object();
        write_diets(json, product.food->diets);
    }
    if (chart != nullptr) json.member("size_chart", chart->id);
    if (judged != nullptr) {
        json.member("outcome", to_text(judged->outcome));
        json.member("judged_variant", shop.snapshot.variant_at(judged->variant).variant->id);
        write_constraints(json, judged->verdicts, shop.snapshot.revision());
    }
    json.member("edges", std::uint64_t{product.edges.size()}).end_object();
}

void write_metadata(json::Writer& json, Shop const& shop, ProductShape const& shape) {
    auto const index = shape.product_index;
    auto const& product = shop.snapshot.product_at(index);
    json.key("metadata").begin_object().member_if("brand", product.brand);
    if (!product.attributes.empty()) write_attributes(json, product.attributes);
    if (product.food) write_food(json, *product.food, suspicions_of(shop.snapshot, index));
    write_vendor_metadata(json, shop, product, shape.judged);
    json.end_object();
}

void write_categories(json::Writer& json, domain::Product const& product) {
    if (product.categories.empty()) return;
    json.key("categories").begin_array();
    for (auto const& category : product.categories)
        json.begin_object().member("value", category).member("taxonomy", "merchant").end_object();
    json.end_array();
}

}  // namespace

VariantIndexes sellable_variants(Shop const& shop, std::uint32_t product_index, CatalogFilters const& filters) {
    auto const& product = shop.snapshot.product_at(product_index);
    VariantIndexes out;
    if (!passes(product, filters)) return out;
    for (std::uint32_t i = 0; i < product.variants.size(); ++i) {
        auto const* offer = offer_to_show(product.variants[i], shop.currency, shop.site.default_currency);
        if (offer != nullptr && passes(offer->price, filters.price, shop.currency)) out.push_back(i);
    }
    return out;
}

domain::ProductShown shown_of(Shop const& shop, ProductShape const& shape, std::string const& path,
                              domain::Detail detail) {
    auto const& product = shop.snapshot.product_at(shape.product_index);
    domain::ProductShown shown{&product, path, {}, detail};
    for (std::size_t i = 0; i < shape.variants.size(); ++i) {
        auto const& variant = product.variants[shape.variants[i]];
        auto const* offer = offer_to_show(variant, shop.currency, shop.site.default_currency);
        if (offer != nullptr) shown.offers.push_back({&variant, offer, path + ".variants[" + std::to_string(i) + "]"});
    }
    return shown;
}

bool may_need_disclosures(domain::Product const& product) noexcept {
    auto const speaks = [](domain::Variant const& variant) {
        return variant.measure ||
               std::ranges::any_of(variant.offers, [](domain::Offer const& offer) { return offer.prior.has_value(); });
    };
    return product.food.has_value() || std::ranges::any_of(product.variants, speaks);
}

void add_unit_price_members(std::vector<std::string>& out, Shop const& shop, domain::ProductShown const& shown) {
    for (auto const& [variant, offer, path] : shown.offers) {
        auto const unit = shown_unit_price(*shown.product, *variant, *offer, shop.snapshot.data().legal);
        if (!unit) continue;
        std::string member;
        json::Writer json(member);
        json.begin_object();
        write_unit_price(json, *unit, shop.measures);
        out.push_back(member.substr(1));
    }
}

void write_product(json::Writer& json, Shop const& shop, ProductShape const& shape) {
    auto const& product = shop.snapshot.product_at(shape.product_index);
    json.begin_object().member("id", product.id).member("title", product.title);
    write_plain(json, product.description.empty() ? product.title : product.description);
    if (auto const url = shop.site.absolute(product.url); url.starts_with("http")) json.member("url", url);
    write_categories(json, product);
    write_ranges(json, shop, product, shape.variants);
    if (!product.media.empty()) write_media(json, shop.site, product.media);
    write_axes(json, shop, product, shape);
    json.key("variants").begin_array();
    for (std::size_t i = 0; i < shape.variants.size(); ++i) write_variant(json, shop, shape, i);
    json.end_array();
    if (!product.tags.empty()) {
        json.key("tags").begin_array();
        for (auto const& tag : product.tags) json.value(tag);
        json.end_array();
    }
    write_metadata(json, shop, shape);
    if (shape.selected != nullptr) {
        json.key("selected").begin_array();
        for (auto const& option : *shape.selected)
            json.begin_object().member("name", option.name).member("label", option.label).end_object();
        json.end_array();
    }
    json.end_object();
}

}  // namespace b2a::protocol::ucp
