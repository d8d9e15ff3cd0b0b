// SPDX-License-Identifier: Apache-2.0
// Completing what somebody began to write: ids and categories of a snapshot, bounded and in ascending order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::protocol::native {

/// As many as one completion may have (MCP: 100).
inline constexpr std::size_t completions_max = 100;

/// Ids of products that begin with `beginning`.
std::vector<std::string> product_ids(catalog::Snapshot const& snapshot, std::string_view beginning);

/// Ids of size charts that begin with `beginning`.
std::vector<std::string> size_chart_ids(catalog::Snapshot const& snapshot, std::string_view beginning);

/// Category paths. Collected once per revision: it walks every product.
class CategoryNames {
  public:
    /// Without regard to ASCII case.
    std::vector<std::string> beginning_with(catalog::Snapshot const& snapshot, std::string_view beginning);

  private:
    catalog::Snapshot const* seen_ = nullptr;  // compared, never followed
    std::uint64_t revision_ = 0;
    std::vector<std::string> names_;
};

}  // namespace b2a::protocol::native
