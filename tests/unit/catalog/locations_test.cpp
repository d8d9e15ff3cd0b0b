// SPDX-License-Identifier: Apache-2.0
#include "b2a/catalog/locations.hpp"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "unit/catalog/shop.hpp"

namespace b2a::test {
namespace {

using catalog::LocationQuery;

domain::Location a_location(std::string id, std::string name, std::string city, std::string country,
                            std::optional<domain::GeoPoint> geo) {
    domain::Location location;
    location.id = std::move(id);
    location.name = std::move(name);
    location.address.locality = std::move(city);
    location.address.country = std::move(country);
    location.geo = geo;
    return location;
}

class Locations : public ::testing::Test {
  protected:
    Locations() {
        data.products = {a_product("coat", "Coat"), a_product("scarf", "Scarf"), a_product("sold", "Sold")};
        data.locations = {
            a_location("soho", "Fjord SoHo", "New York", "US", domain::GeoPoint{40'723'000, -74'000'000}),
            a_location("brooklyn", "Fjord Brooklyn", "New York", "US", domain::GeoPoint{40'678'000, -73'944'000}),
            a_location("mitte", "Fjord Mitte", "Berlin", "DE", domain::GeoPoint{52'520'000, 13'405'000}),
            a_location("online", "Fjord Studio", "Bergen", "NO", std::nullopt)};
        data.locations[0].address.postal_code = "10012";
        data.locations[0].amenities = {{"com.example.tailor", "Tailor"}, {"com.example.parking", "Parking"}};
        data.locations[1].amenities = {{"com.example.parking", "Parking"}};
        data.locations[1].excluded = {"scarf-v"};
    }

    std::shared_ptr<catalog::Snapshot const> build() const {
        return catalog::Snapshot::build(data, {{"sold-v", 0}, {"coat-v", 3}});
    }
    std::vector<std::string> found(LocationQuery const& query) const {
        auto const shop = build();
        auto const result = search_locations(*shop, query);
        std::vector<std::string> ids;
        if (!result) return {"error " + result.error().pointer};
        for (auto const index : result->found) ids.push_back(shop->data().locations.at(index).id);
        return ids;
    }

    catalog::CatalogData data;
    using Ids = std::vector<std::string>;
};

TEST_F(Locations, EmptyQueryBrowsesInOrder) {
    EXPECT_EQ(found({}), (Ids{"brooklyn", "mitte", "online", "soho"}));
}

TEST_F(Locations, CenterOrdersByDistanceAndMetresNarrow) {
    LocationQuery query;
    query.center = domain::GeoPoint{40'725'000, -74'000'000};
    EXPECT_EQ(found(query), (Ids{"soho", "brooklyn", "mitte", "online"})) << "what is nowhere comes last";
    auto const to_soho = catalog::distance_m(*query.center, *data.locations[0].geo);
    query.metres_max = to_soho + 1;
    EXPECT_EQ(found(query), Ids{"soho"});
    query.metres_max = to_soho - 1;
    EXPECT_EQ(found(query), Ids{});
    query.center = data.locations[0].geo;
    query.metres_max = 0;
    EXPECT_EQ(found(query), Ids{"soho"}) << "the radius is inclusive";
}

TEST_F(Locations, TextNarrowsAndOrdersByWords) {
    LocationQuery query;
    query.text = "shops in new york, BROOKLYN please";
    EXPECT_EQ(found(query), (Ids{"brooklyn", "soho"}));
    query.text = "1001";
    EXPECT_EQ(found(query), Ids{"soho"});
    query.text = "be";
    EXPECT_EQ(found(query), Ids{}) << "two letters are no beginning of a word";
    query.text = "ber";
    EXPECT_EQ(found(query), (Ids{"mitte", "online"}));
    query.serves_country = "de";
    EXPECT_EQ(found(query), Ids{"mitte"});
}

TEST_F(Locations, AmenitiesAllHaveToBeThere) {
    LocationQuery query;
    query.amenities = {"com.example.parking"};
    EXPECT_EQ(found(query), (Ids{"brooklyn", "soho"}));
    query.amenities.emplace_back("com.example.tailor");
    EXPECT_EQ(found(query), Ids{"soho"});
    query.amenities = {"com.example.park"};
    EXPECT_EQ(found(query), Ids{}) << "a key is a whole";
}

TEST_F(Locations, ItemsAllHaveToBeAvailableThere) {
    LocationQuery query;
    query.items = {"coat-v"};
    EXPECT_EQ(found(query).size(), 4U);
    query.items.emplace_back("scarf-v");
    EXPECT_EQ(found(query), (Ids{"mitte", "online", "soho"}));
    query.items = {"coat-v", "sold-v"};
    EXPECT_EQ(found(query), Ids{});
    query.items = {"unknown"};
    EXPECT_EQ(found(query), Ids{});
}

TEST_F(Locations, LookUpKeepsTheOrderAndSaysWhatIsMissing) {
    LocationQuery query;
    query.ids = {"soho", "nowhere", "mitte", "soho", "nowhere"};
    EXPECT_EQ(found(query), (Ids{"soho", "mitte"}));
    auto const shop = build();
    EXPECT_EQ(search_locations(*shop, query)->missing, Ids{"nowhere"});
    query.serves_country = "DE";
    EXPECT_EQ(found(query), Ids{"mitte"});
    EXPECT_EQ(search_locations(*shop, query)->missing, Ids{"nowhere"}) << "what is filtered out is not missing";
}

TEST_F(Locations, PagesFollowEachOther) {
    LocationQuery query;
    query.limit = 3;
    auto const shop = build();
    EXPECT_TRUE(search_locations(*shop, query)->more);
    EXPECT_EQ(found(query), (Ids{"brooklyn", "mitte", "online"}));
    query.offset = 3;
    EXPECT_FALSE(search_locations(*shop, query)->more);
    EXPECT_EQ(found(query), Ids{"soho"});
    query.offset = std::numeric_limits<std::size_t>::max();
    query.limit = std::numeric_limits<std::size_t>::max();
    EXPECT_EQ(found(query), Ids{});
    EXPECT_FALSE(search_locations(*shop, query)->more);
}

TEST_F(Locations, OpenAtAsksTheClockOfEachLocation) {
    if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Berlin")) GTEST_SKIP() << "no tzdata on this machine";
    for (auto& location : data.locations)
        for (std::uint8_t day = 0; day < 7; ++day) location.hours.push_back({day, 10 * 60, 18 * 60});
    data.locations[0].timezone = data.locations[1].timezone = "America/New_York";
    data.locations[2].timezone = "Europe/Berlin";
    data.locations[3].timezone = "Atlantis/Capital";
    LocationQuery query;
    query.open_at = from_rfc3339("2026-11-24T15:30:00Z");
    EXPECT_EQ(found(query), (Ids{"brooklyn", "mitte", "soho"})) << "10:30 there, 16:30 here";
    query.open_at = from_rfc3339("2026-11-24T14:30:00Z");
    EXPECT_EQ(found(query), Ids{"mitte"});
    data.locations[2].hours.clear();
    EXPECT_EQ(found(query), Ids{});
}

TEST_F(Locations, RefuseWhatMakesNoSense) {
    LocationQuery query;
    query.metres_max = 5;
    EXPECT_EQ(found(query), Ids{"error /distance/center"});
    query.center = domain::GeoPoint{90'000'001, 0};
    EXPECT_EQ(found(query), Ids{"error /distance/center"});
    query.center = domain::GeoPoint{0, std::numeric_limits<std::int64_t>::min()};
    EXPECT_EQ(found(query), Ids{"error /distance/center"});
    query.center = domain::GeoPoint{0, 0};
    query.metres_max = -1;
    EXPECT_EQ(found(query), Ids{"error /distance/max"});
    query = {};
    query.text.assign(limits::text_query_bytes_max + 1, 'a');
    EXPECT_EQ(found(query), Ids{"error /query"});
    query = {};
    query.items.assign(limits::lookup_ids_max + 1, "x");
    EXPECT_EQ(found(query), Ids{"error /filters/items"});
    query = {};
    query.amenities.assign(limits::search_filters_max + 1, "x");
    EXPECT_EQ(found(query), Ids{"error /filters/amenities"});
}

}  // namespace
}  // namespace b2a::test
