// SPDX-License-Identifier: Apache-2.0
#include "b2a/json/writer.hpp"
#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/need.hpp"

#include "formats.hpp"
#include "search.hpp"
#include "write_parts.hpp"

namespace b2a::protocol::native {
namespace {

constexpr std::string_view by_words =
    "BM25 of the words asked for over the main parameters, highest first; ties by "
    "product id";
constexpr std::string_view by_id = "product id, ascending";

/// The part that a need has in an order: none, all of it decides what is found, or what answers it comes first.
enum class NeedRole : std::uint8_t { none, filter, tier };

void write_factor(json::Writer& json, std::string_view name, std::string_view unit, int weight) {
    json.begin_object().member("name", name).member("unit", unit).member("weight", weight).end_object();
}

/// From what the search itself says about its order. A factor of weight 0 decides what is found and not its order.
void write_ranking(json::Writer& json, catalog::Ranking const& ranking, NeedRole role) {
    bool const by_text = ranking.order == catalog::Ranking::Order::relevance;
    json.key("ranking").begin_object();
    json.member("order", by_text ? "bm25" : "catalog");
    auto const order = by_text ? by_words : by_id;
    if (role == NeedRole::tier)
        json.member("description", "products with a variant that answers every constraint first; within each tier " +
                                       std::string(order));
    else json.member("description", order);
    json.key("factors").begin_array();
    if (role == NeedRole::tier) write_factor(json, "constraints", "tier", 1);
    if (role == NeedRole::filter) write_factor(json, "constraints", "filter", 0);
    if (by_text) write_factor(json, "bm25", "thousandths", 1);
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

/// The verdicts are of one variant: products are judged by those that can be had.
void write_judged(json::Writer& json, catalog::Snapshot const& snapshot, service::JudgedHit const& judged) {
    json.member("outcome", to_text(judged.outcome));
    json.member("judged_variant", snapshot.variant_at(judged.variant).variant->id);
    write_constraints(json, judged.verdicts, snapshot.revision());
}

void write_asked(json::Writer& json, shopping::Asked const& asked) {
    json.member("constraint", to_text(asked.constraint)).member_if("subject", asked.subject);
    json.member_if("member", asked.member);
}

void write_advice(json::Writer& json, service::NeedSearchView const& view) {
    json.key("relaxations").begin_array();
    for (auto const& advice : view.relaxations) {
        json.begin_object().key("without").begin_array();
        for (auto const& asked : advice.without) {
            json.begin_object();
            write_asked(json, asked);
            json.end_object();
        }
        json.end_array().member("total", advice.total).end_object();
    }
    json.end_array().key("blocked_by").begin_array();
    for (auto const& blocking : view.blocked_by) {
        json.begin_object();
        write_asked(json, blocking.constraint);
        json.member("excludes", blocking.excludes).end_object();
    }
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
    write_ranking(json, view.result.ranking, NeedRole::none);
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

bool render_need_search(std::string& out, Site const& site, RenderCache& cache, catalog::SearchQuery const& query,
                        service::NeedSearchView const& view) {
    auto const& snapshot = *view.snapshot;
    bool const reports = query.demand_mode == catalog::DemandMode::report;
    json::Writer json(out);
    json.begin_object().member("total", view.result.total).member("answering", view.result.answering);
    json.member("constraint_mode", reports ? "report" : "strict");
    json.member_if("next_cursor", view.result.next_cursor);
    json.member("catalog_revision", snapshot.revision()).member("currency", query.currency.code());
    write_ranking(json, view.result.ranking, reports ? NeedRole::tier : NeedRole::filter);
    json.key("items").begin_array();
    for (std::size_t i = 0; i < view.result.hits.size(); ++i) {
        auto const& hit = view.result.hits[i];
        auto const summary = lawful_summary(site, cache, snapshot, hit.product_index, query.currency);
        if (summary.empty()) return false;
        json.begin_object().member_raw("product", summary);
        write_matching_variants(json, snapshot, site, query.currency, hit.product_index,
                                hit.answers ? hit.variants : std::vector<std::uint32_t>{});
        json.key("ranking").begin_object().member("score", hit.score).end_object();
        write_allergens(json, hit);
        write_judged(json, snapshot, view.judged[i]);
        json.end_object();
    }
    json.end_array();
    if (view.result.answering == 0) write_advice(json, view);
    json.end_object();
    return true;
}

}  // namespace b2a::protocol::native
