// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"
#include "b2a/protocol/disclosures.hpp"

#include "formats.hpp"
#include "search.hpp"
#include "write_parts.hpp"

namespace b2a::protocol::native {
namespace {

/// From what the search itself says about its order.
void write_ranking(json::Writer& json, catalog::Ranking const& ranking) {
    bool const by_text = ranking.order == catalog::Ranking::Order::relevance;
    json.key("ranking").begin_object();
    json.member("order", by_text ? "bm25" : "catalog");
    json.member("description", by_text ? "BM25 of the words asked for over the main parameters, highest first; ties by "
                                         "product id"
                                       : "product id, ascending");
    json.key("factors").begin_array();
    if (by_text)
        json.begin_object().member("name", "bm25").member("unit", "thousandths").member("weight", 1).end_object();
    json.end_array().key("main_parameters").begin_array();
    for (auto const& parameter : ranking.parameters)
        json.begin_object()
            .member("name", parameter.name)
            .member("weight", std::uint64_t{parameter.weight})
            .end_object();
    json.end_array().member("tie_break", ranking.tie_break);
    json.member("personalised", catalog::Ranking::personalised);
    json.member("sponsored", catalog::Ranking::sponsored).end_object();
}

void write_allergens(json::Writer& json, catalog::Hit const& hit) {
    json.key("allergens").begin_array();
    for (auto const& verdict : hit.allergens)
        json.begin_object()
            .member("allergen", to_text(verdict.allergen))
            .member("status", to_text(verdict.status))
            .end_object();
    json.end_array();
}

}  // namespace

std::string_view lawful_summary(Site const& site, RenderCache& cache, catalog::Snapshot const& snapshot,
                                std::uint32_t product, Currency currency) {
    RenderCache::Key const key{product, static_cast<std::uint8_t>(Format::summary), currency};
    auto const& summary = cache.get(snapshot, key, product, [&](std::string& text) {
        render_summary(text, site, snapshot, product, currency);
        if (!may_leave("native.search", text, summary_disclosures(snapshot, product), site, write_disclosure))
            text.clear();
    });
    return summary.body;
}

bool render_search(std::string& out, Site const& site, RenderCache& cache, catalog::SearchQuery const& query,
                   service::SearchView const& view) {
    auto const& snapshot = *view.snapshot;
    json::Writer json(out);
    json.begin_object().member("total", view.result.total);
    json.member_if("next_cursor", view.result.next_cursor);
    json.member("catalog_revision", snapshot.revision()).member("currency", query.currency.code());
    write_ranking(json, view.result.ranking);
    json.key("items").begin_array();
    for (auto const& hit : view.result.hits) {
        auto const summary = lawful_summary(site, cache, snapshot, hit.product_index, query.currency);
        if (summary.empty()) return false;
        json.begin_object().member_raw("product", summary);
        write_matching_variants(json, snapshot, site, query.currency, hit.product_index, hit.variants);
        json.key("ranking").begin_object().member("score", hit.score).end_object();
        write_allergens(json, hit);
        json.end_object();
    }
    json.end_array().end_object();
    return true;
}

}  // namespace b2a::protocol::native
