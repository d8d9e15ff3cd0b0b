// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "b2a/base/text.hpp"

#include "importer/context.hpp"
#include "importer/table.hpp"

namespace b2a::importer {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 12> format_names{{
    {Format::automatic, "auto"},
    {Format::native_jsonl, "jsonl"},
    {Format::magento_csv, "magento"},
    {Format::magento_links, "magento-links"},
    {Format::openfoodfacts, "openfoodfacts"},
    {Format::acp_feed, "acp-feed"},
    {Format::google_table, "google"},
    {Format::google_xml, "google-xml"},
    {Format::schema_org, "json-ld"},
    {Format::shopify, "shopify"},
    {Format::edges, "edges"},
    {Format::mapped, "mapped"},
}};

}  // namespace

std::string_view to_text(Format format) noexcept {
    for (auto const& [value, name] : format_names)
        if (value == format) return name;
    return "auto";
}

std::optional<Format> format_from_text(std::string_view text) noexcept {
    for (auto const& [value, name] : format_names)
        if (name == text) return value;
    return std::nullopt;
}

Result<Format> detect(std::string const& path, bool has_mapping) {
    {
        B2A_TRY(source, Source::open(path));
        B2A_TRY(any, source.refill());
        if (!any) return Error(Code::invalid_request, path + ": the file is empty");
        auto const head = trim(source.chunk());
        if (head.starts_with('<')) return Format::google_xml;
        if (head.starts_with('[') || (head.starts_with('{') && is_linked_data(head))) return Format::schema_org;
        if (head.starts_with('{')) {
            B2A_TRY(feed, looks_like_acp_feed(path));
            return feed ? Format::acp_feed : Format::native_jsonl;
        }
    }
    if (has_mapping) return Format::mapped;
    B2A_TRY(table, Table::open(path, {.quoted_tabs = true}));
    auto const has = [&](std::string_view name) { return table.column(name).has_value(); };
    if (has("linked_sku")) return Format::magento_links;
    if (is_edge_table(table)) return Format::edges;
    if (is_shopify(table)) return Format::shopify;
    if (is_google(table)) return Format::google_table;
    if (has("sku")) return Format::magento_csv;
    if (has("code") || has("barcode") || has("product_name")) return Format::openfoodfacts;
    return Error(Code::invalid_request,
                 path +
                     ": unknown format: neither JSON, nor XML, nor a header with sku, "
                     "linked_sku, handle, id and title, code or barcode, from, type and to; other tables need a "
                     "mapping");
}

}  // namespace b2a::importer
