// SPDX-License-Identifier: Apache-2.0
#include "b2a/exporter/file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace b2a::exporter {
namespace {

class Files : public testing::Test {
  protected:
    Files() { std::filesystem::create_directories(folder_); }
    ~Files() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::string path() const { return (folder_ / "out").string(); }
    [[nodiscard]] std::string content() const {
        std::ifstream in(path(), std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        return text.str();
    }
    [[nodiscard]] auto count() const {
        return std::distance(std::filesystem::directory_iterator(folder_), std::filesystem::directory_iterator());
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("b2a-export-" + std::to_string(::getpid()));
};

TEST_F(Files, AreThereWholeOnceTheyAreCommitted) {
    std::ofstream(path()) << "before";
    auto file = AtomicFile::create(path()).value();
    std::string const big(1'000'000, 'x');
    ASSERT_TRUE(file.append(big));
    ASSERT_TRUE(file.append("end"));
    EXPECT_EQ(content(), "before");
    ASSERT_TRUE(file.commit());
    EXPECT_EQ(content(), big + "end");
    EXPECT_EQ(file.bytes(), big.size() + 3);
    EXPECT_EQ(count(), 1);
}

TEST_F(Files, LeaveNothingWhenTheyAreGivenUp) {
    {
        auto file = AtomicFile::create(path()).value();
        ASSERT_TRUE(file.append("half"));
        auto moved = std::move(file);
        EXPECT_EQ(count(), 1);
    }
    EXPECT_EQ(count(), 0);
}

TEST_F(Files, CannotBeEverywhere) {
    EXPECT_EQ(AtomicFile::create(path() + "/no/such/folder").error().code, Code::invalid_request);
    std::filesystem::create_directories(folder_ / "out" / "full");
    auto file = AtomicFile::create(path()).value();
    EXPECT_FALSE(file.commit()) << "a folder has that name";
    EXPECT_EQ(count(), 1);
}

}  // namespace
}  // namespace b2a::exporter
