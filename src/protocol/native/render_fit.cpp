// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/json/writer.hpp"

#include "fit.hpp"
#include "search.hpp"
#include "write_parts.hpp"

namespace b2a::protocol::native {
namespace {

using domain::SizeChart;

constexpr domain::SizeSystem converted_systems[] = {domain::SizeSystem::eu, domain::SizeSystem::uk,
                                                    domain::SizeSystem::us, domain::SizeSystem::fr,
                                                    domain::SizeSystem::it, domain::SizeSystem::letter};

std::string chart_url(Site const& site, SizeChart const& chart) {
    return site.base_url + "/b2a/v1/size-charts/" + web::percent_encode(chart.id);
}

template <class Range>
void write_ends(json::Writer& json, std::string_view key, Range const& range) {
    json.key(key).begin_object().member("min_mm", std::int64_t{range.min_mm});
    json.member("max_mm", std::int64_t{range.max_mm}).end_object();
}

void write_body(json::Writer& json, domain::Body const& body) {
    json.key("measurements").begin_array();
    for (std::size_t i = 0; i < domain::measurement_count; ++i) {
        auto const measurement = static_cast<domain::Measurement>(i);
        auto const& known = body.at(measurement);
        if (!known) continue;
        json.begin_object().member("measurement", to_text(measurement));
        json.member("min_mm", std::int64_t{known->min_mm}).member("max_mm", std::int64_t{known->max_mm});
        json.member("basis", to_text(known->basis)).end_object();
    }
    json.end_array();
}

void write_person(json::Writer& json, Site const& site, FitRequest const& request, catalog::FitResult const& result) {
    json.key("person").begin_object();
    write_body(json, result.body);
    json.key("owned").begin_array();
    for (auto const& evidence : result.owned) {
        auto const& owned = request.query.owns.at(evidence.owned);
        json.begin_object().member("brand", owned.brand).member("size", owned.size);
        json.member("size_chart", evidence.chart->id).member("url", chart_url(site, *evidence.chart));
        json.key("rows").begin_array();
        for (auto const row : evidence.match.rows) json.value(evidence.chart->rows.at(row).label);
        json.end_array().member("converted", evidence.match.converted);
        if (evidence.match.converted)
            json.member("conversion_source",
                        domain::conversion_source(evidence.chart->garment, evidence.chart->audience));
        json.end_object();
    }
    json.end_array().end_object();
}

/// The order is domain::ranks_before(): it has no place for who pays.
void write_ranking(json::Writer& json) {
    json.key("ranking").begin_object().member("order", "fit");
    json.member("description",
                "fits before unknown before tight and loose; then less distance from the chart's ranges, more "
                "confidence, more margin; ties by product id, then the smaller size");
    json.key("main_parameters").begin_array();
    for (auto const* name : {"verdict", "misfit_ppm", "confidence_ppm", "margin_ppm"}) json.value(name);
    json.end_array().member("tie_break", "product_id_ascending");
    json.member("personalised", true).member("sponsored", false).end_object();
}

void write_deciding(json::Writer& json, domain::RowFit const& fit) {
    json.key("deciding").begin_array();
    for (auto const& part : fit.deciding()) {
        json.begin_object().member("measurement", to_text(part.measurement));
        json.member("weight", std::int64_t{part.weight}).member("verdict", to_text(part.verdict));
        if (part.body) write_ends(json, "body", *part.body);
        if (part.range) write_ends(json, "range", *part.range);
        if (part.body && part.range) {
            json.member("distance_mm", std::int64_t{part.distance_mm});
            json.member("tolerance_mm", std::int64_t{part.tolerance_mm});
        }
        json.end_object();
    }
    json.end_array();
}

void write_evidence(json::Writer& json, Site const& site, catalog::Snapshot const& snapshot,
                    catalog::FitHit const& hit) {
    auto const& chart = *hit.chart;
    json.key("evidence").begin_object().member("size_chart", chart.id).member("url", chart_url(site, chart));
    json.member("row", chart.rows.at(hit.row).label).member("catalog_revision", snapshot.revision());
    json.member_if("source", chart.source).member("synthetic", chart.synthetic);
    json.member("ease_mm", std::int64_t{hit.give.ease_mm}).member("stretch_ppm", std::int64_t{hit.give.stretch_ppm});
    json.end_object();
}

std::string_view message_of(catalog::FitNote::Code code) noexcept {
    using Code = catalog::FitNote::Code;
    switch (code) {
        case Code::unknown_product: return "No product or variant has this id.";
        case Code::unknown_brand: return "There is no size chart of this brand, so the garment says nothing here.";
        case Code::no_size_chart: return "No size chart says what the sizes mean.";
        case Code::ambiguous_chart: return "The brand has charts for several audiences: name one.";
        case Code::unknown_size: return "The brand's chart has no such size.";
        case Code::contradictory: return "This does not agree with what was known before, which stands.";
        case Code::size_not_in_chart: return "The variant's size is in no row of its chart.";
    }
    return {};
}

void write_findings(json::Writer& json, std::vector<catalog::FitNote> const& notes) {
    json.key("findings").begin_array();
    for (auto const& note : notes)
        json.begin_object()
            .member("code", to_text(note.code))
            .member_if("path", note.path)
            .member("subject", note.subject)
            .member("message", message_of(note.code))
            .end_object();
    json.end_array();
}

void write_chart_members(json::Writer& json, Site const& site, SizeChart const& chart) {
    json.member("id", chart.id).member("brand", chart.brand).member("garment", to_text(chart.garment));
    json.member("audience", to_text(chart.audience)).member("system", to_text(chart.system));
    json.member_if("source", chart.source).member("synthetic", chart.synthetic).member("url", chart_url(site, chart));
}

/// The brand's own first; a table fills in the systems that the brand says nothing about.
void write_equivalents(json::Writer& json, SizeChart const& chart, domain::SizeRow const& row) {
    json.key("equivalents").begin_array();
    auto const write = [&](domain::SizeSystem system, std::string_view label, std::string_view basis) {
        json.begin_object().member("system", to_text(system)).member("label", label);
        json.member("basis", basis).end_object();
    };
    for (auto const& stated : row.equivalents) write(stated.system, stated.label, "brand");
    for (auto const system : converted_systems) {
        auto const is_stated = std::ranges::find(row.equivalents, system, &domain::SizeEquivalent::system);
        if (system == chart.system || is_stated != row.equivalents.end()) continue;
        for (auto const label : domain::convert_size(row.label, chart.system, system, chart.garment, chart.audience))
            write(system, label, "standard_table");
    }
    json.end_array();
}

}  // namespace

bool render_fit(std::string& out, Site const& site, RenderCache& cache, FitRequest const& request,
                service::FitView const& view) {
    auto const& snapshot = *view.snapshot;
    json::Writer json(out);
    json.begin_object().member("total", view.result.total).member("catalog_revision", snapshot.revision());
    json.member("currency", request.currency.code());
    write_person(json, site, request, view.result);
    write_ranking(json);
    json.key("items").begin_array();
    for (auto const& hit : view.result.hits) {
        auto const& fit = hit.fit;
        auto const summary = lawful_summary(site, cache, snapshot, hit.product_index, request.currency);
        if (summary.empty()) return false;
        json.begin_object().member_raw("product", summary).member("size", hit.chart->rows.at(hit.row).label);
        json.member("verdict", to_text(fit.verdict)).member("confidence_ppm", fit.confidence_ppm);
        json.member("misfit_ppm", fit.misfit_ppm).member("margin_ppm", fit.margin_ppm);
        write_deciding(json, fit);
        write_evidence(json, site, snapshot, hit);
        write_matching_variants(json, snapshot, site, request.currency, hit.product_index, hit.variants);
        json.end_object();
    }
    json.end_array();
    write_findings(json, view.result.notes);
    json.end_object();
    return true;
}

void render_size_charts(std::string& out, Site const& site, service::SizeChartList const& list) {
    json::Writer json(out);
    json.begin_object().member("catalog_revision", list.snapshot->revision()).key("items").begin_array();
    for (auto const* chart : list.charts) {
        json.begin_object();
        write_chart_members(json, site, *chart);
        json.key("sizes").begin_array();
        for (auto const& row : chart->rows) json.value(row.label);
        json.end_array().end_object();
    }
    json.end_array();
    if (list.more && !list.charts.empty()) json.member("next_after", list.charts.back()->id);
    json.end_object();
}

void render_size_chart(std::string& out, Site const& site, service::SizeChartView const& view) {
    auto const& chart = *view.chart;
    json::Writer json(out);
    json.begin_object().member("content_trust", "untrusted");
    write_chart_members(json, site, chart);
    json.member("catalog_revision", view.snapshot->revision());
    json.member_if("conversion_source", domain::conversion_source(chart.garment, chart.audience));
    json.key("deciding").begin_array();
    for (auto const& by : domain::deciding(chart.garment, chart.audience))
        json.begin_object()
            .member("measurement", to_text(by.measurement))
            .member("weight", std::int64_t{by.weight})
            .end_object();
    json.end_array().key("rows").begin_array();
    for (auto const& row : chart.rows) {
        json.begin_object().member("label", row.label);
        write_equivalents(json, chart, row);
        json.key("ranges").begin_object();
        for (auto const& range : row.ranges) write_ends(json, to_text(range.measurement), range);
        json.end_object().end_object();
    }
    json.end_array().end_object();
}

}  // namespace b2a::protocol::native
