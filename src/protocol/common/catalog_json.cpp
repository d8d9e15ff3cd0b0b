// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/catalog_json.hpp"

#include "b2a/protocol/presentation.hpp"

namespace b2a::protocol {
namespace {

void write_value(json::Writer& json, domain::AttributeValue const& value) {
    if (auto const* text = std::get_if<std::string>(&value)) {
        json.member("value", *text);
    } else if (auto const* flag = std::get_if<bool>(&value)) {
        json.member("value", *flag);
    } else if (auto const* quantity = std::get_if<domain::Quantity>(&value)) {
        json.member("value", decimal_text(quantity->mantissa, quantity->scale)).member_if("unit", quantity->unit);
    }
}

}  // namespace

void write_money(json::Writer& json, Money money) {
    json.begin_object().member("amount", money.minor).member("currency", money.currency.code()).end_object();
}

void write_options(json::Writer& json, std::vector<domain::OptionValue> const& options) {
    json.key("options").begin_array();
    for (auto const& option : options)
        json.begin_object().member("name", option.name).member("label", option.label).end_object();
    json.end_array();
}

void write_attributes(json::Writer& json, std::vector<domain::Attribute> const& attributes) {
    json.key("attributes").begin_array();
    for (auto const& attribute : attributes) {
        json.begin_object().member("name", attribute.name);
        write_value(json, attribute.value);
        json.end_object();
    }
    json.end_array();
}

void write_media(json::Writer& json, Site const& site, std::vector<domain::Media> const& media) {
    json.key("media").begin_array();
    for (auto const& item : media)
        json.begin_object()
            .member("type", item.type)
            .member("url", site.absolute(item.url))
            .member_if("alt_text", item.alt_text)
            .end_object();
    json.end_array();
}

void write_barcodes(json::Writer& json, std::vector<domain::Barcode> const& barcodes) {
    json.key("barcodes").begin_array();
    for (auto const& barcode : barcodes)
        json.begin_object().member("type", barcode.type).member("value", barcode.value).end_object();
    json.end_array();
}

std::string_view first_image(domain::Product const& product) noexcept {
    if (!product.media.empty()) return product.media.front().url;
    for (auto const& variant : product.variants)
        if (!variant.media.empty()) return variant.media.front().url;
    return {};
}

}  // namespace b2a::protocol
