// SPDX-License-Identifier: Apache-2.0
#include "importer/feed_values.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/decimal.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

constexpr std::array<std::pair<std::string_view, Availability>, 14> availabilities{{
    {"instock", Availability::sold},
    {"limitedavailability", Availability::sold},
    {"onlineonly", Availability::sold},
    {"available", Availability::sold},
    {"backorder", Availability::sold_later},
    {"preorder", Availability::sold_later},
    {"presale", Availability::sold_later},
    {"madetoorder", Availability::sold_later},
    {"outofstock", Availability::not_sold},
    {"soldout", Availability::not_sold},
    {"discontinued", Availability::not_sold},
    {"instoreonly", Availability::not_sold},
    {"reserved", Availability::not_sold},
    {"unavailable", Availability::not_sold},
}};

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// GS1: the digits before the last weigh 3 and 1 from the right.
bool has_check_digit(std::string_view digits) noexcept {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        auto const weight = (digits.size() - i) % 2 == 0 ? 3 : 1;
        sum += (digits[i] - '0') * weight;
    }
    return sum % 10 == 0;
}

/// "+0100" and "-05" as RFC 3339 has them; empty for a text that ends without an offset.
std::string offset_of(std::string_view digits) {
    std::string out;
    for (auto const c : digits)
        if (c != ':') out += c;
    if (out.size() == 3) out += "00";
    if (out.size() == 5) out.insert(3, 1, ':');
    return out;
}

}  // namespace

std::optional<Money> parse_amount(std::string_view text, Currency fallback) {
    text = trim(text);
    constexpr std::size_t code_length = 3;
    auto const take = [&](std::string_view code, std::string_view number) -> std::optional<Money> {
        auto const currency = Currency::parse(code);
        return currency ? parse_price(trim(number), *currency) : std::nullopt;
    };
    if (text.empty()) return std::nullopt;
    if (is_digit(text.back()) && !(text.front() >= 'A' && text.front() <= 'Z')) return parse_price(text, fallback);
    if (text.size() <= code_length) return std::nullopt;
    if (is_digit(text.back())) return take(text.substr(0, code_length), text.substr(code_length));
    return take(text.substr(text.size() - code_length), text.substr(0, text.size() - code_length));
}

std::optional<domain::Barcode> parse_barcode(std::string_view text) {
    std::string digits;
    for (auto const c : trim(text))
        if (c != ' ' && c != '-') digits += c;
    if (digits.empty()) return std::nullopt;
    constexpr std::size_t code_bytes_max = 64;
    auto type = std::string("other");
    if (std::all_of(digits.begin(), digits.end(), is_digit) && has_check_digit(digits)) {
        if (digits.size() == 8) type = "ean8";
        if (digits.size() == 12) type = "upc";
        if (digits.size() == 13) type = "ean13";
        if (digits.size() == 14) type = "gtin14";
    }
    auto value = clean_text(digits, code_bytes_max, TextShape::line);
    if (value.empty()) return std::nullopt;
    return domain::Barcode{std::move(type), std::move(value)};
}

std::optional<Timestamp> parse_moment(std::string_view text) {
    text = trim(text);
    constexpr std::size_t date_length = 10;  // 2026-11-24
    constexpr std::size_t minute_length = 5;
    if (text.size() < date_length) return std::nullopt;
    std::string full(text.substr(0, date_length));
    auto rest = text.substr(date_length);
    if (rest.empty()) return from_rfc3339(full + "T00:00:00Z");
    if (rest.front() != 'T' && rest.front() != ' ') return std::nullopt;
    rest.remove_prefix(1);
    auto const zone = std::min(rest.find_first_of("+-Z"), rest.size());
    std::string clock(trim(rest.substr(0, zone)));
    if (clock.size() == minute_length) clock += ":00";
    auto offset = offset_of(trim(rest.substr(zone)));
    if (offset.empty()) offset = "Z";
    return from_rfc3339(full + 'T' + clock + offset);
}

bool is_within(std::string_view period, Timestamp now) {
    auto const slash = period.find('/');
    if (slash == std::string_view::npos) return false;
    auto const from = parse_moment(period.substr(0, slash));
    auto const until = parse_moment(period.substr(slash + 1));
    return from && until && *from <= now && now < *until;
}

std::string category_path(std::string_view text, char separator) {
    std::string path;
    for (auto const part : split(text, separator)) {
        auto const name = clean_text(part, limits::product_value_bytes_max, TextShape::line);
        if (name.empty() || path.size() + name.size() >= limits::product_value_bytes_max) continue;
        if (!path.empty()) path += '/';
        path += name;
    }
    return path;
}

std::optional<Availability> parse_availability(std::string_view text) {
    text = trim(text);
    text.remove_prefix(text.find_last_of("/:") + 1);  // "https://schema.org/InStock"; npos + 1 is 0
    std::string word;
    for (auto const c : text)
        if (c != ' ' && c != '_' && c != '-') word += ascii_lower(c);
    auto const* const found = std::find_if(availabilities.begin(), availabilities.end(),
                                           [&](auto const& known) { return known.first == word; });
    if (found == availabilities.end()) return std::nullopt;
    return found->second;
}

void append_text(std::vector<domain::Attribute>& out, std::string name, std::string_view value) {
    auto text = clean_text(value, limits::product_value_bytes_max, TextShape::line);
    if (text.empty() || name.empty()) return;
    domain::Attribute attribute{std::move(name), std::move(text)};
    if (std::find(out.begin(), out.end(), attribute) == out.end()) out.push_back(std::move(attribute));
}

void append_option(std::vector<domain::OptionValue>& out, std::string name, std::string_view value) {
    auto label = clean_text(value, limits::id_bytes_max, TextShape::line);
    if (!label.empty() && !name.empty()) out.push_back({std::move(name), std::move(label)});
}

void append_picture(std::vector<domain::Media>& out, std::string_view url, std::string_view alt_text,
                    RowPlace const& place) {
    std::string address(trim(url));
    if (address.empty() || out.size() == limits::product_media_max) return;
    if (address.find(':') == std::string::npos && !address.starts_with("//")) {
        if (!address.starts_with('/')) address.insert(0, 1, '/');
        address.insert(0, place.context.media_base_url);
    }
    if (!is_web_url(address)) {
        place.context.journal.lint(place.line, {"media_without_web_address", place.product, "media", shown(url)});
        return;
    }
    if (std::any_of(out.begin(), out.end(), [&](domain::Media const& media) { return media.url == address; })) return;
    constexpr std::size_t alt_bytes_max = 300;
    out.push_back({"image", std::move(address), clean_text(alt_text, alt_bytes_max, TextShape::line)});
}

std::string usable_page(std::string_view url, RowPlace const& place) {
    auto const address = trim(url);
    if (address.empty() || is_web_url(address)) return std::string(address);
    place.context.journal.lint(place.line, {"link_without_web_address", place.product, "url", shown(address)});
    return {};
}

void append_barcode(std::vector<domain::Barcode>& out, std::string_view text, RowPlace const& place) {
    auto barcode = parse_barcode(text);
    if (!barcode) return;
    if (barcode->type == "other")
        place.context.journal.lint(place.line, {"barcode_is_no_gtin", place.product, "barcodes", shown(text)});
    if (std::find(out.begin(), out.end(), *barcode) == out.end()) out.push_back(*std::move(barcode));
}

}  // namespace b2a::importer
