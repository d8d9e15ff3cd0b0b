// SPDX-License-Identifier: Apache-2.0
// Sizes behind the policy: which ones fit a person, and the charts that say so. Immediate: nothing here waits, and
// nothing about the person is kept or logged. One instance per I/O thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/catalog/fit.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/service/context.hpp"
#include "b2a/service/governance.hpp"

namespace b2a::service {

struct FitView {
    catalog::Snapshot const* snapshot = nullptr;  // valid until the next call on this thread
    catalog::FitResult result;
};

struct SizeChartQuery {
    std::string brand;  // empty: all
    std::optional<domain::Garment> garment;
    std::optional<domain::Audience> audience;
    std::string after;  // the last id of the page before
    std::size_t limit = limits::page_size_default;
};

struct SizeChartList {
    catalog::Snapshot const* snapshot = nullptr;
    std::vector<domain::SizeChart const*> charts;  // in ascending id order
    bool more = false;
};

struct SizeChartView {
    catalog::Snapshot const* snapshot = nullptr;
    domain::SizeChart const* chart = nullptr;
};

class FitService {
  public:
    FitService(catalog::Holder const& holder, Governance& governance);

    /// The action is catalog.search. Errors: those of Snapshot::fit().
    Result<FitView> fit(RequestContext const& context, catalog::FitQuery const& query);
    /// The action is catalog.search.
    Result<SizeChartList> size_charts(RequestContext const& context, SizeChartQuery const& query);
    /// The action is catalog.product. Errors: not_found.
    Result<SizeChartView> size_chart(RequestContext const& context, std::string_view id);

  private:
    catalog::View view_;
    Governance& governance_;
};

}  // namespace b2a::service
