// SPDX-License-Identifier: Apache-2.0
#include "importer/mapping.hpp"

#include <algorithm>
#include <array>

#include <toml++/toml.h>

#include "b2a/base/encoding.hpp"
#include "b2a/base/text.hpp"

#include "importer/magento_values.hpp"
#include "importer/source.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using Section = std::vector<std::pair<std::string, MappedValue>>;

enum class Kind : std::uint8_t { text, list, boolean, price, attribute };
struct Field {
    std::string_view name;
    Kind kind;
};
constexpr std::array<Field, 7> product_fields{{{"title", Kind::text},
                                               {"description", Kind::text},
                                               {"brand", Kind::text},
                                               {"url", Kind::text},
                                               {"categories", Kind::list},
                                               {"tags", Kind::list},
                                               {"media", Kind::list}}};
constexpr std::array<Field, 9> variant_fields{{{"id", Kind::text},
                                               {"sku", Kind::text},
                                               {"title", Kind::text},
                                               {"price", Kind::price},
                                               {"stock", Kind::text},
                                               {"barcode", Kind::text},
                                               {"media", Kind::list},
                                               {"net_content", Kind::text},
                                               {"digital", Kind::boolean}}};
constexpr std::array<Field, 7> food_fields{{{"ingredients", Kind::text},
                                            {"net_content", Kind::text},
                                            {"contains", Kind::list},
                                            {"may_contain", Kind::list},
                                            {"free_from", Kind::list},
                                            {"complete", Kind::boolean},
                                            {"diets", Kind::list}}};
constexpr std::array<Field, 9> nutrient_fields{{{"energy_kj", Kind::text},
                                                {"energy_kcal", Kind::text},
                                                {"fat", Kind::text},
                                                {"saturated_fat", Kind::text},
                                                {"carbohydrates", Kind::text},
                                                {"sugars", Kind::text},
                                                {"fiber", Kind::text},
                                                {"proteins", Kind::text},
                                                {"salt", Kind::text}}};

std::string column_name(std::string_view text) {
    return to_ascii_lower(trim(text));
}

class MappingReader {
  public:
    explicit MappingReader(std::string const& path) { mapping_.path = path; }

    Result<Mapping> read(toml::table const& root) {
        for (auto const& [key, node] : root) take_top(key.str(), node);
        if (problems_.empty()) require();
        if (problems_.empty()) return std::move(mapping_);
        std::string all;
        for (auto const& problem : problems_) all += (all.empty() ? "" : "\n") + problem;
        return Error(Code::invalid_request, std::move(all));
    }

    void problem(toml::source_region const& where, std::string const& message) {
        problems_.push_back(mapping_.path + ':' + std::to_string(where.begin.line) + ": " + message);
    }
    [[nodiscard]] Error only_problem() const { return Error(Code::invalid_request, problems_.front()); }

  private:
    void take_top(std::string_view key, toml::node const& node) {
        if (key == "group_by") mapping_.group_by = column_name(text(node, key));
        else if (key == "delimiter") mapping_.delimiter = character(node, key, ",;|\t");
        else if (key == "decimal") mapping_.decimal = character(node, key, ".,");
        else if (key == "currency") mapping_.currency = currency(node);
        else if (key == "product") take_fields(node, key, product_fields, mapping_.product);
        else if (key == "variant") take_fields(node, key, variant_fields, mapping_.variant);
        else if (key == "food") take_fields(node, key, food_fields, mapping_.food);
        else if (key == "nutrients") take_fields(node, key, nutrient_fields, mapping_.nutrients);
        else if (key == "options") take_names(node, key, Kind::text, mapping_.options);
        else if (key == "attributes") take_names(node, key, Kind::attribute, mapping_.attributes);
        else unknown(node, key);
    }

    void unknown(toml::node const& node, std::string_view key) { problem(node.source(), "unknown key " + shown(key)); }

    toml::table const* table(toml::node const& node, std::string_view key) {
        if (auto const* found = node.as_table()) return found;
        problem(node.source(), std::string(key) + " must be a table");
        return nullptr;
    }

    template <std::size_t Count>
    void take_fields(toml::node const& node, std::string_view section, std::array<Field, Count> const& fields,
                     Section& out) {
        auto const* const entries = table(node, section);
        if (entries == nullptr) return;
        for (auto const& [key, value] : *entries) {
            auto const* const field = std::find_if(fields.begin(), fields.end(),
                                                   [&, name = key.str()](Field const& f) { return f.name == name; });
            if (field == fields.end()) unknown(value, key.str());
            else if (field->kind == Kind::price) take_prices(value);
            else out.emplace_back(key.str(), mapped(value, key.str(), field->kind));
        }
    }

    /// Names of the brand's own, which the catalog has in snake_case.
    void take_names(toml::node const& node, std::string_view section, Kind kind, Section& out) {
        auto const* const entries = table(node, section);
        if (entries == nullptr) return;
        for (auto const& [key, value] : *entries) {
            if (snake_case(key.str()) != key.str()) problem(value.source(), shown(key.str()) + " must be snake_case");
            out.emplace_back(key.str(), mapped(value, key.str(), kind));
        }
    }

    /// One price, or one for each currency.
    void take_prices(toml::node const& node) {
        auto const* const several = node.as_array();
        if (several == nullptr) {
            mapping_.prices.push_back(mapped(node, "price", Kind::price));
            return;
        }
        for (auto const& one : *several) mapping_.prices.push_back(mapped(one, "price", Kind::price));
    }

    /// "Column", or a table that says more.
    MappedValue mapped(toml::node const& node, std::string_view key, Kind kind) {
        MappedValue out;
        if (node.is_string()) {
            out.column = column_name(text(node, key));
            return out;
        }
        auto const* const entries = node.as_table();
        if (entries == nullptr) {
            problem(node.source(), std::string(key) + " must be the name of a column, or a table");
            return out;
        }
        for (auto const& [name, value] : *entries) take_part(out, name.str(), value, kind);
        if (out.column.empty() == !out.constant.has_value())
            problem(node.source(), std::string(key) + " needs either column or constant");
        if (!out.unit.empty() && !out.yes.empty())
            problem(node.source(), std::string(key) + " is a number with a unit, or yes and no, not both");
        if (out.yes.empty() && !out.no.empty()) problem(node.source(), std::string(key) + " says no but never yes");
        return out;
    }

    void take_part(MappedValue& out, std::string_view name, toml::node const& value, Kind kind) {
        auto const several = kind == Kind::list || kind == Kind::attribute;
        auto const words = kind == Kind::boolean || kind == Kind::attribute;
        if (name == "column") out.column = column_name(text(value, name));
        else if (name == "constant" && kind != Kind::price) out.constant = constant(value);
        else if (name == "split" && several) out.split = text(value, name);
        else if (name == "unit" && kind == Kind::attribute) out.unit = text(value, name);
        else if (name == "yes" && words) out.yes = word_list(value, name);
        else if (name == "no" && words) out.no = word_list(value, name);
        else if (name == "currency" && kind == Kind::price) out.currency = currency(value);
        else if (name == "list" && kind == Kind::price) out.list = column_name(text(value, name));
        else unknown(value, name);
    }

    std::string text(toml::node const& node, std::string_view key) {
        auto const found = node.value_exact<std::string>();
        if (found && !found->empty()) return *found;
        problem(node.source(), std::string(key) + " must be a text that is not empty");
        return {};
    }

    std::string constant(toml::node const& node) {
        if (auto const flag = node.value_exact<bool>()) return *flag ? "true" : "false";
        return text(node, "constant");
    }

    char character(toml::node const& node, std::string_view key, std::string_view allowed) {
        auto const found = text(node, key);
        if (found.size() == 1 && allowed.find(found.front()) != std::string_view::npos) return found.front();
        problem(node.source(), std::string(key) + " must be one character of its list");
        return allowed.front();
    }

    std::optional<Currency> currency(toml::node const& node) {
        auto const found = Currency::parse(text(node, "currency"));
        if (!found) problem(node.source(), "currency must be a known ISO 4217 code");
        return found;
    }

    std::vector<std::string> word_list(toml::node const& node, std::string_view key) {
        std::vector<std::string> out;
        if (auto const* const words = node.as_array())
            for (auto const& word : *words)
                if (auto const found = word.value_exact<std::string>()) out.push_back(column_name(*found));
                else problem(word.source(), std::string(key) + " must list words");
        else problem(node.source(), std::string(key) + " must be a list of words");
        return out;
    }

    void require() {
        auto const missing = [&](char const* what) { problems_.push_back(mapping_.path + ": no " + what); };
        if (Mapping::find(mapping_.product, "title") == nullptr) missing("product.title");
        if (Mapping::find(mapping_.variant, "id") == nullptr) missing("variant.id");
    }

    Mapping mapping_;
    std::vector<std::string> problems_;
};

}  // namespace

MappedValue const* Mapping::find(Section const& section, std::string_view name) noexcept {
    auto const found =
        std::find_if(section.begin(), section.end(), [&](auto const& entry) { return entry.first == name; });
    return found == section.end() ? nullptr : &found->second;
}

std::vector<std::string> Mapping::columns() const {
    std::vector<std::string> out;
    auto const add = [&](std::string const& name) {
        if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    };
    add(group_by);
    for (auto const* section : {&product, &variant, &options, &attributes, &food, &nutrients})
        for (auto const& [name, value] : *section) add(value.column);
    for (auto const& price : prices) {
        add(price.column);
        add(price.list);
    }
    return out;
}

Result<Mapping> read_mapping(std::string const& path) {
    B2A_TRY(source, Source::open(path));
    if (source.size() > Source::chunk_bytes) return Error(Code::invalid_request, path + ": too large for a mapping");
    B2A_TRY(any, source.refill());
    static_cast<void>(any);  // an empty file lacks what a mapping needs, and reads so
    MappingReader reader(path);
    try {
        return reader.read(toml::parse(source.chunk()));
    } catch (toml::parse_error const& error) {
        auto const words = std::string(error.description());
        reader.problem(error.source(), is_utf8(words) ? words : "the file is not UTF-8 text");
    }
    return reader.only_problem();
}

}  // namespace b2a::importer
