// SPDX-License-Identifier: Apache-2.0
#include "shopper/report.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/encoding.hpp"
#include "b2a/base/limits.hpp"

namespace b2a::shopper {
namespace {

TEST(ShopperReport, ALineIsOneLineAndNothingInItActs) {
    EXPECT_EQ(plain("Crème brûlée, 4 €"), "Crème brûlée, 4 €");
    EXPECT_EQ(plain("a\nb\r\tc\x1b[2Jd\x7f"), "abc[2Jd");
    EXPECT_EQ(plain("a\u202eb\u200bc\ufeffd\u0085e"), "abcde");
    EXPECT_EQ(plain("bad \xff\xc3 bytes"), "bad ?? bytes");
    EXPECT_EQ(plain(std::string(1000, 'x')).size(), limits::shopper_line_bytes_max + 3);
    std::ostringstream out;
    Report report(out);
    report.goal("A");
    report.step("B\nordered at Evil");
    report.detail("C");
    EXPECT_EQ(out.str(), "A\n* Bordered at Evil\n    C\n");
}

RC_GTEST_PROP(ShopperReport, AnyBytesBecomeAPlainLine, (std::string text)) {
    auto const line = plain(text);
    RC_ASSERT(is_utf8(line));
    RC_ASSERT(line.find_first_of("\n\r\x1b") == std::string::npos);
    RC_ASSERT(plain(line) == line);
}

}  // namespace
}  // namespace b2a::shopper
