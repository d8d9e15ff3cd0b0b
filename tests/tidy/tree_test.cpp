// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tidy/source_tree.hpp"

namespace b2a::tidy {
namespace {

std::string read(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

TEST(Tree, NoSourceIsForgottenByTheBuild) {
    std::string build;
    for (auto const& file : load({"src", "tests"}, {".txt"})) build += file.text;
    for (auto const& file : load({"src", "tests"}, {".cpp"})) {
        auto const name = std::filesystem::path(file.path).filename().string();
        EXPECT_NE(build.find(name), std::string::npos) << file.path << " is in no CMakeLists.txt";
    }
}

TEST(Tree, LinksInDocumentsLeadSomewhere) {
    auto files = load({"docs", "docker", "config"}, {".md"});
    files.push_back({"README.md", read(project_root() / "README.md"), {}});
    for (auto const& file : files)
        for (auto at = file.text.find("]("); at != std::string::npos; at = file.text.find("](", at + 1)) {
            auto target = file.text.substr(at + 2, file.text.find_first_of(")#", at + 2) - at - 2);
            if (target.empty() || target.find(":") != std::string::npos) continue;
            auto const path = (project_root() / file.path).parent_path() / target;
            EXPECT_TRUE(std::filesystem::exists(path)) << file.path << " links to " << target;
        }
}

TEST(Tree, TopLevelIsAsAgreed) {
    std::set<std::string> const agreed{
        "CMakeLists.txt", "README.md", "LICENSE", "src",      "include",           "proto-schemas", "config",
        "tests",          "docker",    "docs",    "Makefile", "CMakePresets.json", "build",         "data"};
    for (auto const& entry : std::filesystem::directory_iterator(project_root())) {
        auto const name = entry.path().filename().string();
        EXPECT_TRUE(name.starts_with('.') || agreed.contains(name)) << name;
    }
}

TEST(Tree, NoJunkDrawers) {
    for (auto const& file : load({"include", "src"}, {".hpp", ".cpp"}))
        for (std::string const name : {"util", "helper", "misc"})
            EXPECT_EQ(file.path.find(name), std::string::npos) << file.path;
}

}  // namespace
}  // namespace b2a::tidy
