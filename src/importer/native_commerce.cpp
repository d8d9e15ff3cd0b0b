// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"

#include "importer/native.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t currencies_max = 64;
constexpr std::size_t countries_max = 300;
constexpr std::size_t region_bytes_max = 10;
constexpr std::int64_t whole_ppm = 1'000'000;
constexpr std::int64_t days_max = 366;

std::vector<Money> read_amounts(Reader& in, std::string_view key, Presence presence) {
    std::vector<Money> out;
    in.objects(
        key, currencies_max,
        [&](Reader& item) {
            allow_only(item, {"currency", "amount"});
            auto const currency = read_currency(item);
            auto const amount = item.integer("amount", 0, money_minor_max, Presence::required);
            if (!currency || !amount) return;
            auto const same = [&](Money const& money) { return money.currency == *currency; };
            if (std::any_of(out.begin(), out.end(), same)) item.problem("currency", "comes twice");
            out.push_back({*amount, *currency});
        },
        presence);
    return out;
}

std::optional<Timestamp> read_time(Reader& in, std::string_view key) {
    constexpr std::size_t time_bytes_max = 64;
    auto const text = in.string(key, time_bytes_max);
    if (!text) return std::nullopt;
    auto const time = from_rfc3339(*text);
    if (!time) in.problem(key, "must be an RFC 3339 time");
    return time;
}

/// A code is its own name; a promotion without one needs another.
void read_name(Reader& in, domain::Promotion& out) {
    out.code = in.string("code", limits::discount_code_bytes_max).value_or("");
    if (in.has("code") && !is_clean_id(out.code)) in.problem("code", "is no usable code");
    out.id = in.string("id", limits::id_bytes_max).value_or(out.code);
    if (in.has("code") && in.has("id")) in.problem("id", "is for promotions without a code");
    else if (!in.has("code") && !in.has("id")) in.problem("id", "is required for a promotion without a code");
    else if (!is_clean_id(out.id)) in.problem("id", "is no usable identifier");
}

/// What the promotion takes off.
void read_effect(Reader& in, domain::Promotion& out) {
    auto const kind = in.string("kind", limits::id_bytes_max, Presence::required).value_or("");
    out.rate_ppm = in.integer("rate_ppm", 1, whole_ppm).value_or(0);
    out.amounts = read_amounts(in, "amounts", Presence::optional);
    auto const rate = in.has("rate_ppm");
    auto const amounts = in.has("amounts");
    if (kind == "percentage") {
        if (!rate) in.problem("rate_ppm", "is required for a percentage");
    } else if (kind == "fixed") {
        out.kind = domain::PromotionKind::fixed;
        if (!amounts) in.problem("amounts", "is required for a fixed discount");
    } else if (kind == "free_shipping") {
        out.kind = domain::PromotionKind::free_shipping;
    } else {
        in.problem("kind", "must be percentage, fixed or free_shipping");
    }
    if (rate && kind != "percentage") in.problem("rate_ppm", "is for percentages only");
    if (amounts && kind != "fixed") in.problem("amounts", "is for fixed discounts only");
}

}  // namespace

bool is_country(std::string_view text) {
    return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

domain::Promotion read_promotion(Reader& in) {
    allow_only(in, {"type", "id", "code", "title", "kind", "rate_ppm", "amounts", "valid_from", "valid_until",
                    "stackable", "eligibility", "subtotal_min"});
    domain::Promotion out;
    read_name(in, out);
    out.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    read_effect(in, out);
    out.valid_from = read_time(in, "valid_from");
    out.valid_until = read_time(in, "valid_until");
    out.stackable = in.boolean("stackable").value_or(false);
    out.eligibility = read_reverse_domain_name(in, "eligibility", Presence::optional);
    out.subtotal_min = read_amounts(in, "subtotal_min", Presence::optional);
    return out;
}

domain::ShippingMethod read_shipping_method(Reader& in) {
    allow_only(in, {"type", "id", "title", "description", "carrier", "countries", "prices", "free_above", "days_min",
                    "days_max"});
    domain::ShippingMethod out;
    out.id = in.string("id", limits::id_bytes_max, Presence::required).value_or("");
    if (!out.id.empty() && !is_clean_id(out.id)) in.problem("id", "is no usable identifier");
    out.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    out.description = read_line(in, "description", limits::product_value_bytes_max);
    out.carrier = read_line(in, "carrier", limits::id_bytes_max);
    out.countries = in.strings("countries", countries_max, 2).value_or(std::vector<std::string>());
    if (!std::all_of(out.countries.begin(), out.countries.end(), is_country))
        in.problem("countries", "must be ISO 3166-1 alpha-2 codes");
    out.prices = read_amounts(in, "prices", Presence::required);
    out.free_above = read_amounts(in, "free_above", Presence::optional);
    out.days_min = static_cast<std::int32_t>(in.integer("days_min", 0, days_max, Presence::required).value_or(0));
    out.days_max = static_cast<std::int32_t>(in.integer("days_max", 0, days_max, Presence::required).value_or(0));
    if (out.days_max < out.days_min) in.problem("days_max", "must not be below days_min");
    return out;
}

domain::TaxRate read_tax_rate(Reader& in) {
    allow_only(in, {"type", "country", "region", "rate_ppm", "title"});
    domain::TaxRate out;
    out.country = in.string("country", 2, Presence::required).value_or("");
    if (!out.country.empty() && !is_country(out.country)) in.problem("country", "must be an ISO 3166-1 alpha-2 code");
    out.region = read_line(in, "region", region_bytes_max);
    out.rate_ppm = in.integer("rate_ppm", 0, whole_ppm, Presence::required).value_or(0);
    out.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    return out;
}

domain::Brand read_brand(Reader& in) {
    allow_only(in, {"type", "name", "title", "description", "url"});
    constexpr std::size_t url_bytes_max = 2048;
    domain::Brand out;
    out.name = read_line(in, "name", limits::id_bytes_max, Presence::required);
    out.title = read_line(in, "title", limits::product_title_bytes_max, Presence::required);
    if (auto const text = in.string("description", limits::product_description_bytes_max))
        out.description = clean_text(*text, limits::product_description_bytes_max, TextShape::block);
    out.url = in.string("url", url_bytes_max).value_or("");
    if (!out.url.empty() && !is_web_url(out.url)) in.problem("url", "is no web address");
    return out;
}

}  // namespace b2a::importer
