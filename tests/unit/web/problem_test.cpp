// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/problem.hpp"

#include <gtest/gtest.h>

namespace b2a::web {
namespace {

TEST(Problem, RendersTheMembersThatAreSet) {
    Error error(Code::policy_denied, "Not for \"minors\"\n", "/lines/0");
    error.reason = "age";
    error.decision_id = "dec_1";
    error.note.text = "secret";
    Response response;
    render_problem(error, response);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(response.content_type, problem_type);
    EXPECT_EQ(response.error_code, "policy_denied");
    EXPECT_EQ(response.body,
              "{\"type\":\"urn:b2a:error:policy_denied\",\"title\":\"A policy refused the request\",\"status\":403,"
              "\"detail\":\"Not for \\\"minors\\\"\\u000a\",\"code\":\"policy_denied\",\"pointer\":\"/lines/0\","
              "\"reason\":\"age\",\"decision_id\":\"dec_1\"}");
    EXPECT_TRUE(response.headers.empty());
}

TEST(Problem, CarriesRetryAfterAndAnOverridingStatus) {
    Response response;
    render_problem(Error(Code::rate_limited).with_retry_after(std::chrono::seconds(7)), response);
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers[0].second, "7");
    EXPECT_EQ(response.body.find("detail"), std::string::npos);

    render_problem(Error(Code::invalid_request), 414, response);
    EXPECT_EQ(response.status, 414);
    EXPECT_NE(response.body.find("\"status\":414"), std::string::npos);
}

TEST(Problem, KeepsTheBodyWellFormedForForeignBytes) {
    Response response;
    render_problem(Error(Code::invalid_request, "a\xff\x01€"), response);
    EXPECT_NE(response.body.find("\"a?\\u0001???\""), std::string::npos);
}

TEST(Problem, EveryCodeHasAnErrorStatus) {
    for (auto i = 0; i <= static_cast<int>(Code::internal); ++i) {
        auto const status = http_status(static_cast<Code>(i));
        EXPECT_GE(status, 400);
        EXPECT_LT(status, 600);
    }
    EXPECT_EQ(http_status(Code::payload_too_large), 413);
    EXPECT_EQ(http_status(Code::overloaded), 503);
}

}  // namespace
}  // namespace b2a::web
