// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/decimal.hpp"
#include "importer/magento_values.hpp"
#include "importer/schema_org.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Kind;
using json::View;

constexpr std::array<std::string_view, 6> gtin_members{"gtin13", "gtin", "gtin14", "gtin12", "gtin8", "isbn"};
constexpr std::array<std::string_view, 4> name_members{"@value", "name", "url", "@id"};
constexpr std::array<std::string_view, 6> attribute_members{"color", "size", "material", "pattern", "mpn", "model"};
constexpr std::array<std::pair<std::string_view, domain::EdgeType>, 4> edge_members{{
    {"isRelatedTo", domain::EdgeType::related},
    {"isSimilarTo", domain::EdgeType::related},
    {"isAccessoryOrSparePartFor", domain::EdgeType::accessory_for},
    {"successorOf", domain::EdgeType::replaces},
}};

std::string value_text(View value) {
    if (auto const text = value.as_string()) return std::string(*text);
    if (auto const number = value.as_decimal_text()) return *number;
    if (auto const flag = value.as_bool()) return *flag ? "true" : "false";
    if (!value.is(Kind::object)) return {};
    for (auto const member : name_members)
        if (auto const named = value.get(member); named && !named->is(Kind::object) && !named->is(Kind::array))
            if (auto text = value_text(*named); !text.empty()) return text;
    return {};
}

/// The value of the additional property with that name; empty without.
std::string additional(View node, std::string_view name) {
    std::string found;
    each_value(node, "additionalProperty", [&](View property) {
        if (found.empty() && snake_case(schema_text(property, "name")) == name) found = schema_text(property, "value");
    });
    return found;
}

void append_properties(View node, std::vector<domain::Attribute>& out) {
    each_value(node, "additionalProperty", [&](View property) {
        auto name = snake_case(schema_text(property, "name"));
        auto const unit = schema_text(property, "unitText");
        auto const code = unit.empty() ? schema_text(property, "unitCode") : unit;
        each_value(property, "value", [&](View value) {
            if (name.empty() || out.size() == limits::product_attributes_max) return;
            auto const text = value_text(value);
            auto quantity = code.empty() ? std::nullopt : parse_quantity(text, clean_text(code, 100, TextShape::line));
            if (auto const flag = value.as_bool()) out.push_back({name, *flag});
            else if (quantity) out.push_back({name, *std::move(quantity)});
            else append_text(out, name, text);
        });
    });
}

void append_pictures(View node, std::vector<domain::Media>& out, std::string_view alt_text, RowPlace const& place) {
    each_value(node, "image", [&](View image) {
        auto url = schema_text(image, "contentUrl");
        if (url.empty()) url = schema_text(image, "url");
        append_picture(out, url.empty() ? value_text(image) : url, alt_text, place);
    });
}

void append_edges(View node, std::string const& own_id, std::vector<domain::Edge>& out) {
    for (auto const& known : edge_members)
        each_value(node, known.first, [&](View target) {
            domain::Edge edge{known.second, id_of_node(target), std::string(native_edge_source)};
            if (is_clean_id(edge.target) && edge.target != own_id && out.size() < limits::product_edges_max &&
                std::find(out.begin(), out.end(), edge) == out.end())
                out.push_back(std::move(edge));
        });
}

Error wrong(std::string reason) {
    return Error(Code::invalid_request, std::move(reason));
}

/// The price before a reduction, among the specifications of a price.
std::optional<Money> list_price(View offer, Currency currency) {
    std::optional<Money> found;
    each_value(offer, "priceSpecification", [&](View specification) {
        auto const text = schema_text(specification, "priceType");
        auto const type = schema_name(text);
        if (type != "ListPrice" && type != "StrikethroughPrice" && type != "MSRP") return;
        found = parse_amount(schema_text(specification, "price"), currency);
    });
    return found;
}

class OfferReader {
  public:
    OfferReader(domain::Variant& variant, RowPlace const& place) : variant_(variant), place_(place) {}

    Result<void> take(View offer) {
        if (has_type(offer, "AggregateOffer")) return take_aggregate(offer);
        B2A_CHECK(take_stock(offer));
        return take_price(offer);
    }

  private:
    /// Prices of several sellers: offers of its own, or one price if the range is a point.
    Result<void> take_aggregate(View aggregate) {
        Result<void> taken;
        bool any = false;
        each_value(aggregate, "offers", [&](View offer) {
            any = true;
            if (taken.ok()) taken = take(offer);
        });
        if (any) return taken;
        auto const low = schema_text(aggregate, "lowPrice");
        if (low.empty()) return {};
        if (low != schema_text(aggregate, "highPrice")) {
            lint("price_is_a_range", low);
            return {};
        }
        return add(low, aggregate, aggregate);
    }

    Result<void> take_price(View offer) {
        auto const expires = schema_text(offer, "priceValidUntil");
        if (auto const until = parse_moment(expires); until && *until + std::chrono::days(1) <= place_.context.now) {
            lint("price_has_expired", expires);
            return {};
        }
        auto text = schema_text(offer, "price");
        auto source = offer;
        if (text.empty())
            each_value(offer, "priceSpecification", [&](View specification) {
                if (!text.empty() || !schema_text(specification, "priceType").empty()) return;
                text = schema_text(specification, "price");
                source = specification;
            });
        return text.empty() ? Result<void>() : add(text, source, offer);
    }

    Result<void> add(std::string const& text, View priced, View offer) {
        auto code = schema_text(priced, "priceCurrency");
        if (code.empty()) code = schema_text(offer, "priceCurrency");
        auto const currency = code.empty() ? std::optional(place_.context.currency) : Currency::parse(code);
        if (!currency) return wrong("priceCurrency " + shown(code) + " is no known currency");
        auto const price = parse_price(text, *currency);
        if (!price) return wrong("price " + shown(text) + " is no amount in " + std::string(currency->code()));
        if (domain::find_offer(variant_, *currency) != nullptr) {
            lint("several_prices_in_a_currency", text);
            return {};
        }
        auto const list = list_price(offer, *currency);
        variant_.offers.push_back({*price, list && list->minor > price->minor ? *list : *price});
        return {};
    }

    Result<void> take_stock(View offer) {
        auto const text = schema_text(offer, "availability");
        auto const availability = text.empty() ? Availability::sold : parse_availability(text);
        if (!availability) return wrong("availability " + shown(text) + " is unknown");
        if (*availability == Availability::sold_later)
            append_text(variant_.attributes, "availability", schema_name(text));
        if (*availability == Availability::not_sold) {
            variant_.declared_stock = 0;
            return {};
        }
        std::string level;
        each_value(offer, "inventoryLevel", [&](View value) {
            level = value.is(Kind::object) ? schema_text(value, "value") : value_text(value);
        });
        if (level.empty()) return {};
        auto const stock = parse_whole(level);
        if (!stock || *stock < 0 || *stock > limits::import_stock_max)
            return wrong("inventoryLevel " + shown(level) + " is no stock level");
        variant_.declared_stock = *stock;
        return {};
    }

    void lint(char const* code, std::string_view value) {
        place_.context.journal.lint(place_.line, {code, place_.product, "offers", shown(value)});
    }

    domain::Variant& variant_;
    RowPlace const& place_;
};

}  // namespace

std::string_view schema_name(std::string_view text) {
    return text.substr(text.find_last_of("/:#") + 1);  // npos + 1 is 0
}

void each_value(View node, std::string_view member, std::function<void(View)> const& visit) {
    auto const value = node.get(member);
    if (!value || value->is(Kind::null)) return;
    if (value->is(Kind::array)) value->each_element([&](std::size_t, View element) { visit(element); });
    else visit(*value);
}

std::string schema_text(View node, std::string_view member) {
    std::string text;
    each_value(node, member, [&](View value) {
        if (text.empty()) text = value_text(value);
    });
    return std::string(trim(text));
}

bool has_type(View node, std::string_view type) {
    bool found = false;
    each_value(node, "@type", [&](View value) {
        auto const name = value.as_string();
        found = found || (name && schema_name(*name) == type);
    });
    return found;
}

std::string reference_of(View value) {
    auto const id = value.get("@id");
    auto const text = id ? id->as_string() : std::nullopt;
    return text && value.size() == 1 ? std::string(*text) : std::string();
}

std::string id_of_node(View node) {
    if (auto const text = node.as_string()) return std::string(trim(*text));
    for (auto const member : {"sku", "productID", "productGroupID"})
        if (auto text = schema_text(node, member); !text.empty()) return text;
    for (auto const member : gtin_members)
        if (auto text = schema_text(node, member); !text.empty()) return text;
    return schema_text(node, "@id");
}

domain::Product schema_product(View node, std::string const& id, RowPlace const& place) {
    domain::Product product;
    product.title = clean_text(schema_text(node, "name"), limits::product_title_bytes_max, TextShape::line);
    product.description =
        clean_text(schema_text(node, "description"), limits::product_description_bytes_max, TextShape::block);
    product.brand = clean_text(schema_text(node, "brand"), limits::id_bytes_max, TextShape::line);
    if (product.brand.empty()) product.brand = place.context.brand;
    product.url = usable_page(schema_text(node, "url"), place);
    each_value(node, "category", [&](View value) {
        auto path = category_path(value_text(value), '>');
        if (!path.empty() && product.categories.size() < limits::product_attributes_max)
            product.categories.push_back(std::move(path));
    });
    for (auto const part : split(schema_text(node, "keywords"), ','))
        if (auto tag = clean_text(part, limits::product_value_bytes_max, TextShape::line);
            !tag.empty() && product.tags.size() < limits::product_attributes_max)
            product.tags.push_back(std::move(tag));
    if (auto const audience = node.get("audience"); audience && audience->is(Kind::object)) {
        append_text(product.attributes, "gender", schema_text(*audience, "suggestedGender"));
        append_text(product.attributes, "age_group", schema_text(*audience, "suggestedAge"));
    }
    append_pictures(node, product.media, product.title, place);
    append_edges(node, id, product.edges);
    product.food = schema_food(node);
    return product;
}

Result<domain::Variant> schema_variant(View node, std::vector<std::string> const& varies_by, RowPlace const& place) {
    domain::Variant variant;
    variant.id = place.product;
    variant.sku = variant.id;
    variant.title = clean_text(schema_text(node, "name"), limits::product_title_bytes_max, TextShape::line);
    for (auto const& name : varies_by) {
        auto const direct = schema_text(node, name);
        append_option(variant.options, snake_case(name), direct.empty() ? additional(node, snake_case(name)) : direct);
    }
    auto const is_option = [&](std::string_view name) {
        return std::ranges::any_of(variant.options, [&](auto const& option) { return option.name == name; });
    };
    for (auto const member : attribute_members)
        if (!is_option(member)) append_text(variant.attributes, std::string(member), schema_text(node, member));
    append_properties(node, variant.attributes);
    std::erase_if(variant.attributes, [&](auto const& attribute) { return is_option(attribute.name); });
    for (auto const member : gtin_members) append_barcode(variant.barcodes, schema_text(node, member), place);
    append_pictures(node, variant.media, variant.title, place);
    OfferReader offers(variant, place);
    Result<void> taken;
    each_value(node, "offers", [&](View offer) {
        if (taken.ok() && offer.is(Kind::object)) taken = offers.take(offer);
    });
    B2A_CHECK(taken);
    return variant;
}

std::vector<std::string> varies_by(View group) {
    std::vector<std::string> out;
    each_value(group, "variesBy", [&](View value) {
        constexpr std::size_t options_max = 16;
        auto const text = value_text(value);
        std::string name(schema_name(text));
        if (!name.empty() && out.size() < options_max && std::find(out.begin(), out.end(), name) == out.end())
            out.push_back(std::move(name));
    });
    if (out.empty()) out = {"color", "size"};
    return out;
}

}  // namespace b2a::importer
