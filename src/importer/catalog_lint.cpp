// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "b2a/catalog/fit.hpp"
#include "b2a/importer/lint.hpp"

#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using domain::EdgeType;
using domain::Product;
using Graph = std::map<std::string, std::vector<std::string>>;

constexpr std::array<std::string_view, 8> errors{
    "claim_contradicts_allergens",       "edges_contradict",     "edges_in_circle", "edge_to_itself", "edge_to_nothing",
    "free_from_contradicts_ingredients", "gtin_of_two_products", "look_to_nothing"};

/// A claim with a certificate behind it is the brand's to make.
bool is_certified(Product const& product) {
    return std::ranges::any_of(product.attributes, [](domain::Attribute const& attribute) {
        return attribute.name == "certification" || attribute.name == "ecolabel";
    });
}

/// The number as fourteen digits, whichever form of it was printed; empty for a barcode that is none.
std::string trade_item_number(domain::Barcode const& barcode) {
    auto const& digits = barcode.value;
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (barcode.type == "other" || !std::all_of(digits.begin(), digits.end(), is_digit)) return {};
    if (digits.size() != 8 && digits.size() != 12 && digits.size() != 13 && digits.size() != 14) return {};
    constexpr std::size_t length = 14;
    return std::string(length - digits.size(), '0') + digits;
}

void keep(Graph& graph, Product const& product, EdgeType type) {
    std::vector<std::string> targets;
    for (auto const& edge : product.edges)
        if (edge.type == type && edge.target != product.id) targets.push_back(edge.target);
    if (targets.empty()) graph.erase(product.id);
    else graph[product.id] = std::move(targets);
}

/// Walks from each product along edges that can still lead into a circle; linear, since no product is left twice.
class CircleSearch {
  public:
    explicit CircleSearch(Graph const& graph) : graph_(graph) {}

    std::vector<std::vector<std::string>> run() {
        for (auto const& [start, targets] : graph_)
            if (!left_.contains(start)) walk(start);
        return std::move(circles_);
    }

  private:
    struct Step {
        std::string const* node;
        std::size_t next = 0;
    };

    void walk(std::string const& start) {
        path_.assign(1, {&start});
        on_path_ = {start};
        while (!path_.empty()) {
            auto& step = path_.back();
            auto const edges = graph_.find(*step.node);
            if (edges == graph_.end() || step.next == edges->second.size()) {
                on_path_.erase(*step.node);
                left_.insert(*step.node);
                path_.pop_back();
                continue;
            }
            auto const& target = edges->second[step.next++];
            if (on_path_.contains(target)) note(target);
            else if (!left_.contains(target) && graph_.contains(target)) {
                on_path_.insert(target);
                path_.push_back({&target});
            }
        }
    }

    void note(std::string const& target) {
        auto const first = std::find_if(path_.begin(), path_.end(), [&](Step const& s) { return *s.node == target; });
        std::vector<std::string> circle;
        for (auto step = first; step != path_.end(); ++step) circle.push_back(*step->node);
        circles_.push_back(std::move(circle));
    }

    Graph const& graph_;
    std::vector<Step> path_;
    std::set<std::string> on_path_;
    std::set<std::string> left_;
    std::vector<std::vector<std::string>> circles_;
};

void append_circles(std::vector<Finding>& out, Graph const& graph, EdgeType type) {
    constexpr std::size_t named_max = 8;
    for (auto const& circle : CircleSearch(graph).run()) {
        std::string detail;
        for (std::size_t i = 0; i < circle.size() && i < named_max; ++i) detail += circle[i] + " > ";
        detail += circle.size() > named_max ? "…" : circle.front();
        out.push_back({"edges_in_circle", circle.front(), std::string(to_text(type)), std::move(detail)});
    }
}

}  // namespace

bool is_error(std::string_view code) noexcept {
    return std::find(errors.begin(), errors.end(), code) != errors.end();
}

std::vector<Finding> lint_product(Product const& product) {
    std::vector<Finding> out;
    bool const certified = is_certified(product);
    auto const look = [&](std::string_view text, std::string_view field) {
        if (looks_like_instructions(text)) out.push_back({"instructions_in_text", product.id, std::string(field), {}});
        if (!certified && !environmental_claim(text).empty())
            out.push_back({"environmental_claim_without_certificate", product.id, std::string(field), {}});
    };
    look(product.title, "title");
    look(product.description, "description");
    auto const attributes = [&](std::vector<domain::Attribute> const& list) {
        for (auto const& attribute : list)
            if (auto const* text = std::get_if<std::string>(&attribute.value)) look(*text, attribute.name);
    };
    attributes(product.attributes);
    if (product.food) look(product.food->ingredients, "ingredients");
    for (auto const& variant : product.variants) {
        look(variant.title, "variants");
        attributes(variant.attributes);
    }
    for (auto&& found : {lint_food(product), lint_links(product)}) out.insert(out.end(), found.begin(), found.end());
    return out;
}

std::vector<Finding> CatalogLint::add(Product const& product) {
    std::vector<Finding> out;
    for (auto const& variant : product.variants)
        for (auto const& barcode : variant.barcodes) {
            auto number = trade_item_number(barcode);
            if (number.empty()) continue;
            auto const [known, fresh] = product_of_gtin_.try_emplace(std::move(number), product.id);
            if (!fresh && known->second != product.id)
                out.push_back({"gtin_of_two_products", product.id, "barcodes", barcode.value + ' ' + known->second});
        }
    for (auto const& edge : product.edges) {
        auto const own_variant = std::any_of(product.variants.begin(), product.variants.end(),
                                             [&](auto const& variant) { return variant.id == edge.target; });
        if (edge.target == product.id || own_variant)
            out.push_back({"edge_to_itself", product.id, std::string(to_text(edge.type)), edge.target});
    }
    return out;
}

void CatalogLint::follow(Product const& product) {
    seen_.insert(product.id);
    keep(replaces_, product, EdgeType::replaces);
    keep(accessory_for_, product, EdgeType::accessory_for);
}

std::vector<std::string> CatalogLint::unknown_ends() const {
    std::vector<std::string> out;
    for (auto const* graph : {&replaces_, &accessory_for_})
        for (auto const& [from, targets] : *graph)
            for (auto const& target : targets)
                if (!seen_.contains(target)) out.push_back(target);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<Finding> CatalogLint::circles() const {
    std::vector<Finding> out;
    append_circles(out, replaces_, EdgeType::replaces);
    append_circles(out, accessory_for_, EdgeType::accessory_for);
    return out;
}

std::vector<Finding> lint_sizes(Product const& product, std::vector<domain::SizeChart> const& charts) {
    std::vector<Finding> out;
    if (product.food) return out;
    auto const* chart = catalog::chart_of(product, charts);
    std::unordered_set<std::string_view> seen;
    for (auto const& variant : product.variants) {
        auto const label = catalog::size_label(variant);
        if (label.empty() || !seen.insert(label).second) continue;
        if (chart == nullptr) return {{"sizes_without_chart", product.id, "size", {}}};
        if (domain::match_rows(*chart, label, std::nullopt).rows.size() != 1)
            out.push_back({"size_not_in_chart", product.id, "size", std::string(label)});
    }
    return out;
}

std::vector<Finding> lint_chart(domain::SizeChart const& chart) {
    if (domain::is_monotone(chart)) return {};
    return {{"sizes_out_of_order", chart.id, "rows", {}}};
}

std::vector<Finding> lint_catalog(LintInput const& catalog) {
    auto const& [products, charts, occasions, looks] = catalog;
    std::unordered_set<std::string_view> ids;
    for (auto const& product : products) ids.insert(product.id);
    std::vector<Finding> out;
    auto const append = [&](std::vector<Finding> found) {
        std::move(found.begin(), found.end(), std::back_inserter(out));
    };
    CatalogLint between;
    for (auto const& product : products) {
        append(lint_product(product));
        append(lint_sizes(product, charts));
        append(between.add(product));
        between.follow(product);
        for (auto const& edge : product.edges)
            if (!ids.contains(edge.target))
                out.push_back({"edge_to_nothing", product.id, std::string(to_text(edge.type)), edge.target});
    }
    append(between.circles());
    append(lint_graph(catalog));
    for (auto const& chart : charts) append(lint_chart(chart));
    return out;
}

}  // namespace b2a::importer
