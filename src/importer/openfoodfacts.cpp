// SPDX-License-Identifier: Apache-2.0
// Open Food Facts, as the tab-separated export and as CSV with the same column names (hyphens or underscores). A row
// becomes a product with one variant and no offer. What is declared is taken; what is not stays unknown.
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/allergen_terms.hpp"
#include "importer/context.hpp"
#include "importer/decimal.hpp"
#include "importer/table.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using domain::Allergen;
using domain::AllergenStatus;

struct NutrientColumn {
    std::string_view name;
    std::string_view column;
    std::int64_t milli_max;  // more than this cannot be in 100 g
};
constexpr std::int64_t all_of_it = 100'000;
constexpr std::int64_t energy_max = 4'000'000;  // pure fat has 3,700 kJ
constexpr std::array<NutrientColumn, 9> nutrient_columns{{
    {"energy_kj", "energy_kj_100g", energy_max},
    {"energy_kcal", "energy_kcal_100g", energy_max},
    {"fat", "fat_100g", all_of_it},
    {"saturated_fat", "saturated_fat_100g", all_of_it},
    {"carbohydrates", "carbohydrates_100g", all_of_it},
    {"sugars", "sugars_100g", all_of_it},
    {"fiber", "fiber_100g", all_of_it},
    {"proteins", "proteins_100g", all_of_it},
    {"salt", "salt_100g", all_of_it},
}};
constexpr std::size_t ingredients_bytes_max = limits::product_description_bytes_max;

/// Columns under one spelling: the export writes "saturated-fat_100g", others "saturated_fat_100g".
std::optional<std::size_t> column(Table const& table, std::string_view name) {
    for (std::size_t i = 0; i < table.header().size(); ++i) {
        auto const& header = table.header()[i];
        if (header.size() == name.size() && std::equal(header.begin(), header.end(), name.begin(),
                                                       [](char a, char b) { return (a == '-' ? '_' : a) == b; }))
            return i;
    }
    return std::nullopt;
}

class FoodColumns {
  public:
    explicit FoodColumns(Table const& table) {
        for (std::size_t i = 0; i < names.size(); ++i) at_[i] = column(table, names[i]);
        for (std::size_t i = 0; i < nutrient_columns.size(); ++i)
            nutrients[i] = column(table, nutrient_columns[i].column);
        if (!nutrients[0]) nutrients[0] = column(table, "energy_100g");  // in kJ
    }

    /// The first of `wanted` that is there and not empty, trimmed.
    [[nodiscard]] std::string_view first(Row const& row, std::initializer_list<std::string_view> wanted) const {
        for (auto const name : wanted) {
            auto const index = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
            if (!at_[index]) continue;
            if (auto const cell = trim(row.fields[*at_[index]]); !cell.empty()) return cell;
        }
        return {};
    }

    std::array<std::optional<std::size_t>, nutrient_columns.size()> nutrients{};

  private:
    static constexpr std::array<std::string_view, 24> names{"code",
                                                            "barcode",
                                                            "product_name",
                                                            "generic_name",
                                                            "abbreviated_product_name",
                                                            "quantity",
                                                            "brands",
                                                            "brand_owner",
                                                            "categories_en",
                                                            "categories",
                                                            "labels_en",
                                                            "labels",
                                                            "labels_tags",
                                                            "ingredients_text",
                                                            "allergens",
                                                            "allergens_tags",
                                                            "traces",
                                                            "traces_tags",
                                                            "nutriscore_grade",
                                                            "nova_group",
                                                            "image_url",
                                                            "origins_en",
                                                            "url",
                                                            "ingredients_analysis_tags"};
    std::array<std::optional<std::size_t>, 24> at_{};
};

/// Names in a comma-separated cell, cleaned, without language prefixes, placeholders and repetitions.
std::vector<std::string> listed(std::string_view cell) {
    std::vector<std::string> out;
    if (cell.empty()) return out;
    for (auto const part : split(cell, ',')) {
        if (is_empty_tag(part) || out.size() == limits::product_attributes_max) continue;
        auto text = clean_text(without_language(part), limits::product_value_bytes_max, TextShape::line);
        if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
    }
    return out;
}

/// food-10k marks allergens in the text `_like this_`; the marks go, the words stay.
std::string ingredients(std::string_view cell) {
    auto text = clean_text(cell, ingredients_bytes_max, TextShape::line);
    std::erase(text, '_');
    return text;
}

class FoodRow {
  public:
    FoodRow(FileContext const& context, FoodColumns const& columns, Row const& row) :
        context_(context), columns_(columns), row_(row) {}

    Result<void> take() {
        auto const code = cell({"code", "barcode"});
        auto const digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
        constexpr std::size_t code_bytes_max = 32;
        if (code.empty()) return reject("no barcode");
        if (!digits || code.size() > code_bytes_max) return reject("barcode " + shown(code) + " is not a number");
        domain::Product product;
        product.title = clean_text(cell({"product_name", "generic_name", "abbreviated_product_name"}),
                                   limits::product_title_bytes_max, TextShape::line);
        product.id = "off-" + std::string(code);
        product.brand = brand();
        if (product.title.empty()) product.title = product.brand + ' ' + std::string(code);  // its facts still count
        if (auto const generic = cell({"generic_name"}); !generic.empty())
            product.description = clean_text(generic, limits::product_description_bytes_max, TextShape::block);
        if (auto const url = cell({"url"}); is_web_url(url)) product.url = url;
        product.categories = listed(cell({"categories_en", "categories"}));
        product.tags = listed(cell({"labels_en", "labels"}));
        if (auto const url = cell({"image_url"}); is_web_url(url) && !url.empty())
            product.media.push_back({"image", std::string(url), product.title});
        append_attributes(product);
        product.food = food(product);
        product.variants.push_back(variant(product, code));
        return context_.intake.take(std::move(product), row_.line, Intake::Ids::claim_now);
    }

  private:
    [[nodiscard]] std::string_view cell(std::initializer_list<std::string_view> names) const {
        return columns_.first(row_, names);
    }

    Result<void> reject(std::string reason) {
        context_.journal.reject(row_.line, std::move(reason));
        return {};
    }

    [[nodiscard]] std::string brand() const {
        auto const names = listed(cell({"brands"}));
        return names.empty() ? context_.brand : names.front();
    }

    void append_attributes(domain::Product& product) const {
        auto const add = [&](char const* name, std::string_view text) {
            if (text.empty() || text == "unknown" || text == "not-applicable") return;
            product.attributes.push_back({name, clean_text(text, limits::product_value_bytes_max, TextShape::line)});
        };
        add("nutriscore_grade", cell({"nutriscore_grade"}));
        add("nova_group", cell({"nova_group"}));
        for (auto const& origin : listed(cell({"origins_en"}))) add("origin", origin);
    }

    domain::FoodInfo food(domain::Product& product) {
        domain::FoodInfo food;
        food.ingredients = ingredients(cell({"ingredients_text"}));
        food.net_content = clean_text(cell({"quantity"}), limits::product_value_bytes_max, TextShape::line);
        declare(product, food.allergens, {"traces", "traces_tags"}, AllergenStatus::may_contain, "declared_trace");
        declare(product, food.allergens, {"allergens", "allergens_tags"}, AllergenStatus::contains,
                "declared_allergen");
        for (auto const part : split(cell({"labels_tags"}), ',')) {
            if (!is_gluten_free_tag(part)) continue;
            auto const stated = food.allergens.stated(Allergen::gluten);
            if (stated == AllergenStatus::unknown) food.allergens.set(Allergen::gluten, AllergenStatus::free_from);
            else if (stated != AllergenStatus::free_from) context_.journal.warn();  // a contradiction: caution wins
        }
        read_diets(food);
        for (std::size_t i = 0; i < nutrient_columns.size(); ++i) append_nutrient(food, i);
        return food;
    }

    /// Labels are statements. What Open Food Facts itself concluded from the ingredients counts only against a diet: an
    /// ingredient list that shows nothing does not make a product suit.
    void read_diets(domain::FoodInfo& food) {
        auto const add = [&](std::string_view tag, std::string_view source, bool against_only) {
            auto claim = diet_of_tag(tag);
            if (!claim || (against_only && claim->status != domain::DietStatus::unsuitable)) return;
            claim->source = source;
            if (!domain::claim(food.diets, std::move(*claim))) context_.journal.warn();
        };
        for (auto const part : split(cell({"labels_tags"}), ',')) add(part, "label", false);
        for (auto const part : split(cell({"ingredients_analysis_tags"}), ',')) add(part, "ingredients_analysis", true);
    }

    /// Reads both columns: either may hold what the other lacks. Called with the stronger status last.
    void declare(domain::Product& product, domain::AllergenDeclaration& allergens,
                 std::initializer_list<std::string_view> columns, AllergenStatus status, char const* unmapped) {
        for (auto const name : columns) {
            for (auto const tag : split(cell({name}), ',')) {
                if (is_empty_tag(tag)) continue;
                auto const found = allergens_of_tag(tag);
                for (auto const allergen : found) allergens.set(allergen, status);
                if (!found.empty()) continue;
                domain::Attribute kept{unmapped, clean_text(tag, limits::product_value_bytes_max, TextShape::line)};
                if (std::find(product.attributes.begin(), product.attributes.end(), kept) != product.attributes.end())
                    continue;
                product.attributes.push_back(std::move(kept));
                context_.journal.warn();
            }
        }
    }

    void append_nutrient(domain::FoodInfo& food, std::size_t index) {
        if (!columns_.nutrients[index]) return;
        auto const text = trim(row_.fields[*columns_.nutrients[index]]);
        if (text.empty()) return;
        auto const milli = parse_milli(text);
        if (!milli || *milli < 0 || *milli > nutrient_columns[index].milli_max) {
            context_.journal.warn();  // no such amount in 100 g: not taken
            return;
        }
        food.nutrients.push_back({std::string(nutrient_columns[index].name), *milli});
    }

    static domain::Variant variant(domain::Product const& product, std::string_view code) {
        domain::Variant variant;
        variant.id = product.id;
        variant.sku = code;
        variant.title = product.title;
        auto const* const type = code.size() == 13 ? "ean13" : code.size() == 8 ? "ean8" : "other";
        variant.barcodes.push_back({type, std::string(code)});
        return variant;
    }

    FileContext const& context_;
    FoodColumns const& columns_;
    Row const& row_;
};

}  // namespace

Result<void> check_openfoodfacts(std::string const& path) {
    B2A_TRY(table, Table::open(path));
    if (!column(table, "barcode")) B2A_CHECK(table.require({"code", "product_name"}));
    return table.require({"product_name"});
}

Result<void> import_openfoodfacts(FileContext const& context) {
    B2A_TRY(table, Table::open(context.path));
    FoodColumns const columns(table);
    Row row;
    for (;;) {
        B2A_TRY(more, table.next(row));
        if (!more) break;
        context.journal.row(table.source());
        if (row.fault.empty()) B2A_CHECK(FoodRow(context, columns, row).take());
        else context.journal.reject(row.line, row.fault);
    }
    context.journal.end_file(table.source());
    return {};
}

}  // namespace b2a::importer
