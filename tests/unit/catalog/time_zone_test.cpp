// SPDX-License-Identifier: Apache-2.0
#include "catalog/time_zone.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/time.hpp"

namespace b2a::catalog {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::chrono::sys_seconds at(std::string_view text) {
    return std::chrono::floor<seconds>(from_rfc3339(text).value());
}

seconds by_rule(std::string_view rule, std::string_view time) {
    auto const parsed = ZoneRule::parse(rule);
    EXPECT_TRUE(parsed) << rule;
    return parsed ? parsed->offset(at(time)) : seconds(-1);
}

TEST(ZoneRule, ChangesAtTheHourItSays) {
    auto const* const berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
    EXPECT_EQ(by_rule(berlin, "2026-03-29T00:59:59Z"), hours(1));
    EXPECT_EQ(by_rule(berlin, "2026-03-29T01:00:00Z"), hours(2));
    EXPECT_EQ(by_rule(berlin, "2026-10-25T00:59:59Z"), hours(2));
    EXPECT_EQ(by_rule(berlin, "2026-10-25T01:00:00Z"), hours(1));
    auto const* const new_york = "EST5EDT,M3.2.0,M11.1.0";
    EXPECT_EQ(by_rule(new_york, "2026-03-08T06:59:59Z"), hours(-5));
    EXPECT_EQ(by_rule(new_york, "2026-03-08T07:00:00Z"), hours(-4));
    EXPECT_EQ(by_rule(new_york, "2026-11-01T06:00:00Z"), hours(-5));
}

TEST(ZoneRule, KnowsTheSouthAndOddOffsets) {
    auto const* const sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3";
    EXPECT_EQ(by_rule(sydney, "2026-01-15T00:00:00Z"), hours(11));
    EXPECT_EQ(by_rule(sydney, "2026-07-15T00:00:00Z"), hours(10));
    EXPECT_EQ(by_rule("<+0545>-5:45", "2026-07-15T00:00:00Z"), hours(5) + minutes(45));
    EXPECT_EQ(by_rule("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-12-01T00:00:00Z"), hours(0)) << "winter is the exception";
    EXPECT_EQ(by_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z"), hours(-1));
    EXPECT_EQ(by_rule("XXX3EDT4,0/0,J365/23", "2026-06-01T00:00:00Z"), hours(-4));
    EXPECT_EQ(by_rule("AAA0BBB,J60/0,J300/0", "2028-02-29T12:00:00Z"), hours(0)) << "the leap day has no number";
    EXPECT_EQ(by_rule("AAA0BBB,59/0,J300/0", "2028-02-29T12:00:00Z"), hours(1));
}

TEST(ZoneRule, RefusesEverythingElse) {
    for (auto const* text : {"",
                             "C",
                             "CE-1",
                             "CET",
                             "CET-",
                             "CET-25",
                             "CET-1CEST",
                             "CET-1CEST,",
                             "CET-1CEST,M3.5.0",
                             "CET-1CEST,M13.5.0,M1.1.0",
                             "CET-1CEST,M3.6.0,M1.1.0",
                             "CET-1CEST,M3.5.7,M1.1.0",
                             "CET-1CEST,J0,J1",
                             "CET-1CEST,366,J1",
                             "CET-1CEST,M3.5.0,M10.5.0/3x",
                             "CET-1CEST,M3.5.0/168,M10.5.0",
                             "<+01-1",
                             "<>1",
                             "CET-1:60",
                             "CET--1",
                             "CET-1 "})
        EXPECT_FALSE(ZoneRule::parse(text)) << text;
}

std::string number(std::int64_t value, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i)
        out += static_cast<char>(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i)));
    return out;
}

struct Change {
    std::int64_t time;
    unsigned char type;
};

/// A file of version 2 as zic writes it, with an empty first part.
std::string zone_file(std::vector<Change> const& changes, std::vector<std::int64_t> const& offsets,
                      std::string const& footer) {
    auto const head = [](std::int64_t times, std::int64_t types, std::int64_t chars) {
        return "TZif2" + std::string(15, '\0') + number(0, 4) + number(0, 4) + number(0, 4) + number(times, 4) +
               number(types, 4) + number(chars, 4);
    };
    auto out = head(0, 1, 1) + std::string(7, '\0') +
               head(static_cast<std::int64_t>(changes.size()), static_cast<std::int64_t>(offsets.size()), 4);
    for (auto const& change : changes) out += number(change.time, 8);
    for (auto const& change : changes) out += static_cast<char>(change.type);
    for (auto const offset : offsets) out += number(offset, 4) + std::string(2, '\0');
    return out + std::string("LMT\0", 4) + '\n' + footer + '\n';
}

TEST(TimeZone, FollowsItsChangesAndThenItsRule) {
    auto const zone = TimeZone::parse(zone_file({{1'000, 1}, {2'000, 0}}, {3600, -7200}, "CET-1CEST,M3.5.0,M10.5.0/3"));
    ASSERT_TRUE(zone);
    auto const offset = [&](std::int64_t time) {
        return zone->offset(std::chrono::sys_seconds(seconds(time))).count();
    };
    EXPECT_EQ(offset(-9'999'999'999), 3600) << "before the first change the first type holds";
    EXPECT_EQ(offset(999), 3600);
    EXPECT_EQ(offset(1'000), -7200);
    EXPECT_EQ(offset(1'999), -7200);
    EXPECT_EQ(zone->offset(at("2050-07-01T00:00:00Z")), hours(2));
    auto const frozen = TimeZone::parse(zone_file({{1'000, 1}}, {3600, -7200}, ""));
    ASSERT_TRUE(frozen);
    EXPECT_EQ(frozen->offset(at("2050-07-01T00:00:00Z")), hours(-2)) << "without a rule the last change holds";
}

TEST(TimeZone, RefusesFilesThatAreNotExactlyThat) {
    auto const good = zone_file({{1'000, 1}, {2'000, 0}}, {3600, -7200}, "CET-1");
    ASSERT_TRUE(TimeZone::parse(good));
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_FALSE(TimeZone::parse(std::string_view(good).substr(0, length))) << length;
    EXPECT_FALSE(TimeZone::parse(zone_file({{1'000, 2}}, {3600, 0}, ""))) << "no such type";
    EXPECT_FALSE(TimeZone::parse(zone_file({{2'000, 0}, {1'000, 0}}, {3600}, ""))) << "not ascending";
    EXPECT_FALSE(TimeZone::parse(zone_file({}, {100'000}, ""))) << "no such offset";
    EXPECT_FALSE(TimeZone::parse(zone_file({}, {}, ""))) << "no type";
    EXPECT_FALSE(TimeZone::parse(zone_file({}, {0}, "nonsense!"))) << "no such rule";
    auto huge = good;
    huge.replace(32, 4, "\x7f\xff\xff\xff");
    EXPECT_FALSE(TimeZone::parse(huge)) << "a count beyond the file";
    huge.replace(32, 4, "\xff\xff\xff\xff");
    EXPECT_FALSE(TimeZone::parse(huge)) << "a negative count";
    auto first = good;
    first[4] = '\0';
    EXPECT_FALSE(TimeZone::parse(first)) << "version 1 has no rule";
    EXPECT_FALSE(TimeZone::parse(std::string(1 << 20, '\n')));
}

RC_GTEST_PROP(TimeZone, BrokenFilesBreakNothing, ()) {
    auto bytes = zone_file({{1'000, 1}, {2'000, 0}}, {3600, -7200}, "CET-1CEST,M3.5.0,M10.5.0/3");
    auto const hits = *rc::gen::inRange(1, 6);
    for (int i = 0; i < hits; ++i) bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    if (auto const zone = TimeZone::parse(bytes)) {
        auto const offset =
            zone->offset(std::chrono::sys_seconds(seconds(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000))));
        RC_ASSERT((offset >= hours(-27) && offset <= hours(27)));
    }
}

TEST(TimeZone, NamesArePlain) {
    for (auto const* name : {"", "/etc/passwd", "../../etc/passwd", "Europe/../../../etc/passwd", "Europe//Berlin",
                             "Europe/", "Europe", "Europe/Berl\nin", "Nowhere/City", "posixrules.", "tzdata.zi"})
        EXPECT_FALSE(TimeZone::load(name)) << name;
}

TEST(TimeZone, ReadsWhatTheSystemHas) {
    if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Berlin")) GTEST_SKIP() << "no tzdata on this machine";
    struct Row {
        char const* name;
        char const* time;
        seconds offset;
    };
    for (auto const& row :
         {Row{"Europe/Berlin", "2026-03-29T01:00:00Z", hours(2)},
          Row{"Europe/Berlin", "2026-10-25T01:00:00Z", hours(1)},
          Row{"Europe/Berlin", "2090-07-01T00:00:00Z", hours(2)},
          Row{"America/New_York", "2026-03-08T06:59:59Z", hours(-5)},
          Row{"America/New_York", "2026-03-08T07:00:00Z", hours(-4)},
          Row{"Asia/Kathmandu", "2026-01-01T00:00:00Z", hours(5) + minutes(45)},
          Row{"America/Argentina/Buenos_Aires", "2026-01-01T00:00:00Z", hours(-3)},
          Row{"Europe/Berlin", "1980-04-06T01:00:00Z", hours(2)}, Row{"UTC", "2026-01-01T00:00:00Z", hours(0)}}) {
        auto const zone = TimeZone::load(row.name);
        ASSERT_TRUE(zone) << row.name;
        EXPECT_EQ(zone->offset(at(row.time)), row.offset) << row.name << ' ' << row.time;
    }
    EXPECT_FALSE(TimeZone::load("Europe/Berlin", "/nonexistent"));
}

}  // namespace
}  // namespace b2a::catalog
