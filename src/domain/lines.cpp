// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "b2a/base/limits.hpp"
#include "b2a/base/text.hpp"

#include "domain/checkout_rules.hpp"

namespace b2a::domain::rules {
namespace {

constexpr std::string_view line_prefix = "li_";

std::string item_path(std::size_t index) {
    return "$.line_items[" + std::to_string(index) + "]";
}

/// Ids for the requested lines: those of the lines they continue, or empty for new ones. An id in the request wins
/// over a match by item, wherever it stands, so that two lines of a variant keep their identities.
std::vector<std::string> continued_ids(std::vector<Line> const& old, CheckoutContent const& content) {
    std::vector<std::string> ids(content.lines.size());
    std::vector<bool> used(old.size(), false);
    auto const match = [&](auto const& wanted) {
        for (std::size_t i = 0; i < content.lines.size(); ++i) {
            if (!ids[i].empty()) continue;
            for (std::size_t k = 0; k < old.size(); ++k)
                if (!used[k] && wanted(content.lines[i], old[k])) {
                    used[k] = true;
                    ids[i] = old[k].id;
                    break;
                }
        }
    };
    match([](auto const& line, Line const& candidate) { return line.id == candidate.id; });
    match([](auto const& line, Line const& candidate) { return line.variant_id == candidate.variant_id; });
    return ids;
}

std::int64_t highest_number(std::vector<Line> const& lines) {
    std::int64_t highest = 0;
    for (auto const& line : lines)
        if (std::string_view(line.id).starts_with(line_prefix))
            highest = std::max(highest, parse_int(std::string_view(line.id).substr(line_prefix.size())).value_or(0));
    return highest;
}

std::string line_title(Product const& product, Variant const& variant) {
    if (variant.title.empty() || variant.title == product.title) return product.title;
    if (variant.title.starts_with(product.title)) return variant.title;
    return product.title + " - " + variant.title;
}

std::string first_image(std::vector<Media> const& media) {
    auto const found = std::ranges::find(media, std::string("image"), &Media::type);
    return found == media.end() ? std::string() : found->url;
}

}  // namespace

Result<void> check_shape(CheckoutContent const& content) {
    if (content.lines.size() > limits::checkout_lines_max)
        return Error(Code::unprocessable, "too many items", "/line_items");
    if (content.discount_codes.size() > limits::discount_codes_max)
        return Error(Code::unprocessable, "too many discount codes", "/discounts/codes");
    if (content.context.eligibility.size() > limits::eligibility_claims_max)
        return Error(Code::unprocessable, "too many claims", "/context/eligibility");
    for (std::size_t i = 0; i < content.methods.size(); ++i)
        if (content.methods[i].line_ids.size() > limits::checkout_lines_max)
            return Error(Code::unprocessable, "too many items",
                         "/fulfillment/methods/" + std::to_string(i) + "/line_item_ids");
    for (std::size_t i = 0; i < content.lines.size(); ++i)
        if (content.lines[i].quantity < 1 || content.lines[i].quantity > limits::line_quantity_max)
            return Error(Code::unprocessable, "quantity is out of range",
                         "/line_items/" + std::to_string(i) + "/quantity");
    return {};
}

std::optional<std::int64_t> StockLedger::left(LineFacts const& facts) {
    if (!facts.stock) return std::nullopt;
    return left_.try_emplace(facts.variant->id, std::max<std::int64_t>(*facts.stock, 0)).first->second;
}

void StockLedger::take(LineFacts const& facts, std::int64_t quantity) {
    if (facts.stock) left_[facts.variant->id] -= quantity;
}

bool fit_line(Line& line, LineFacts const& facts, Currency currency, std::string const& path, StockLedger& ledger,
              Findings& findings) {
    auto const* offer = facts.variant != nullptr ? find_offer(*facts.variant, currency) : nullptr;
    // An offer below zero is a mistake of the catalog; selling it would pay the buyer.
    if (facts.product == nullptr || offer == nullptr || offer->price.minor < 0) {
        findings.push_back({FindingCode::item_unavailable, Severity::recoverable, path,
                            "Item " + line.variant_id + " is unknown or not sold in " + std::string(currency.code()) +
                                "; it was left out."});
        return false;
    }
    if (auto const left = ledger.left(facts); left && *left < line.quantity) {
        if (*left == 0) {
            findings.push_back({FindingCode::out_of_stock, Severity::recoverable, path,
                                "Item " + line.variant_id + " is out of stock; it was left out."});
            return false;
        }
        findings.push_back({FindingCode::quantity_adjusted, Severity::warning, path,
                            "Only " + std::to_string(*left) + " of item " + line.variant_id +
                                " are in stock; the quantity was reduced from " + std::to_string(line.quantity) + "."});
        line.quantity = *left;
    }
    ledger.take(facts, line.quantity);
    line.product_id = facts.product->id;
    line.title = line_title(*facts.product, *facts.variant);
    line.image_url = first_image(facts.variant->media);
    if (line.image_url.empty()) line.image_url = first_image(facts.product->media);
    line.unit_minor = offer->price.minor;
    line.delivery = facts.variant->delivery;
    return true;
}

void build_lines(Checkout& checkout, CheckoutContent const& content, PricingFacts const& facts) {
    B2A_ASSERT(facts.lines.size() == content.lines.size());
    std::vector<Line> lines;
    StockLedger ledger;
    auto const ids = continued_ids(checkout.lines, content);
    auto number = highest_number(checkout.lines);
    for (std::size_t i = 0; i < content.lines.size(); ++i) {
        Line line;
        line.variant_id = content.lines[i].variant_id;
        line.quantity = content.lines[i].quantity;
        if (!fit_line(line, facts.lines[i], checkout.currency, item_path(i), ledger, checkout.findings)) continue;
        line.id = ids[i].empty() ? std::string(line_prefix) + std::to_string(++number) : ids[i];
        lines.push_back(std::move(line));
    }
    checkout.lines = std::move(lines);
}

}  // namespace b2a::domain::rules
