// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/outbound.hpp"

#include <gtest/gtest.h>

namespace b2a::web {
namespace {

TEST(OutboundReply, FindsTheFirstField) {
    OutboundReply const reply{200, {{"etag", "a"}, {"x", "1"}, {"x", "2"}}, ""};
    EXPECT_EQ(reply.header("x"), "1");
    EXPECT_EQ(reply.header("y"), "");
}

}  // namespace
}  // namespace b2a::web
