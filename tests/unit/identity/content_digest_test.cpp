// SPDX-License-Identifier: Apache-2.0
#include "identity/content_digest.hpp"

#include <gtest/gtest.h>

#include "b2a/identity/signature.hpp"

namespace b2a::identity {
namespace {

constexpr std::string_view body = R"({"hello": "world"})";
// RFC 9421, appendix B.2 and section 7.2.8; RFC 9530, appendix D for md5.
std::string const sha256 = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
std::string const sha512 =
    "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
std::string const wrong256 = "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:";

DigestCheck check(std::string_view field) {
    return check_content_digest(field, body);
}

TEST(ContentDigest, IsThatOfTheRfc) {
    EXPECT_EQ(content_digest(body), sha256);
    EXPECT_EQ(content_digest(""), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
}

TEST(ContentDigest, AnyKnownAlgorithmIsEnough) {
    EXPECT_EQ(check(sha256), DigestCheck::fits);
    EXPECT_EQ(check(sha512), DigestCheck::fits);
    EXPECT_EQ(check("md5=:AAAA:, " + sha256), DigestCheck::fits);
    EXPECT_EQ(check(sha256 + ", sha-3000=:AAAA:"), DigestCheck::fits);
    EXPECT_EQ(check(sha256 + ";note=1"), DigestCheck::fits);
}

TEST(ContentDigest, EveryKnownAlgorithmHasToFit) {
    EXPECT_EQ(check(sha256 + ", " + sha512), DigestCheck::fits);
    EXPECT_EQ(check(wrong256 + ", " + sha512), DigestCheck::differs);
    EXPECT_EQ(check(sha512 + ", " + wrong256), DigestCheck::differs);
    EXPECT_EQ(check(wrong256), DigestCheck::differs);
    EXPECT_EQ(check_content_digest(sha256, std::string(body) + " "), DigestCheck::differs);
    EXPECT_EQ(check_content_digest(sha256, ""), DigestCheck::differs);
}

TEST(ContentDigest, ALengthThatDoesNotFitIsADifference) {
    EXPECT_EQ(check("sha-256=::"), DigestCheck::differs);
    EXPECT_EQ(check("sha-256=:X48E:"), DigestCheck::differs);
    EXPECT_EQ(check("sha-512" + sha256.substr(7)), DigestCheck::differs);
}

TEST(ContentDigest, UnknownAndDeprecatedAlgorithmsProveNothing) {
    for (auto const* field : {"", "md5=:AAAA:", "sha=:AAAA:", "unixsum=:AAAA:", "sha-384=:AAAA:", "sha256=:AAAA:"})
        EXPECT_EQ(check(field), DigestCheck::unusable) << field;
}

TEST(ContentDigest, WhatIsNoDictionaryOfBytesProvesNothing) {
    for (auto const& field :
         {std::string("sha-256"), std::string("sha-256=abc"), std::string("sha-256=\"X48E\""), "SHA" + sha256.substr(3),
          "sha-256=(" + sha256.substr(8) + ")", sha256 + ",", sha256 + ", md5=1", sha256.substr(0, 20),
          std::string("sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=")})
        EXPECT_EQ(check(field), DigestCheck::unusable) << field;
}

}  // namespace
}  // namespace b2a::identity
