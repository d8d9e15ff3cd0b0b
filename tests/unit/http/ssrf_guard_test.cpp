// SPDX-License-Identifier: Apache-2.0
#include "http/ssrf_guard.hpp"

#include <gtest/gtest.h>

namespace b2a::http {
namespace {

using boost::asio::ip::make_address;

TEST(SpecialUse, EveryRangeFromFirstToLastAddress) {
    for (auto const* const text :
         {"0.0.0.0",         "0.255.255.255", "10.0.0.0",        "10.255.255.255",  "100.64.0.0",
          "100.127.255.255", "127.0.0.1",     "127.255.255.255", "169.254.0.0",     "169.254.169.254",
          "169.254.255.255", "172.16.0.0",    "172.31.255.255",  "192.0.0.0",       "192.0.0.255",
          "192.0.2.0",       "192.0.2.255",   "192.88.99.0",     "192.88.99.255",   "192.168.0.0",
          "192.168.255.255", "198.18.0.0",    "198.19.255.255",  "198.51.100.0",    "198.51.100.255",
          "203.0.113.0",     "203.0.113.255", "224.0.0.0",       "239.255.255.255", "240.0.0.0",
          "255.255.255.255"})
        EXPECT_TRUE(is_special_use(text)) << text;
    for (auto const* const text :
         {"1.0.0.0",         "9.255.255.255", "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
          "126.255.255.255", "128.0.0.0",     "169.253.255.255", "169.255.0.0",     "172.15.255.255",
          "172.32.0.0",      "192.0.1.0",     "192.0.3.0",       "192.88.98.255",   "192.88.100.0",
          "192.167.255.255", "192.169.0.0",   "198.17.255.255",  "198.20.0.0",      "198.51.99.255",
          "198.51.101.0",    "203.0.112.255", "203.0.114.0",     "223.255.255.255", "8.8.8.8"})
        EXPECT_FALSE(is_special_use(text)) << text;
}

TEST(SpecialUse, Ipv6) {
    for (auto const* const text : {"::",
                                   "::1",
                                   "::2",
                                   "100::1",
                                   "2001::1",
                                   "2001:10::1",
                                   "2001:1ff:ffff::",
                                   "2001:db8::1",
                                   "2001:db8:ffff::",
                                   "3fff::1",
                                   "3fff:fff:ffff::",
                                   "fc00::1",
                                   "fdff::1",
                                   "fe80::1",
                                   "fe80::1%1",
                                   "febf::1",
                                   "fec0::1",
                                   "ff02::1",
                                   "4000::1",
                                   "5f00::1",
                                   "64:ff9b:1::808:808",
                                   "64:ff9b::1:808:808"})
        EXPECT_TRUE(is_special_use(text)) << text;
    for (auto const* const text :
         {"2001:200::1", "2001:db7::1", "2001:db9::1", "2606:4700::1111", "2a00:1450::1", "3ffe::1", "3fff:1000::1"})
        EXPECT_FALSE(is_special_use(text)) << text;
}

TEST(SpecialUse, EmbeddedIpv4IsJudgedByItself) {
    for (auto const* const text :
         {"::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1",
          "2002:a00:1::", "2002:7f00:1::1", "2002:c0a8:101::1", "::10.0.0.1", "::8.8.8.8"})
        EXPECT_TRUE(is_special_use(text)) << text;
    for (auto const* const text : {"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"})
        EXPECT_FALSE(is_special_use(text)) << text;
}

TEST(SpecialUse, WhatIsNoAddressIsSpecial) {
    for (auto const* const text :
         {"", "localhost", "8.8.8", "8.8.8.8.8", "0x08.8.8.8", "8.8.8.8 ", "[2606:4700::1]", "2606:4700::1::"})
        EXPECT_TRUE(is_special_use(text)) << text;
}

class Guard : public testing::Test {
  protected:
    static bool admitted(SsrfGuard const& guard, std::string_view url) {
        auto const result = guard.admit(url);
        if (result) return true;
        EXPECT_EQ(result.error().code, Code::invalid_request) << url;
        EXPECT_EQ(result.error().reason, "url_not_admitted") << url;
        return false;
    }
    SsrfGuard const production{false, {443}};
    SsrfGuard const sandbox{true, {443}};
};

TEST_F(Guard, AdmitsHttpsOnItsPorts) {
    EXPECT_TRUE(admitted(production, "https://agent.example/profile"));
    EXPECT_TRUE(admitted(production, "https://agent.example:443/profile?x=1"));
    EXPECT_TRUE(admitted(production, "https://10.0.0.1/")) << "addresses are judged when they are resolved";
    EXPECT_TRUE(admitted(SsrfGuard(false, {443, 8443}), "https://agent.example:8443/"));
}

TEST_F(Guard, RefusesOtherUrls) {
    for (auto const* const url : {"http://agent.example/",
                                  "https://agent.example:25/",
                                  "https://agent.example:8443/",
                                  "https://user@h.example/",
                                  "https://user:pass@h.example/",
                                  "https://h.example/#f",
                                  "ftp://h.example/",
                                  "file:///etc/passwd",
                                  "//h.example",
                                  "/profile",
                                  "",
                                  "https://",
                                  "https:///x",
                                  "https://2130706433/",
                                  "https://0x7f000001/",
                                  "https://127.1/",
                                  "https://h.example./",
                                  "https://h.example\\@other.example/",
                                  "https://h.example/a b",
                                  "http://localhost/",
                                  "http://127.0.0.1/",
                                  "https://localhost:8443/"})
        EXPECT_FALSE(admitted(production, url)) << url;
}

TEST_F(Guard, TheSandboxAdmitsThisMachineAndNothingElse) {
    for (auto const* const url : {"http://localhost/", "http://LOCALHOST:3000/x", "http://127.0.0.1:1/",
                                  "http://127.9.9.9:8080/", "http://[::1]:8080/", "https://localhost:8443/"}) {
        EXPECT_TRUE(admitted(sandbox, url)) << url;
        EXPECT_TRUE(sandbox.admit(url)->loopback) << url;
    }
    for (auto const* const url :
         {"http://agent.example/", "http://10.0.0.1/", "http://localhost.example/", "http://[::ffff:127.0.0.1]/",
          "http://0.0.0.0/", "https://agent.example:8443/", "http://user@localhost/"})
        EXPECT_FALSE(admitted(sandbox, url)) << url;
}

TEST_F(Guard, AddressesFollowTheHost) {
    auto const local = sandbox.admit("http://localhost:3000/").value();
    EXPECT_TRUE(SsrfGuard::admits(local, make_address("127.0.0.1")));
    EXPECT_TRUE(SsrfGuard::admits(local, make_address("::1")));
    EXPECT_FALSE(SsrfGuard::admits(local, make_address("10.0.0.1")));
    EXPECT_FALSE(SsrfGuard::admits(local, make_address("8.8.8.8")));
    for (auto const& guard : {production, sandbox}) {
        auto const other = guard.admit("https://agent.example/").value();
        EXPECT_FALSE(SsrfGuard::admits(other, make_address("127.0.0.1")));
        EXPECT_FALSE(SsrfGuard::admits(other, make_address("169.254.169.254")));
        EXPECT_TRUE(SsrfGuard::admits(other, make_address("8.8.8.8")));
    }
}

}  // namespace
}  // namespace b2a::http
