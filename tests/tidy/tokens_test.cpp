// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tidy/source_tree.hpp"

namespace b2a::tidy {
namespace {

struct Ban {
    std::string token;
    std::vector<std::string> homes;  // path prefixes where it is allowed
    std::string why;
};

std::vector<Ban> const& bans() {
    static std::vector<Ban> const list{
        {"std::regex", {}, "backtracking on hostile input"},
        {"std::cout", {"src/app/", "src/shopper/main.cpp"}, "only the program talks to the terminal"},
        {"std::cerr", {"src/app/", "src/shopper/main.cpp"}, "log through b2a/base/log.hpp"},
        {"detached", {}, "a coroutine nobody joins (rule C5)"},
        {"system_clock::now", {"src/app/system.hpp", "src/shopper/main.cpp"}, "time is injected"},
        {"random_device", {}, "randomness is injected"},
        {"getenv", {"src/app/"}, "configuration is one file"},
        {"using namespace std;", {}, "names stay qualified"},
        {"catch (...)", {"src/http/"}, "only the barrier of a session catches everything"},
        {"dynamic_cast", {}, "ports are interfaces, not hierarchies to be taken apart"},
        {"const_cast", {}, "const means it"},
        {"spdlog", {"src/base/log_spdlog.cpp"}, "hidden behind log.hpp"},
        {"sqlite3_", {"src/store/sqlite/"}, "the store knows SQL, nobody else"},
        {"nlohmann", {"include/b2a/json/value.hpp", "src/json/"}, "hidden behind json::Value"},
        {"boost/beast", {"src/http/"}, "10 s and 0.5 GB a translation unit"},
        {"Gate::admit",
         {"include/b2a/policy/authorized.hpp", "include/b2a/service/governance.hpp", "src/service/governance"},
         "only governance authorises"},
    };
    return list;
}

TEST(Tokens, BannedOnesStayOut) {
    for (auto const& file : load({"include", "src"}, {".hpp", ".cpp"})) {
        // Includes are blanked as literals when quoted, so those are looked for in the text.
        for (auto const& ban : bans()) {
            auto const& haystack = ban.token.find('/') == std::string::npos ? file.code : file.text;
            bool home = false;
            for (auto const& prefix : ban.homes) home = home || file.path.starts_with(prefix);
            if (home) continue;
            auto const at = haystack.find(ban.token);
            EXPECT_EQ(at, std::string::npos)
                << file.path << ":" << line_at(haystack, at) << ": " << ban.token << " (" << ban.why << ")";
        }
    }
}

TEST(Tokens, NoFloatingPointWhereMoneyIs) {
    for (auto const& file : load({"include/b2a/base", "include/b2a/domain", "include/b2a/store", "include/b2a/protocol",
                                  "src/domain", "src/store", "src/protocol"},
                                 {".hpp", ".cpp"}))
        for (std::string const token : {"double ", "float ", "<double>", "<float>"}) {
            auto const at = file.code.find(token);
            EXPECT_EQ(at, std::string::npos) << file.path << ":" << line_at(file.code, at) << ": " << token;
        }
}

TEST(Tokens, NoOpenEnds) {
    for (auto const& file :
         load({"include", "src", "tests", "docs", "config"}, {".hpp", ".cpp", ".mjs", ".md", ".toml"})) {
        if (file.path.starts_with("tests/tidy/")) continue;
        for (std::string const token : {"TODO", "FIXME", "XXX:", "HACK"})
            EXPECT_EQ(file.text.find(token), std::string::npos) << file.path << ": " << token;
    }
}

TEST(Tokens, EveryFileSaysItsLicence) {
    for (auto const& file : load({"include", "src", "tests"}, {".hpp", ".cpp", ".mjs"}))
        EXPECT_TRUE(file.text.starts_with("// SPDX-License-Identifier: Apache-2.0\n")) << file.path;
}

TEST(Tokens, HeadersGuardThemselvesAndPolluteNobody) {
    for (auto const& file : load({"include", "src", "tests"}, {".hpp"})) {
        EXPECT_NE(file.text.find("#pragma once\n"), std::string::npos) << file.path;
        auto const at = file.code.find("using namespace");
        if (at != std::string::npos && file.path != "include/b2a/base/limits.hpp")
            ADD_FAILURE() << file.path << ":" << line_at(file.code, at) << ": using namespace in a header";
    }
}

}  // namespace
}  // namespace b2a::tidy
