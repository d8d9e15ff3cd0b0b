// SPDX-License-Identifier: Apache-2.0
#include "b2a/service/fit.hpp"

#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "service/facts.hpp"

namespace b2a::service {
namespace {

bool matches(domain::SizeChart const& chart, SizeChartQuery const& query) {
    if (!query.brand.empty() && !iequals(chart.brand, query.brand)) return false;
    if (query.garment && chart.garment != *query.garment) return false;
    return !query.audience || chart.audience == *query.audience;
}

}  // namespace

FitService::FitService(catalog::Holder const& holder, Governance& governance) :
    view_(holder), governance_(governance) {}

Result<FitView> FitService::fit(RequestContext const& context, catalog::FitQuery const& query) {
    B2A_TRY(terms, governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    auto const& snapshot = *view_.get();
    auto result = snapshot.fit(query);
    if (!result) return std::move(result).error();
    if (result->hits.size() > terms.page_max) result->hits.resize(terms.page_max);
    return FitView{&snapshot, std::move(*result)};
}

Result<SizeChartList> FitService::size_charts(RequestContext const& context, SizeChartQuery const& query) {
    B2A_TRY(terms, governance_.permit_read(context, read_facts(context, policy::Action::catalog_search)));
    auto const& snapshot = *view_.get();
    auto const limit = std::min({query.limit, terms.page_max, limits::page_size_max});
    SizeChartList list;
    list.snapshot = &snapshot;
    for (auto const& chart : snapshot.data().size_charts) {
        if (chart.id <= query.after || !matches(chart, query)) continue;
        list.more = list.charts.size() == limit;
        if (list.more) break;
        list.charts.push_back(&chart);
    }
    return list;
}

Result<SizeChartView> FitService::size_chart(RequestContext const& context, std::string_view id) {
    B2A_CHECK(governance_.permit_read(context, read_facts(context, policy::Action::catalog_product)));
    auto const& snapshot = *view_.get();
    auto const& charts = snapshot.data().size_charts;
    auto const found = std::ranges::find(charts, id, &domain::SizeChart::id);
    if (found == charts.end())
        return Error(Code::not_found, "no such size chart", std::string(id.substr(0, limits::id_bytes_max)));
    return SizeChartView{&snapshot, &*found};
}

}  // namespace b2a::service
