// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/traverse.hpp"

#include <algorithm>
#include <utility>

#include "b2a/base/codec.hpp"
#include "b2a/base/text.hpp"

#include "catalog/cursor.hpp"

namespace b2a::catalog {
namespace {

/// Where a node stands among those that were found. Open addressing; grows with what is found and starts small.
class Places {
  public:
    void clear() {
        slots_.assign(256, {});
        used_ = 0;
    }
    /// The place that the node had before, or `fresh`, which it has from now on.
    std::uint32_t insert(NodeId node, std::uint32_t fresh) {
        if (used_ * 2 >= slots_.size()) grow();
        auto& slot = find(node);
        if (slot.place != vacant) return slot.place;
        slot = {node, fresh};
        ++used_;
        return fresh;
    }

  private:
    static constexpr std::uint32_t vacant = ~std::uint32_t{0};
    struct Slot {
        NodeId node = 0;
        std::uint32_t place = vacant;
    };

    Slot& find(NodeId node) {
        auto const mask = slots_.size() - 1;
        for (auto at = std::size_t{node} * 0x9e3779b97f4a7c15 >> 32U & mask;; at = (at + 1) & mask)
            if (slots_[at].place == vacant || slots_[at].node == node) return slots_[at];
    }
    void grow() {
        std::vector<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (auto const& slot : old)
            if (slot.place != vacant) find(slot.node) = slot;
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

struct Walked {
    std::uint32_t place;  // of the node that it led to
    GraphEdge edge;
};

/// Kept by a thread from one traversal to the next; limits::graph_work_max bounds it.
struct Scratch {
    std::vector<FoundNode> found;
    std::vector<Walked> walked;
    std::vector<GraphEdge> edges;
    Places places;
};

/// The whole walk, whichever page of it is asked for.
class Walk {
  public:
    Walk(Graph const& graph, TraverseQuery const& query, Scratch& scratch) :
        graph_(graph), query_(query), scratch_(scratch), work_max_(std::min(query.work_max, limits::graph_work_max)) {
        scratch_.found.clear();
        scratch_.walked.clear();
        scratch_.places.clear();
    }

    Result<void> start() {
        if (query_.start.empty() || query_.start.size() > limits::graph_start_max)
            return Error(Code::unprocessable,
                         "needs 1 to " + std::to_string(limits::graph_start_max) + " nodes to start from", "/start");
        for (std::size_t i = 0; i < query_.start.size(); ++i) {
            auto const& [type, id] = query_.start[i];
            auto const node = graph_.find(type, id);
            if (!node) {
                Error error(Code::unprocessable, "no such " + std::string(to_text(type)),
                            "/start/" + std::to_string(i) + "/id");
                error.reason = "unknown_node";
                return error;
            }
            find(*node, 0);
        }
        return {};
    }

    void run() {
        auto const depth_max = std::min(query_.depth, limits::graph_depth_max);
        for (std::size_t i = 0; i < scratch_.found.size() && !truncated; ++i) {
            if (scratch_.found[i].depth >= depth_max) break;
            expand(scratch_.found[i]);
        }
    }

    std::size_t work = 0;
    bool truncated = false;

  private:
    std::uint32_t find(NodeId node, std::uint32_t depth) {
        auto const fresh = static_cast<std::uint32_t>(scratch_.found.size());
        auto const place = scratch_.places.insert(node, fresh);
        if (place == fresh) scratch_.found.push_back({node, depth});
        return place;
    }

    void expand(FoundNode const at) {
        auto& edges = scratch_.edges;
        edges.clear();
        auto const rest = work_max_ - work;
        graph_.edges(at.node, {query_.relations, query_.direction, rest + 1}, edges);
        truncated = edges.size() > rest;
        if (truncated) edges.pop_back();
        work += edges.size();
        for (auto const& edge : edges) {
            auto const place = find(edge.from == at.node ? edge.to : edge.from, at.depth + 1);
            if (scratch_.found[place].depth == at.depth + 1) scratch_.walked.push_back({place, edge});
        }
    }

    Graph const& graph_;
    TraverseQuery const& query_;
    Scratch& scratch_;
    std::size_t work_max_;
};

bool lies_in(std::string_view path, std::string_view category) noexcept {
    if (path.size() > category.size() && path[category.size()] == '/' &&
        iequals(path.substr(0, category.size()), category))
        return true;
    if (iequals(path, category)) return true;
    for (;;) {
        auto const at = path.find('/');
        if (iequals(path.substr(0, at), category)) return true;
        if (at == std::string_view::npos) return false;
        path.remove_prefix(at + 1);
    }
}

bool any_in_stock(Snapshot const& snapshot, std::uint32_t product) noexcept {
    auto const first = snapshot.first_variant(product);
    auto const count = static_cast<std::uint32_t>(snapshot.product_at(product).variants.size());
    for (auto v = first; v < first + count; ++v)
        if (snapshot.in_stock(v)) return true;
    return false;
}

bool is_shown(Snapshot const& snapshot, NodeFilter const& filter, NodeId node) {
    auto const& graph = snapshot.graph();
    if (!filter.types.empty() && std::ranges::find(filter.types, graph.type_of(node)) == filter.types.end())
        return false;
    auto const index = graph.product_of(node);
    if (!index) return true;
    auto const& product = snapshot.product_at(*index);
    auto const is_brand = [&](std::string const& brand) { return iequals(product.brand, brand); };
    if (!filter.brands.empty() && std::ranges::none_of(filter.brands, is_brand)) return false;
    auto const is_in = [&](std::string const& category) {
        return std::ranges::any_of(product.categories, [&](auto const& path) { return lies_in(path, category); });
    };
    if (!filter.categories.empty() && std::ranges::none_of(filter.categories, is_in)) return false;
    if (filter.availability == Availability::any) return true;
    auto const variant = graph.variant_of(node);
    return variant ? snapshot.in_stock(*variant) : any_in_stock(snapshot, *index);
}

void put(Encoder& out, std::vector<std::string> const& texts) {
    out.u64(texts.size());
    for (auto const& text : texts) out.text(text);
}

/// Of everything in the query but the cursor and the page size.
std::uint64_t fingerprint(TraverseQuery const& query) {
    Encoder out;
    out.text("traverse");
    out.u64(query.start.size());
    for (auto const& [type, id] : query.start) {
        out.u64(static_cast<std::uint64_t>(type));
        out.text(id);
    }
    out.u64(query.relations);
    out.u64(static_cast<std::uint64_t>(query.direction));
    out.u64(query.depth);
    out.u64(query.nodes.types.size());
    for (auto const type : query.nodes.types) out.u64(static_cast<std::uint64_t>(type));
    put(out, query.nodes.brands);
    put(out, query.nodes.categories);
    out.u64(static_cast<std::uint64_t>(query.nodes.availability));
    out.u64(query.work_max);
    return fingerprint_of(out.view());
}

/// How many of the found nodes the pages before have dealt with.
Result<std::size_t> first_place(TraverseQuery const& query, std::uint64_t print, std::uint64_t revision) {
    if (query.cursor.empty()) return std::size_t{0};
    B2A_TRY(cursor, decode_cursor(query.cursor));
    if (cursor.fingerprint != print || cursor.score < 0)
        return Error(Code::invalid_request, "The cursor is not one of this traversal.", "/cursor");
    if (cursor.revision != revision)
        return Error(Code::invalid_request, "The catalog has changed since: begin again without a cursor.", "/cursor");
    return static_cast<std::size_t>(cursor.score);
}

/// Of the edges that were walked, those that lead to a shown place.
std::vector<GraphEdge> edges_to(std::vector<std::uint32_t> const& places, std::vector<Walked> const& walked) {
    std::vector<Walked> chosen;
    for (auto const& step : walked)
        if (std::ranges::binary_search(places, step.place)) chosen.push_back(step);
    std::ranges::stable_sort(chosen, {}, &Walked::place);
    std::vector<GraphEdge> out;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        shown = i > 0 && chosen[i].place == chosen[i - 1].place ? shown + 1 : 0;
        if (shown < limits::graph_edges_per_node_max) out.push_back(chosen[i].edge);
    }
    return out;
}

}  // namespace

Result<TraverseResult> traverse(Snapshot const& snapshot, TraverseQuery const& query) {
    thread_local Scratch scratch;
    auto const print = fingerprint(query);
    B2A_TRY(first, first_place(query, print, snapshot.revision()));
    Walk walk(snapshot.graph(), query, scratch);
    B2A_CHECK(walk.start());
    walk.run();
    TraverseResult result;
    result.work = walk.work;
    result.truncated = walk.truncated;
    auto const limit = std::clamp<std::size_t>(query.limit, 1, limits::page_size_max);
    std::vector<std::uint32_t> places;
    for (auto place = first; place < scratch.found.size(); ++place) {
        if (!is_shown(snapshot, query.nodes, scratch.found[place].node)) continue;
        if (places.size() == limit) {
            result.next_cursor = encode({print, snapshot.revision(), std::int64_t{places.back()} + 1, {}});
            break;
        }
        places.push_back(static_cast<std::uint32_t>(place));
        result.nodes.push_back(scratch.found[place]);
    }
    result.edges = edges_to(places, scratch.walked);
    return result;
}

}  // namespace b2a::catalog
