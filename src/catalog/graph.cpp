// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/graph.hpp"

#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {

Graph::Graph(CatalogData const& data) {
    for (auto const& product : data.products) edges_ += product.edges.size();
}

}  // namespace b2a::catalog
