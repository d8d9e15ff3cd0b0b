// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/price_history.hpp"

#include <gtest/gtest.h>

#include "b2a/domain/disclosure.hpp"

namespace b2a::domain {
namespace {

Timestamp day(int number) {
    return from_micros(1'800'000'000'000'000) + std::chrono::days(number);
}

/// {day, price, list}; a price below zero: not offered.
struct Point {
    int day;
    std::int64_t price;
    std::int64_t list;
};

std::optional<PriorPrice> prior(std::vector<Point> const& oldest_first) {
    PriorPriceSearch search;
    for (auto point = oldest_first.rbegin(); point != oldest_first.rend(); ++point) {
        auto const price = point->price < 0 ? std::nullopt : std::optional(point->price);
        if (!search.take({day(point->day), 1, price, point->list})) break;
    }
    return search.result();
}

TEST(PriorPrice, IsTheLowestOfThirtyDaysBeforeTheReduction) {
    EXPECT_EQ(prior({{-100, 10'000, 10'000}, {0, 8000, 12'000}}), (PriorPrice{10'000, day(-30), day(0)}));
    // A dip within the window counts, one before it does not.
    EXPECT_EQ(prior({{-100, 10'000, 10'000}, {-20, 7000, 7000}, {-15, 10'000, 10'000}, {0, 8000, 10'000}})->minor,
              7000);
    EXPECT_EQ(prior({{-100, 5000, 5000}, {-31, 10'000, 10'000}, {0, 8000, 10'000}})->minor, 10'000);
    // What held when the window began counts, however old it is.
    EXPECT_EQ(prior({{-100, 9000, 9000}, {-10, 10'000, 10'000}, {0, 8000, 10'000}})->minor, 9000);
}

TEST(PriorPrice, RaisingAPriceForAWeekDoesNotMakeAReduction) {
    auto const raised = prior({{-100, 8000, 8000}, {-7, 12'000, 12'000}, {0, 8000, 12'000}});
    ASSERT_TRUE(raised);
    EXPECT_EQ(raised->minor, 8000);
}

TEST(PriorPrice, AListPriceThatComesLaterBeginsTheReduction) {
    auto const late = prior({{-100, 10'000, 10'000}, {-50, 8000, 8000}, {0, 8000, 10'000}});
    ASSERT_TRUE(late);
    EXPECT_EQ(*late, (PriorPrice{8000, day(-30), day(0)}));
}

TEST(PriorPrice, ALongReductionKeepsItsBeginning) {
    EXPECT_EQ(prior({{-200, 10'000, 10'000}, {-90, 8000, 10'000}, {-50, 8000, 11'000}}),
              (PriorPrice{10'000, day(-120), day(-90)}));
}

TEST(PriorPrice, IsUnknownWithoutAHistory) {
    EXPECT_EQ(prior({}), std::nullopt);
    EXPECT_EQ(prior({{0, 8000, 10'000}}), std::nullopt);
    EXPECT_EQ(prior({{-100, 10'000, 10'000}, {0, 8000, 8000}}), std::nullopt) << "no reduction is announced";
    EXPECT_EQ(prior({{-100, -1, 0}, {0, 8000, 10'000}}), std::nullopt) << "nothing was on offer";
    EXPECT_EQ(prior({{-10, 10'000, 10'000}, {0, 8000, 10'000}}), (PriorPrice{10'000, day(-10), day(0)}));
    EXPECT_EQ(prior({{-100, 10'000, 10'000}, {-20, -1, 0}, {0, 8000, 10'000}}), (PriorPrice{10'000, day(-30), day(0)}));
}

Offer offer(std::int64_t price, std::int64_t list, std::optional<PriorPrice> before) {
    auto const eur = *Currency::parse("EUR");
    return {{price, eur}, {list, eur}, before};
}

TEST(Reduction, IsComputedFromTheLowestPriceNotFromTheListPrice) {
    LegalTerms const terms;
    auto const reduction = reduction_of(offer(8000, 12'000, PriorPrice{10'000, day(-30), day(0)}), terms);
    ASSERT_TRUE(reduction);
    EXPECT_EQ(reduction->percent, 20);
    EXPECT_EQ(reduction->prior.minor, 10'000);
    EXPECT_EQ(struck_price(offer(8000, 12'000, PriorPrice{10'000, day(-30), day(0)}), terms)->minor, 10'000);
    // Rounded down: never more than it is.
    EXPECT_EQ(reduction_of(offer(6667, 12'000, PriorPrice{10'000, day(-30), day(0)}), terms)->percent, 33);
}

TEST(Reduction, IsNotAnnouncedWithoutThirtyDaysOfHistory) {
    LegalTerms terms;
    auto const young = offer(8000, 12'000, PriorPrice{10'000, day(-10), day(0)});
    EXPECT_EQ(reduction_of(young, terms), std::nullopt);
    EXPECT_EQ(struck_price(young, terms), std::nullopt);
    EXPECT_EQ(reduction_of(offer(8000, 12'000, std::nullopt), terms), std::nullopt);
    EXPECT_EQ(reduction_of(offer(8000, 12'000, PriorPrice{8000, day(-30), day(0)}), terms), std::nullopt);
    EXPECT_EQ(reduction_of(offer(8000, 8000, PriorPrice{10'000, day(-30), day(0)}), terms), std::nullopt);
    terms.prior_price_days = 7;  // where Art. 6a(4) allows a shorter time
    EXPECT_TRUE(reduction_of(young, terms));
}

TEST(Reduction, OutsideTheUnionTheBrandsListPriceStands) {
    LegalTerms terms;
    terms.eu_consumer_law = false;
    EXPECT_EQ(struck_price(offer(8000, 12'000, std::nullopt), terms)->minor, 12'000);
    EXPECT_EQ(struck_price(offer(8000, 8000, std::nullopt), terms), std::nullopt);
}

}  // namespace
}  // namespace b2a::domain
