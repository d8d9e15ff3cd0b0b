// SPDX-License-Identifier: Apache-2.0
// Shopify product CSV, with the column names of its exports of old and of new. Rows with one handle are the variants of
// a product, of which the first says what it is; a row with nothing but a picture adds that.
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/decimal.hpp"
#include "importer/feed_values.hpp"
#include "importer/groups.hpp"
#include "importer/magento_values.hpp"
#include "importer/table.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

enum class Column : std::uint8_t {
    handle,
    title,
    body,
    vendor,
    category,
    type,
    tags,
    published,
    status,
    option1_name,
    option1,
    option2_name,
    option2,
    option3_name,
    option3,
    sku,
    barcode,
    price,
    compare_at,
    tracker,
    quantity,
    policy,
    shipped,
    grams,
    picture,
    picture_text,
    variant_picture,
    gift_card,
    gender,
    age_group,
    condition,
    mpn,
};
struct Names {
    std::string_view old_name;
    std::string_view new_name;
};
constexpr std::array<Names, 32> column_names{{
    {"handle", "url handle"},
    {"title", "title"},
    {"body (html)", "description"},
    {"vendor", "vendor"},
    {"product category", "product category"},
    {"type", "type"},
    {"tags", "tags"},
    {"published", "published on online store"},
    {"status", "status"},
    {"option1 name", "option1 name"},
    {"option1 value", "option1 value"},
    {"option2 name", "option2 name"},
    {"option2 value", "option2 value"},
    {"option3 name", "option3 name"},
    {"option3 value", "option3 value"},
    {"variant sku", "sku"},
    {"variant barcode", "barcode"},
    {"variant price", "price"},
    {"variant compare at price", "compare-at price"},
    {"variant inventory tracker", "inventory tracker"},
    {"variant inventory qty", "inventory quantity"},
    {"variant inventory policy", "continue selling when out of stock"},
    {"variant requires shipping", "requires shipping"},
    {"variant grams", "weight value (grams)"},
    {"image src", "product image url"},
    {"image alt text", "image alt text"},
    {"variant image", "variant image url"},
    {"gift card", "gift card"},
    {"google shopping / gender", "google shopping / gender"},
    {"google shopping / age group", "google shopping / age group"},
    {"google shopping / condition", "google shopping / condition"},
    {"google shopping / mpn", "google shopping / mpn"},
}};

constexpr std::size_t option_count = 3;

class Columns {
  public:
    explicit Columns(Table const& table) {
        for (std::size_t i = 0; i < column_names.size(); ++i) {
            at_[i] = table.column(column_names[i].old_name);
            if (!at_[i]) at_[i] = table.column(column_names[i].new_name);
        }
        for (std::size_t i = 0; i < table.header().size(); ++i)  // "color (product.metafields.shopify.color-pattern)"
            if (auto const metafield = table.header()[i].find(" (product.metafields."); metafield != std::string::npos)
                metafields_.emplace_back(i, snake_case(table.header()[i].substr(0, metafield)));
    }

    [[nodiscard]] bool has(Column column) const { return at_[static_cast<std::size_t>(column)].has_value(); }
    [[nodiscard]] std::string_view cell(Row const& row, Column column) const {
        auto const& at = at_[static_cast<std::size_t>(column)];
        return at ? trim(row.fields[*at]) : std::string_view();
    }
    void append_metafields(Row const& row, std::vector<domain::Attribute>& out) const {
        for (auto const& [index, name] : metafields_)
            for (auto const part : split(row.fields[index], ';')) append_text(out, name, part);
    }

  private:
    std::array<std::optional<std::size_t>, column_names.size()> at_{};
    std::vector<std::pair<std::size_t, std::string>> metafields_;
};

bool is_true(std::string_view cell) {
    return iequals(cell, "true");
}
bool is_false(std::string_view cell) {
    return iequals(cell, "false");
}

class ShopifyImport {
  public:
    ShopifyImport(FileContext const& context, Table table) :
        context_(context), table_(std::move(table)), columns_(table_), groups_(context) {}

    Result<void> count(Table& first) {
        Row row;
        for (;;) {
            B2A_TRY(more, first.next(row));
            if (!more) return {};
            if (!row.fault.empty()) continue;
            if (auto const handle = columns_.cell(row, Column::handle); !handle.empty()) groups_.expect(handle);
        }
    }

    Result<void> run() {
        Row row;
        for (;;) {
            B2A_TRY(more, table_.next(row));
            if (!more) break;
            context_.journal.row(table_.source());
            if (row.fault.empty()) B2A_CHECK(take_row(row));
            else context_.journal.reject(row.line, row.fault);
        }
        context_.journal.end_file(table_.source());
        return groups_.finish();
    }

  private:
    Result<void> take_row(Row const& row) {
        std::string const handle(cell(row, Column::handle));
        auto const refuse = [&](std::string reason) -> Result<void> {
            context_.journal.reject(row.line, std::move(reason));
            return handle.empty() ? Result<void>() : groups_.pass(handle);
        };
        if (handle.empty()) return refuse("no handle");
        if (!is_clean_id(handle)) return refuse("handle " + shown(handle) + " is no usable identifier");
        note_publication(row, handle);
        if (auto const hidden = unpublished_.find(handle); hidden != unpublished_.end()) return refuse(hidden->second);
        auto* const waiting = groups_.waiting(handle);
        if (cell(row, Column::option1).empty() && cell(row, Column::sku).empty() && cell(row, Column::price).empty())
            return take_picture(row, handle, waiting);
        if (waiting != nullptr) add_picture(row, handle, waiting->media);
        else groups_.introduce(handle, row.line, facts(row, handle));
        auto made = variant(row, handle);
        if (!made) return refuse(made.error().detail);
        GroupedRow grouped;
        grouped.line = row.line;
        grouped.variant = std::move(*made);
        return groups_.add(handle, std::move(grouped));
    }

    /// The first row of a product says whether it is on sale.
    void note_publication(Row const& row, std::string const& handle) {
        auto const status = cell(row, Column::status);
        if (!status.empty() && !iequals(status, "active"))
            unpublished_[handle] = "the product's status is " + shown(status);
        else if (is_false(cell(row, Column::published))) unpublished_[handle] = "the product is not published";
    }

    Result<void> take_picture(Row const& row, std::string const& handle, domain::Product* product) {
        if (product == nullptr) context_.journal.reject(row.line, "a picture before any variant of its product");
        else add_picture(row, handle, product->media);
        return groups_.pass(handle);
    }

    void add_picture(Row const& row, std::string const& handle, std::vector<domain::Media>& out) {
        append_picture(out, cell(row, Column::picture), cell(row, Column::picture_text), {context_, row.line, handle});
    }

    domain::Product facts(Row const& row, std::string const& handle) {
        domain::Product product;
        product.title = clean_text(cell(row, Column::title), limits::product_title_bytes_max, TextShape::line);
        product.description =
            clean_text(cell(row, Column::body), limits::product_description_bytes_max, TextShape::block);
        product.brand = clean_text(cell(row, Column::vendor), limits::id_bytes_max, TextShape::line);
        if (product.brand.empty()) product.brand = context_.brand;
        for (auto const column : {Column::category, Column::type}) {
            auto path = category_path(cell(row, column), '>');
            if (!path.empty() &&
                std::find(product.categories.begin(), product.categories.end(), path) == product.categories.end())
                product.categories.push_back(std::move(path));
        }
        for (auto const part : split(cell(row, Column::tags), ',')) {
            auto tag = clean_text(part, limits::product_value_bytes_max, TextShape::line);
            if (!tag.empty() && std::find(product.tags.begin(), product.tags.end(), tag) == product.tags.end())
                product.tags.push_back(std::move(tag));
        }
        append_text(product.attributes, "gender", cell(row, Column::gender));
        append_text(product.attributes, "age_group", cell(row, Column::age_group));
        append_text(product.attributes, "condition", cell(row, Column::condition));
        columns_.append_metafields(row, product.attributes);
        add_picture(row, handle, product.media);
        return product;
    }

    Result<domain::Variant> variant(Row const& row, std::string const& handle) {
        domain::Variant variant;
        B2A_CHECK(read_options(row, handle, variant.options));
        variant.sku = cell(row, Column::sku);
        variant.id = variant.sku.empty() ? id_of(handle, variant.options) : variant.sku;
        if (!is_clean_id(variant.id)) return wrong("sku " + shown(variant.id) + " is no usable identifier");
        if (variant.sku.empty()) variant.sku = variant.id;
        B2A_CHECK(read_price(row, variant));
        B2A_CHECK(read_stock(row, variant));
        RowPlace const place{context_, row.line, handle};
        append_barcode(variant.barcodes, without_quote(cell(row, Column::barcode)), place);
        append_picture(variant.media, cell(row, Column::variant_picture), {}, place);
        append_text(variant.attributes, "mpn", cell(row, Column::mpn));
        auto weight = parse_quantity(cell(row, Column::grams), "g");
        if (weight && weight->mantissa > 0) variant.attributes.push_back({"weight", *std::move(weight)});
        if (is_false(cell(row, Column::shipped)) || is_true(cell(row, Column::gift_card)))
            variant.delivery = domain::Delivery::digital;
        return variant;
    }

    /// Names of options stand in the first row only; "Title: Default Title" says that there is none.
    Result<void> read_options(Row const& row, std::string const& handle, std::vector<domain::OptionValue>& out) {
        constexpr std::array<std::pair<Column, Column>, option_count> pairs{{{Column::option1_name, Column::option1},
                                                                             {Column::option2_name, Column::option2},
                                                                             {Column::option3_name, Column::option3}}};
        auto& names = option_names_[handle];
        for (std::size_t i = 0; i < pairs.size(); ++i)
            if (auto name = snake_case(cell(row, pairs[i].first)); !name.empty()) names[i] = std::move(name);
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            auto const label = cell(row, pairs[i].second);
            if (label.empty() || label == "Default Title") continue;
            if (names[i].empty()) return wrong("option " + shown(label) + " has no name");
            append_option(out, names[i], label);
        }
        return {};
    }

    static std::string id_of(std::string const& handle, std::vector<domain::OptionValue> const& options) {
        auto id = handle;
        for (auto const& option : options) id += '-' + option.label;
        return id;
    }

    Result<void> read_price(Row const& row, domain::Variant& variant) {
        auto const text = cell(row, Column::price);
        if (text.empty()) return {};
        auto const price = parse_price(text, context_.currency);
        if (!price) return wrong("price " + shown(text) + " is no amount in " + std::string(context_.currency.code()));
        domain::Offer offer{*price, *price};
        if (auto const before = cell(row, Column::compare_at); !before.empty()) {
            auto const list = parse_price(before, context_.currency);
            if (!list) return wrong("compare-at price " + shown(before) + " is no amount");
            if (list->minor > price->minor) offer.list = *list;
        }
        variant.offers.push_back(offer);
        return {};
    }

    /// Stock counts where somebody tracks it and nothing is sold beyond it.
    Result<void> read_stock(Row const& row, domain::Variant& variant) {
        auto const policy = cell(row, Column::policy);
        auto const text = cell(row, Column::quantity);
        auto const tracked = !columns_.has(Column::tracker) || !cell(row, Column::tracker).empty();
        if (!tracked || text.empty() || iequals(policy, "continue") || is_true(policy)) return {};
        auto const stock = parse_whole(text);
        if (!stock || *stock > limits::import_stock_max) return wrong("quantity " + shown(text) + " is no stock level");
        variant.declared_stock = std::max<std::int64_t>(*stock, 0);  // oversold there
        return {};
    }

    /// Exports keep spreadsheets from rounding a barcode with a leading quote.
    static std::string_view without_quote(std::string_view cell) {
        if (cell.starts_with('\'')) cell.remove_prefix(1);
        return cell;
    }

    static Error wrong(std::string reason) { return Error(Code::invalid_request, std::move(reason)); }
    [[nodiscard]] std::string_view cell(Row const& row, Column column) const { return columns_.cell(row, column); }

    FileContext const& context_;
    Table table_;
    Columns columns_;
    Groups groups_;
    std::unordered_map<std::string, std::array<std::string, option_count>> option_names_;  // of a handle
    std::unordered_map<std::string, std::string> unpublished_;                             // handle and why
};

}  // namespace

bool is_shopify(Table const& table) {
    Columns const columns(table);
    return columns.has(Column::handle) && columns.has(Column::option1);
}

Result<void> check_shopify(std::string const& path) {
    B2A_TRY(table, Table::open(path));
    if (table.column("url handle")) return table.require({"title", "price", "option1 name", "option1 value"});
    return table.require({"handle", "title", "variant price", "option1 name", "option1 value"});
}

Result<void> import_shopify(FileContext const& context) {
    B2A_TRY(first, Table::open(context.path));
    B2A_TRY(table, Table::open(context.path));
    ShopifyImport run(context, std::move(table));
    B2A_CHECK(run.count(first));
    return run.run();
}

}  // namespace b2a::importer
