// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/protocol/body.hpp"
#include "b2a/protocol/need.hpp"

#include "page_parameters.hpp"
#include "search.hpp"

namespace b2a::protocol::native {
namespace {

constexpr std::size_t cursor_bytes_max = 1024;

/// "12.5" to 12500; nullopt beyond three fraction digits or out of range.
std::optional<std::int64_t> parse_milli(std::string_view text) {
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    auto fraction = point == std::string_view::npos ? std::string() : std::string(text.substr(point + 1));
    if (fraction.size() > 3 || whole.size() > 15 || (point != std::string_view::npos && fraction.empty()))
        return std::nullopt;
    fraction.resize(3, '0');
    auto const value = parse_int(std::string(whole) + fraction);
    if (!value || whole.empty() || *value < 0) return std::nullopt;
    return negative ? -*value : *value;
}

std::optional<catalog::AllergenMode> allergen_mode(std::string_view text) noexcept {
    if (text == "strict") return catalog::AllergenMode::strict;
    if (text == "known") return catalog::AllergenMode::known;
    if (text == "report") return catalog::AllergenMode::report;
    return std::nullopt;
}

/// Puts single values into the query; what is wrong with a value comes back as a message. Both syntaxes use it.
struct Setter {
    catalog::SearchQuery& query;

    std::string currency(std::string_view text) const {
        auto const parsed = Currency::parse(text);
        if (!parsed) return "no ISO 4217 currency";
        query.currency = *parsed;
        return {};
    }
    std::string avoid(std::string_view text) const {
        auto const allergen = domain::allergen_from_text(text);
        if (!allergen) return "no allergen of Regulation (EU) 1169/2011: " + std::string(text.substr(0, 32));
        if (std::find(query.avoid.begin(), query.avoid.end(), *allergen) == query.avoid.end())
            query.avoid.push_back(*allergen);
        return {};
    }
    std::string mode(std::string_view text) const {
        auto const parsed = allergen_mode(text);
        if (!parsed) return "must be strict, known or report";
        query.allergen_mode = *parsed;
        return {};
    }
    std::string available(bool wanted) const {
        query.availability = wanted ? catalog::Availability::in_stock : catalog::Availability::any;
        return {};
    }
};

// --- GET parameters ---------------------------------------------------------------------------------------------

std::string add_text(std::vector<std::string>& list, std::string value) {
    if (value.empty() || value.size() > limits::id_bytes_max) return "must be 1 to 255 bytes";
    if (list.size() >= limits::search_filters_max) return "too many values";
    list.push_back(std::move(value));
    return {};
}

std::string set_text(std::string& target, std::string value, std::size_t bytes_max) {
    if (value.size() > bytes_max) return "is too long";
    target = std::move(value);
    return {};
}

std::string set_minor(std::optional<std::int64_t>& target, std::string_view value) {
    auto const parsed = parse_int(value);
    if (!parsed || *parsed < 0 || *parsed > money_minor_max) return "must be a whole number of minor units";
    target = *parsed;
    return {};
}

std::string add_attribute(catalog::SearchQuery& query, std::string_view name, std::string value) {
    auto const same = [&](catalog::AttributeFilter const& filter) { return filter.name == name; };
    auto found = std::find_if(query.attributes.begin(), query.attributes.end(), same);
    if (found == query.attributes.end()) {
        if (query.attributes.size() >= limits::search_filters_max) return "too many attributes";
        found = query.attributes.emplace(query.attributes.end());
        found->name = name;
    }
    return add_text(found->any_of, std::move(value));
}

std::string set_avoid_list(Setter const& set, std::string_view list) {
    for (auto const part : split(list, ','))
        if (auto problem = set.avoid(trim(part)); !problem.empty()) return problem;
    return {};
}

std::string set_available(Setter const& set, std::string_view value) {
    if (value != "true" && value != "false") return "must be true or false";
    return set.available(value == "true");
}

/// One parameter into the query. Returns what is wrong with it, or nothing.
std::string apply_parameter(catalog::SearchQuery& query, std::string_view name, std::string value) {
    Setter const set{query};
    if (name == "q") return set_text(query.text, std::move(value), limits::text_query_bytes_max);
    if (name == "category") return add_text(query.categories, std::move(value));
    if (name == "brand") return add_text(query.brands, std::move(value));
    if (name == "size") return add_text(query.sizes, std::move(value));
    if (name == "color") return add_text(query.colors, std::move(value));
    if (name == "price_min") return set_minor(query.price_min_minor, value);
    if (name == "price_max") return set_minor(query.price_max_minor, value);
    if (name == "currency") return set.currency(value);
    if (name == "available") return set_available(set, value);
    if (name == "avoid") return set_avoid_list(set, value);
    if (name == "allergen_mode") return set.mode(value);
    if (name == "cursor") return set_text(query.cursor, std::move(value), cursor_bytes_max);
    if (name == "limit") return set_limit(query.limit, value);
    if (name.starts_with("attr.") && name.size() > 5) return add_attribute(query, name.substr(5), std::move(value));
    return "unknown parameter";
}

// --- POST body --------------------------------------------------------------------------------------------------

void read_texts(json::Reader& reader, std::string_view key, std::vector<std::string>& out) {
    if (auto values = reader.strings(key, limits::search_filters_max, limits::id_bytes_max)) out = *std::move(values);
}

void note(json::Reader& reader, std::string_view key, std::string problem) {
    if (!problem.empty()) reader.problem(key, std::move(problem));
}

std::optional<std::int64_t> read_milli(json::Reader& reader, std::string_view key) {
    auto const view = reader.raw(key);
    if (!view || view->is(json::Kind::null)) return std::nullopt;
    auto const text = view->as_decimal_text();
    auto const milli = text ? parse_milli(*text) : std::nullopt;
    if (!milli) reader.problem(key, "must be a number with at most three decimals");
    return milli;
}

void read_attribute(json::Reader& reader, catalog::SearchQuery& query) {
    refuse_unknown(reader, {"name", "any_of", "min", "max"});
    catalog::AttributeFilter filter;
    filter.name = reader.string("name", limits::id_bytes_max, json::Presence::required).value_or("");
    read_texts(reader, "any_of", filter.any_of);
    filter.min_milli = read_milli(reader, "min");
    filter.max_milli = read_milli(reader, "max");
    if (filter.any_of.empty() && !filter.min_milli && !filter.max_milli) reader.problem("", "needs any_of, min or max");
    query.attributes.push_back(std::move(filter));
}

/// Prices of one answer are in one currency, wherever the request names it.
void read_currency(json::Reader& reader, catalog::SearchQuery& query, bool& named) {
    auto const code = reader.string("currency", 3);
    if (!code) return;
    if (named && query.currency.code() != *code) return reader.problem("currency", "another one is named elsewhere");
    named = true;
    note(reader, "currency", Setter{query}.currency(*code));
}

void read_price(json::Reader& reader, catalog::SearchQuery& query, bool& named) {
    refuse_unknown(reader, {"min", "max", "currency"});
    query.price_min_minor = reader.integer("min", 0, money_minor_max);
    query.price_max_minor = reader.integer("max", 0, money_minor_max);
    read_currency(reader, query, named);
}

std::optional<catalog::DemandMode> demand_mode(std::string_view text) noexcept {
    if (text == "strict") return catalog::DemandMode::strict;
    if (text == "report") return catalog::DemandMode::report;
    return std::nullopt;
}

void read_query(json::Reader& reader, catalog::SearchQuery& query) {
    refuse_unknown(reader,
                   {"query", "categories", "brands", "sizes", "colors", "attributes", "price", "available", "avoid",
                    "allergen_mode", "cursor", "limit", "currency", "constraint_mode", "household", "for", "need"});
    Setter const set{query};
    query.text = reader.string("query", limits::text_query_bytes_max).value_or("");
    read_texts(reader, "categories", query.categories);
    read_texts(reader, "brands", query.brands);
    read_texts(reader, "sizes", query.sizes);
    read_texts(reader, "colors", query.colors);
    reader.objects("attributes", limits::search_filters_max, [&](json::Reader& r) { read_attribute(r, query); });
    bool named = false;
    read_currency(reader, query, named);
    reader.object("price", [&](json::Reader& r) { read_price(r, query, named); });
    if (auto const wanted = reader.boolean("available")) set.available(*wanted);
    if (auto const avoid = reader.strings("avoid", domain::allergen_count, 32))
        for (auto const& name : *avoid) note(reader, "avoid", set.avoid(name));
    if (auto const mode = reader.string("allergen_mode", 16)) note(reader, "allergen_mode", set.mode(*mode));
    if (auto const mode = read_choice(reader, "constraint_mode", demand_mode, "mode: strict or report"))
        query.demand_mode = *mode;
    query.cursor = reader.string("cursor", cursor_bytes_max).value_or("");
    if (auto const limit = reader.integer("limit", 1, static_cast<std::int64_t>(limits::page_size_max)))
        query.limit = static_cast<std::size_t>(*limit);
}

}  // namespace

Result<catalog::SearchQuery> parse_search_parameters(web::Request const& request, Site const& site) {
    auto const pairs = web::query_pairs(request.query);
    if (!pairs) return Error(Code::invalid_request, "the query string is not well-formed");
    catalog::SearchQuery query;
    query.currency = site.default_currency;
    for (auto const& [name, value] : *pairs)
        if (auto problem = apply_parameter(query, name, value); !problem.empty())
            return Error(Code::invalid_request, std::move(problem), name);
    return query;
}

Result<SearchRequest> parse_search_body(web::Request const& request, Site const& site) {
    thread_local json::Document document;
    B2A_TRY(root, read_body(request, document));
    SearchRequest out;
    out.query.currency = site.default_currency;
    json::Reader reader(root);
    read_query(reader, out.query);
    NeedReader needs;
    needs.read(reader);
    B2A_CHECK(reader.finish());
    if (!needs.given()) return out;
    B2A_TRY(need, needs.finish(out.query.currency));
    out.need = std::move(need);
    return out;
}

}  // namespace b2a::protocol::native
