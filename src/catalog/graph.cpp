// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/graph.hpp"

#include <algorithm>

#include "b2a/base/assert.hpp"
#include "b2a/base/text.hpp"

#include "catalog/graph_build.hpp"
#include "catalog/index.hpp"

namespace b2a::catalog {
namespace {

constexpr std::array<std::string_view, node_type_count> node_names{
    "product", "brand",    "category", "attribute_value", "occasion", "material", "allergen",
    "size",    "location", "look",     "variant",         "offer"};

constexpr std::array<std::string_view, relation_count> relation_names{
    "variant_of",  "offer_of",       "of_brand",      "in_category",    "has_value", "made_of",    "contains",
    "may_contain", "free_from",      "suspected",     "suits_occasion", "fits",      "sold_at",    "part_of_look",
    "goes_with",   "substitute_for", "accessory_for", "replaces",       "related",   "cross_sell", "up_sell"};

template <class E, std::size_t Count>
std::optional<E> from_names(std::array<std::string_view, Count> const& names, std::string_view text) noexcept {
    auto const found = std::ranges::find(names, text);
    if (found == names.end()) return std::nullopt;
    return static_cast<E>(found - names.begin());
}

/// The two halves of "before/after", split at the last separator.
std::optional<std::pair<std::string_view, std::string_view>> halves(std::string_view text, char separator) {
    auto const at = text.rfind(separator);
    if (at == std::string_view::npos) return std::nullopt;
    return std::pair(text.substr(0, at), text.substr(at + 1));
}

/// The order of the lower-case texts.
std::strong_ordering compare_lower(std::string_view a, std::string_view b) noexcept {
    auto const byte = [](char c) { return static_cast<unsigned char>(ascii_lower(c)); };
    return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(),
                                                  [&](char x, char y) { return byte(x) <=> byte(y); });
}

template <class Record>
std::optional<std::uint32_t> place_of(std::vector<Record> const& records, std::string_view id) {
    auto const found = std::ranges::find(records, id, &Record::id);
    if (found == records.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - records.begin());
}

template <class T>
std::size_t bytes_of(std::vector<T> const& list) noexcept {
    return list.capacity() * sizeof(T);
}

}  // namespace

std::string_view to_text(NodeType type) noexcept {
    return node_names[static_cast<std::size_t>(type)];
}
std::optional<NodeType> node_type_from_text(std::string_view text) noexcept {
    return from_names<NodeType>(node_names, text);
}
std::string_view to_text(Relation relation) noexcept {
    return relation_names[static_cast<std::size_t>(relation)];
}
std::optional<Relation> relation_from_text(std::string_view text) noexcept {
    return from_names<Relation>(relation_names, text);
}

Graph::Graph(Index const& index) {
    GraphBuilder(*this, index).run();
}

NodeType Graph::type_of(NodeId node) const noexcept {
    B2A_ASSERT(node < node_count());
    auto const after = std::ranges::upper_bound(first_, node);
    return static_cast<NodeType>(after - first_.begin() - 1);
}

std::uint32_t Graph::index_of(NodeId node) const noexcept {
    return node - first_[static_cast<std::size_t>(type_of(node))];
}

std::vector<Graph::Name> const& Graph::names(NodeType type) const noexcept {
    return names_[static_cast<std::size_t>(type) - static_cast<std::size_t>(NodeType::brand)];
}

std::optional<std::uint32_t> Graph::find_name(NodeType type, Name const& wanted) const {
    auto const& all = names(type);
    auto const less = [](Name const& a, Name const& b) {
        auto const by_name = compare_lower(a.name, b.name);
        return by_name != 0 ? by_name < 0 : compare_lower(a.text, b.text) < 0;
    };
    auto const found = std::lower_bound(all.begin(), all.end(), wanted, less);
    if (found == all.end() || !iequals(found->name, wanted.name) || !iequals(found->text, wanted.text))
        return std::nullopt;
    return static_cast<std::uint32_t>(found - all.begin());
}

std::optional<NodeId> Graph::find(NodeType type, std::string_view id) const {
    if (index_ == nullptr) return std::nullopt;
    std::optional<std::uint32_t> place;
    switch (type) {
        case NodeType::product: place = index_->find_product(id); break;
        case NodeType::variant: place = index_->find_variant(id); break;
        case NodeType::brand:
        case NodeType::category:
        case NodeType::occasion:
        case NodeType::material: place = find_name(type, {{}, id}); break;
        case NodeType::attribute_value:
            // Names of attributes have no colon, values may.
            if (auto const at = id.find(':'); at != std::string_view::npos)
                place = find_name(type, {id.substr(0, at), id.substr(at + 1)});
            break;
        case NodeType::allergen:
            if (auto const allergen = domain::allergen_from_text(id)) place = static_cast<std::uint32_t>(*allergen);
            break;
        case NodeType::size:
            if (auto const parts = halves(id, '/'))
                if (auto const chart = place_of(index_->data.size_charts, parts->first)) {
                    auto const& rows = index_->data.size_charts[*chart].rows;
                    auto const row = std::ranges::find(rows, parts->second, &domain::SizeRow::label);
                    if (row != rows.end()) place = first_rows_[*chart] + static_cast<std::uint32_t>(row - rows.begin());
                }
            break;
        case NodeType::location: place = place_of(index_->data.locations, id); break;
        case NodeType::look: place = place_of(index_->data.looks, id); break;
        case NodeType::offer:
            if (auto const parts = halves(id, '/'))
                if (auto const variant = index_->find_variant(parts->first)) {
                    auto const& offers = index_->variants[*variant].variant->offers;
                    for (std::uint32_t i = 0; i < offers.size(); ++i)
                        if (offers[i].price.currency.code() == parts->second) place = first_offers_[*variant] + i;
                }
            break;
    }
    if (!place) return std::nullopt;
    return node(type, *place);
}

std::string Graph::id_of(NodeId node) const {
    auto const type = type_of(node);
    auto const at = index_of(node);
    auto const& data = index_->data;
    switch (type) {
        case NodeType::product: return data.products[at].id;
        case NodeType::variant: return index_->variants[at].variant->id;
        case NodeType::brand:
        case NodeType::category:
        case NodeType::occasion:
        case NodeType::material: return std::string(names(type)[at].text);
        case NodeType::attribute_value: {
            auto const& name = names(type)[at];
            return std::string(name.name) + ':' + std::string(name.text);
        }
        case NodeType::allergen: return std::string(domain::to_text(static_cast<domain::Allergen>(at)));
        case NodeType::size: {
            auto const after = std::ranges::upper_bound(first_rows_, at);
            auto const chart = static_cast<std::size_t>(after - first_rows_.begin()) - 1;
            auto const& known = data.size_charts[chart];
            return known.id + '/' + known.rows[at - first_rows_[chart]].label;
        }
        case NodeType::location: return data.locations[at].id;
        case NodeType::look: return data.looks[at].id;
        case NodeType::offer: {
            auto const variant = variant_of_offer(at);
            auto const& known = *index_->variants[variant].variant;
            return known.id + '/' + std::string(known.offers[at - first_offers_[variant]].price.currency.code());
        }
    }
    return {};
}

std::string Graph::title_of(NodeId node) const {
    auto const type = type_of(node);
    auto const at = index_of(node);
    auto const& data = index_->data;
    if (auto const variant = variant_of(node)) {
        auto const& [known, product] = index_->variants[*variant];
        return known->title.empty() ? data.products[product].title : known->title;
    }
    switch (type) {
        case NodeType::product: return data.products[at].title;
        case NodeType::brand: {
            auto const known = std::ranges::find(data.brands, names(type)[at].text, &domain::Brand::name);
            return known != data.brands.end() && !known->title.empty() ? known->title
                                                                       : std::string(names(type)[at].text);
        }
        case NodeType::category: {
            auto const path = names(type)[at].text;
            return std::string(path.substr(path.rfind('/') + 1));
        }
        case NodeType::occasion:
            if (auto const known = place_of(data.occasions, names(type)[at].text)) return data.occasions[*known].title;
            return std::string(names(type)[at].text);
        case NodeType::attribute_value: return std::string(names(type)[at].text);
        case NodeType::size: {
            auto const id = id_of(node);
            return id.substr(id.rfind('/') + 1);
        }
        case NodeType::location: return data.locations[at].name;
        case NodeType::look: return data.looks[at].title;
        case NodeType::material:
        case NodeType::allergen:
        case NodeType::variant:
        case NodeType::offer: break;
    }
    return id_of(node);
}

std::optional<std::uint32_t> Graph::variant_of(NodeId node) const noexcept {
    auto const type = type_of(node);
    if (type == NodeType::variant) return index_of(node);
    if (type == NodeType::offer) return variant_of_offer(index_of(node));
    return std::nullopt;
}

std::optional<std::uint32_t> Graph::product_of(NodeId node) const noexcept {
    if (type_of(node) == NodeType::product) return index_of(node);
    if (auto const variant = variant_of(node)) return index_->variants[*variant].product;
    return std::nullopt;
}

std::uint32_t Graph::variant_of_offer(std::uint32_t offer) const noexcept {
    auto const after = std::ranges::upper_bound(first_offers_, offer);
    return static_cast<std::uint32_t>(after - first_offers_.begin() - 1);
}

std::size_t Graph::memory_bytes() const noexcept {
    auto bytes = bytes_of(first_out_) + bytes_of(to_) + bytes_of(meta_) + bytes_of(source_) + bytes_of(first_in_) +
                 bytes_of(in_) + bytes_of(first_offers_) + bytes_of(first_rows_) + bytes_of(first_sized_) +
                 bytes_of(sized_) + bytes_of(sources_) + bytes_of(excluded_);
    for (auto const& list : names_) bytes += bytes_of(list);
    for (auto const& statuses : with_allergen_)
        for (auto const& list : statuses) bytes += bytes_of(list);
    for (auto const& list : excluded_) bytes += bytes_of(list);
    return bytes;
}

}  // namespace b2a::catalog
