// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <limits>
#include <map>

#include "mandate/constraints.hpp"

namespace b2a::mandate {
namespace {

/// A flow from a source over requirements and items to a sink, grown along shortest paths (Edmonds and Karp). Bounded
/// lists keep the matrix small.
class Network {
  public:
    explicit Network(std::size_t nodes) : nodes_(nodes), capacity_(nodes * nodes, 0) {}

    std::int64_t& between(std::size_t from, std::size_t to) { return capacity_[from * nodes_ + to]; }

    std::int64_t flow(std::size_t source, std::size_t sink) {
        std::int64_t total = 0;
        for (;;) {
            auto const before = path(source, sink);
            if (before[sink] == nodes_) return total;
            auto room = std::numeric_limits<std::int64_t>::max();
            for (auto at = sink; at != source; at = before[at]) room = std::min(room, between(before[at], at));
            for (auto at = sink; at != source; at = before[at]) {
                between(before[at], at) -= room;
                between(at, before[at]) += room;
            }
            total += room;
        }
    }

  private:
    /// The node before each on a shortest path with room; `nodes_` where none leads.
    std::vector<std::size_t> path(std::size_t source, std::size_t sink) {
        std::vector<std::size_t> before(nodes_, nodes_);
        std::deque<std::size_t> next{source};
        before[source] = source;
        while (!next.empty() && before[sink] == nodes_) {
            auto const from = next.front();
            next.pop_front();
            for (std::size_t to = 0; to < nodes_; ++to) {
                if (before[to] != nodes_ || between(from, to) == 0) continue;
                before[to] = from;
                next.push_back(to);
            }
        }
        return before;
    }

    std::size_t nodes_;
    std::vector<std::int64_t> capacity_;
};

}  // namespace

bool fulfils(std::vector<Purchase::Item> const& items, std::vector<Requirement> const& requirements) {
    std::map<std::string, std::int64_t, std::less<>> bought;
    std::int64_t units = 0;
    for (auto const& item : items) {
        bought[item.id] += item.quantity;
        units += item.quantity;
    }
    std::int64_t wanted = 0;
    for (auto const& requirement : requirements) wanted += requirement.quantity;
    if (wanted != units || units == 0) return false;
    std::size_t const source = 0;
    std::size_t const first_item = 1 + requirements.size();
    auto const sink = first_item + bought.size();
    Network network(sink + 1);
    for (std::size_t i = 0; i < requirements.size(); ++i) {
        network.between(source, 1 + i) = requirements[i].quantity;
        for (auto const& id : requirements[i].acceptable)
            if (auto const found = bought.find(id); found != bought.end())
                network.between(1 + i, first_item + static_cast<std::size_t>(std::distance(bought.begin(), found))) =
                    requirements[i].quantity;
    }
    std::size_t at = first_item;
    for (auto const& [id, quantity] : bought) network.between(at++, sink) = quantity;
    return network.flow(source, sink) == units;
}

}  // namespace b2a::mandate
