// SPDX-License-Identifier: Apache-2.0
// Walking the product graph: breadth first from some nodes, along some relations, with a bound on the work. The same
// question about the same revision always gets the same answer; cycles are walked once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "b2a/base/limits.hpp"
#include "b2a/base/result.hpp"
#include "b2a/catalog/graph.hpp"
#include "b2a/catalog/query.hpp"
#include "b2a/catalog/snapshot.hpp"

namespace b2a::catalog {

struct NodeName {
    NodeType type = NodeType::product;
    std::string id;
};

/// Which of the nodes that are found are shown; what is not shown is walked through all the same. Brands, categories
/// and stock are asked of products, variants and offers only.
struct NodeFilter {
    std::vector<NodeType> types;          // empty: all
    std::vector<std::string> brands;      // OR-ed
    std::vector<std::string> categories;  // OR-ed; a path, its beginning, or the name of one level
    Availability availability = Availability::any;
};

struct TraverseQuery {
    std::vector<NodeName> start;  // 1 to limits::graph_start_max
    Relations relations = all_relations;
    Direction direction = Direction::out;  // in: against the edges
    std::size_t depth = 1;                 // 1 to limits::graph_depth_max
    NodeFilter nodes;
    std::size_t limit = limits::page_size_default;  // of nodes, at most limits::page_size_max
    std::string cursor;                             // opaque, from an answer to the same query
    std::size_t work_max = limits::graph_work_max;  // edges to look at, at most limits::graph_work_max
};

struct FoundNode {
    NodeId node = 0;
    std::uint32_t depth = 0;  // the least number of edges to it from a start node, which has 0
};

struct TraverseResult {
    std::vector<FoundNode> nodes;  // by depth, then as they were found
    /// Of those that lead from a node found one step before to a shown one, the first limits::graph_edges_per_node_max
    /// each, in the order of `nodes`. `from` and `to` are the edge's own, whichever way it was walked.
    std::vector<GraphEdge> edges;
    std::string next_cursor;  // empty: there are no more
    std::size_t work = 0;     // edges looked at
    bool truncated = false;   // the bound on the work ended the walk: there is more in the graph
};

/// Errors: unprocessable with a pointer (nothing to start from, a node that does not exist, "/start/0/id");
/// invalid_request for a cursor of another query or revision.
Result<TraverseResult> traverse(Snapshot const& snapshot, TraverseQuery const& query);

}  // namespace b2a::catalog
