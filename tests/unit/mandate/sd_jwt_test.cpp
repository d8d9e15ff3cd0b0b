// SPDX-License-Identifier: Apache-2.0
#include "mandate/sd_jwt.hpp"

#include "unit/mandate/maker.hpp"

namespace b2a::mandate::testing {
namespace {

auto const& key() {
    static auto const made = make_key(1);
    return made;
}

/// The claims after disclosure, or the fault.
std::variant<Value, Fault> unfold(Value const& payload, std::vector<std::string> const& disclosures) {
    auto const text = sd_jwt({{"alg", "ES256"}, {"typ", "dc+sd-jwt"}}, payload, key(), disclosures);
    auto token = parse_sd_jwt(text);
    if (!token) return token.refusal().fault;
    if (auto const refusal = disclose(*token)) return refusal->fault;
    return token->claims;
}
Value claims(Value const& payload, std::vector<std::string> const& disclosures = {}) {
    auto const got = unfold(payload, disclosures);
    if (auto const* fault = std::get_if<Fault>(&got)) return Value(std::string(to_text(*fault)));
    return std::get<Value>(got);
}
bool refused(Value const& payload, std::vector<std::string> const& disclosures = {}) {
    auto const got = unfold(payload, disclosures);
    return got == std::variant<Value, Fault>(Fault::disclosure);
}
std::string member(std::string const& name, Value const& value) {
    return Disclosed(Value::array({"salt", name, value})).text;
}
std::string element(Value const& value) {
    return Disclosed(Value::array({"salt", value})).text;
}
Value sd(std::vector<std::string> const& disclosures) {
    Value out = Value::array();
    for (auto const& text : disclosures) out.push_back(digest(text));
    return out;
}

TEST(SdJwt, PutsClaimsAndElementsInTheirPlaces) {
    auto const a = member("a", 1);
    auto const inner = member("x", "y");
    auto const b = member("b", Value{{"_sd", sd({inner})}});
    auto const two = element(2);
    Value const payload{
        {"_sd", sd({a, b})}, {"_sd_alg", "sha-256"}, {"list", Value::array({1, {{"...", digest(two)}}})}};
    EXPECT_EQ(claims(payload, {a, b, inner, two}), (Value{{"list", {1, 2}}, {"a", 1}, {"b", {{"x", "y"}}}}));
}

TEST(SdJwt, WhatIsHiddenIsSeenToBe) {
    auto const a = member("a", 1);
    Value const payload{{"_sd", sd({a, "decoy"})}, {"list", Value::array({{{"...", digest("hidden")}}})}};
    auto const got = claims(payload, {a});
    EXPECT_EQ(got["a"], 1);
    EXPECT_EQ(got["_sd"], sd({"decoy"}));
    EXPECT_TRUE(is_undisclosed(got["list"][0]));
    EXPECT_FALSE(is_undisclosed(got["a"]));
}

TEST(SdJwt, KnowsThreeDigests) {
    auto const a = member("a", 1);
    for (auto const* name : {"sha-256", "sha-384", "sha-512"}) {
        auto const hash = *hash_from_text(name);
        Value const payload{{"_sd", Value::array({digest_of(hash, a)})}, {"_sd_alg", name}};
        EXPECT_EQ(claims(payload, {a}), (Value{{"a", 1}})) << name;
    }
    EXPECT_TRUE(refused({{"_sd_alg", "sha-1"}}));
    EXPECT_TRUE(refused({{"_sd_alg", 256}}));
}

TEST(SdJwt, RefusesWhatRfc9901Refuses) {
    auto const a = member("a", 1);
    EXPECT_TRUE(refused({{"b", 1}}, {a})) << "referenced nowhere";
    EXPECT_TRUE(refused({{"_sd", sd({a})}}, {a, a})) << "there twice";
    EXPECT_TRUE(refused({{"_sd", sd({a, a})}}, {a})) << "referenced twice";
    EXPECT_TRUE(refused({{"_sd", sd({"x", "x"})}})) << "a decoy twice";
    EXPECT_TRUE(refused({{"_sd", sd({a})}, {"o", {{"_sd", sd({a})}}}}, {a})) << "referenced at two levels";
    EXPECT_TRUE(refused({{"_sd", sd({a})}, {"a", 2}}, {a})) << "a claim of that name is there";
    auto const again = Disclosed(Value::array({"other", "a", 2})).text;
    EXPECT_TRUE(refused({{"_sd", sd({a, again})}}, {a, again})) << "two disclosures of one name";
    EXPECT_TRUE(refused({{"_sd", sd({member("_sd", 1)})}}, {member("_sd", 1)}));
    EXPECT_TRUE(refused({{"_sd", sd({member("...", 1)})}}, {member("...", 1)}));
    EXPECT_TRUE(refused({{"_sd", sd({element(1)})}}, {element(1)})) << "an element where a claim belongs";
    EXPECT_TRUE(refused({{"l", Value::array({{{"...", digest(a)}}})}}, {a})) << "a claim where an element belongs";
    EXPECT_TRUE(refused({{"l", Value::array({{{"...", digest("x")}, {"y", 1}}})}})) << "a placeholder with more in it";
    EXPECT_TRUE(refused({{"o", {{"...", digest("x")}}}})) << "a placeholder that is no element";
    EXPECT_TRUE(refused({{"_sd", "x"}}));
    EXPECT_TRUE(refused({{"_sd", Value::array({1})}}));
    for (Value const& parts : {Value::array({"s"}), Value::array({"s", "n", 1, 2}), Value::array({1, "n", 1}),
                               Value::array({"s", 1, 1}), Value{{"s", 1}}}) {
        auto const text = Disclosed(parts).text;
        EXPECT_TRUE(refused({{"_sd", sd({text})}}, {text})) << parts;
    }
    auto const padded = a + "=";
    EXPECT_TRUE(refused({{"_sd", sd({padded})}}, {padded})) << "base64url without padding";
    auto const twice = to_base64url(as_bytes(R"(["s","a",{"k":1,"k":2}])"));
    EXPECT_TRUE(refused({{"_sd", sd({twice})}}, {twice})) << "two members of one name";
}

TEST(SdJwt, BoundsNesting) {
    std::vector<std::string> disclosures{element(1)};
    for (int i = 0; i < 60; ++i) disclosures.push_back(element(Value::array({{{"...", digest(disclosures.back())}}})));
    EXPECT_TRUE(refused({{"l", Value::array({{{"...", digest(disclosures.back())}}})}}, disclosures));
}

TEST(SdJwt, RefusesTextThatIsNone) {
    for (std::string const text : {"a.b.c", "~", "a.b~", "e30.e30.AA~", "a.b.c.d~"})
        EXPECT_FALSE(bool(parse_sd_jwt(text))) << text;
    auto const twice = to_base64url(as_bytes(R"({"alg":"ES256","alg":"ES256"})"));
    EXPECT_FALSE(bool(parse_sd_jwt(twice + ".e30.AA~")));
}

}  // namespace
}  // namespace b2a::mandate::testing
