// SPDX-License-Identifier: Apache-2.0
// A table of somebody's own, read as a mapping file says.
#include <algorithm>
#include <unordered_map>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/domain/disclosure.hpp"

#include "importer/allergen_terms.hpp"
#include "importer/decimal.hpp"
#include "importer/feed_values.hpp"
#include "importer/groups.hpp"
#include "importer/mapping.hpp"
#include "importer/table.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using domain::AllergenStatus;

Error wrong(std::string reason) {
    return Error(Code::invalid_request, std::move(reason));
}

/// "1.299,00" with a decimal comma is "1299.00": the other mark, and spaces, only group digits.
std::string plain_number(std::string_view text, char decimal) {
    std::string out;
    for (auto const c : trim(text)) {
        if (c == decimal) out += '.';
        else if (c != ' ' && c != '\'' && c != '.' && c != ',') out += c;
    }
    return out;
}

/// "12,99 €" without what people add to a number; the currency is the mapping's.
std::string_view without_symbol(std::string_view text) {
    for (std::string_view const symbol : {"€", "$", "£", "\xC2\xA0"}) {
        text = trim(text);
        if (text.starts_with(symbol)) text.remove_prefix(symbol.size());
        if (text.ends_with(symbol)) text.remove_suffix(symbol.size());
    }
    return trim(text);
}

class MappedRow {
  public:
    MappedRow(FileContext const& context, std::unordered_map<std::string, std::size_t> const& columns, Row const& row) :
        context_(context), mapping_(*context.mapping), columns_(columns), row_(row) {}

    /// The product that the row is a variant of; empty if it is one of its own.
    [[nodiscard]] std::string group() const {
        if (mapping_.group_by.empty()) return {};
        return std::string(cell(mapping_.group_by));
    }

    Result<GroupedRow> read() {
        out_.line = row_.line;
        B2A_CHECK(read_ids());
        read_product();
        B2A_CHECK(read_prices());
        B2A_CHECK(read_stock());
        B2A_CHECK(read_variant());
        B2A_CHECK(read_attributes());
        if (!mapping_.food.empty() || !mapping_.nutrients.empty()) B2A_CHECK(read_food());
        return std::move(out_);
    }

  private:
    using Section = std::vector<std::pair<std::string, MappedValue>>;

    [[nodiscard]] std::string_view cell(std::string const& column) const {
        return trim(row_.fields[columns_.at(column)]);
    }
    [[nodiscard]] std::string_view value(MappedValue const& from) const {
        return from.constant ? std::string_view(*from.constant) : cell(from.column);
    }
    [[nodiscard]] std::string_view value(Section const& section, std::string_view name) const {
        auto const* const from = Mapping::find(section, name);
        return from == nullptr ? std::string_view() : value(*from);
    }
    [[nodiscard]] std::vector<std::string_view> values(MappedValue const& from) const {
        std::vector<std::string_view> out;
        auto text = value(from);
        while (!text.empty()) {
            auto const end = from.split.empty() ? std::string_view::npos : text.find(from.split);
            if (auto const part = trim(text.substr(0, end)); !part.empty()) out.push_back(part);
            if (end == std::string_view::npos) break;
            text.remove_prefix(end + from.split.size());
        }
        return out;
    }
    [[nodiscard]] std::vector<std::string_view> values(Section const& section, std::string_view name) const {
        auto const* const from = Mapping::find(section, name);
        return from == nullptr ? std::vector<std::string_view>() : values(*from);
    }
    [[nodiscard]] RowPlace place() const { return {context_, row_.line, out_.variant.id}; }

    /// As the mapping's words say, "true" and "false" without any; an empty cell says nothing.
    [[nodiscard]] Result<std::optional<bool>> boolean(MappedValue const& from) const {
        auto const word = to_ascii_lower(value(from));
        auto const in = [&](std::vector<std::string> const& words) {
            return std::find(words.begin(), words.end(), word) != words.end();
        };
        if (in(from.yes) || (from.yes.empty() && word == "true")) return std::optional(true);
        if (in(from.no) || (from.no.empty() && word == "false")) return std::optional(false);
        if (word.empty()) return std::optional<bool>();
        return wrong(shown(word) + " in column " + shown(from.column) + " is neither yes nor no");
    }

    Result<void> read_ids() {
        auto& variant = out_.variant;
        variant.id = value(mapping_.variant, "id");
        if (!is_clean_id(variant.id)) return wrong("id " + shown(variant.id) + " is no usable identifier");
        variant.sku = clean_text(value(mapping_.variant, "sku"), limits::id_bytes_max, TextShape::line);
        if (variant.sku.empty()) variant.sku = variant.id;
        return {};
    }

    void read_product() {
        auto& facts = out_.facts;
        auto const& from = mapping_.product;
        facts.title = clean_text(value(from, "title"), limits::product_title_bytes_max, TextShape::line);
        facts.description =
            clean_text(value(from, "description"), limits::product_description_bytes_max, TextShape::block);
        facts.brand = clean_text(value(from, "brand"), limits::id_bytes_max, TextShape::line);
        if (facts.brand.empty()) facts.brand = context_.brand;
        facts.url = usable_page(value(from, "url"), place());
        append_lines(facts.categories, values(from, "categories"));
        append_lines(facts.tags, values(from, "tags"));
        for (auto const url : values(from, "media")) append_picture(facts.media, url, facts.title, place());
    }

    static void append_lines(std::vector<std::string>& out, std::vector<std::string_view> const& parts) {
        for (auto const part : parts) {
            auto text = clean_text(part, limits::product_value_bytes_max, TextShape::line);
            if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
        }
    }

    [[nodiscard]] Result<std::optional<Money>> amount(std::string const& column, Currency currency) const {
        auto const text = cell(column);
        if (text.empty()) return std::optional<Money>();
        std::string_view number = text;
        constexpr std::size_t code_length = 3;
        auto const code = currency.code();
        if (number.starts_with(code)) number.remove_prefix(code_length);
        else if (number.ends_with(code)) number.remove_suffix(code_length);
        auto const money = parse_price(plain_number(without_symbol(number), mapping_.decimal), currency);
        if (!money)
            return wrong("price " + shown(text) + " in column " + shown(column) + " is no amount in " +
                         std::string(code));
        return std::optional(*money);
    }

    Result<void> read_prices() {
        for (auto const& from : mapping_.prices) {
            auto const currency = from.currency ? *from.currency : mapping_.currency.value_or(context_.currency);
            B2A_TRY(price, amount(from.column, currency));
            if (!price) continue;
            domain::Offer offer{*price, *price};
            if (!from.list.empty()) {
                B2A_TRY(list, amount(from.list, currency));
                if (list && list->minor > price->minor) offer.list = *list;
            }
            out_.variant.offers.push_back(offer);
        }
        return {};
    }

    Result<void> read_stock() {
        auto const text = value(mapping_.variant, "stock");
        if (text.empty()) return {};
        auto const stock = parse_whole(plain_number(text, mapping_.decimal));
        if (!stock || *stock < 0 || *stock > limits::import_stock_max)
            return wrong("stock " + shown(text) + " is no stock level");
        out_.variant.declared_stock = *stock;
        return {};
    }

    Result<void> read_variant() {
        auto& variant = out_.variant;
        variant.title = clean_text(value(mapping_.variant, "title"), limits::product_title_bytes_max, TextShape::line);
        append_barcode(variant.barcodes, value(mapping_.variant, "barcode"), place());
        for (auto const url : values(mapping_.variant, "media")) append_picture(variant.media, url, {}, place());
        if (auto const content = value(mapping_.variant, "net_content"); !content.empty()) {
            variant.measure = domain::measure_from_text(content);
            if (!variant.measure) return wrong("net_content " + shown(content) + " is no measure");
        }
        for (auto const& [name, from] : mapping_.options) append_option(variant.options, name, value(from));
        if (auto const* const from = Mapping::find(mapping_.variant, "digital")) {
            B2A_TRY(digital, boolean(*from));
            if (digital.value_or(false)) variant.delivery = domain::Delivery::digital;
        }
        return {};
    }

    Result<void> read_attributes() {
        auto& out = out_.variant.attributes;
        for (auto const& [name, from] : mapping_.attributes) {
            if (!from.yes.empty()) {
                B2A_TRY(flag, boolean(from));
                if (flag) out.push_back({name, *flag});
                continue;
            }
            for (auto const text : values(from)) {
                if (from.unit.empty()) {
                    append_text(out, name, text);
                    continue;
                }
                auto quantity = parse_quantity(plain_number(text, mapping_.decimal), from.unit);
                if (!quantity) return wrong(shown(text) + " in column " + shown(from.column) + " is no number");
                out.push_back({name, *std::move(quantity)});
            }
        }
        return {};
    }

    Result<void> read_food() {
        domain::FoodInfo food;
        food.ingredients =
            clean_text(value(mapping_.food, "ingredients"), limits::product_description_bytes_max, TextShape::line);
        food.net_content =
            clean_text(value(mapping_.food, "net_content"), limits::product_value_bytes_max, TextShape::line);
        B2A_CHECK(declare(food, "free_from", AllergenStatus::free_from));
        B2A_CHECK(declare(food, "may_contain", AllergenStatus::may_contain));
        B2A_CHECK(declare(food, "contains", AllergenStatus::contains));
        if (auto const* const from = Mapping::find(mapping_.food, "complete")) {
            B2A_TRY(complete, boolean(*from));
            if (complete.value_or(false)) food.allergens.mark_complete();
        }
        read_diets(food);
        for (auto const& [name, from] : mapping_.nutrients) {
            auto const text = value(from);
            if (text.empty()) continue;
            auto const milli = parse_milli(plain_number(text, mapping_.decimal));
            if (!milli || *milli < 0) return wrong(name + ' ' + shown(text) + " is no amount");
            food.nutrients.push_back({name, *milli});
        }
        auto const empty = food == domain::FoodInfo{};
        if (!empty) out_.facts.food = std::move(food);
        return {};
    }

    /// A word that is of no diet is only reported: what gets lost makes nothing suitable.
    void read_diets(domain::FoodInfo& food) {
        for (auto const word : values(mapping_.food, "diets")) {
            if (is_empty_tag(word)) continue;
            auto claim = diet_of_tag(word);
            if (claim && domain::claim(food.diets, std::move(*claim))) continue;
            auto const* const code = claim ? "diets_contradict" : "label_is_no_diet";
            context_.journal.lint(row_.line, {code, out_.variant.id, "diets", shown(word)});
        }
    }

    /// A word that names none of the fourteen rejects the row: what a brand declares must not be lost. The stronger
    /// statement comes later and wins.
    Result<void> declare(domain::FoodInfo& food, std::string_view field, AllergenStatus status) {
        for (auto const word : values(mapping_.food, field)) {
            if (is_empty_tag(word)) continue;
            auto const found = allergens_of_tag(word);
            if (found.empty())
                return wrong(std::string(field) + ": " + shown(word) + " is none of the fourteen allergens");
            for (auto const allergen : found) food.allergens.set(allergen, status);
        }
        return {};
    }

    FileContext const& context_;
    Mapping const& mapping_;
    std::unordered_map<std::string, std::size_t> const& columns_;
    Row const& row_;
    GroupedRow out_;
};

Result<Table> open_table(std::string const& path, Mapping const& mapping) {
    return Table::open(path, {.quoted_tabs = true, .delimiter = mapping.delimiter});
}

}  // namespace

Result<void> check_mapped(std::string const& path, Mapping const& mapping) {
    B2A_TRY(table, open_table(path, mapping));
    std::string missing;
    for (auto const& name : mapping.columns())
        if (!table.column(name)) missing += (missing.empty() ? "" : ", ") + name;
    if (missing.empty()) return {};
    return Error(Code::invalid_request, path + ": missing columns that " + mapping.path + " names: " + missing);
}

Result<void> import_mapped(FileContext const& context) {
    Groups groups(context);
    std::unordered_map<std::string, std::size_t> columns;
    B2A_TRY(first, open_table(context.path, *context.mapping));
    for (std::size_t i = 0; i < first.header().size(); ++i) columns.emplace(first.header()[i], i);
    Row row;
    for (;;) {
        B2A_TRY(more, first.next(row));
        if (!more) break;
        if (!row.fault.empty()) continue;
        if (auto const group = MappedRow(context, columns, row).group(); !group.empty()) groups.expect(group);
    }
    B2A_TRY(table, open_table(context.path, *context.mapping));
    for (;;) {
        B2A_TRY(more, table.next(row));
        if (!more) break;
        context.journal.row(table.source());
        if (!row.fault.empty()) {
            context.journal.reject(row.line, row.fault);
            continue;
        }
        MappedRow mapped(context, columns, row);
        auto const group = mapped.group();
        auto read = mapped.read();
        if (!read) {
            context.journal.reject(row.line, read.error().detail);
            if (!group.empty()) B2A_CHECK(groups.pass(group));
        } else if (group.empty()) {
            B2A_CHECK(groups.add_alone(std::move(*read)));
        } else {
            B2A_CHECK(groups.add(group, std::move(*read)));
        }
    }
    context.journal.end_file(table.source());
    return groups.finish();
}

}  // namespace b2a::importer
