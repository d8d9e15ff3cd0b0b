// SPDX-License-Identifier: Apache-2.0
#include "catalog/opening_hours.hpp"

#include <gtest/gtest.h>

namespace b2a::catalog {
namespace {

/// Version 2 of the format with nothing in it but the rule of Berlin.
TimeZone berlin() {
    auto const part =
        "TZif2" + std::string(15 + 4 * 3, '\0') + std::string("\0\0\0\0\0\0\0\1\0\0\0\1", 12) + std::string(7, '\0');
    return TimeZone::parse(part + part + "\nCET-1CEST,M3.5.0,M10.5.0/3\n").value();
}

constexpr std::int32_t at(int hour, int minute = 0) {
    return hour * 60 + minute;
}

/// Monday to Friday with a break, Saturday until midnight.
domain::Location a_store() {
    domain::Location store;
    store.timezone = "Europe/Berlin";
    for (std::uint8_t day = 0; day < 5; ++day) {
        store.hours.push_back({day, at(9), at(12, 30)});
        store.hours.push_back({day, at(13), at(18)});
    }
    store.hours.push_back({5, at(10), at(24)});
    return store;
}

bool open(domain::Location const& store, std::string_view time) {
    static auto const zone = berlin();
    return is_open(store, zone, from_rfc3339(time).value());
}

TEST(OpeningHours, AreOfTheLocalClock) {
    auto const store = a_store();
    EXPECT_TRUE(open(store, "2026-11-24T09:00:00+01:00")) << "opens at the minute";
    EXPECT_FALSE(open(store, "2026-11-24T08:59:59+01:00"));
    EXPECT_TRUE(open(store, "2026-11-24T12:29:59+01:00"));
    EXPECT_FALSE(open(store, "2026-11-24T12:30:00+01:00")) << "the break";
    EXPECT_FALSE(open(store, "2026-11-24T18:00:00+01:00"));
    EXPECT_FALSE(open(store, "2026-11-24T13:30:00-05:00")) << "an offset names an instant, not a clock";
    EXPECT_TRUE(open(store, "2026-11-24T04:30:00-05:00"));
    EXPECT_TRUE(open(store, "2026-11-28T22:59:59Z")) << "Saturday until midnight";
    EXPECT_FALSE(open(store, "2026-11-28T23:00:00Z")) << "which is Sunday there";
}

TEST(OpeningHours, FollowTheClockWhenItIsChanged) {
    auto const store = a_store();
    EXPECT_FALSE(open(store, "2026-03-27T07:30:00Z")) << "the Friday before, 8:30";
    EXPECT_TRUE(open(store, "2026-03-30T07:30:00Z")) << "the Monday after, 9:30";
    EXPECT_TRUE(open(store, "2026-10-23T07:30:00Z"));
    EXPECT_FALSE(open(store, "2026-10-26T07:30:00Z"));
}

TEST(OpeningHours, ExceptionsReplaceTheDay) {
    auto store = a_store();
    store.exceptions = {{"2026-12-24", "2026-12-26", true, 0, 0, "Christmas"},
                        {"2026-12-31", "2026-12-31", false, at(8), at(11), ""},
                        {"2026-12-31", "2026-12-31", false, at(14), at(15), ""},
                        {"2026-11-29", "2026-11-29", false, at(12), at(16), "Advent"}};
    EXPECT_TRUE(open(store, "2026-12-23T10:00:00+01:00"));
    EXPECT_FALSE(open(store, "2026-12-24T10:00:00+01:00"));
    EXPECT_FALSE(open(store, "2026-12-26T12:00:00+01:00")) << "the last day counts";
    EXPECT_TRUE(open(store, "2026-12-31T08:30:00+01:00"));
    EXPECT_FALSE(open(store, "2026-12-31T11:30:00+01:00")) << "the regular hours do not hold";
    EXPECT_TRUE(open(store, "2026-12-31T14:30:00+01:00"));
    EXPECT_TRUE(open(store, "2026-11-29T12:00:00+01:00")) << "a Sunday";
    store.exceptions.push_back({"2026-12-31", "2026-12-31", true, 0, 0, "No, closed"});
    EXPECT_FALSE(open(store, "2026-12-31T08:30:00+01:00"));
    EXPECT_TRUE(open(store, "2026-12-28T08:30:00Z")) << "back to normal";
}

TEST(OpeningHours, WithoutHoursNobodyIsThere) {
    EXPECT_FALSE(open(domain::Location(), "2026-11-24T10:00:00Z"));
}

}  // namespace
}  // namespace b2a::catalog
