// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "b2a/base/limits.hpp"

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {
namespace {

CheckoutContent collected(std::string location = {}) {
    auto content = content_of({{"", "shirt", 1}});
    content.methods = {method_of(FulfillmentKind::pickup, {}, std::move(location))};
    return content;
}

std::vector<std::string> ids_of(FulfillmentMethod const& method) {
    std::vector<std::string> ids;
    for (auto const& destination : method.destinations) ids.push_back(destination.id);
    return ids;
}

TEST(Pickup, HasToBeChosenWhereThereIsAChoice) {
    Shop shop;
    auto const checkout = *shop.apply(collected());
    auto const& method = checkout.fulfillment.methods.at(0);
    EXPECT_EQ(ids_of(method), (std::vector<std::string>{"austin", "berlin", "soho"}));
    EXPECT_TRUE(method.selected_destination_id.empty());
    EXPECT_TRUE(method.options.empty());
    EXPECT_TRUE(has(checkout, FindingCode::field_required, "$.fulfillment.methods[0].selected_destination_id"));
    EXPECT_EQ(checkout.status, CheckoutStatus::incomplete);
}

TEST(Pickup, IsFreeAndReadyWhenTheLocationSays) {
    Shop shop;
    auto const checkout = *shop.apply(collected("soho"));
    auto const& method = checkout.fulfillment.methods.at(0);
    ASSERT_NE(selected_destination(method), nullptr);
    EXPECT_EQ(selected_destination(method)->name, "Shop soho");
    EXPECT_EQ(selected_destination(method)->address.postal_code, "10012");
    ASSERT_NE(selected_option(method), nullptr);
    EXPECT_EQ(selected_option(method)->id, "pickup");
    EXPECT_EQ(selected_option(method)->earliest, at_noon() + std::chrono::hours(4));
    EXPECT_EQ(total_of(checkout).minor, 2000);
    EXPECT_EQ(checkout.status, CheckoutStatus::ready_for_complete);
}

TEST(Pickup, TheOnlyLocationNeedsNoChoice) {
    Shop shop;
    shop.locations[0].pickup = false;
    shop.locations[1].excluded = {"mug", "shirt"};
    EXPECT_EQ(shop.apply(collected())->fulfillment.methods.at(0).selected_destination_id, "berlin");
}

TEST(Pickup, ALocationThatIsNotOnOfferIsRefused) {
    Shop shop;
    shop.locations[1].excluded = {"shirt"};
    shop.locations[2].pickup = false;
    for (auto const* id : {"austin", "berlin", "home", "nowhere"}) {
        auto const checkout = shop.apply(collected(id));
        ASSERT_FALSE(checkout) << id;
        EXPECT_EQ(checkout.error().code, Code::selection_rejected);
        EXPECT_EQ(checkout.error().pointer, "$.fulfillment.methods[0].selected_destination_id");
    }
    auto both = content_of({{"", "mug", 1}, {"", "shirt", 1}});
    both.methods.push_back(method_of(FulfillmentKind::pickup, {"li_2"}, "austin"));
    auto const checkout = shop.apply(both);
    ASSERT_FALSE(checkout);
    EXPECT_EQ(checkout.error().pointer, "$.fulfillment.methods[1].selected_destination_id");
}

TEST(Pickup, AddressesOfTheAgentAreNoLocations) {
    Shop shop;
    auto content = collected();
    content.methods[0].destinations = {Destination{"mine", "My house", {}}};
    EXPECT_EQ(ids_of(shop.apply(content)->fulfillment.methods.at(0)).size(), 3U);
    content.methods[0].selected_destination_id = "mine";
    EXPECT_FALSE(shop.apply(content));
}

TEST(Pickup, TheNearOnesComeFirst) {
    Shop shop;
    shop.locations.push_back(Shop::store("dallas", "US", "TX", "75201"));
    auto content = collected();
    content.context.country = "us";
    content.context.region = "TX";
    content.context.postal_code = "75001";
    EXPECT_EQ(ids_of(shop.apply(content)->fulfillment.methods.at(0)),
              (std::vector<std::string>{"dallas", "austin", "soho", "berlin"}));
    content.context.country = "DE";
    EXPECT_EQ(ids_of(shop.apply(content)->fulfillment.methods.at(0)).front(), "berlin")
        << "a region of another country is no neighbourhood";
}

TEST(Pickup, ShowsSomeButAlwaysTheChosenOne) {
    Shop shop;
    shop.locations.clear();
    for (std::size_t i = 0; i < limits::pickup_destinations_max + 10; ++i)
        shop.locations.push_back(Shop::store("s" + std::to_string(100 + i), "US", "TX", "78701"));
    auto const last = shop.locations.back().id;
    auto const checkout = *shop.apply(collected(last));
    auto const& method = checkout.fulfillment.methods.at(0);
    EXPECT_EQ(method.destinations.size(), limits::pickup_destinations_max);
    EXPECT_EQ(method.selected_destination_id, last);
    EXPECT_NE(selected_destination(method), nullptr);
    EXPECT_EQ(*shop.apply(collected(last), checkout), checkout);
}

TEST(Pickup, IsAvailableWhereOneLocationHasEverything) {
    Shop shop;
    shop.locations[0].excluded = {"shirt"};
    shop.locations[1].excluded = {"mug"};
    shop.locations[2].excluded = {"mug", "gone"};
    auto const content = content_of({{"", "shirt", 1}, {"", "mug", 1}});
    EXPECT_FALSE(shop.apply(content)->fulfillment.pickup_available);
    EXPECT_TRUE(shop.apply(content_of({{"", "shirt", 1}}))->fulfillment.pickup_available);
    EXPECT_FALSE(shop.apply(content_of({{"", "ebook", 1}}))->fulfillment.pickup_available);
    auto pickup = content;
    pickup.methods = {method_of(FulfillmentKind::pickup)};
    auto const checkout = *shop.apply(pickup);
    EXPECT_TRUE(checkout.fulfillment.methods.at(0).destinations.empty());
    EXPECT_TRUE(has(checkout, FindingCode::field_required, "$.fulfillment.methods[0].selected_destination_id"));
    shop.locations.clear();
    EXPECT_FALSE(shop.apply(content_of({{"", "shirt", 1}}))->fulfillment.pickup_available);
}

}  // namespace
}  // namespace b2a::domain::testing
