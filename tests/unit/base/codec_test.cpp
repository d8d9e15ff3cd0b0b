// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/codec.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace b2a {
namespace {

TEST(Codec, ReturnsWhatWasWritten) {
    Encoder out;
    out.u64(0);
    out.u64(std::numeric_limits<std::uint64_t>::max());
    out.i64(std::numeric_limits<std::int64_t>::min());
    out.i64(-1);
    out.text("größe");
    out.boolean(true);
    auto const bytes = std::move(out).take();

    Decoder in(bytes);
    EXPECT_EQ(in.u64(), 0U);
    EXPECT_EQ(in.u64(), std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(in.i64(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(in.i64(), -1);
    EXPECT_EQ(in.text(), "größe");
    EXPECT_TRUE(in.boolean());
    EXPECT_TRUE(in.done());
}

TEST(Codec, EveryTruncationIsNoticed) {
    Encoder out;
    out.u64(300);
    out.text("abcdef");
    auto const bytes = std::move(out).take();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Decoder in(ByteView(bytes).first(size));
        in.u64();
        in.text();
        EXPECT_FALSE(in.done()) << size;
        EXPECT_FALSE(in.ok()) << size;
    }
}

TEST(Codec, CountNeverPromisesMoreThanIsThere) {
    Encoder out;
    out.u64(1'000'000'000);
    auto const bytes = std::move(out).take();
    Decoder in(bytes);
    EXPECT_EQ(in.count(), 0U);
    EXPECT_FALSE(in.ok());
}

TEST(Codec, EndlessVarintFails) {
    Bytes const bytes(20, 0xFF);
    Decoder in(bytes);
    EXPECT_EQ(in.u64(), 0U);
    EXPECT_FALSE(in.ok());
}

}  // namespace
}  // namespace b2a
