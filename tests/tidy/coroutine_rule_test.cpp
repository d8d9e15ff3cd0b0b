// SPDX-License-Identifier: Apache-2.0
#include "tidy/coroutine_rule.hpp"

#include <gtest/gtest.h>

#include "tidy/source_tree.hpp"

namespace b2a::tidy {
namespace {

TEST(CoroutineRule, FlagsWhatTheCompilerBreaks) {
    for (auto const* bad :
         {"void f() { co_await g([k]{ return k; }); }", "void f() { co_await g({.a = 1}); }",
          "void f() { co_await g(Agg{a, b}); }", "void f() { Agg x{.a = co_await g()}; }",
          "void f() { auto x = c ? co_await g() : 1; }", "void f() { auto x = co_await g(c ? 1 : 2); }",
          "void f() { h(co_await g(), co_await g()); }", "void f() { return std::vector{co_await g()}; }"})
        EXPECT_FALSE(coroutine_violations(bad).empty()) << bad;
}

TEST(CoroutineRule, IsSilentOnGoodStatements) {
    for (auto const* good :
         {"void f() { auto x = co_await g(a, std::move(b)); }",
          "void f() { if (auto r = co_await g(a); !r) { return; } }", "void f() { for (;;) { co_await g(); } }",
          "void f() { if (x) co_await g(); else { co_await h(); } }",
          "auto l = [](int a) -> awaitable<void> { co_await g(a); };", "void f() { co_return co_await g(Ctor(a)); }",
          "void f() { auto const [e, n] = co_await s.read(buffer(p, n), token); }",
          "int a = b ? 1 : 2; void f() { co_await g(); } int c = d ? 1 : 2;"})
        EXPECT_TRUE(coroutine_violations(good).empty()) << good << ": " << coroutine_violations(good).front().what;
}

TEST(CoroutineRule, HoldsInTheTree) {
    for (auto const& file : load({"include", "src", "tests"}, {".hpp", ".cpp"})) {
        if (file.path.starts_with("tests/tidy/")) continue;
        for (auto const& violation : coroutine_violations(file.code))
            ADD_FAILURE() << file.path << ":" << violation.line << ": " << violation.what;
    }
}

}  // namespace
}  // namespace b2a::tidy
