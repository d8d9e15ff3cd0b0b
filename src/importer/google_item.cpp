// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"
#include "b2a/domain/disclosure.hpp"

#include "importer/decimal.hpp"
#include "importer/feed_values.hpp"
#include "importer/google.hpp"
#include "importer/magento_values.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

constexpr std::array<std::string_view, 13> attribute_names{"condition",
                                                           "gender",
                                                           "age_group",
                                                           "material",
                                                           "pattern",
                                                           "size_type",
                                                           "size_system",
                                                           "adult",
                                                           "is_bundle",
                                                           "mpn",
                                                           "energy_efficiency_class",
                                                           "multipack",
                                                           "google_product_category"};

class ItemReader {
  public:
    ItemReader(FileContext const& context, FeedItem const& item) : context_(context), item_(item) {}

    /// The row, or the reason why there is none.
    Result<GroupedRow> read() {
        auto const id = item_.first("id");
        if (id.empty()) return wrong("no id");
        if (!is_clean_id(id)) return wrong("id " + shown(id) + " is no usable identifier");
        row_.line = item_.line;
        row_.variant.id = id;
        row_.variant.sku = id;
        row_.facts.title = clean_text(item_.first("title"), limits::product_title_bytes_max, TextShape::line);
        if (row_.facts.title.empty()) return wrong("no title");
        row_.variant.title = row_.facts.title;
        B2A_CHECK(read_price());
        B2A_CHECK(read_stock());
        read_facts();
        read_variant();
        return std::move(row_);
    }

  private:
    static Error wrong(std::string reason) { return Error(Code::invalid_request, std::move(reason)); }
    [[nodiscard]] RowPlace place() const { return {context_, item_.line, row_.variant.id}; }

    template <class Take>
    void each(std::string_view name, Take take) {
        for (auto const& [field, value] : item_.fields)
            if (field == name) take(std::string_view(value));
    }
    /// A table has one cell for what XML repeats.
    template <class Take>
    void each_listed(std::string_view name, Take take) {
        each(name, [&](std::string_view value) {
            for (auto const part : split(value, ',')) take(part);
        });
    }

    Result<void> read_price() {
        auto const text = item_.first("price");
        if (text.empty()) return {};
        auto const list = parse_amount(text, context_.currency);
        if (!list) return wrong("price " + shown(text) + " is no amount with a currency");
        domain::Offer offer{*list, *list};
        if (auto const sale = item_.first("sale_price"); !sale.empty()) {
            auto const reduced = parse_amount(sale, list->currency);
            if (!reduced || reduced->currency != list->currency)
                return wrong("sale_price " + shown(sale) + " is no amount in the price's currency");
            auto const period = item_.first("sale_price_effective_date");
            if (reduced->minor < list->minor && (period.empty() || is_within(period, context_.now)))
                offer.price = *reduced;
        }
        row_.variant.offers.push_back(offer);
        return {};
    }

    Result<void> read_stock() {
        auto const text = item_.first("availability");
        auto const availability = text.empty() ? Availability::sold : parse_availability(text);
        if (!availability) return wrong("availability " + shown(text) + " is unknown");
        if (*availability == Availability::sold_later) {
            append_text(row_.variant.attributes, "availability", text);
            append_text(row_.variant.attributes, "availability_date", item_.first("availability_date"));
        }
        if (*availability == Availability::not_sold) {
            row_.variant.declared_stock = 0;
            return {};
        }
        for (auto const name : {"quantity", "sell_on_google_quantity"}) {
            auto const count = item_.first(name);
            if (count.empty()) continue;
            auto const stock = parse_whole(count);
            if (!stock || *stock < 0 || *stock > limits::import_stock_max)
                return wrong(std::string(name) + ' ' + shown(count) + " is no stock level");
            row_.variant.declared_stock = *stock;
            break;
        }
        return {};
    }

    void read_facts() {
        auto& facts = row_.facts;
        facts.brand = clean_text(item_.first("brand"), limits::id_bytes_max, TextShape::line);
        if (facts.brand.empty()) facts.brand = context_.brand;
        facts.description =
            clean_text(item_.first("description"), limits::product_description_bytes_max, TextShape::block);
        facts.url = usable_page(item_.first("link"), place());
        auto const add_category = [&](std::string_view text) {
            auto path = category_path(text, '>');
            if (!path.empty() &&
                std::find(facts.categories.begin(), facts.categories.end(), path) == facts.categories.end())
                facts.categories.push_back(std::move(path));
        };
        each_listed("product_type", add_category);
        if (auto const category = item_.first("google_product_category");
            facts.categories.empty() && !parse_int(category))
            add_category(category);
        each("product_highlight", [&](std::string_view text) { append_text(facts.attributes, "highlight", text); });
    }

    void read_variant() {
        auto& variant = row_.variant;
        append_picture(variant.media, item_.first("image_link"), row_.facts.title, place());
        each_listed("additional_image_link",
                    [&](std::string_view url) { append_picture(variant.media, url, row_.facts.title, place()); });
        row_.facts.media = variant.media;
        append_barcode(variant.barcodes, item_.first("gtin"), place());
        append_option(variant.options, "color", item_.first("color"));
        append_option(variant.options, "size", item_.first("size"));
        for (auto const name : attribute_names) append_text(variant.attributes, std::string(name), item_.first(name));
        each("product_detail", [&](std::string_view text) { append_detail(text); });
        if (auto const content = item_.first("unit_pricing_measure"); !content.empty())
            variant.measure = domain::measure_from_text(content);
        if (iequals(item_.first("is_digital"), "yes")) variant.delivery = domain::Delivery::digital;
    }

    /// "section:name:value"
    void append_detail(std::string_view text) {
        auto const first = text.find(':');
        auto const second = first == std::string_view::npos ? first : text.find(':', first + 1);
        if (second == std::string_view::npos) return;
        append_text(row_.variant.attributes, snake_case(text.substr(first + 1, second - first - 1)),
                    text.substr(second + 1));
    }

    FileContext const& context_;
    FeedItem const& item_;
    GroupedRow row_;
};

}  // namespace

std::string_view FeedItem::first(std::string_view name) const {
    for (auto const& [field, value] : fields)
        if (field == name)
            if (auto const text = trim(value); !text.empty()) return text;
    return {};
}

Result<void> take_google_item(FileContext const& context, Groups& groups, FeedItem const& item) {
    auto const group = item.group();
    auto const refuse = [&](std::string reason) -> Result<void> {
        context.journal.reject(item.line, std::move(reason));
        return group.empty() ? Result<void>() : groups.pass(group);
    };
    if (!item.fault.empty()) return refuse(item.fault);
    auto row = ItemReader(context, item).read();
    if (!row) return refuse(row.error().detail);
    if (group.empty()) return groups.add_alone(std::move(*row));
    return groups.add(group, std::move(*row));
}

}  // namespace b2a::importer
