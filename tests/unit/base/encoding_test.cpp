// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/encoding.hpp"

#include <gtest/gtest.h>

namespace b2a {
namespace {

// RFC 4648 §10.
TEST(Encoding, Base64KnownAnswers) {
    std::pair<std::string_view, std::string_view> const cases[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
    for (auto const& [plain, coded] : cases) {
        EXPECT_EQ(to_base64(as_bytes(plain)), coded);
        auto const back = from_base64(coded);
        ASSERT_TRUE(back) << coded;
        EXPECT_EQ(as_text(*back), plain);
    }
}

TEST(Encoding, Base64RefusesWhatIsNotCanonical) {
    for (auto const* bad : {"Zg", "Zg=", "Zh==", "Zm9v====", "Zm 9", "=Zg=", "Zm9-"})
        EXPECT_FALSE(from_base64(bad)) << bad;
    EXPECT_FALSE(from_base64url("Zm9/"));
    EXPECT_FALSE(from_base64url("Z"));
    EXPECT_EQ(to_base64url(Bytes{0xFB, 0xFF}), "-_8");
}

TEST(Encoding, HexBothWays) {
    EXPECT_EQ(to_hex(Bytes{0x00, 0xAF, 0x10}), "00af10");
    EXPECT_EQ(from_hex("00af10"), (Bytes{0x00, 0xAF, 0x10}));
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("0G"));
}

TEST(Encoding, Utf8) {
    EXPECT_TRUE(is_utf8("plain, größe, 茶, 🎉"));
    for (auto const* bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x82", "\xFF"})
        EXPECT_FALSE(is_utf8(bad));
}

}  // namespace
}  // namespace b2a
