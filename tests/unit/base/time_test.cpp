// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/time.hpp"

#include <gtest/gtest.h>

namespace b2a {
namespace {

TEST(Time, Rfc3339BothWays) {
    auto const time = from_rfc3339("2026-11-24T06:02:52.123456Z");
    ASSERT_TRUE(time);
    EXPECT_EQ(to_rfc3339(*time), "2026-11-24T06:02:52.123Z");
    EXPECT_EQ(from_rfc3339("2026-11-24T08:02:52.123456+02:00"), time);
    EXPECT_EQ(from_rfc3339("2026-11-23T22:32:52.123456-07:30"), time);
    EXPECT_EQ(to_micros(*from_rfc3339("1970-01-01T00:00:00Z")), 0);
}

TEST(Time, RefusesWhatIsNoTime) {
    for (auto const* bad : {"", "2026-11-24", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
                            "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+2:00",
                            "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00.0123456789Z"})
        EXPECT_FALSE(from_rfc3339(bad)) << bad;
}

}  // namespace
}  // namespace b2a
