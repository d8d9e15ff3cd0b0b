// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "b2a/base/text.hpp"

#include "importer/context.hpp"
#include "importer/table.hpp"

namespace b2a::importer {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 6> format_names{{
    {Format::automatic, "auto"},
    {Format::native_jsonl, "jsonl"},
    {Format::magento_csv, "magento"},
    {Format::magento_links, "magento-links"},
    {Format::openfoodfacts, "openfoodfacts"},
    {Format::acp_feed, "acp-feed"},
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

Result<Format> detect(std::string const& path) {
    {
        B2A_TRY(source, Source::open(path));
        B2A_TRY(any, source.refill());
        if (!any) return Error(Code::invalid_request, path + ": the file is empty");
        if (trim(source.chunk()).starts_with('{')) {
            B2A_TRY(feed, looks_like_acp_feed(path));
            return feed ? Format::acp_feed : Format::native_jsonl;
        }
    }
    B2A_TRY(table, Table::open(path));
    auto const has = [&](std::string_view name) { return table.column(name).has_value(); };
    if (has("linked_sku")) return Format::magento_links;
    if (has("sku")) return Format::magento_csv;
    if (has("code") || has("barcode") || has("product_name")) return Format::openfoodfacts;
    return Error(Code::invalid_request,
                 path + ": unknown format: neither JSON lines nor a header with sku, linked_sku, code or barcode");
}

}  // namespace b2a::importer
