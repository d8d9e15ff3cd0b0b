// SPDX-License-Identifier: Apache-2.0
#include "importer/feed_values.hpp"

#include <gtest/gtest.h>

namespace b2a::importer {
namespace {

TEST(FeedValues, Amounts) {
    auto const usd = *Currency::parse("USD");
    auto const eur = *Currency::parse("EUR");
    EXPECT_EQ(parse_amount("15.00 EUR", usd), (Money{1500, eur}));
    EXPECT_EQ(parse_amount("EUR 15", usd), (Money{1500, eur}));
    EXPECT_EQ(parse_amount("15EUR", usd), (Money{1500, eur}));
    EXPECT_EQ(parse_amount(" 15.5 ", usd), (Money{1550, usd}));
    for (auto const* text :
         {"", "EUR", "15 eur", "15.001 USD", "-1 USD", "15,00 USD", "1e9999 USD", "15 USD USD", "ZZZ 15"})
        EXPECT_FALSE(parse_amount(text, usd)) << text;
}

TEST(FeedValues, BarcodesHaveTheirLengthAsType) {
    auto const type = [](std::string_view text) {
        return parse_barcode(text).value_or(domain::Barcode{"none", ""}).type;
    };
    EXPECT_EQ(type("96385074"), "ean8");
    EXPECT_EQ(type("036000291452"), "upc");
    EXPECT_EQ(type("4006381333931"), "ean13");
    EXPECT_EQ(type("978-3-16-148410-0"), "ean13");
    EXPECT_EQ(type("14006381333938"), "gtin14");
    EXPECT_EQ(type("4006381333932"), "other") << "a wrong check digit";
    EXPECT_EQ(type("ABC"), "other");
    EXPECT_EQ(type(" - "), "none");
    EXPECT_EQ(type("\x01"), "none");
}

TEST(FeedValues, MomentsAndPeriods) {
    auto const at = [](std::string_view text) {
        auto const moment = parse_moment(text);
        return moment ? to_rfc3339(*moment).substr(0, 19) : "";
    };
    EXPECT_EQ(at("2026-11-24"), "2026-11-24T00:00:00");
    EXPECT_EQ(at("2026-11-24T06:00"), "2026-11-24T06:00:00");
    EXPECT_EQ(at("2026-11-24T06:00-0800"), "2026-11-24T14:00:00");
    EXPECT_EQ(at("2026-11-24 06:00:30+01:00"), "2026-11-24T05:00:30");
    EXPECT_EQ(at("2026-11-24T06:00:00+01"), "2026-11-24T05:00:00");
    for (auto const* text : {"", "2026-11", "2026-13-01", "2026-11-24x", "2026-11-24T25:00", "24.11.2026 10:00"})
        EXPECT_EQ(at(text), "") << text;
    auto const now = *parse_moment("2026-11-24T06:00");
    EXPECT_TRUE(is_within("2026-11-24/2026-11-25", now));
    EXPECT_FALSE(is_within("2026-11-23/2026-11-24", now));
    EXPECT_FALSE(is_within("2026-11-24", now));
}

TEST(FeedValues, AvailabilitiesInAnySpelling) {
    for (auto const* text :
         {"in stock", "in_stock", "InStock", "https://schema.org/InStock", "schema:LimitedAvailability"})
        EXPECT_EQ(parse_availability(text), Availability::sold) << text;
    EXPECT_EQ(parse_availability("preorder"), Availability::sold_later);
    EXPECT_EQ(parse_availability("Out of stock"), Availability::not_sold);
    EXPECT_FALSE(parse_availability("perhaps"));
}

}  // namespace
}  // namespace b2a::importer
