// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "b2a/audit/checkpoint.hpp"
#include "b2a/base/text.hpp"
#include "b2a/crypto/random.hpp"

#include "app/system.hpp"

namespace b2a::app {
namespace {

class Keys : public testing::Test {
  protected:
    void SetUp() override {
        directory_ = std::filesystem::temp_directory_path() / ("b2a-keys-" + std::to_string(::getpid()));
        std::filesystem::remove_all(directory_);
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }

    std::filesystem::path directory_;
    std::unique_ptr<Random> random_ = crypto::system_random();
};

TEST_F(Keys, AreMadeOnceAndStayTheSame) {
    auto const first = load_or_create_audit_key(directory_, "shop/audit", *random_, false);
    ASSERT_TRUE(first.ok()) << first.error().detail;
    auto const second = load_or_create_audit_key(directory_, "shop/audit", *random_, true);
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(first->public_key(), second->public_key());
    auto const published = read_file(directory_ / "keys/audit.vkey");
    ASSERT_TRUE(published.ok());
    EXPECT_EQ(audit::VerifierKey::parse(trim(*published))->key, first->public_key());
    auto const mode = std::filesystem::status(directory_ / "keys/audit.pem").permissions();
    EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Keys, AreNotReplacedUnderAnExistingLog) {
    auto const key = load_or_create_audit_key(directory_, "shop/audit", *random_, true);
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.error().code, Code::not_found);
    EXPECT_FALSE(std::filesystem::exists(directory_ / "keys/audit.pem"));
}

}  // namespace
}  // namespace b2a::app
