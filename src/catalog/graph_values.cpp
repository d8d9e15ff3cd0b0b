// SPDX-License-Identifier: Apache-2.0
#include "catalog/graph_values.hpp"

#include <algorithm>
#include <numeric>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

namespace b2a::catalog {
namespace {

constexpr std::size_t value_bytes_max = 64;  // longer texts are descriptions and not values to share
constexpr std::uint32_t percent_ppm = 10'000;
constexpr std::ptrdiff_t category_levels_max = 16;  // a longer path has no categories around it

bool is_material(std::string_view name) noexcept {
    return iequals(name, "material") || iequals(name, "materials") || iequals(name, "fabric");
}

/// Names whose values lead somewhere else, or are said by other edges.
bool is_reference(std::string_view name) noexcept {
    return iequals(name, "size") || iequals(name, "size_chart") || iequals(name, "replaces_gtin");
}

class Appender {
  public:
    explicit Appender(std::vector<Value>& out) : out_(out) {}

    void add(NodeType type, Graph::Name const& name, std::uint32_t score_ppm = 1'000'000) {
        if (name.text.empty() || out_.size() >= limits::graph_values_max) return;
        auto const same = [&](Value const& known) {
            return known.type == type && iequals(known.name.text, name.text) && iequals(known.name.name, name.name);
        };
        if (std::ranges::none_of(out_, same)) out_.push_back({type, name, score_ppm});
    }

    void add_attribute(std::string_view name, std::string_view text) {
        if (is_reference(name) || name.find(':') != std::string_view::npos) return;
        if (is_material(name)) return append_materials(text, out_);
        if (text.size() > value_bytes_max) return;
        if (iequals(name, "occasion")) add(NodeType::occasion, {{}, trim(text)});
        else add(NodeType::attribute_value, {name, trim(text)});
    }

    void add_all(std::vector<domain::Attribute> const& attributes) {
        for (auto const& attribute : attributes) {
            if (auto const* text = std::get_if<std::string>(&attribute.value)) add_attribute(attribute.name, *text);
            if (auto const* flag = std::get_if<bool>(&attribute.value); flag != nullptr && *flag)
                add_attribute(attribute.name, "true");
        }
    }

  private:
    std::vector<Value>& out_;
};

/// Takes a percentage off either end of "80% Cotton" or "Cotton 80 %"; a million parts without one.
std::uint32_t take_share(std::string_view& text) {
    auto const at = text.find('%');
    if (at == std::string_view::npos) return 1'000'000;
    auto begin = at;
    while (begin > 0 && text[begin - 1] == ' ') --begin;
    auto const end = begin;
    while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
    auto const percent = parse_int(text.substr(begin, end - begin));
    if (!percent || *percent < 1 || *percent > 100) return 1'000'000;
    auto const before = trim(text.substr(0, begin));
    text = before.empty() ? trim(text.substr(at + 1)) : before;
    return static_cast<std::uint32_t>(*percent) * percent_ppm;
}

}  // namespace

void append_materials(std::string_view text, std::vector<Value>& out) {
    Appender to(out);
    while (!text.empty()) {
        auto const at = std::min(text.find_first_of(",;|/"), text.size());
        auto part = trim(text.substr(0, at));
        auto const share = take_share(part);
        if (part.size() <= value_bytes_max) to.add(NodeType::material, {{}, part}, share);
        text.remove_prefix(std::min(at + 1, text.size()));
    }
}

void values_of(domain::Product const& product, std::vector<Value>& out) {
    out.clear();
    Appender to(out);
    to.add(NodeType::brand, {{}, product.brand});
    for (auto const& category : product.categories) to.add(NodeType::category, {{}, category});
    to.add_all(product.attributes);
    domain::OptionValue const* last = nullptr;
    for (auto const& variant : product.variants) {
        for (auto const& option : variant.options) {
            if (is_reference(option.name) || (last != nullptr && *last == option)) continue;
            last = &option;  // variants of one colour stand together
            to.add_attribute(option.name, option.label);
        }
        to.add_all(variant.attributes);
    }
}

std::uint32_t ValueTable::intern(Graph::Name const& name) {
    key_.clear();
    for (auto const c : name.name) key_ += ascii_lower(c);
    key_ += '\n';
    for (auto const c : name.text) key_ += ascii_lower(c);
    auto const place = keys_.intern(key_);
    if (place == names_.size()) names_.push_back(name);
    return place;
}

std::vector<std::uint32_t> ValueTable::sort_into(std::vector<Graph::Name>& out) {
    std::vector<std::uint32_t> order(names_.size());
    std::iota(order.begin(), order.end(), 0U);
    // A line break is below every character of a name, so keys sort as their parts do.
    std::ranges::sort(order, {}, [this](std::uint32_t place) { return keys_.text(place); });
    std::vector<std::uint32_t> places(names_.size());
    out.reserve(names_.size());
    for (auto const old : order) {
        places[old] = static_cast<std::uint32_t>(out.size());
        out.push_back(names_[old]);
    }
    return places;
}

std::uint32_t ValueTables::intern(Value const& value) {
    auto& table = of(value.type);
    auto name = value.name;
    if (value.type == NodeType::occasion)
        if (auto const word = occasion_words_.find(to_ascii_lower(name.text))) name.text = occasion_ids_[*word];
    auto const known = table.size();
    auto const place = table.intern(name);
    if (value.type == NodeType::category && place == known && std::ranges::count(name.text, '/') < category_levels_max)
        if (auto const at = name.text.rfind('/'); at != std::string_view::npos && at > 0)
            intern({NodeType::category, {{}, name.text.substr(0, at)}});
    return place;
}

void ValueTables::learn(std::vector<domain::Occasion> const& occasions) {
    auto const add = [&](std::string_view word, domain::Occasion const& occasion) {
        if (occasion_words_.intern(to_ascii_lower(word)) == occasion_ids_.size()) occasion_ids_.push_back(occasion.id);
    };
    for (auto const& occasion : occasions) add(occasion.id, occasion);
    for (auto const& occasion : occasions) {
        add(occasion.title, occasion);
        for (auto const& name : occasion.names) add(name, occasion);
    }
    for (auto const& occasion : occasions) intern({NodeType::occasion, {{}, occasion.id}});
}

}  // namespace b2a::catalog
