// SPDX-License-Identifier: Apache-2.0
#include "http/response_writer.hpp"

#include <gtest/gtest.h>

namespace b2a::http {
namespace {

TEST(ResponseWriter, WritesFieldsThenTheBody) {
    web::Response response;
    response.status = 201;
    response.content_type = web::json_type;
    response.body = "{}";
    response.header("ETag", "\"1\"");
    std::string out = "before";
    auto const bytes = append_response(out, response, {}, "Server: s\r\n");
    EXPECT_EQ(out,
              "beforeHTTP/1.1 201 Created\r\nServer: s\r\nContent-Type: application/json\r\nETag: \"1\"\r\n"
              "Content-Length: 2\r\n\r\n{}");
    EXPECT_EQ(bytes, out.size() - 6);
}

TEST(ResponseWriter, OmitsTheBodyWhereNoneMayFollow) {
    web::Response response;
    response.body = "x";
    response.status = 304;
    std::string out;
    append_response(out, response, {}, "");
    EXPECT_EQ(out, "HTTP/1.1 304 Not Modified\r\n\r\n");
    out.clear();
    response.status = 299;
    append_response(out, response, {true, Persistence::closing}, "");
    EXPECT_EQ(out, "HTTP/1.1 299 \r\nContent-Length: 1\r\nConnection: close\r\n\r\n");
}

TEST(HttpDate, FormatsAsRfc9110) {
    EXPECT_EQ(to_http_date(from_micros(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(to_http_date(from_micros(784'111'777'999'999)), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(to_http_date(from_micros(1'709'164'800'000'000)), "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST(Recycle, GivesBackLargeBuffersOnly) {
    std::string small(1000, 'a');
    recycle(small);
    EXPECT_TRUE(small.empty());
    EXPECT_GE(small.capacity(), 1000U);
    std::string large(1'000'000, 'a');
    recycle(large);
    EXPECT_LT(large.capacity(), 1000U);
}

}  // namespace
}  // namespace b2a::http
