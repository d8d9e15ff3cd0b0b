// SPDX-License-Identifier: Apache-2.0
#include "identity/signature_base.hpp"

#include <gtest/gtest.h>

#include "unit/identity/letter.hpp"

namespace b2a::identity {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)

web::SfInnerList list_of(std::string const& text) {
    auto const dictionary = web::SfDictionary::parse("sig=" + text);
    return std::get<web::SfInnerList>(dictionary->members().front().value);
}

/// The request of RFC 9421, appendix B.2.
SignedMessage rfc_request() {
    SignedMessage out;
    out.method = "POST";
    out.authority = "example.com";
    out.scheme = "https";
    out.path = "/foo";
    out.query = "param=Value&Pet=dog";
    out.has_query = true;
    out.fields = {
        {"Host", "example.com"},
        {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"},
        {"Content-Type", "application/json"},
        {"Content-Digest",
         "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"},
        {"Content-Length", "18"}};
    return out;
}

SignedMessage rfc_response() {
    SignedMessage out;
    out.status = 200;
    out.fields = {
        {"Date", "Tue, 20 Apr 2021 02:07:56 GMT"},
        {"Content-Type", "application/json"},
        {"Content-Digest",
         "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:"},
        {"Content-Length", "23"}};
    return out;
}

TEST(SignatureBase, IsThatOfRfc9421B26) {
    auto const base = signature_base(
        rfc_request(), list_of("(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                               ";created=1618884473;keyid=\"test-key-ed25519\""));
    ASSERT_TRUE(base);
    EXPECT_EQ(*base,
              "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n"
              "\"@method\": POST\n"
              "\"@path\": /foo\n"
              "\"@authority\": example.com\n"
              "\"content-type\": application/json\n"
              "\"content-length\": 18\n"
              "\"@signature-params\": (\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" "
              "\"content-length\");created=1618884473;keyid=\"test-key-ed25519\"");
    EXPECT_EQ(to_base64(ed_key().sign(as_bytes(*base))),
              "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
}

TEST(SignatureBase, IsThatOfRfc9421B24) {
    auto const base =
        signature_base(rfc_response(), list_of("(\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
                                               ";created=1618884473;keyid=\"test-key-ecc-p256\""));
    ASSERT_TRUE(base);
    auto const keys = key_set(ec_jwk("test-key-ecc-p256"));
    auto const signature =
        from_base64("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==");
    EXPECT_TRUE(keys.find("test-key-ecc-p256")->verify(as_bytes(*base), *signature));
}

// Two Accept lines become one value.
TEST(SignatureBase, IsThatOfRfc9421B4) {
    SignedMessage message;
    message.method = "GET";
    message.authority = "example.org";
    message.path = "/demo";
    message.query = "name1=Value1&Name2=value2";
    message.has_query = true;
    message.fields = {{"Host", "example.org"},
                      {"Date", "Fri, 15 Jul 2022 14:24:55 GMT"},
                      {"Accept", "application/json"},
                      {"Accept", "*/*"}};
    auto const base = signature_base(message, list_of("(\"@method\" \"@path\" \"@authority\" \"accept\")"
                                                      ";created=1618884473;keyid=\"test-key-ed25519\""));
    ASSERT_TRUE(base);
    EXPECT_EQ(to_base64(ed_key().sign(as_bytes(*base))),
              "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==");
}

TEST(SignatureBase, DerivesWhatRfc9421Defines) {
    auto const base = signature_base(rfc_request(), list_of(R"(("@target-uri" "@scheme" "@request-target" "@query"))"));
    ASSERT_TRUE(base);
    EXPECT_EQ(*base,
              "\"@target-uri\": https://example.com/foo?param=Value&Pet=dog\n"
              "\"@scheme\": https\n"
              "\"@request-target\": /foo?param=Value&Pet=dog\n"
              "\"@query\": ?param=Value&Pet=dog\n"
              "\"@signature-params\": (\"@target-uri\" \"@scheme\" \"@request-target\" \"@query\")");
    auto plain = rfc_request();
    plain.has_query = false;
    plain.query = {};
    EXPECT_EQ(signature_base(plain, list_of(R"(("@query" "@request-target"))")),
              "\"@query\": ?\n\"@request-target\": /foo\n\"@signature-params\": (\"@query\" \"@request-target\")");
    plain.has_query = true;  // "/foo?"
    EXPECT_EQ(signature_base(plain, list_of(R"(("@query" "@request-target"))")),
              "\"@query\": ?\n\"@request-target\": /foo?\n\"@signature-params\": (\"@query\" \"@request-target\")");
}

TEST(SignatureBase, OfNothingHasItsParametersOnly) {
    EXPECT_EQ(signature_base(rfc_request(), list_of(R"(();created=1;keyid="a\"b")")),
              "\"@signature-params\": ();created=1;keyid=\"a\\\"b\"");
}

TEST(SignatureBase, FieldValuesAreTrimmedAndEmptyOnesAreThere) {
    auto message = rfc_request();
    message.fields.emplace_back("X-Empty", "");
    message.fields.emplace_back("X-Space", "  a \t");
    message.fields.emplace_back("x-space", "\tb ");
    EXPECT_EQ(signature_base(message, list_of(R"(("x-empty" "x-space"))")),
              "\"x-empty\": \n\"x-space\": a, b\n\"@signature-params\": (\"x-empty\" \"x-space\")");
}

class Refused : public ::testing::TestWithParam<char const*> {};

TEST_P(Refused, HasNoBase) {
    EXPECT_FALSE(signature_base(rfc_request(), list_of(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Requests, Refused,
                         ::testing::Values(R"(("@method" "@method"))", R"(("date" "@path" "date"))", R"(("@status"))",
                                           R"(("@unknown"))", R"(("@signature-params"))", R"(("@"))", R"((""))",
                                           R"(("x-absent"))", R"(("Date"))", R"((date))", R"((1))", R"((:aGk=:))",
                                           R"(("date";sf))", R"(("date";bs;x))", R"(("date";bs=1))", R"(("date";tr))",
                                           R"(("date";req))", R"(("@method";req))", R"(("@query-param";name="Absent"))",
                                           R"(("@query-param";key="Pet"))", R"(("@query-param"))",
                                           R"(("date";key="a"))", R"(("date";unheard-of))"));

TEST(SignatureBase, OfAResponseHasNothingOfARequest) {
    for (std::string const name : {"@method", "@authority", "@path", "@query", "@scheme", "@target-uri"})
        EXPECT_FALSE(signature_base(rfc_response(), list_of("(\"" + name + "\")"))) << name;
}

}  // namespace
}  // namespace b2a::identity
