// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace b2a::app {
namespace {

TEST(Config, EndpointsAreHostAndPort) {
    EXPECT_EQ(parse_endpoint("127.0.0.1:8080")->port, 8080);
    EXPECT_EQ(parse_endpoint("[::1]:0")->host, "::1");
    for (auto const* bad : {"", ":80", "host", "host:", "host:x", "host:65536", "host:-1", "::1:80"})
        EXPECT_FALSE(parse_endpoint(bad).ok()) << bad;
}

TEST(Config, AnEmptyFileIsAllDefaults) {
    auto const config = parse_config("", "x");
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config->listen.port, 8080);
    EXPECT_EQ(config->default_currency, "USD");
    EXPECT_FALSE(config->sandbox);
}

TEST(Config, UnitsAreRequiredAndBounded) {
    auto const config = parse_config("[server]\nidle_timeout = \"2m\"\nbody_max = \"1MiB\"\n", "x");
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config->idle_timeout, std::chrono::minutes{2});
    EXPECT_EQ(config->body_bytes_max, 1024 * 1024);
    for (auto const* bad :
         {"idle_timeout = 5", "idle_timeout = \"5\"", "idle_timeout = \"0s\"", "idle_timeout = \"-1s\"",
          "body_max = 1024", "body_max = \"1GiB\"", "body_max = \"64MiB\"", "connections_max = 0"})
        EXPECT_FALSE(parse_config(std::string("[server]\n") + bad, "x").ok()) << bad;
}

TEST(Config, ProblemsCarryFileLineAndColumn) {
    auto const config = parse_config("[server]\nlisten = 1\n\n[brand]\ntitel = \"x\"\n", "shop.toml");
    ASSERT_FALSE(config.ok());
    EXPECT_NE(config.error().detail.find("shop.toml:2:"), std::string::npos) << config.error().detail;
    EXPECT_NE(config.error().detail.find("shop.toml:5:1: unknown key \"titel\""), std::string::npos);
}

TEST(Config, AgentsNeedANameAndADigest) {
    std::string const digest(64, 'a');
    auto const config = parse_config("[[agent]]\nname = \"home\"\ntoken_sha256 = \"" + digest + "\"\n", "x");
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config->agents.front().name, "home");
    EXPECT_FALSE(parse_config("[[agent]]\nname = \"home\"\n", "x").ok());
    EXPECT_FALSE(parse_config("[[agent]]\nname = \"home\"\ntoken_sha256 = \"secret\"\n", "x").ok());
}

TEST(Config, LegalDutiesHaveTheirMinimum) {
    auto const config = parse_config(
        "[legal]\nwithdrawal_days = 30\n[legal.withdrawal_exempt]\n"
        "\"Food/Fresh\" = \"perishable\"\n",
        "x");
    ASSERT_TRUE(config.ok()) << config.error().detail;
    EXPECT_TRUE(config->legal.eu_consumer_law);
    EXPECT_EQ(config->legal.withdrawal_days, 30);
    ASSERT_EQ(config->legal.exempt.size(), 1U);
    EXPECT_EQ(config->legal.exempt[0].exemption, domain::WithdrawalExemption::perishable);
    for (auto const* bad : {"withdrawal_days = 13", "guarantee_years = 1", "prior_price_days = 0",
                            "withdrawal_exempt = \"Food\"", "withdrawal_exempt = { Food = \"because\" }"})
        EXPECT_FALSE(parse_config(std::string("[legal]\n") + bad, "x").ok()) << bad;
}

TEST(Config, WhatIsPrintedLoadsAgain) {
    Config config;
    config.legal.exempt.push_back({"Food/Fresh", domain::WithdrawalExemption::perishable});
    config.listen = {"::1", 1};
    config.agents.push_back({"home", std::string(64, 'b'), "shopping"});
    config.body_bytes_max = 4096;
    auto const again = parse_config(to_toml(config), "printed");
    ASSERT_TRUE(again.ok()) << again.error().detail;
    EXPECT_EQ(to_toml(*again), to_toml(config));
}

TEST(Config, TheShippedFileIsTheDefaults) {
    auto const shipped = load_config(std::string(B2A_SOURCE_DIR) + "/config/b2a.toml");
    ASSERT_TRUE(shipped.ok()) << shipped.error().detail;
    EXPECT_EQ(to_toml(*shipped), to_toml(Config{}));
}

}  // namespace
}  // namespace b2a::app
