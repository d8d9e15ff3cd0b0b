// SPDX-License-Identifier: Apache-2.0
// Sizes on the native surface, in both directions. Parsing takes JSON and not a request, so that another transport of
// the same operation (a tool call) can use it.
#pragma once

#include <string>

#include "b2a/json/view.hpp"
#include "b2a/protocol/render_cache.hpp"
#include "b2a/protocol/site.hpp"
#include "b2a/service/fit.hpp"
#include "b2a/web/message.hpp"

namespace b2a::protocol::native {

struct FitRequest {
    catalog::FitQuery query;
    Currency currency;  // of the prices shown
};

/// Errors: invalid_request with a JSON pointer (unknown members are refused); unprocessable for a measurement that no
/// body has, naming the bound.
Result<FitRequest> parse_fit(json::View root, Site const& site);
/// GET parameters. Errors: invalid_request with the parameter's name as pointer.
Result<service::SizeChartQuery> parse_size_chart_query(web::Request const& request);

/// False: a disclosure was missing, and the answer must not be sent.
bool render_fit(std::string& out, Site const& site, RenderCache& cache, FitRequest const& request,
                service::FitView const& view);
void render_size_charts(std::string& out, Site const& site, service::SizeChartList const& list);
void render_size_chart(std::string& out, Site const& site, service::SizeChartView const& view);

}  // namespace b2a::protocol::native
