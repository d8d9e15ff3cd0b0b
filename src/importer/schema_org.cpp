// SPDX-License-Identifier: Apache-2.0
// schema.org as JSON-LD: nodes at the top of the file, in an array, in "@graph", or one document a line. Products stand
// alone; a ProductGroup holds its variants, or they name each other by address.
#include "importer/schema_org.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "importer/groups.hpp"
#include "importer/json_nodes.hpp"
#include "importer/text_clean.hpp"

namespace b2a::importer {
namespace {

using json::Kind;
using json::View;

/// What pages describe beside their products, and nobody expects in a catalog.
constexpr std::array<std::string_view, 18> companions{
    "Organization", "OnlineStore",    "OnlineBusiness", "Store",           "LocalBusiness",  "Brand",
    "WebSite",      "WebPage",        "ItemPage",       "CollectionPage",  "BreadcrumbList", "ImageObject",
    "Offer",        "AggregateOffer", "Review",         "AggregateRating", "FAQPage",        "MerchantReturnPolicy"};

/// One document a line can lose a line; one document in all cannot be cut at lines.
Result<std::unique_ptr<RowReader>> open_nodes(std::string const& path) {
    B2A_TRY(probe, Source::open(path));
    LineReader lines(std::move(probe));
    Row row;
    json::Document document;
    bool is_lines = false;
    for (;;) {
        B2A_TRY(more, lines.next(row));
        if (!more) break;
        if (row.fault.empty() && trim(row.fields.front()).empty()) continue;
        is_lines = row.fault.empty() && document.parse(row.fields.front()).ok();
        break;
    }
    B2A_TRY(source, Source::open(path));
    std::unique_ptr<RowReader> reader;
    if (is_lines) reader = std::make_unique<LineReader>(std::move(source));
    else reader = std::make_unique<JsonNodeReader>(std::move(source));
    return reader;
}

/// Calls `visit` for the node, or for each that an array or "@graph" holds.
void each_node(View value, std::function<void(View)> const& visit) {
    if (value.is(Kind::array)) return value.each_element([&](std::size_t, View node) { each_node(node, visit); });
    if (auto const graph = value.get("@graph")) return each_node(*graph, visit);
    visit(value);
}

class SchemaImport {
  public:
    explicit SchemaImport(FileContext const& context) : context_(context), groups_(context) {}

    /// First reading: which nodes belong together.
    Result<void> relate() {
        B2A_TRY(reader, open_nodes(context_.path));
        Row row;
        json::Document document;
        for (;;) {
            B2A_TRY(more, reader->next(row));
            if (!more) return {};
            if (!row.fault.empty()) continue;
            auto const value = document.parse(row.fields.front());
            if (value.ok()) each_node(*value, [&](View node) { relate_node(node); });
        }
    }

    Result<void> run() {
        B2A_TRY(reader, open_nodes(context_.path));
        Row row;
        json::Document document;
        for (;;) {
            B2A_TRY(more, reader->next(row));
            if (!more) break;
            if (row.fault.empty() && trim(row.fields.front()).empty()) continue;
            auto const value =
                row.fault.empty() ? document.parse(row.fields.front()) : Error(Code::invalid_request, row.fault);
            if (!value.ok()) {
                context_.journal.row(reader->source());
                context_.journal.reject(row.line, value.error().detail);
                continue;
            }
            Result<void> taken;
            each_node(*value, [&](View node) {
                context_.journal.row(reader->source());
                if (taken.ok()) taken = take(node, row.line);
            });
            B2A_CHECK(taken);
        }
        context_.journal.end_file(reader->source());
        return groups_.finish();
    }

  private:
    void relate_node(View node) {
        if (has_type(node, "ProductGroup")) {
            auto const key = id_of_node(node);
            if (auto address = schema_text(node, "@id"); !address.empty()) group_of_address_[std::move(address)] = key;
            each_value(node, "hasVariant", [&](View variant) {
                if (auto address = reference_of(variant); !address.empty()) {
                    group_of_variant_[std::move(address)] = key;
                    referred_.insert(key);
                }
            });
            varies_by_[key] = varies_by(node);
        } else if (auto named = named_group(node); !named.empty()) {
            referred_.insert(std::move(named));
        }
    }

    /// The group that a product says it belongs to, by its id or by its address.
    static std::string named_group(View node) {
        if (auto id = schema_text(node, "inProductGroupWithID"); !id.empty()) return id;
        auto const group = node.get("isVariantOf");
        if (!group) return {};
        auto address = reference_of(*group);
        return address.empty() && group->is(Kind::object) ? id_of_node(*group) : address;
    }

    std::string group_of(View node) {
        auto const address = schema_text(node, "@id");
        if (auto const found = group_of_variant_.find(address); !address.empty() && found != group_of_variant_.end())
            return found->second;
        auto const named = named_group(node);
        auto const found = group_of_address_.find(named);
        return found == group_of_address_.end() ? named : found->second;
    }

    Result<void> take(View node, std::uint64_t line) {
        auto const refuse = [&](std::string reason) -> Result<void> {
            context_.journal.reject(line, std::move(reason));
            return {};
        };
        if (!node.is(Kind::object)) return refuse("a value that is no object");
        if (has_type(node, "ProductGroup")) return take_group(node, line);
        if (!has_type(node, "Product") && !has_type(node, "IndividualProduct") && !has_type(node, "ProductModel")) {
            auto const is_companion = std::any_of(companions.begin(), companions.end(),
                                                  [&](std::string_view type) { return has_type(node, type); });
            return is_companion ? Result<void>()
                                : refuse("type " + shown(schema_text(node, "@type")) + " is no Product");
        }
        auto const key = group_of(node);
        auto row = variant_row(node, key, line);
        if (!row) return refuse(row.error().detail);
        return key.empty() ? groups_.add_alone(std::move(*row)) : groups_.add(key, std::move(*row));
    }

    Result<GroupedRow> variant_row(View node, std::string const& key, std::uint64_t line) {
        auto const id = id_of_node(node);
        if (!is_clean_id(id)) return Error(Code::invalid_request, "sku " + shown(id) + " is no usable identifier");
        RowPlace const place{context_, line, id};
        auto const known = varies_by_.find(key);
        auto const options = known == varies_by_.end() ? std::vector<std::string>{"color", "size"} : known->second;
        B2A_TRY(variant, schema_variant(node, options, place));
        GroupedRow row;
        row.line = line;
        row.facts = schema_product(node, key.empty() ? id : key, place);
        row.variant = std::move(variant);
        return row;
    }

    Result<void> take_group(View node, std::uint64_t line) {
        auto const key = id_of_node(node);
        if (!is_clean_id(key)) {
            context_.journal.reject(line, "productGroupID " + shown(key) + " is no usable identifier");
            return {};
        }
        groups_.describe(key, line, schema_product(node, key, {context_, line, key}));
        Result<void> taken;
        each_value(node, "hasVariant", [&](View variant) {
            if (!taken.ok() || !variant.is(Kind::object) || !reference_of(variant).empty()) return;
            auto row = variant_row(variant, key, line);
            if (row) taken = groups_.add(key, std::move(*row));
            else context_.journal.reject(line, row.error().detail);
        });
        B2A_CHECK(taken);
        return referred_.contains(key) ? Result<void>() : groups_.close(key);
    }

    FileContext const& context_;
    Groups groups_;
    std::unordered_map<std::string, std::string> group_of_address_;        // of a group's node
    std::unordered_map<std::string, std::string> group_of_variant_;        // of a variant's node
    std::unordered_map<std::string, std::vector<std::string>> varies_by_;  // of a group
    std::unordered_set<std::string> referred_;                             // groups with variants elsewhere
};

}  // namespace

bool is_linked_data(std::string_view text) {
    int depth = 0;
    char before = 0;  // the last character that is no white space
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const c = text[at];
        if (c == '"') {
            auto const is_key = depth == 1 && (before == '{' || before == ',');
            if (is_key && text.substr(at + 1).starts_with('@')) return true;
            for (++at; at < text.size() && text[at] != '"'; ++at)
                if (text[at] == '\\') ++at;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return false;  // the first object is over
        }
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') before = c;
    }
    return false;
}

Result<void> import_schema_org(FileContext const& context) {
    SchemaImport run(context);
    B2A_CHECK(run.relate());
    return run.run();
}

}  // namespace b2a::importer
