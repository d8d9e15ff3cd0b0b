// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/catalog_operations.hpp"

#include <algorithm>

#include "b2a/base/text.hpp"
#include "b2a/json/writer.hpp"
#include "b2a/protocol/disclosures.hpp"

#include "render_parts.hpp"

namespace b2a::protocol::ucp {
namespace {

/// Pages read to fill one answer when products without a price have to be skipped.
constexpr int pages_per_search_max = 8;

struct Notice {
    std::string_view code;
    std::string content;
};

void write_notices(json::Writer& json, Site const& site, std::vector<Notice> const& notices,
                   domain::Disclosures const& disclosures) {
    if (notices.empty() && disclosures.empty()) return;
    json.key("messages").begin_array();
    for (auto const& notice : notices)
        json.begin_object()
            .member("type", "info")
            .member("code", notice.code)
            .member("content", notice.content)
            .end_object();
    for (auto const& disclosure : disclosures) write_disclosure_message(json, site, disclosure);
    json.end_array();
}

/// What an answer has to disclose, to be checked before it leaves. Keeps values only: a search of several pages may see
/// the snapshot change under it.
class Duties {
  public:
    explicit Duties(Site const& site) : site_(site) {}

    void add(Shop const& shop, ProductShape const& shape, std::string const& path, domain::Detail detail) {
        if (detail == domain::Detail::listing && !may_need_disclosures(shop.snapshot.product_at(shape.product_index)))
            return;
        auto const shown = shown_of(shop, shape, path, detail);
        for (auto& disclosure : domain::required_disclosures(shown, shop.snapshot.data().legal)) {
            // The variant has a member of its own for it.
            if (disclosure.code == domain::DisclosureCode::unit_price) continue;
            messages_.push_back(std::move(disclosure));
        }
        add_unit_price_members(members_, shop, shown);
    }
    [[nodiscard]] domain::Disclosures const& messages() const noexcept { return messages_; }
    [[nodiscard]] Result<void> check(std::string_view operation, std::string_view body) const {
        auto const begin = body.rfind(R"("messages":[)");
        auto const tail = begin == std::string_view::npos ? std::string_view{} : body.substr(begin);
        if (!may_leave(operation, tail, messages_, site_, write_disclosure_message)) return undisclosed_error();
        for (auto const& member : members_)
            if (body.find(member) == std::string_view::npos) {
                note_undisclosed(operation, domain::DisclosureCode::unit_price, {});
                return undisclosed_error();
            }
        return {};
    }

  private:
    Site const& site_;
    std::vector<std::string> members_;  // bytes that have to be there
    domain::Disclosures messages_;
};

MeasureShape measures_of(Terms const& terms) noexcept {
    return terms.version() == Version::v2026_04_08 ? MeasureShape::number : MeasureShape::scaled;
}

/// What a listing shows of a product whose variants to choose from are known.
ProductShape shape_of(Shop const& shop, std::uint32_t product_index, VariantIndexes choices) {
    ProductShape shape;
    shape.product_index = product_index;
    shape.variants = narrowed(shop.snapshot, product_index, choices, {});
    shape.choices = std::move(choices);
    return shape;
}

/// How the products were ordered (UCPD 2005/29/EC, Art. 7(4a)), from what the search says about itself.
std::string ranking_text(catalog::Ranking const& ranking) {
    std::string out = "Order: ";
    if (ranking.order == catalog::Ranking::Order::catalog) {
        out += "product id, ascending.";
    } else {
        out += "how well the words match (BM25), main parameters with their weights: ";
        for (std::size_t i = 0; i < ranking.parameters.size(); ++i)
            out += (i == 0 ? "" : ", ") + std::string(ranking.parameters[i].name) + ' ' +
                   std::to_string(ranking.parameters[i].weight);
        out += "; ties by product id.";
    }
    static_assert(!catalog::Ranking::personalised && !catalog::Ranking::sponsored);
    return out + " Nothing is personalised, nothing is sponsored.";
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

VariantIndexes CatalogOperations::choices_of(Shop const& shop, catalog::Hit const& hit) {
    auto choices = sellable_variants(shop, hit.product_index, {});
    if (hit.variants.size() == shop.snapshot.product_at(hit.product_index).variants.size()) return choices;
    // The filters left some variants out: only those that match are shown.
    auto const first = shop.snapshot.first_variant(hit.product_index);
    std::erase_if(choices, [&](std::uint32_t local) {
        return std::find(hit.variants.begin(), hit.variants.end(), first + local) == hit.variants.end();
    });
    return choices;
}

Result<service::NeedSearchView> CatalogOperations::find(service::RequestContext const& context,
                                                        catalog::SearchQuery const& query,
                                                        std::optional<shopping::Need> const& need) {
    if (need) return shopping_.search(context, query, *need);
    B2A_TRY(found, catalog_.search(context, query));
    service::NeedSearchView view;
    view.snapshot = found.snapshot;
    view.result = std::move(found.result);
    return view;
}

bool CatalogOperations::write_hit(json::Writer& json, Shop const& shop, catalog::Hit const& hit,
                                  service::JudgedHit const* judged) {
    auto const& product = shop.snapshot.product_at(hit.product_index);
    auto const format = static_cast<std::uint8_t>(shop.measures);
    auto const render = [&](std::string& out, VariantIndexes const& choices) {
        if (choices.empty()) return;
        json::Writer part(out);
        auto shape = shape_of(shop, hit.product_index, choices);
        shape.judged = judged;
        write_product(part, shop, shape);
    };
    if (judged == nullptr && hit.variants.size() == product.variants.size()) {
        auto const& entry = cache_.get(shop.snapshot, {hit.product_index, format, shop.currency}, hit.product_index,
                                       [&](std::string& out) { render(out, choices_of(shop, hit)); });
        if (!entry.body.empty()) json.raw(entry.body);
        return !entry.body.empty();
    }
    std::string body;
    render(body, choices_of(shop, hit));
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
    std::optional<shopping::Need> need;
    if (command.needs.given()) {
        B2A_TRY(told, command.needs.finish(currency));
        need = std::move(told);
    }
    json::Writer json(out);
    json.begin_object().member_raw("ucp", terms.success(Capability::catalog_search)).key("products").begin_array();
    std::size_t shown = 0;
    std::uint64_t total = 0;
    bool complete = true;
    std::string order;
    Duties duties(site_);
    for (int page = 0; page < pages_per_search_max && shown < command.limit; ++page) {
        query.limit = command.limit - shown;
        auto const view = find(context, query, need);
        if (!view) return view.error();
        order = ranking_text(view->result.ranking);
        Shop const shop{site_, *view->snapshot, currency, measures_of(terms)};
        for (std::size_t i = 0; i < view->result.hits.size(); ++i) {
            auto const& hit = view->result.hits[i];
            bool const written = write_hit(json, shop, hit, need ? &view->judged[i] : nullptr);
            if (written && may_need_disclosures(shop.snapshot.product_at(hit.product_index)))
                duties.add(shop, shape_of(shop, hit.product_index, choices_of(shop, hit)),
                           "$.products[" + std::to_string(shown) + "]", domain::Detail::listing);
            shown += written ? 1 : 0;
            complete = complete && written;
        }
        total = view->result.total;
        query.cursor = view->result.next_cursor;
        if (query.cursor.empty()) break;
    }
    json.end_array();
    write_pagination(json, query.cursor, total, complete);
    auto notices = currency_notice(notice);
    notices.push_back({"ranking", std::move(order)});
    write_notices(json, site_, notices, duties.messages());
    json.end_object();
    return duties.check("ucp.search_catalog", out);
}

Result<void> CatalogOperations::lookup(service::RequestContext const& context, Terms const& terms,
                                       LookupCommand const& command, std::string& out) {
    auto filters = command.filters;
    auto const [currency, notice] = pricing(command.currency, filters);
    auto const view = catalog_.lookup(context, command.ids);
    if (!view) return view.error();
    Shop const shop{site_, *view->snapshot, currency, measures_of(terms)};
    Duties duties(site_);
    std::size_t written = 0;
    auto missing = view->missing;
    json::Writer json(out);
    json.begin_object().member_raw("ucp", terms.success(Capability::catalog_lookup)).key("products").begin_array();
    for (auto const& found : view->found) {
        auto const shape = lookup_shape(shop, found, filters, missing);
        if (shape.variants.empty()) continue;
        write_product(json, shop, shape);
        duties.add(shop, shape, "$.products[" + std::to_string(written++) + "]", domain::Detail::listing);
    }
    json.end_array();
    auto notices = currency_notice(notice);
    for (auto const& id : missing) notices.push_back({"not_found", id});
    write_notices(json, site_, notices, duties.messages());
    json.end_object();
    return duties.check("ucp.lookup_catalog", out);
}

Result<void> CatalogOperations::product(service::RequestContext const& context, Terms const& terms,
                                        ProductCommand const& command, std::string& out) {
    auto filters = command.filters;
    auto const [currency, notice] = pricing(command.currency, filters);
    auto const view = catalog_.product(context, command.id);
    if (!view) return view.error();
    Shop const shop{site_, *view->snapshot, currency, measures_of(terms)};
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
    Duties duties(site_);
    duties.add(shop, shape, "$.product", domain::Detail::whole);
    write_notices(json, site_, currency_notice(notice), duties.messages());
    json.end_object();
    return duties.check("ucp.get_product", out);
}

}  // namespace b2a::protocol::ucp
