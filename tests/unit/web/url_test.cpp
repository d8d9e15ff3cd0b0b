// SPDX-License-Identifier: Apache-2.0
#include "b2a/web/url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "b2a/base/limits.hpp"

namespace b2a::web {
namespace {

TEST(ParseUrl, SplitsAndNormalises) {
    auto const url = parse_url("HTTPS://Agent.Example:8443/Profile/a%20b?q=1&x=/?").value();
    EXPECT_TRUE(url.secure);
    EXPECT_EQ(url.host, "agent.example");
    EXPECT_FALSE(url.numeric);
    EXPECT_EQ(url.port, 8443);
    EXPECT_EQ(url.target, "/Profile/a%20b?q=1&x=/?");
    EXPECT_EQ(url.origin(), "https://agent.example:8443");
}

TEST(ParseUrl, FillsIn) {
    EXPECT_EQ(parse_url("https://a.example")->target, "/");
    EXPECT_EQ(parse_url("https://a.example?x=1")->target, "/?x=1");
    EXPECT_EQ(parse_url("https://a.example:443/")->authority(), "a.example");
    EXPECT_EQ(parse_url("http://a.example:443/")->authority(), "a.example:443");
    EXPECT_EQ(parse_url("http://a.example/")->port, 80);
}

TEST(ParseUrl, Addresses) {
    EXPECT_TRUE(parse_url("https://192.0.2.1/")->numeric);
    auto const six = parse_url("http://[2001:DB8::1]:81/").value();
    EXPECT_TRUE(six.numeric);
    EXPECT_EQ(six.host, "2001:db8::1");
    EXPECT_EQ(six.authority(), "[2001:db8::1]:81");
    for (auto const* const good :
         {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "::ffff:1.2.3.4", "1::3:4:5:6:7:8"})
        EXPECT_TRUE(parse_url("https://[" + std::string(good) + "]/")) << good;
    for (auto const* const bad :
         {"", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", "fe80::1%1",
          "1.2.3.4", "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4::5:6:7:8", "v1.x"})
        EXPECT_FALSE(parse_url("https://[" + std::string(bad) + "]/")) << bad;
}

TEST(ParseUrl, RefusesWhatReadersDisagreeAbout) {
    for (auto const* const bad : {"",
                                  "a.example",
                                  "/x",
                                  "//a.example/",
                                  "https:a.example",
                                  "https:/a.example",
                                  "ftp://a.example/",
                                  "https://",
                                  "https:///x",
                                  "https://?x",
                                  "https://u@a.example/",
                                  "https://u:p@a.example/",
                                  "https://@a.example/",
                                  "https://a.example/#",
                                  "https://a.example#x",
                                  "https://a.example./",
                                  "https://.example/",
                                  "https://a..b/",
                                  "https://-a.example/",
                                  "https://a-.example/",
                                  "https://a_b.example/",
                                  "https://a.example:/",
                                  "https://a.example:0/",
                                  "https://a.example:0443/",
                                  "https://a.example:65536/",
                                  "https://a.example:+443/",
                                  "https://a.example:443x/",
                                  "https://[::1]x/",
                                  "https://[::1",
                                  "https://::1/",
                                  "https://1.2.3/",
                                  "https://127.1/",
                                  "https://2130706433/",
                                  "https://0x7f.0.0.1/",
                                  "https://0x7f000001/",
                                  "https://0x/",
                                  "https://01.2.3.4/",
                                  "https://256.1.1.1/",
                                  "https://1.2.3.4.5/",
                                  "https://a.123/",
                                  "https://a%2eexample/",
                                  "https://\xC3\xA4.example/",
                                  "https://a.example/\xC3\xA4",
                                  "https://a.example/ ",
                                  " https://a.example/",
                                  "https://a.example/\r\nX: y",
                                  "https://a.example/%",
                                  "https://a.example/%4",
                                  "https://a.example/%zz",
                                  "https://a.example\\x",
                                  "https://a.example/\\x",
                                  "https://a.example/<",
                                  "https://a.example/\"",
                                  "https://a.example/[",
                                  "https://a.example/{x}"})
        EXPECT_FALSE(parse_url(bad)) << bad;
    EXPECT_FALSE(parse_url(std::string_view("https://a.example/\0", 19)));
}

TEST(ParseUrl, IsBounded) {
    auto const label = std::string(63, 'a');
    EXPECT_TRUE(parse_url("https://" + label + ".example/"));
    EXPECT_FALSE(parse_url("https://" + label + "a.example/"));
    auto const long_name = label + '.' + label + '.' + label + '.' + label;  // 255
    EXPECT_FALSE(parse_url("https://" + long_name + "/"));
    std::string url = "https://a.example/";
    url.append(limits::http_target_bytes_max - url.size(), 'x');
    EXPECT_TRUE(parse_url(url));
    EXPECT_FALSE(parse_url(url + "x"));
}

RC_GTEST_PROP(ParseUrl, WhatItAcceptsReadsTheSameAgain, (std::string const& tail)) {
    auto const url = parse_url("https://a.example" + tail);
    if (!url) return;
    RC_ASSERT(parse_url(url->origin() + url->target) == url);
}

}  // namespace
}  // namespace b2a::web
