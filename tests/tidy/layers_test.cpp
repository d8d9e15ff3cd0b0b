// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "b2a/base/text.hpp"

#include "tidy/source_tree.hpp"

namespace b2a::tidy {
namespace {

// docs/architecture.md, "Floors": what a module may include of ours. CMake checks link edges, this checks includes.
std::map<std::string, std::set<std::string>> const allowed{
    {"base", {}},
    {"json", {"base"}},
    {"crypto", {"base"}},
    {"web", {"base"}},
    {"domain", {"base"}},
    {"policy", {"base", "json", "crypto", "domain"}},
    {"audit", {"base", "json", "crypto"}},
    {"catalog", {"base", "domain"}},
    {"identity", {"base", "json", "crypto", "web"}},
    {"mandate", {"base", "json", "crypto", "domain"}},
    {"store", {"base", "domain", "audit", "crypto", "catalog"}},
    {"http", {"base", "web"}},
    {"shopping", {"base", "domain", "catalog"}},
    {"shopper", {"base", "json", "crypto", "web", "audit", "http"}},
    {"importer", {"base", "json", "crypto", "domain", "audit", "catalog", "store"}},
    {"exporter", {"base", "domain", "catalog", "protocol/common"}},
    {"service",
     {"base", "json", "crypto", "web", "domain", "policy", "audit", "catalog", "identity", "mandate", "store",
      "shopping"}},
    {"protocol/common",
     {"base", "json", "crypto", "web", "domain", "policy", "audit", "catalog", "identity", "store", "shopping",
      "service"}},
    {"protocol/a2a", {"base", "json", "crypto", "web", "protocol/common"}},
    {"protocol/mcp", {"base", "json", "crypto", "web", "protocol/common"}},
    {"protocol/native",
     {"base", "json", "crypto", "web", "domain", "policy", "catalog", "identity", "shopping", "service",
      "protocol/common"}},
    {"protocol/acp",
     {"base", "json", "crypto", "web", "domain", "policy", "catalog", "identity", "store", "service",
      "protocol/common"}},
    {"protocol/authzen", {"base", "json", "web", "policy", "service"}},
    {"protocol/ucp",
     {"base", "json", "crypto", "web", "domain", "policy", "catalog", "identity", "mandate", "store", "shopping",
      "service", "protocol/common"}},
};

/// "include/b2a/store/store.hpp", "src/store/sqlite/x.cpp" or "b2a/store/store.hpp" → "store".
std::string module_of(std::string_view path) {
    for (std::string_view const prefix : {"include/b2a/", "src/", "b2a/"})
        if (path.starts_with(prefix)) {
            path.remove_prefix(prefix.size());
            break;
        }
    auto const parts = split(path, '/');
    if (parts.front() != "protocol") return std::string(parts.front());
    auto const second = std::string(parts.size() > 1 ? parts[1] : "");
    for (std::string const protocol : {"authzen", "native", "ucp", "acp", "mcp", "a2a"})
        if (second == protocol || second == protocol + ".hpp") return "protocol/" + protocol;
    return "protocol/common";
}

TEST(Layers, ModulesIncludeOnlyLowerFloors) {
    for (auto const& file : load({"include", "src"}, {".hpp", ".cpp"})) {
        auto const module = module_of(file.path);
        if (module == "app") continue;
        auto const row = allowed.find(module);
        if (row == allowed.end()) {
            ADD_FAILURE() << file.path << ": module " << module << " has no row in the layer table";
            continue;
        }
        for (auto const line : lines_of(file.text)) {
            if (!line.starts_with("#include \"")) continue;
            auto const target = line.substr(10, line.find('"', 10) - 10);
            // A name without a folder is a private neighbour; "embedded/" is generated from files of this module.
            if (target.find('/') == std::string_view::npos || target.starts_with("embedded/")) continue;
            auto const used = module_of(target);
            EXPECT_TRUE(used == module || row->second.contains(used)) << file.path << " includes " << target;
        }
    }
}

TEST(Layers, ModulesAreRecognised) {
    EXPECT_EQ(module_of("src/store/sqlite/writer.cpp"), "store");
    EXPECT_EQ(module_of("b2a/protocol/ucp.hpp"), "protocol/ucp");
    EXPECT_EQ(module_of("protocol/native/openapi.hpp"), "protocol/native");
    EXPECT_EQ(module_of("b2a/protocol/site.hpp"), "protocol/common");
}

}  // namespace
}  // namespace b2a::tidy
