// SPDX-License-Identifier: Apache-2.0
#include "importer/links.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "b2a/base/limits.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using domain::Edge;
using domain::Product;

bool has_edge(Product const& product, domain::EdgeType type, std::string const& target) {
    return std::any_of(product.edges.begin(), product.edges.end(),
                       [&](Edge const& edge) { return edge.type == type && edge.target == target; });
}

/// One order for equal sets of edges, whichever file came first: by source and type, as listed within.
void sort_edges(Product& product) {
    std::stable_sort(product.edges.begin(), product.edges.end(), [](Edge const& a, Edge const& b) {
        return std::tie(a.source, a.type) < std::tie(b.source, b.type);
    });
}

/// Also of "source#detail".
bool is_among(std::set<std::string, std::less<>> const& sources, std::string_view source) {
    return sources.contains(source) || sources.contains(source.substr(0, source.find('#')));
}

/// Adds the edges that `before` had, but those of sources that are being replaced.
template <class IsReplaced>
void keep_edges(Product& product, Product const& before, IsReplaced is_replaced) {
    for (auto const& edge : before.edges)
        if (!is_replaced(std::string_view(edge.source)) && !has_edge(product, edge.type, edge.target) &&
            product.edges.size() < limits::product_edges_max)
            product.edges.push_back(edge);
    sort_edges(product);
}

}  // namespace

std::string Links::add_or_say(std::string const& from, Edge const& edge, std::uint64_t line) {
    switch (add(from, edge, line)) {
        case Added::yes: return {};
        case Added::repeated: return "the edge from " + shown(from) + " to " + shown(edge.target) + " comes twice";
        case Added::too_many: break;
    }
    return "more than " + std::to_string(limits::product_edges_max) + " edges of " + shown(from);
}

Links::Added Links::add(std::string const& from, Edge const& edge, std::uint64_t line) {
    auto const known = std::find(source_names_.begin(), source_names_.end(), edge.source);
    auto const index = static_cast<std::uint32_t>(known - source_names_.begin());
    if (known == source_names_.end()) source_names_.push_back(edge.source);
    auto& links = by_from_[from];
    Link link{edge.type, edge.target, index, edge.score_ppm, static_cast<std::uint32_t>(journal_.file_index()), line};
    if (std::find(links.begin(), links.end(), link) != links.end()) return Added::repeated;
    if (links.size() == limits::product_edges_max) return Added::too_many;
    links.push_back(std::move(link));
    return Added::yes;
}

Result<std::optional<std::string>> Links::owner(std::string const& id) {
    B2A_TRY(of_variant, draft_.product_of_variant(id));
    if (of_variant) return std::move(of_variant);
    B2A_TRY(product, draft_.product(id));
    if (product) return std::optional<std::string>(id);
    return std::optional<std::string>();
}

Result<bool> Links::append(std::string const& key, Turn turn, Product& product) {
    auto const found = by_from_.find(key);
    if (found == by_from_.end()) return true;
    auto complete = true;
    for (auto const& link : found->second) {
        if (turn_of(link) != turn) continue;
        B2A_TRY(target, owner(link.to));
        complete = complete && target.has_value();
        if (!target || *target == product.id || has_edge(product, link.type, *target)) continue;
        if (product.edges.size() < limits::product_edges_max)
            product.edges.push_back({link.type, *target, source_names_[link.source], link.score_ppm});
    }
    return complete;
}

Links::Turn Links::turn_of(Link const& link) const {
    return is_among(late_, source_names_[link.source]) ? Turn::late : Turn::early;
}

Result<void> Links::attach(Product& product, Product const* before, std::string_view own_source) {
    product.edges.clear();
    attached_.insert(product.id);
    if (!by_from_.empty()) {
        std::vector<std::string> keys{product.id};
        for (auto const& variant : product.variants)
            if (variant.id != product.id && by_from_.contains(variant.id)) keys.push_back(variant.id);
        auto complete = true;
        for (auto const& key : keys) {
            B2A_TRY(all, append(key, Turn::early, product));
            complete = complete && all;
        }
        if (complete)
            for (auto const& key : keys) count_and_drop(key);
    }
    if (before == nullptr) {
        sort_edges(product);
        return {};
    }
    auto const is_late = [this](Edge const& edge) { return is_among(late_, edge.source); };
    if (std::any_of(before->edges.begin(), before->edges.end(), is_late)) stale_.insert(product.id);
    keep_edges(product, *before,
               [&](std::string_view source) { return source == own_source || is_among(sources_, source); });
    return {};
}

void Links::count_and_drop(std::string const& key) {
    auto const found = by_from_.find(key);
    if (found == by_from_.end()) return;
    auto& links = found->second;
    auto const is_late = [this](Link const& link) { return turn_of(link) == Turn::late; };
    auto const done = std::stable_partition(links.begin(), links.end(), is_late);
    for (auto link = done; link != links.end(); ++link) count(link->type);
    links.erase(done, links.end());
    if (links.empty()) by_from_.erase(found);
}

void Links::count(domain::EdgeType type) {
    auto& report = journal_.report();
    ++report.links;
    if (type == domain::EdgeType::related) ++report.related;
    if (type == domain::EdgeType::cross_sell) ++report.cross_sell;
    if (type == domain::EdgeType::up_sell) ++report.up_sell;
}

Result<void> Links::settle(Touched const& touched) {
    std::set<std::string> products(stale_.begin(), stale_.end());
    for (auto const& [from, links] : by_from_) {
        B2A_TRY(source, owner(from));
        if (source) products.insert(*source);
        for (auto const& link : links) {
            B2A_TRY(target, owner(link.to));
            if (source && target) {
                count(link.type);
                continue;
            }
            ++journal_.report().links_unresolved;
            journal_.lint(link.file, link.line,
                          {"edge_to_nothing", from, std::string(to_text(link.type)), source ? link.to : from});
        }
    }
    for (auto const& id : products) B2A_CHECK(settle_product(id, touched));
    return {};
}

Result<void> Links::settle_product(std::string const& id, Touched const& touched) {
    B2A_TRY(stored, draft_.product(id));
    if (!stored) return {};
    auto product = *stored;
    product.edges.clear();
    std::vector<std::string> keys{id};
    for (auto const& variant : product.variants)
        if (variant.id != id) keys.push_back(variant.id);
    // What does not exist now never will in this run: settle() counted it. What the product was attached with stays.
    for (auto const& key : keys) B2A_CHECK(append(key, Turn::early, product));
    bool const attached = attached_.contains(id);
    keep_edges(product, *stored, [&](std::string_view source) {
        return is_among(late_, source) || (!attached && is_among(sources_, source));
    });
    for (auto const& key : keys) B2A_CHECK(append(key, Turn::late, product));
    sort_edges(product);
    if (product == *stored) return {};
    B2A_TRY(change, draft_.put(product));
    touched(product, change);
    return {};
}

}  // namespace b2a::importer
