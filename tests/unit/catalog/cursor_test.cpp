// SPDX-License-Identifier: Apache-2.0
#include "catalog/cursor.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "unit/catalog/shop.hpp"

namespace b2a::catalog {
namespace {

TEST(Cursor, SurvivesTheRoundTrip) {
    Cursor const cursor{0xFFFFFFFFFFFFFFFF, 7, 123'456, std::string(limits::id_bytes_max, 'x')};
    auto const decoded = decode_cursor(encode(cursor));
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(decoded->fingerprint, cursor.fingerprint);
    EXPECT_EQ(decoded->revision, cursor.revision);
    EXPECT_EQ(decoded->score, cursor.score);
    EXPECT_EQ(decoded->product_id, cursor.product_id);
}

TEST(Cursor, EveryDamageIsFound) {
    auto const good = encode({42, 7, 1'000, "p-1"});
    std::string const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ \n";
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (auto const c : alphabet) {
            auto bad = good;
            bad[i] = c;
            EXPECT_EQ(decode_cursor(bad).ok(), bad == good) << bad;
        }
        EXPECT_FALSE(decode_cursor(good.substr(0, i)).ok());
        EXPECT_FALSE(decode_cursor(good.substr(i + 1)).ok());
    }
    EXPECT_FALSE(decode_cursor(good + "A").ok());
    EXPECT_FALSE(decode_cursor(std::string(100'000, 'A')).ok());
    EXPECT_EQ(decode_cursor("?").error().code, Code::invalid_request);
    EXPECT_EQ(decode_cursor("?").error().pointer, "/cursor");
}

TEST(Fingerprint, DiffersForEveryFieldButCursorAndLimit) {
    std::vector<std::function<void(SearchQuery&)>> const changes{
        [](SearchQuery& q) { q.text = "a"; },
        [](SearchQuery& q) { q.categories = {"a"}; },
        [](SearchQuery& q) { q.brands = {"a"}; },
        [](SearchQuery& q) { q.sizes = {"a"}; },
        [](SearchQuery& q) { q.colors = {"a"}; },
        [](SearchQuery& q) { q.attributes = {{"a", {"b"}, {}, {}}}; },
        [](SearchQuery& q) { q.attributes = {{"a", {}, 0, {}}}; },
        [](SearchQuery& q) { q.attributes = {{"a", {}, {}, 0}}; },
        [](SearchQuery& q) { q.price_min_minor = 0; },
        [](SearchQuery& q) { q.price_max_minor = 0; },
        [](SearchQuery& q) { q.currency = test::usd; },
        [](SearchQuery& q) { q.availability = Availability::in_stock; },
        [](SearchQuery& q) { q.avoid = {domain::Allergen::gluten}; },
        [](SearchQuery& q) { q.avoid = {domain::Allergen::milk}; },
        [](SearchQuery& q) { q.allergen_mode = AllergenMode::known; }};
    std::set<std::uint64_t> seen{fingerprint(SearchQuery{})};
    for (auto const& change : changes) {
        SearchQuery query;
        change(query);
        EXPECT_TRUE(seen.insert(fingerprint(query)).second);
    }
    SearchQuery query;
    query.cursor = "x";
    query.limit = 3;
    EXPECT_EQ(fingerprint(query), fingerprint(SearchQuery{}));
}

}  // namespace
}  // namespace b2a::catalog
