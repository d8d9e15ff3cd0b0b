// SPDX-License-Identifier: Apache-2.0
#include "b2a/base/limits.hpp"

#include "fixture.hpp"
#include "protocol/ucp/locations.hpp"

namespace b2a::protocol::ucp {
namespace {

Result<catalog::LocationQuery> search(std::string const& body) {
    json::Document document;
    auto const root = document.parse(body);
    EXPECT_TRUE(root.ok()) << body;
    if (!root) return root.error();
    return parse_location_search(*root);
}

Result<LocationLookup> lookup(std::string const& body) {
    json::Document document;
    auto const root = document.parse(body);
    EXPECT_TRUE(root.ok()) << body;
    if (!root) return root.error();
    return parse_location_lookup(*root);
}

std::string around(std::string const& latitude, std::string const& longitude, std::string const& max) {
    return R"({"distance":{"center":{"latitude":)" + latitude + R"(,"longitude":)" + longitude + R"(},"max":)" + max +
           "}}";
}

/// The latitude that `number` is read as; nullopt when it is refused.
std::optional<std::int64_t> latitude(std::string const& number) {
    auto const query = search(around(number, "0", "1"));
    if (query) return query->center->latitude_e6;
    EXPECT_EQ(query.error().pointer, "/distance/center/latitude");
    return std::nullopt;
}

TEST(UcpLocations, NumbersAreReadInMillionths) {
    for (auto const& [text, millionths] :
         std::vector<std::pair<std::string, std::int64_t>>{{"0", 0},
                                                           {"-0", 0},
                                                           {"-0.0", 0},
                                                           {"1", 1'000'000},
                                                           {"-90", -90'000'000},
                                                           {"59.9139", 59'913'900},
                                                           {"9e1", 90'000'000},
                                                           {"9E+1", 90'000'000},
                                                           {"900e-1", 90'000'000},
                                                           {"0.00009e6", 90'000'000},
                                                           {"1.5e-3", 1'500},
                                                           {"0.000001", 1},
                                                           {"1e-6", 1},
                                                           {"0.1234564", 123'456},
                                                           {"0.1234565", 123'457},
                                                           {"-0.1234565", -123'457},
                                                           {"0.12345649", 123'456},
                                                           {"89.9999999", 90'000'000},
                                                           {"5e-7", 1},
                                                           {"4.9e-7", 0},
                                                           {"-5e-7", -1},
                                                           {"9.6e-7", 1},
                                                           {"5e-8", 0},
                                                           {"1.2345678901234567e-7", 0},
                                                           {"12.345678901234567", 12'345'679},
                                                           {"1e-300", 0}})
        EXPECT_EQ(latitude(text), millionths) << text;
}

TEST(UcpLocations, PointsStayOnTheGlobe) {
    for (auto const* text : {"90.000001", "-90.000001", "90.0000005", "1e2", "1e20", "1e300", "12345678901234567890",
                             "9223372036854775807", "\"1\"", "null", "true", "[]", "{}"})
        EXPECT_FALSE(latitude(text)) << text;
    EXPECT_TRUE(search(around("0", "180", "0")).ok());
    for (auto const* text : {"180.000001", "-181", "1e3", "\"0\""})
        EXPECT_EQ(search(around("0", text, "1")).error().pointer, "/distance/center/longitude") << text;
    for (auto const* text : {"-1", "-0.001", "1e300", "\"1\"", "null"})
        EXPECT_EQ(search(around("0", "0", text)).error().pointer, "/distance/max") << text;
    EXPECT_EQ(search(around("0", "0", "2500.9"))->metres_max, 2'500);
    EXPECT_EQ(search(around("0", "0", "1e9"))->metres_max, 20'100'000);
}

TEST(UcpLocations, ASearchReadsEveryPredicate) {
    auto const query = search(R"({"query":"main street",
        "distance":{"center":{"latitude":59.9,"longitude":10.7},"max":5000},
        "serves":{"address":{"address_country":"NO"}},
        "filters":{"hours":{"open_at":"2026-11-24T12:00:00+01:00"},"amenities":["com.example.parking"],
                   "items":["hoodie-black-m"],"ucp":{}},
        "pagination":{"limit":5000,"cursor":"loc-20"},"context":{"language":"nb"},"signals":{"a":1}})");
    ASSERT_TRUE(query.ok()) << query.error().detail;
    EXPECT_EQ(query->text, "main street");
    EXPECT_EQ(query->center, (domain::GeoPoint{59'900'000, 10'700'000}));
    EXPECT_EQ(query->metres_max, 5'000);
    EXPECT_EQ(query->serves_country, "NO");
    EXPECT_EQ(query->open_at, from_rfc3339("2026-11-24T11:00:00Z"));
    EXPECT_EQ(query->amenities, std::vector<std::string>{"com.example.parking"});
    EXPECT_EQ(query->items, std::vector<std::string>{"hoodie-black-m"});
    EXPECT_EQ(query->offset, 20U);
    EXPECT_EQ(query->limit, limits::page_size_max);
}

TEST(UcpLocations, NothingAskedForIsABoundedBrowse) {
    auto const query = search("{}");
    ASSERT_TRUE(query.ok());
    EXPECT_EQ(query->limit, limits::page_size_default);
    EXPECT_FALSE(query->center || query->metres_max || query->open_at || query->serves_country);
}

TEST(UcpLocations, ASearchIsNeverMadeBroader) {
    for (auto const& [body, pointer] :
         {std::pair(R"({"filters":{"wheelchair":true}})", "/filters/wheelchair"),
          std::pair(R"({"serves":{"point":{"latitude":1,"longitude":1}}})", "/serves"),
          std::pair(R"({"serves":{}})", "/serves"),
          std::pair(R"({"serves":{"address":{"address_country":"NO"},"point":{}}})", "/serves"),
          std::pair(R"({"serves":{"address":{"address_country":"NO","postal_code":"0154"}}})", "/serves/address"),
          std::pair(R"({"serves":{"address":{}}})", "/serves/address/address_country"),
          std::pair(R"({"filters":{"hours":{}}})", "/filters/hours/open_at"),
          std::pair(R"({"filters":{"hours":{"open_at":"noon"}}})", "/filters/hours/open_at"),
          std::pair(R"({"filters":{"hours":{"open_at":"2026-11-24T12:00:00"}}})", "/filters/hours/open_at"),
          std::pair(R"({"filters":{"items":[]}})", "/filters/items"),
          std::pair(R"({"filters":{"amenities":"parking"}})", "/filters/amenities"),
          std::pair(R"({"distance":{"max":1}})", "/distance/center"),
          std::pair(R"({"distance":{"center":{"latitude":1,"longitude":1}}})", "/distance/max"),
          std::pair(R"({"distance":{"center":{"latitude":1},"max":1}})", "/distance/center/longitude"),
          std::pair(R"({"pagination":{"limit":0}})", "/pagination/limit"),
          std::pair(R"({"pagination":{"cursor":"loc--1"}})", "/pagination/cursor"),
          std::pair(R"({"pagination":{"cursor":"loc-2001"}})", "/pagination/cursor"),
          std::pair(R"({"pagination":{"cursor":"7"}})", "/pagination/cursor"), std::pair(R"({"query":7})", "/query")}) {
        auto const query = search(body);
        ASSERT_FALSE(query.ok()) << body;
        EXPECT_EQ(query.error().code, Code::invalid_request) << body;
        EXPECT_EQ(query.error().pointer, pointer) << body;
    }
}

TEST(UcpLocations, LookUpDropsRepetitionsAndLimitsTheBatch) {
    auto const some = lookup(R"({"ids":["b","a","b"]})");
    ASSERT_TRUE(some.ok());
    EXPECT_EQ(some->query.ids, (std::vector<std::string>{"b", "a"}));
    EXPECT_FALSE(some->limited);
    std::string ids = "\"x\"";
    for (int i = 0; i < 49; ++i) ids += ",\"i" + std::to_string(i) + '"';
    EXPECT_FALSE(lookup("{\"ids\":[" + ids + ",\"x\"]}")->limited);  // 50 different ones
    auto const limited = lookup("{\"ids\":[" + ids + ",\"y\",\"z\"]}");
    ASSERT_TRUE(limited.ok());
    EXPECT_TRUE(limited->limited);
    EXPECT_EQ(limited->query.ids.size(), limits::location_lookup_ids_max);
    for (auto const* body : {"{}", R"({"ids":[]})", R"({"ids":"a"})", R"({"ids":[7]})"})
        EXPECT_TRUE(lookup(body).error().pointer.starts_with("/ids")) << body;
}

class RenderLocations : public testing::Test {
  protected:
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    Terms terms_{Version::v2026_08_25, all_of(Version::v2026_08_25), {}};

    service::LocationView view(std::vector<std::uint32_t> found, std::vector<std::string> missing = {},
                               bool more = false) const {
        return {snapshot_.get(), {std::move(found), std::move(missing), more}};
    }
};

TEST_F(RenderLocations, ShowsHoursGeoAndAmenities) {
    auto const json = test::parsed(render_location_search(view({0, 1}), {}, terms_));
    EXPECT_EQ(json["ucp"]["capabilities"].size(), 1U);
    EXPECT_TRUE(json["ucp"]["capabilities"].contains("dev.ucp.common.location.search"));
    ASSERT_EQ(json["locations"].size(), 2U);
    auto const& oslo = json["locations"][0];
    EXPECT_EQ(oslo["id"], "oslo");
    EXPECT_EQ(oslo["address"], test::parsed(R"({"street_address":"Karl Johans gate 1","address_locality":"Oslo",
                                                "postal_code":"0154","address_country":"NO"})"));
    EXPECT_EQ(oslo["geo"].dump(), R"({"latitude":59.9139,"longitude":10.7522})");
    EXPECT_EQ(oslo["amenities"], test::parsed(R"({"com.example.parking":{"description":"Parking in the yard"}})"));
    EXPECT_EQ(oslo["hours"], test::parsed(R"([{"day":"monday","opens":"09:00","closes":"18:00"},
                                              {"day":"saturday","opens":"00:00","closes":"23:59"}])"));
    EXPECT_EQ(oslo["exception_hours"],
              test::parsed(R"([{"valid_from":"2026-12-24","valid_through":"2026-12-25","title":"Christmas"},
                               {"valid_from":"2026-12-31","valid_through":"2026-12-31",
                                "opens":"09:00","closes":"12:05"}])"));
    EXPECT_EQ(oslo["timezone"], "Europe/Oslo");
    auto const& springfield = json["locations"][1];
    EXPECT_EQ(springfield["geo"]["longitude"].dump(), "-89.644");
    for (auto const* absent : {"hours", "timezone", "amenities", "exception_hours"})
        EXPECT_FALSE(springfield.contains(absent));
    EXPECT_FALSE(json.dump().find("pickup") != std::string::npos);
}

TEST_F(RenderLocations, PagesAreCountedFromTheOffset) {
    catalog::LocationQuery query;
    query.offset = 20;
    auto json = test::parsed(render_location_search(view({0, 1}, {}, true), query, terms_));
    EXPECT_EQ(json["pagination"], test::parsed(R"({"has_next_page":true,"cursor":"loc-22"})"));
    EXPECT_EQ(search(R"({"pagination":{"cursor":"loc-22"}})")->offset, 22U);
    json = test::parsed(render_location_search(view({}), query, terms_));
    EXPECT_EQ(json["pagination"], test::parsed(R"({"has_next_page":false})"));
    EXPECT_EQ(json["locations"], json::Value::array());
}

TEST_F(RenderLocations, ALookUpSaysWhatItLeftOut) {
    LocationLookup asked;
    auto json = test::parsed(render_location_lookup(view({1}), asked, terms_));
    EXPECT_EQ(json["locations"][0]["inputs"], test::parsed(R"([{"id":"springfield"}])"));
    EXPECT_FALSE(json.contains("messages"));
    asked.limited = true;
    json = test::parsed(render_location_lookup(view({1}, {"gone"}), asked, terms_));
    EXPECT_EQ(json["messages"][0]["code"], "batch_limit_applied");
    EXPECT_EQ(json["messages"][1], test::parsed(R"({"type":"info","code":"not_found","content":"gone"})"));
}

}  // namespace
}  // namespace b2a::protocol::ucp
