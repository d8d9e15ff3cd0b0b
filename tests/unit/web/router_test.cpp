// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/router.hpp"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace b2a::web {
namespace {

struct Answer {
    std::string body;
    int status = 0;
    std::string operation;
    std::string allow;
    std::vector<std::pair<std::string_view, std::string>> params;
};

Immediate says(std::string text) {
    return [text](Request const&, Response& response) { response.body = text; };
}

Answer ask(Router const& router, Method method, std::string_view path) {
    Request request;
    request.method = method;
    request.path = path;
    Response response;
    auto const match = router.resolve(request, response);
    if (match.handler != nullptr) std::get<Immediate> (*match.handler)(request, response);
    std::string allow;
    for (auto const& [name, value] : response.headers)
        if (name == "Allow") allow = value;
    return {response.body, match.handler ? 200 : match.status, std::string(match.operation), allow, request.params};
}

Router sample() {
    Router router;
    router.add(Method::get, "/", "root", says("root"));
    router.add(Method::get, "/a", "a", says("a"));
    router.add(Method::get, "/a/", "a_slash", says("a/"));
    router.add(Method::get, "/a/{id}", "get_a", says("get"));
    router.add(Method::post, "/a/{id}", "post_a", says("post"));
    router.add(Method::get, "/a/fixed", "fixed", says("fixed"));
    router.add(Method::get, "/a/fixed/x", "fixed_x", says("fixed_x"));
    router.add(Method::get, "/a/{other}/b/{id}", "nested", says("nested"));
    return router;
}

TEST(Router, MatchesExactSegmentsAndParameters) {
    auto const router = sample();
    EXPECT_EQ(ask(router, Method::get, "/").body, "root");
    EXPECT_EQ(ask(router, Method::get, "/a").body, "a");
    EXPECT_EQ(ask(router, Method::get, "/a/").body, "a/");
    EXPECT_EQ(ask(router, Method::get, "/a/fixed").body, "fixed");
    EXPECT_EQ(ask(router, Method::get, "/%61").body, "a");
    auto const nested = ask(router, Method::get, "/a/x%20y/b/%2F");
    EXPECT_EQ(nested.operation, "nested");
    ASSERT_EQ(nested.params.size(), 2U);
    EXPECT_EQ(nested.params[0], (std::pair<std::string_view, std::string>{"other", "x y"}));
    EXPECT_EQ(nested.params[1].second, "/");
}

TEST(Router, FallsBackFromAnExactSegmentToTheParameter) {
    auto const answer = ask(sample(), Method::get, "/a/fixed/b/7");
    EXPECT_EQ(answer.body, "nested");
    EXPECT_EQ(answer.params[0].second, "fixed");
}

TEST(Router, MissesAre404) {
    auto const router = sample();
    for (auto const path :
         {"", "a", "/b", "/a/x/", "/a/x/b", "/a//b/1", "//", "/a/%zz", "/a/%00", "/a/%ff/b/1", "/A"}) {
        auto const answer = ask(router, Method::get, path);
        EXPECT_EQ(answer.status, 404) << path;
        EXPECT_NE(answer.body.find("urn:b2a:error:not_found"), std::string::npos);
        EXPECT_TRUE(answer.params.empty());
    }
}

TEST(Router, AWrongMethodIs405WithAllow) {
    auto const answer = ask(sample(), Method::del, "/a/1");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.allow, "GET, HEAD, POST, OPTIONS");
    EXPECT_NE(answer.body.find("method_not_allowed"), std::string::npos);
    EXPECT_EQ(ask(sample(), Method::other, "/a").status, 405);
}

TEST(Router, HeadFollowsGetAndOptionsIsAnswered) {
    auto router = sample();
    EXPECT_EQ(ask(router, Method::head, "/a/1").operation, "get_a");
    auto const options = ask(router, Method::options, "/a/fixed");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.allow, "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask(router, Method::options, "/none").status, 404);
    router.add(Method::options, "/a", "own", says("own"));
    EXPECT_EQ(ask(router, Method::options, "/a").body, "own");
}

TEST(Router, TheLongestFallbackPrefixRenders) {
    auto router = sample();
    auto const named = [](std::string name) {
        return [name](Request const&, Response& response, int status) {
            response.status = status;
            response.body = name + std::to_string(status);
        };
    };
    router.fallback("/", named("all"));
    router.fallback("/a/fixed/", named("fixed"));
    router.fallback("/a", named("a"));
    EXPECT_EQ(ask(router, Method::get, "/zzz").body, "all404");
    EXPECT_EQ(ask(router, Method::get, "/ab").body, "all404");
    EXPECT_EQ(ask(router, Method::get, "/a/1/2").body, "a404");
    EXPECT_EQ(ask(router, Method::get, "/a/fixed/y").body, "fixed404");
    auto const wrong = ask(router, Method::put, "/a");
    EXPECT_EQ(wrong.body, "a405");
    EXPECT_EQ(wrong.allow, "GET, HEAD, OPTIONS");
}

TEST(Router, ListsItsRoutes) {
    auto const router = sample();
    ASSERT_EQ(router.routes().size(), 8U);
    EXPECT_EQ(router.routes()[3].pattern, "/a/{id}");
    EXPECT_EQ(router.routes()[3].operation, "get_a");
}

TEST(RouterDeathTest, RefusesDuplicatesAndMalformedPatterns) {
    auto router = sample();
    EXPECT_DEATH(router.add(Method::get, "/a/{again}", "dup", says("")), "slot");
    for (auto const bad : {"a", "", "/a//b", "/{}", "/{a", "/x{a}", "/{a}/{a}", "/a%20", "/*"})
        EXPECT_DEATH(router.add(Method::get, bad, "bad", says("")), "") << bad;
}

RC_GTEST_PROP(Router, NeverFailsOnAnyPath, (std::string const& path)) {
    auto const answer = ask(sample(), Method::get, path);
    RC_ASSERT(answer.status == 200 || answer.status == 404);
}

}  // namespace
}  // namespace b2a::web
