// SPDX-License-Identifier: Apache-2.0
#include "b2a/protocol/render_cache.hpp"

#include "b2a/protocol/presentation.hpp"

#include "fixture.hpp"

namespace b2a::protocol {
namespace {

TEST(RenderCache, RendersOnceUntilTheAvailabilityFlips) {
    auto const snapshot = test::make_snapshot();
    auto const product = *snapshot->find_product("hoodie");
    RenderCache cache;
    int rendered = 0;
    auto const get = [&]() -> RenderCache::Entry const& {
        return cache.get(*snapshot, {product, 0, {}}, product, [&](std::string& out) {
            ++rendered;
            out = any_in_stock(*snapshot, product) ? "yes" : "no";
        });
    };
    auto const tag = get().etag;
    EXPECT_EQ(get().body, "yes");
    EXPECT_EQ(rendered, 1);
    snapshot->set_stock("hoodie-black-m", 3);  // still in stock: nothing that the rendering shows has changed
    EXPECT_EQ(get().etag, tag);
    EXPECT_EQ(rendered, 1);
    snapshot->set_stock("hoodie-black-m", 0);
    snapshot->set_stock("hoodie-moss-m", 0);
    EXPECT_EQ(get().body, "no");
    EXPECT_EQ(rendered, 2);
    EXPECT_NE(get().etag, tag);
    EXPECT_EQ(cache.size(), 1U);
}

TEST(RenderCache, KeepsFormatsAndCurrenciesApart) {
    auto const snapshot = test::make_snapshot();
    RenderCache cache;
    auto const put = [&](RenderCache::Key key, std::string text) {
        return cache.get(*snapshot, key, 0, [&](std::string& out) { out = std::move(text); }).body;
    };
    EXPECT_EQ(put({0, 0, test::currency("USD")}, "a"), "a");
    EXPECT_EQ(put({0, 0, test::currency("EUR")}, "b"), "b");
    EXPECT_EQ(put({0, 1, test::currency("USD")}, "c"), "c");
    EXPECT_EQ(put({1, 0, test::currency("USD")}, "d"), "d");
    EXPECT_EQ(put({0, 0, test::currency("USD")}, "x"), "a");
}

TEST(RenderCache, StaysWithinItsBytesAndDropsTheLeastRecentlyUsed) {
    auto const snapshot = test::make_snapshot();
    RenderCache cache(4096);
    int rendered = 0;
    auto const use = [&](std::uint32_t index) {
        cache.get(*snapshot, {index, 0, {}}, 0, [&](std::string& out) {
            ++rendered;
            out.assign(900, 'x');
        });
    };
    for (std::uint32_t i = 0; i < 100; ++i) {
        use(0);  // stays warm
        use(i);
        EXPECT_LE(cache.bytes(), 4096U);
    }
    auto const before = rendered;
    use(0);
    EXPECT_EQ(rendered, before);
    use(1);
    EXPECT_EQ(rendered, before + 1);
}

TEST(RenderCache, AnotherSnapshotStartsAnew) {
    auto const first = test::make_snapshot();
    auto data = test::make_catalog();
    data.revision = 8;
    auto const second = catalog::Snapshot::build(std::move(data), {});
    RenderCache cache;
    auto const revision = [&](catalog::Snapshot const& snapshot) {
        return cache.get(snapshot, {0, 0, {}}, 0, [&](std::string& out) { out = std::to_string(snapshot.revision()); })
            .body;
    };
    EXPECT_EQ(revision(*first), "7");
    EXPECT_EQ(revision(*second), "8");
    EXPECT_EQ(revision(*first), "7");
}

TEST(EntityTag, FollowsTheContent) {
    EXPECT_EQ(entity_tag("a"), entity_tag("a"));
    EXPECT_NE(entity_tag("a"), entity_tag("b"));
    EXPECT_LE(entity_tag("a").size(), 15U);
    auto const tag = entity_tag("a");
    EXPECT_TRUE(matches_entity_tag("*", tag));
    EXPECT_TRUE(matches_entity_tag("\"x\", W/" + tag + " ,\"y\"", tag));
    EXPECT_FALSE(matches_entity_tag("\"x\"", tag));
    EXPECT_FALSE(matches_entity_tag("", tag));
    EXPECT_FALSE(matches_entity_tag(tag.substr(1, tag.size() - 2), tag));
}

TEST(Presentation, WritesDecimals) {
    EXPECT_EQ(decimal_text(1250, 2), "12.50");
    EXPECT_EQ(decimal_text(-5, 2), "-0.05");
    EXPECT_EQ(decimal_text(7, 0), "7");
    EXPECT_EQ(decimal_text(7, -2), "700");
    EXPECT_EQ(decimal_text(0, 3), "0.000");
    EXPECT_EQ(decimal_text(std::numeric_limits<std::int64_t>::min(), 0), "-9223372036854775808");
    EXPECT_EQ(amount_text({5200, test::currency("JPY")}), "5200");
}

TEST(Presentation, EscapesMarkup) {
    EXPECT_EQ(escape_markup("<a href=\"x\">'&\x01</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&lt;/a&gt;");
}

TEST(Presentation, CountsASnapshotOnce) {
    auto const snapshot = test::make_snapshot();
    CatalogCensus census;
    auto const& counts = census.of(*snapshot);
    EXPECT_EQ(counts.products, 4U);
    EXPECT_EQ(counts.variants, 6U);
    ASSERT_EQ(counts.currencies.size(), 2U);
    EXPECT_EQ(counts.currencies[0].code(), "EUR");
    EXPECT_TRUE(census.has_currency(*snapshot, test::currency("USD")));
    EXPECT_FALSE(census.has_currency(*snapshot, test::currency("CHF")));
}

}  // namespace
}  // namespace b2a::protocol
