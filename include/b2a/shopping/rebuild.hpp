// SPDX-License-Identifier: Apache-2.0
// A basket of another time as today's: the same variants where they can still be had, else what replaced them, else
// what can stand in for them, with what is different and what became of the price. Nothing that the need forbids, or
// of which nobody knows whether it does, gets into the basket.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/base/time.hpp"
#include "b2a/catalog/snapshot.hpp"
#include "b2a/domain/order.hpp"
#include "b2a/shopping/landed.hpp"
#include "b2a/shopping/need.hpp"
#include "b2a/shopping/verdict.hpp"

namespace b2a::shopping {

enum class NamedBy : std::uint8_t { id, sku, gtin, text };
std::string_view to_text(NamedBy by) noexcept;

struct AskedLine {
    NamedBy by = NamedBy::id;
    std::string name;        // the id, SKU, GTIN or the words
    std::string product_id;  // of an order's line: says more than the variant's id when that is gone
    std::string title;       // likewise
    std::int64_t quantity = 1;
    std::optional<Money> price;  // of one piece, as it was
};

struct RebuildQuery {
    std::vector<AskedLine> lines;
    Need need;  // its quantity is not asked: each line has its own
};

enum class Rebuilt : std::uint8_t { exact, newer_model, substitute, gone };
std::string_view to_text(Rebuilt outcome) noexcept;

/// Why a line did not stay what it was.
enum class Change : std::uint8_t {
    none,
    unknown,       // nothing of this name is in the catalog
    not_sold,      // no price in this currency
    out_of_stock,  // not enough of it; the quantity was reduced where some is left and nothing else stands in
    constraints,   // a constraint fails, or nobody knows whether it holds
};
std::string_view to_text(Change change) noexcept;

/// What the variant has that the one asked for had otherwise; absent: it had, or has, nothing of the name.
struct Difference {
    std::string name;  // "brand", "size", "material", "allergen:milk"
    std::optional<domain::AttributeValue> was, now;
};

struct PriceChange {
    Money was, now;  // of one piece
};

struct RebuiltLine {
    std::size_t asked = 0;  // index into RebuildQuery::lines
    Rebuilt outcome = Rebuilt::gone;
    Change change = Change::none;
    std::optional<catalog::VariantRef> meant;    // what the line names, where that is in the catalog
    std::optional<catalog::VariantRef> variant;  // what to buy today
    std::int64_t quantity = 0;                   // of it
    std::string source;  // of a replacement: "edge:replaces", "same_product", "rule:same_category/1"
    std::vector<Difference> differences;
    std::optional<PriceChange> price;               // absent: no price was said, or in another currency
    std::vector<Verdict> constraints;               // of `variant`; of what is gone: of `meant`
    std::vector<catalog::VariantRef> alternatives;  // of a text or a code that more than one thing answers to
};

struct RebuiltBasket {
    std::vector<RebuiltLine> lines;  // one per line asked for
    std::optional<Landed> landed;    // of what is to be bought; absent when that is nothing
    std::optional<Verdict> budget;   // where the need has one
};

/// Errors: those of Assessor::prepare(); unprocessable for amounts out of range.
Result<RebuiltBasket> rebuild(catalog::Snapshot const& snapshot, RebuildQuery const& query, Timestamp now);

/// What an order still holds, as lines to ask for.
std::vector<AskedLine> lines_of(domain::Order const& order);

}  // namespace b2a::shopping
