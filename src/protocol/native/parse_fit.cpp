// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/text.hpp"
#include "b2a/json/reader.hpp"
#include "b2a/protocol/need.hpp"

#include "fit.hpp"
#include "page_parameters.hpp"

namespace b2a::protocol::native {
namespace {

constexpr std::int64_t sizes_per_product_max = 20;

void read_person(json::Reader& reader, catalog::FitQuery& query, std::optional<Error>& absurd) {
    refuse_unknown(reader, {"measurements", "owns"});
    reader.object("measurements",
                  [&](json::Reader& r) { read_measurements(r, "/person/measurements", query.body, absurd); });
    reader.objects("owns", catalog::owned_garments_max, [&](json::Reader& r) { query.owns.push_back(read_owned(r)); });
    if (query.body.empty() && query.owns.empty() && !absurd && reader.problems().empty())
        reader.problem("", "needs measurements or a garment that fits");
}

void read_list(json::Reader& reader, std::string_view key, std::size_t count_max, std::vector<std::string>& out) {
    if (auto values = reader.strings(key, count_max, limits::id_bytes_max)) out = *std::move(values);
}

void read_selection(json::Reader& reader, catalog::FitQuery& query) {
    read_list(reader, "products", limits::lookup_ids_max, query.products);
    read_list(reader, "categories", limits::search_filters_max, query.categories);
    read_list(reader, "brands", limits::search_filters_max, query.brands);
    query.garment = read_choice(reader, "garment", domain::garment_from_text, "garment");
    query.audience = read_choice(reader, "audience", domain::audience_from_text, "audience");
    bool const narrowed = !query.products.empty() || !query.categories.empty() || !query.brands.empty();
    if (!narrowed && !query.garment && reader.problems().empty())
        reader.problem("", "needs products, categories, brands or a garment");
    if (reader.boolean("in_stock").value_or(false)) query.availability = catalog::Availability::in_stock;
    if (auto const sizes = reader.integer("sizes_per_product", 1, sizes_per_product_max))
        query.sizes_per_product = static_cast<std::size_t>(*sizes);
    if (auto const limit = reader.integer("limit", 1, static_cast<std::int64_t>(limits::page_size_max)))
        query.limit = static_cast<std::size_t>(*limit);
}

template <class E>
bool set_choice(std::optional<E>& out, std::optional<E> (*from_text)(std::string_view) noexcept,
                std::string_view text) {
    out = from_text(text);
    return out.has_value();
}

/// Returns what is wrong with the parameter, or nothing.
std::string apply_parameter(service::SizeChartQuery& query, std::string_view name, std::string const& value) {
    if (name == "garment") return set_choice(query.garment, domain::garment_from_text, value) ? "" : "is no garment";
    if (name == "audience")
        return set_choice(query.audience, domain::audience_from_text, value) ? "" : "is no audience";
    if (name == "limit") return set_limit(query.limit, value);
    if (name != "brand" && name != "after") return "unknown parameter";
    return set_name(name == "brand" ? query.brand : query.after, value);
}

}  // namespace

Result<FitRequest> parse_fit(json::View root, Site const& site) {
    FitRequest request;
    request.currency = site.default_currency;
    std::optional<Error> absurd;
    json::Reader reader(root);
    refuse_unknown(reader, {"person", "products", "categories", "brands", "garment", "audience", "in_stock",
                            "sizes_per_product", "currency", "limit"});
    reader.object("person", [&](json::Reader& r) { read_person(r, request.query, absurd); }, json::Presence::required);
    read_selection(reader, request.query);
    if (auto const code = reader.string("currency", 3)) {
        auto const currency = Currency::parse(*code);
        if (currency) request.currency = *currency;
        else reader.problem("currency", "no ISO 4217 currency");
    }
    B2A_CHECK(reader.finish());
    if (absurd) return *std::move(absurd);
    auto const sound = request.query.body.check();
    if (!sound) return Error(sound.error().code, sound.error().detail, "/person/measurements/" + sound.error().pointer);
    return request;
}

Result<service::SizeChartQuery> parse_size_chart_query(web::Request const& request) {
    auto const pairs = web::query_pairs(request.query);
    if (!pairs) return Error(Code::invalid_request, "the query string is not well-formed");
    service::SizeChartQuery query;
    for (auto const& [name, value] : *pairs)
        if (auto problem = apply_parameter(query, name, value); !problem.empty())
            return Error(Code::invalid_request, std::move(problem), name);
    return query;
}

}  // namespace b2a::protocol::native
