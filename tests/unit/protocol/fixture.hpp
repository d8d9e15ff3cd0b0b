// SPDX-License-Identifier: Apache-2.0
// A small shop for the protocol tests: clothes with options, food with allergens, a voucher, and goods without a price.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/json/value.hpp"
#include "b2a/protocol/context.hpp"
#include "b2a/protocol/site.hpp"

namespace b2a::test {

inline constexpr std::string_view profile_field = R"(profile="https://agent.example/.well-known/ucp")";

class FakeClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return time; }
    Timestamp time = *from_rfc3339("2026-11-24T08:00:00Z");
};

class CountingRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override {
        ++calls;
        for (auto& byte : out) byte = next_++;
    }
    int calls = 0;

  private:
    std::uint8_t next_ = 0;
};

inline Currency currency(std::string_view code) {
    return *Currency::parse(code);
}
inline Money usd(std::int64_t minor) {
    return {minor, currency("USD")};
}
inline Money eur(std::int64_t minor) {
    return {minor, currency("EUR")};
}

inline protocol::Site make_site() {
    protocol::Site site;
    site.base_url = "https://shop.example";
    site.title = "Example & Sons";
    site.audit_origin = "shop.example/audit";
    site.privacy_url = "https://shop.example/privacy";
    site.terms_url = "/terms";
    site.default_currency = currency("USD");
    return site;
}

inline domain::Variant make_variant(std::string id, std::string color, std::string size, std::int64_t minor) {
    domain::Variant out;
    out.id = std::move(id);
    out.sku = "SKU-" + out.id;
    out.title = color + " / " + size;
    out.options = {{"color", std::move(color)}, {"size", std::move(size)}};
    out.barcodes = {{"gtin13", "2000000000015"}};
    out.offers = {{usd(minor), usd(minor + 1000)}, {eur(minor - 500), eur(minor - 500)}};
    return out;
}

inline domain::Product make_hoodie() {
    domain::Product out;
    out.id = "hoodie";
    out.brand = "Northlight";
    out.title = "Fjord Hoodie";
    out.description = "A heavy hoodie with a \"lined\" hood.";
    out.categories = {"Men/Hoodies & Sweatshirts"};
    out.tags = {"unisex"};
    out.attributes = {
        {"material", std::string("Cotton")}, {"weight", domain::Quantity{4205, 1, "g"}}, {"organic", true}};
    out.media = {{"image", "/media/hoodie.svg", "A hoodie"}};
    out.edges = {{domain::EdgeType::goes_with, "honey", "file:demo"}};
    out.variants = {make_variant("hoodie-black-s", "Black", "S", 7900),
                    make_variant("hoodie-black-m", "Black", "M", 7900),
                    make_variant("hoodie-moss-m", "Moss", "M", 8900)};
    return out;
}

inline domain::Product make_honey() {
    domain::Product out;
    out.id = "honey";
    out.brand = "Bee <b>Good</b>";
    out.title = "Honey & \"Nuts\" <script>";
    out.categories = {"Food/Spreads"};
    out.food.emplace();
    out.food->ingredients = "Honey, hazelnuts";
    out.food->net_content = "250 g";
    out.food->allergens.set(domain::Allergen::nuts, domain::AllergenStatus::contains);
    out.food->allergens.set(domain::Allergen::peanuts, domain::AllergenStatus::may_contain);
    out.food->allergens.set(domain::Allergen::milk, domain::AllergenStatus::free_from);
    out.food->nutrients = {{"energy_kj", 1'700'000}, {"fat", 12'500}};
    domain::Variant variant;
    variant.id = "honey";
    variant.title = out.title;
    variant.offers = {{usd(1250), usd(1250)}};
    out.variants = {variant};
    return out;
}

inline domain::Product make_simple(std::string id, std::string title, std::vector<domain::Offer> offers) {
    domain::Product out;
    out.id = id;
    out.brand = "Demo";
    out.title = title;
    domain::Variant variant;
    variant.id = std::move(id);
    variant.title = std::move(title);
    variant.offers = std::move(offers);
    out.variants = {variant};
    return out;
}

inline domain::Location make_location(std::string id, std::string name, std::string street, std::string city,
                                      std::string postal_code, std::string country) {
    domain::Location out;
    out.id = std::move(id);
    out.name = std::move(name);
    out.address.street_address = std::move(street);
    out.address.locality = std::move(city);
    out.address.postal_code = std::move(postal_code);
    out.address.country = std::move(country);
    out.pickup = true;
    out.pickup_hours = 2;
    return out;
}

inline std::vector<domain::Location> make_locations() {
    auto oslo = make_location("oslo", "Example Oslo", "Karl Johans gate 1", "Oslo", "0154", "NO");
    oslo.geo = domain::GeoPoint{59'913'900, 10'752'200};
    oslo.timezone = "Europe/Oslo";
    oslo.hours = {{0, 9 * 60, 18 * 60}, {5, 0, 24 * 60}};
    oslo.exceptions = {{"2026-12-24", "2026-12-25", true, 0, 0, "Christmas"},
                       {"2026-12-31", "2026-12-31", false, 9 * 60, 12 * 60 + 5, ""}};
    oslo.amenities = {{"com.example.parking", "Parking in the yard"}};
    auto springfield = make_location("springfield", "Example Springfield", "9 Main St", "Springfield", "62701", "US");
    springfield.geo = domain::GeoPoint{39'799'000, -89'644'000};
    springfield.excluded = {"honey"};
    return {oslo, springfield};
}

inline catalog::CatalogData make_catalog() {
    catalog::CatalogData out;
    out.revision = 7;
    auto voucher = make_simple("voucher", "Gift voucher", {{usd(1000), usd(1000)}});
    voucher.variants.front().delivery = domain::Delivery::digital;
    out.products = {make_honey(), make_hoodie(), make_simple("museum", "Not for sale", {}), voucher};
    out.brands = {{"Northlight", "Northlight", "", ""}};
    out.locations = make_locations();
    out.shipping = {{"standard", "Standard", "In 3 to 5 days", "Post", {}, {usd(500), eur(450)}, {}, 3, 5}};
    return out;
}

inline std::string golden(std::string const& name) {
    std::ifstream in(std::string(B2A_SOURCE_DIR) + "/tests/golden/" + name, std::ios::binary);
    EXPECT_TRUE(in.good()) << name;
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

inline std::shared_ptr<catalog::Snapshot const> make_snapshot() {
    return catalog::Snapshot::build(make_catalog(),
                                    {{"hoodie-black-s", 0}, {"hoodie-black-m", 4}, {"hoodie-moss-m", 2}});
}

inline json::Value parsed(std::string_view text) {
    auto value = json::parse_value(text);
    EXPECT_TRUE(value.ok()) << text;
    return value ? *std::move(value) : json::Value();
}

/// Compares with tests/golden/<name> byte for byte; a difference leaves the actual bytes in the temporary directory.
inline void expect_golden(std::string const& name, std::string const& actual) {
    auto const path = std::string(B2A_SOURCE_DIR) + "/tests/golden/" + name;
    std::ifstream in(path, std::ios::binary);
    std::stringstream expected;
    expected << in.rdbuf();
    if (expected.str() == actual + "\n") return;
    auto file = name;
    for (auto& c : file)
        if (c == '/') c = '_';
    auto const left = testing::TempDir() + file;
    std::ofstream(left, std::ios::binary) << actual << "\n";
    ADD_FAILURE() << path << " differs; actual bytes are in " << left << "\n" << actual;
}

/// A request whose texts outlive it because the test holds them.
struct RequestText {
    RequestText() = default;
    RequestText(std::vector<std::pair<std::string, std::string>> header, std::string content) :
        fields(std::move(header)), body(std::move(content)) {}

    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
    std::string path = "/";
    std::string query;

    [[nodiscard]] web::Request view(web::Method method = web::Method::post) const {
        web::Request out;
        out.method = method;
        for (auto const& [name, value] : fields) out.headers.add(name, value);
        out.body = body;
        out.path = path;
        out.query = query;
        out.peer = "192.0.2.1";
        return out;
    }
};

inline RequestText json_request(std::string body) {
    return {{{"Content-Type", "application/json"}, {"UCP-Agent", std::string(profile_field)}}, std::move(body)};
}

}  // namespace b2a::test
