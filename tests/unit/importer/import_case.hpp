// SPDX-License-Identifier: Apache-2.0
// Fixture: a directory of its own for input files, a store, and run() with few words.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "b2a/base/text.hpp"
#include "b2a/importer/importer.hpp"

#include "unit/importer/fake_store.hpp"

namespace b2a::importer::test {

/// A file of the real catalogs, which lie beside the repository or where B2A_SHARED says.
inline std::string shared_data(std::string const& name) {
    auto const* const shared = std::getenv("B2A_SHARED");
    return (shared != nullptr ? std::string(shared) : std::string(B2A_SOURCE_DIR) + "/../shared") + "/data/" + name;
}

class ImportCase : public ::testing::Test {
  protected:
    ImportCase() {
        auto const* const test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  ("b2a-import-" + std::to_string(::getpid()) + '-' +
                   folder_name(std::string(test->test_suite_name()) + '-' + test->name()));
        std::filesystem::create_directories(folder_ / "acme");
    }
    ~ImportCase() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    /// Writes a file in a folder called "acme", the default brand.
    std::string file(std::string const& name, std::string_view content) {
        auto const where = path("acme/" + name);
        std::ofstream(where, std::ios::binary) << content;
        return where;
    }
    [[nodiscard]] std::string path(std::string const& name) const { return (folder_ / name).string(); }

    Result<Report> run(std::vector<std::string> files) {
        options.files = std::move(files);
        return importer::run(store, options, now, {}, {});
    }

    Report must_run(std::vector<std::string> files) {
        auto report = run(std::move(files));
        if (!report) {
            ADD_FAILURE() << report.error().detail;
            return {};
        }
        return std::move(*report);
    }

    domain::Product const& product(std::string const& id) { return store.catalog.products.at(id); }

    static std::string reasons(Report const& report) {
        std::string out;
        for (auto const& rejection : report.rejections)
            out += std::to_string(rejection.line) + ": " + rejection.reason + '\n';
        return out;
    }

    FakeStore store;
    Options options;
    Timestamp now = from_rfc3339("2026-11-24T06:00:00Z").value_or(Timestamp());

  private:
    static std::string folder_name(std::string name) {
        std::replace(name.begin(), name.end(), '/', '-');  // of a parameterised test
        return name;
    }

    std::filesystem::path folder_;
};

/// All values of an attribute, joined with '|'; booleans as true and false.
inline std::string values(std::vector<domain::Attribute> const& attributes, std::string_view name) {
    std::string out;
    for (auto const& attribute : attributes) {
        if (attribute.name != name) continue;
        if (!out.empty()) out += '|';
        if (auto const* text = std::get_if<std::string>(&attribute.value)) out += *text;
        else if (auto const* flag = std::get_if<bool>(&attribute.value)) out += *flag ? "true" : "false";
        else out += "quantity";
    }
    return out;
}

inline std::string join(std::vector<std::string> const& parts) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : "|") + parts[i];
    return out;
}

}  // namespace b2a::importer::test
