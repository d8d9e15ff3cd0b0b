// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/catalog_operations.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"

namespace b2a::protocol::ucp {
namespace {

/// Pages read to fill one answer when products without a price have to be skipped.
constexpr int pages_per_search_max = 8;

struct Notice {
    std::string_view code;
    std::string content;
};

void write_notices(json::Writer& json, std::vector<Notice> const& notices) {
    if (notices.empty()) return;
    json.key("messages").begin_array();
    for (auto const& notice : notices)
        json.begin_object()
            .member("type", "info")
            .member("code", notice.code)
            .member("content", notice.content)
            .end_object();
    json.end_array();
}

void write_pagination(json::Writer& json, std::string_view cursor, std::uint64_t total, bool exact) {
    json.key("pagination").begin_object().member("has_next_page", !cursor.empty());
    json.member_if("cursor", cursor);
    if (exact) json.member("total_count", total);
    json.end_object();
}

std::vector<Notice> currency_notice(std::string const& text) {
    if (text.empty()) return {};
    return {{"currency_unavailable", text}};
}

/// The variants that a look-up shows of one product, with the ids that led there. Ids whose variant cannot be sold
/// go to `missing`.
ProductShape lookup_shape(Shop const& shop, service::LookupView::Found const& found, CatalogFilters const& filters,
                          std::vector<std::string>& missing) {
    ProductShape shape;
    shape.product_index = found.product_index;
    shape.choices = sellable_variants(shop, found.product_index, filters);
    auto const first = shop.snapshot.first_variant(found.product_index);
    auto const featured = narrowed(shop.snapshot, found.product_index, shape.choices, {});
    for (auto const& input : found.inputs) {
        auto local = input.variant_index - first;
        bool const sellable = std::find(featured.begin(), featured.end(), local) != featured.end();
        if (featured.empty() || (input.exact && !sellable)) {
            missing.push_back(input.id);
            continue;
        }
        if (!input.exact) local = featured.front();
        auto at = std::find(shape.variants.begin(), shape.variants.end(), local);
        if (at == shape.variants.end()) {
            at = shape.variants.insert(shape.variants.end(), local);
            shape.inputs.emplace_back();
        }
        shape.inputs[static_cast<std::size_t>(at - shape.variants.begin())].push_back({input.id, input.exact});
    }
    return shape;
}

/// The selection in the catalog's own spelling.
Selection spelled_as(domain::Variant const& variant, Selection const& selection) {
    auto const selected = [&](domain::OptionValue const& option) {
        return std::any_of(selection.begin(), selection.end(),
                           [&](domain::OptionValue const& s) { return iequals(s.name, option.name); });
    };
    Selection out;
    for (auto const& option : variant.options)
        if (selected(option)) out.push_back(option);
    return out;
}

}  // namespace

CatalogOperations::Pricing CatalogOperations::pricing(std::string const& wished, CatalogFilters& filters) {
    if (wished.empty()) return {site_.default_currency, {}};
    auto const currency = Currency::parse(wished);
    if (currency && (*currency == site_.default_currency || census_.has_currency(catalog_.snapshot(), *currency)))
        return {*currency, {}};
    auto notice =
        "there are no offers in the currency asked for; prices are in " + std::string(site_.default_currency.code());
    if (!filters.price.empty()) {
        filters.price = {};  // its amounts were meant in another currency
        notice += ", and the price filter was ignored";
    }
    return {site_.default_currency, std::move(notice)};
}

bool CatalogOperations::write_hit(json::Writer& json, Shop const& shop, catalog::Hit const& hit) {
    auto const& product = shop.snapshot.product_at(hit.product_index);
    auto const render = [&](std::string& out, VariantIndexes const& choices) {
        if (choices.empty()) return;
        ProductShape shape;
        shape.product_index = hit.product_index;
        shape.variants = narrowed(shop.snapshot, hit.product_index, choices, {});
        shape.choices = choices;
        json::Writer part(out);
        write_product(part, shop, shape);
    };
    if (hit.variants.size() == product.variants.size()) {
        auto const& entry =
            cache_.get(shop.snapshot, {hit.product_index, 0, shop.currency}, hit.product_index,
                       [&](std::string& out) { render(out, sellable_variants(shop, hit.product_index, {})); });
        if (!entry.body.empty()) json.raw(entry.body);
        return !entry.body.empty();
    }
    // The filters left some variants out: only those that match are shown.
    auto const first = shop.snapshot.first_variant(hit.product_index);
    auto choices = sellable_variants(shop, hit.product_index, {});
    std::erase_if(choices, [&](std::uint32_t local) {
        return std::find(hit.variants.begin(), hit.variants.end(), first + local) == hit.variants.end();
    });
    std::string body;
    render(body, choices);
    if (!body.empty()) json.raw(body);
    return !body.empty();
}

Result<void> CatalogOperations::search(service::RequestContext const& context, Terms const& terms,
                                       SearchCommand const& command, std::string& out) {
    auto filters = command.filters;
    auto const [currency, notice] = pricing(command.currency, filters);
    catalog::SearchQuery query;
    query.text = command.query;
    query.categories = filters.categories;
    query.price_min_minor = filters.price.min;
    query.price_max_minor = filters.price.max;
    query.currency = currency;
    query.cursor = command.cursor;
    json::Writer json(out);
    json.begin_object().member_raw("ucp", terms.success(Capability::catalog_search)).key("products").begin_array();
    std::size_t shown = 0;
    std::uint64_t total = 0;
    bool complete = true;
    for (int page = 0; page < pages_per_search_max && shown < command.limit; ++page) {
        query.limit = command.limit - shown;
        auto const view = catalog_.search(context, query);
        if (!view) return view.error();
        Shop const shop{site_, *view->snapshot, currency};
        for (auto const& hit : view->result.hits) {
            bool const written = write_hit(json, shop, hit);
            shown += written ? 1 : 0;
            complete = complete && written;
        }
        total = view->result.total;
        query.cursor = view->result.next_cursor;
        if (query.cursor.empty()) break;
    }
    json.end_array();
    write_pagination(json, query.cursor, total, complete);
    write_notices(json, currency_notice(notice));
    json.end_object();
    return {};
}

Result<void> CatalogOperations::lookup(service::RequestContext const& context, Terms const& terms,
                                       LookupCommand const& command, std::string& out) {
    auto filters = command.filters;
    auto const [currency, notice] = pricing(command.currency, filters);
    auto const view = catalog_.lookup(context, command.ids);
    if (!view) return view.error();
    Shop const shop{site_, *view->snapshot, currency};
    auto missing = view->missing;
    json::Writer json(out);
    json.begin_object().member_raw("ucp", terms.success(Capability::catalog_lookup)).key("products").begin_array();
    for (auto const& found : view->found) {
        auto const shape = lookup_shape(shop, found, filters, missing);
        if (!shape.variants.empty()) write_product(json, shop, shape);
    }
    json.end_array();
    auto notices = currency_notice(notice);
    for (auto const& id : missing) notices.push_back({"not_found", id});
    write_notices(json, notices);
    json.end_object();
    return {};
}

Result<void> CatalogOperations::product(service::RequestContext const& context, Terms const& terms,
                                        ProductCommand const& command, std::string& out) {
    auto filters = command.filters;
    auto const [currency, notice] = pricing(command.currency, filters);
    auto const view = catalog_.product(context, command.id);
    if (!view) return view.error();
    Shop const shop{site_, *view->snapshot, currency};
    auto const& product = view->snapshot->product_at(view->product_index);
    ProductShape shape;
    shape.product_index = view->product_index;
    shape.choices = sellable_variants(shop, view->product_index, filters);
    auto selection = relax(product, shape.choices, command.selected, command.preferences);
    shape.variants = narrowed(*view->snapshot, view->product_index, shape.choices, selection);
    if (view->variant_index) {
        // A variant id decides by itself: that variant comes first, whatever else was selected.
        auto const local = *view->variant_index - view->snapshot->first_variant(view->product_index);
        shape.variants = shape.choices;
        auto const named = std::find(shape.variants.begin(), shape.variants.end(), local);
        if (named == shape.variants.end()) return Error(Code::not_found, "no such product", command.id);
        std::rotate(shape.variants.begin(), named, named + 1);
        selection = product.variants[local].options;
    }
    if (shape.variants.empty()) return Error(Code::not_found, "no such product", command.id);
    auto const& featured = product.variants[shape.variants.front()];
    selection = selection.empty() ? featured.options : spelled_as(featured, selection);
    shape.selected = &selection;
    json::Writer json(out);
    json.begin_object().member_raw("ucp", terms.success(Capability::catalog_lookup)).key("product");
    write_product(json, shop, shape);
    write_notices(json, currency_notice(notice));
    json.end_object();
    return {};
}

}  // namespace b2a::protocol::ucp
