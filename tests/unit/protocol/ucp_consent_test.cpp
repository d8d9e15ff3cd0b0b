// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/limits.hpp"

#include "fixture.hpp"
#include "protocol/ucp/consent.hpp"

namespace b2a::protocol::ucp {
namespace {

using domain::Consent;

struct Read {
    Consent consent;
    std::vector<std::string> pointers;
};

Read read(std::string const& buyer, Version version) {
    json::Document document;
    auto const root = document.parse(buyer);
    EXPECT_TRUE(root.ok()) << buyer;
    Read out;
    json::Reader reader(*root);
    read_consent(reader, version, out.consent);
    auto const done = reader.finish();
    if (!done) out.pointers.push_back(done.error().pointer);
    return out;
}

json::Value written(Consent const& consent, Version version) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    write_consent(json, version, consent);
    json.end_object();
    return test::parsed(out);
}

constexpr auto old_version = Version::v2026_04_08;
constexpr auto current = Version::v2026_08_25;

TEST(UcpConsent, BooleansStandForPurposes) {
    auto const out =
        read(R"({"consent":{"analytics":true,"marketing":false,"sale_of_data":true,"other":1}})", old_version);
    EXPECT_TRUE(out.pointers.empty());
    EXPECT_EQ(out.consent, (Consent{{"dev.ucp.consent.analytics", true},
                                    {"dev.ucp.consent.marketing", false},
                                    {"dev.ucp.consent.sale_or_sharing", true}}));
    EXPECT_EQ(written(out.consent, old_version),
              test::parsed(R"({"consent":{"analytics":true,"marketing":false,"sale_of_data":true}})"));
}

TEST(UcpConsent, PurposesComeWithSegments) {
    auto const out = read(R"({"consent":{
        "dev.ucp.consent.marketing":{"granted":true,"source":"platform","segments":{
            "dev.ucp.consent.marketing.email":{"granted":true},"com.example.fax":{"granted":true}}},
        "dev.ucp.consent.preferences":{"granted":false},
        "com.example.tracking":{"granted":"whatever"}}})",
                          current);
    EXPECT_TRUE(out.pointers.empty());
    EXPECT_EQ(out.consent, (Consent{{"dev.ucp.consent.marketing", true},
                                    {"dev.ucp.consent.marketing.email", true},
                                    {"dev.ucp.consent.preferences", false}}));
    auto const json = written(out.consent, current)["consent"];
    EXPECT_EQ(json.size(), 2U);
    auto const& marketing = json["dev.ucp.consent.marketing"];
    EXPECT_EQ(marketing["granted"], true);
    EXPECT_EQ(marketing["source"], "platform");
    EXPECT_TRUE(marketing["description"].is_string());
    EXPECT_EQ(marketing["segments"].size(), 1U);
    EXPECT_EQ(marketing["segments"]["dev.ucp.consent.marketing.email"]["granted"], true);
    EXPECT_EQ(json["dev.ucp.consent.preferences"]["granted"], false);
}

TEST(UcpConsent, ASegmentAloneShowsItsPurposeAsNotGranted) {
    auto const json =
        written({{"dev.ucp.consent.marketing.sms", true}}, current)["consent"]["dev.ucp.consent.marketing"];
    EXPECT_EQ(json["granted"], false);
    EXPECT_EQ(json["source"], "business");
    EXPECT_EQ(json["segments"]["dev.ucp.consent.marketing.sms"]["source"], "platform");
}

TEST(UcpConsent, OneVersionsShapeSaysNothingInTheOther) {
    EXPECT_TRUE(read(R"({"consent":{"analytics":true}})", current).consent.empty());
    auto const purposes = read(R"({"consent":{"dev.ucp.consent.analytics":{"granted":true}}})", old_version);
    EXPECT_TRUE(purposes.consent.empty() && purposes.pointers.empty());
}

TEST(UcpConsent, WhatWasSaidInOneVersionIsShownInTheOther) {
    auto const spoken = read(R"({"consent":{"sale_of_data":false}})", old_version).consent;
    EXPECT_EQ(written(spoken, current)["consent"]["dev.ucp.consent.sale_or_sharing"]["granted"], false);
}

TEST(UcpConsent, NothingKnownIsNothingWritten) {
    for (auto const version : all_versions) {
        EXPECT_TRUE(written({}, version).empty());
        for (auto const* buyer : {"{}", R"({"consent":null})", R"({"consent":{}})"}) {
            auto const out = read(buyer, version);
            EXPECT_TRUE(out.consent.empty() && out.pointers.empty()) << buyer;
        }
    }
}

TEST(UcpConsent, WrongShapesArePointedAt) {
    for (auto const* buyer : {R"({"consent":true})", R"({"consent":[]})", R"({"consent":"all"})"})
        for (auto const version : all_versions)
            EXPECT_EQ(read(buyer, version).pointers, std::vector<std::string>{"/consent"}) << buyer;
    EXPECT_EQ(read(R"({"consent":{"marketing":"yes"}})", old_version).pointers,
              std::vector<std::string>{"/consent/marketing"});
    for (auto const* entry : {"true", "{}", R"({"granted":null})", R"({"granted":"true"})", "[]"})
        EXPECT_EQ(read(R"({"consent":{"dev.ucp.consent.analytics":)" + std::string(entry) + "}}", current).pointers,
                  std::vector<std::string>{"/consent"})
            << entry;
    std::string many;
    for (std::size_t i = 0; i <= limits::consent_purposes_max; ++i)
        many += (i == 0 ? "\"com.example.p" : ",\"com.example.p") + std::to_string(i) + "\":{\"granted\":true}";
    EXPECT_EQ(read("{\"consent\":{" + many + "}}", current).pointers, std::vector<std::string>{"/consent"});
}

}  // namespace
}  // namespace b2a::protocol::ucp
