// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/parse_catalog.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/json/reader.hpp"

namespace b2a::protocol::ucp {
namespace {

using json::Presence;
using json::Reader;

constexpr std::size_t cursor_bytes_max = 1024;
constexpr std::size_t ids_read_max = 10'000;  // more than limits::lookup_ids_max, which the service answers for

void read_filters(Reader& reader, CatalogFilters& filters) {
    reader.object("filters", [&](Reader& r) {
        if (auto categories = r.strings("categories", limits::search_filters_max, limits::id_bytes_max))
            filters.categories = *std::move(categories);
        r.object("price", [&](Reader& price) {
            filters.price.min = price.integer("min", 0, money_minor_max);
            filters.price.max = price.integer("max", 0, money_minor_max);
        });
    });
}

/// A filter of the brand's own. What it does not know there it refuses: a misspelt allergy must not be ignored.
void read_need(Reader& reader, std::string const& vendor, NeedReader& needs) {
    reader.object("filters", [&](Reader& filters) {
        filters.object(vendor, [&](Reader& own) {
            refuse_unknown(own, {need_members[0], need_members[1], need_members[2]});
            needs.read(own, "/filters/" + vendor);
        });
    });
}

std::string read_currency(Reader& reader) {
    std::string out;
    reader.object("context", [&](Reader& context) {
        out = context.string("currency", limits::buyer_field_bytes_max).value_or("");
    });
    return out;
}

void read_pagination(Reader& reader, SearchCommand& command) {
    command.limit = limits::page_size_default;
    reader.object("pagination", [&](Reader& r) {
        command.cursor = r.string("cursor", cursor_bytes_max).value_or("");
        if (auto const limit = r.integer("limit", 1, money_minor_max))
            command.limit = std::min(static_cast<std::size_t>(*limit), limits::page_size_max);
    });
}

}  // namespace

Result<SearchCommand> parse_search(json::View body, std::string const& vendor) {
    SearchCommand out;
    Reader reader(body);
    out.query = reader.string("query", limits::text_query_bytes_max).value_or("");
    read_filters(reader, out.filters);
    read_need(reader, vendor, out.needs);
    out.currency = read_currency(reader);
    read_pagination(reader, out);
    if (reader.problems().empty() && out.query.empty() && out.filters.empty() && !out.needs.given())
        reader.problem("", "a search needs a query or filters");
    B2A_CHECK(reader.finish());
    return out;
}

Result<LookupCommand> parse_lookup(json::View body) {
    LookupCommand out;
    Reader reader(body);
    auto const ids = reader.strings("ids", ids_read_max, limits::id_bytes_max, Presence::required);
    if (ids && ids->empty()) reader.problem("ids", "must have at least one entry");
    read_filters(reader, out.filters);
    out.currency = read_currency(reader);
    B2A_CHECK(reader.finish());
    if (ids->size() > limits::lookup_ids_max)
        return Error(Code::payload_too_large, "at most 100 ids in one look-up", "/ids");
    for (auto const& id : *ids)
        if (std::find(out.ids.begin(), out.ids.end(), id) == out.ids.end()) out.ids.push_back(id);
    return out;
}

Result<ProductCommand> parse_product(json::View body) {
    ProductCommand out;
    Reader reader(body);
    out.id = reader.string("id", limits::id_bytes_max, Presence::required).value_or("");
    reader.objects("selected", limits::search_filters_max, [&](Reader& r) {
        auto name = r.string("name", limits::id_bytes_max, Presence::required).value_or("");
        auto label = r.string("label", limits::id_bytes_max, Presence::required).value_or("");
        out.selected.push_back({std::move(name), std::move(label)});
    });
    if (auto names = reader.strings("preferences", limits::search_filters_max, limits::id_bytes_max))
        out.preferences = *std::move(names);
    read_filters(reader, out.filters);
    out.currency = read_currency(reader);
    B2A_CHECK(reader.finish());
    return out;
}

}  // namespace b2a::protocol::ucp
