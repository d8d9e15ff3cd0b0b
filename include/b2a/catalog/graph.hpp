// SPDX-License-Identifier: Apache-2.0
// The products' relations, by index. Built once per revision.
#pragma once

#include <cstddef>

namespace b2a::catalog {

struct CatalogData;

class Graph {
  public:
    Graph() = default;
    explicit Graph(CatalogData const& data);

    [[nodiscard]] std::size_t edge_count() const noexcept { return edges_; }

  private:
    std::size_t edges_ = 0;
};

}  // namespace b2a::catalog
