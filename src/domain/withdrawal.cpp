// SPDX-License-Identifier: Apache-2.0
// The right of withdrawal (Directive 2011/83/EU, Art. 9 to 11a and 16) of goods and of orders.
#include <algorithm>
#include <array>

#include "b2a/base/text.hpp"
#include "b2a/domain/order.hpp"

namespace b2a::domain {
namespace {

struct ExemptionRow {
    std::string_view text, article;
};
constexpr std::array<ExemptionRow, 9> exemptions{{{"none", ""},
                                                  {"custom_made", "16(c)"},
                                                  {"perishable", "16(d)"},
                                                  {"sealed_hygiene", "16(e)"},
                                                  {"inseparable", "16(f)"},
                                                  {"sealed_media", "16(i)"},
                                                  {"periodical", "16(j)"},
                                                  {"dated_service", "16(l)"},
                                                  {"digital_content", "16(m)"}}};

bool is_below(std::string_view path, std::string_view category) noexcept {
    return iequals(path.substr(0, category.size()), category) &&
           (path.size() == category.size() || (path.size() > category.size() && path[category.size()] == '/'));
}

std::int64_t delivered(Order const& order, Line const& line, Timestamp& latest) {
    std::int64_t units = 0;
    for (auto const& event : order.events) {
        if (event.type != FulfillmentEventType::delivered) continue;
        for (auto const& part : event.lines)
            if (part.line_id == line.id) {
                units += part.quantity;
                latest = std::max(latest, event.occurred_at);
            }
    }
    return units;
}

}  // namespace

std::string_view to_text(WithdrawalExemption exemption) noexcept {
    return exemptions.at(static_cast<std::size_t>(exemption)).text;
}

std::string_view article_of(WithdrawalExemption exemption) noexcept {
    return exemptions.at(static_cast<std::size_t>(exemption)).article;
}

std::optional<WithdrawalExemption> exemption_from_text(std::string_view text) noexcept {
    auto const* found = std::ranges::find(exemptions, text, &ExemptionRow::text);
    if (found == exemptions.end()) return std::nullopt;
    return static_cast<WithdrawalExemption>(found - exemptions.begin());
}

WithdrawalExemption exemption_of(Product const& product, Variant const& variant, LegalTerms const& terms) noexcept {
    if (variant.delivery == Delivery::digital) return WithdrawalExemption::digital_content;
    LegalTerms::Exempt const* narrowest = nullptr;
    for (auto const& rule : terms.exempt)
        for (auto const& path : product.categories)
            if (is_below(path, rule.category) &&
                (narrowest == nullptr || rule.category.size() > narrowest->category.size()))
                narrowest = &rule;
    return narrowest != nullptr ? narrowest->exemption : WithdrawalExemption::none;
}

std::optional<Timestamp> withdrawal_deadline(Order const& order, std::int64_t days) {
    Timestamp begin = order.created;
    for (auto const& line : order.lines) {
        if (line.delivery != Delivery::physical) continue;
        auto const due = total_quantity(order, line);
        if (due > 0 && delivered(order, line, begin) < due) return std::nullopt;
    }
    // The day of the event does not count, the last day counts to its end (Regulation 1182/71, Art. 3).
    auto const day = std::chrono::floor<std::chrono::days>(begin);
    return Timestamp(day + std::chrono::days(days + 1)) - std::chrono::seconds(1);
}

Disclosures current_disclosures(Order const& order) {
    auto out = order.disclosures;
    for (auto& disclosure : out) {
        if (disclosure.code != DisclosureCode::withdrawal_right) continue;
        auto const days = parse_int(disclosure.detail);
        if (!days) continue;
        if (auto const deadline = withdrawal_deadline(order, *days)) {
            disclosure.content += " The period ends on " + to_rfc3339(*deadline).substr(0, 10) + " (UTC).";
            disclosure.detail = to_rfc3339(*deadline);
        }
    }
    return out;
}

}  // namespace b2a::domain
