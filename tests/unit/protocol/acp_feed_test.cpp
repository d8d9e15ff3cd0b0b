// SPDX-License-Identifier: Apache-2.0
// The catalog as an ACP feed, and the feed API as the brand calls it.
#include "b2a/protocol/acp_feed.hpp"

#include <algorithm>
#include <deque>

#include "b2a/protocol/feed_text.hpp"

#include "fixture.hpp"
#include "support/run_coro.hpp"
#include "unit/service/outbound_script.hpp"

namespace b2a::protocol::acp {
namespace {

class AcpFeed : public testing::Test {
  protected:
    Site site_ = test::make_site();
    std::shared_ptr<catalog::Snapshot const> snapshot_ = test::make_snapshot();
    FeedCounts counts_;

    json::Value product(std::string_view id, std::string_view currency = "USD") {
        std::string out;
        render_feed_product(out, site_, *snapshot_, snapshot_->find_product(id).value(), test::currency(currency),
                            counts_);
        return test::parsed(out);
    }
};

TEST_F(AcpFeed, AProductWithItsVariants) {
    auto const hoodie = product("hoodie");
    EXPECT_EQ(hoodie["title"], "Fjord Hoodie");
    EXPECT_EQ(hoodie["media"][0]["url"], "https://shop.example/media/hoodie.svg");
    auto const& first = hoodie["variants"][0];
    EXPECT_EQ(first["categories"], test::parsed(R"([{"value":"Men > Hoodies & Sweatshirts","taxonomy":"merchant"}])"));
    EXPECT_EQ(first["condition"], test::parsed(R"(["new"])"));
    EXPECT_EQ(first["seller"]["name"], "Example & Sons");
    EXPECT_EQ(first["seller"]["links"][1],
              test::parsed(R"({"type":"terms_of_service","url":"https://shop.example/terms"})"));
    EXPECT_EQ(first["price"]["currency"], "USD");
    EXPECT_EQ(counts_.products, 1U);
    EXPECT_EQ(counts_.variants, hoodie["variants"].size());
    EXPECT_EQ(counts_.without_price, 0U);
    for (auto const& variant : hoodie["variants"]) {
        auto const gone = variant["id"] == "hoodie-black-s";
        EXPECT_EQ(variant["availability"]["available"], !gone) << variant["id"];
        EXPECT_EQ(variant["availability"]["status"], gone ? "out_of_stock" : "in_stock");
    }
}

TEST_F(AcpFeed, APriceIsShownInTheFeedsCurrencyOrNotAtAll) {
    EXPECT_EQ(product("hoodie", "EUR")["variants"][0]["price"]["currency"], "EUR");
    auto const voucher = product("voucher", "EUR")["variants"][0];
    EXPECT_FALSE(voucher.contains("price"));
    EXPECT_EQ(voucher["availability"], test::parsed(R"({"available":false})"));
    EXPECT_EQ(counts_.without_price, 1U);
}

TEST_F(AcpFeed, AListPriceOnlyWhereLawLetsItStand) {
    // The fixture's list price is above its price, but no history carries the reduction.
    EXPECT_FALSE(product("hoodie")["variants"][0].contains("list_price"));
    auto data = test::make_catalog();
    data.legal.eu_consumer_law = false;
    snapshot_ = catalog::Snapshot::build(std::move(data), {});
    auto const variant = product("hoodie")["variants"][0];
    EXPECT_EQ(variant["list_price"]["amount"], variant["price"]["amount"].get<int>() + 1000);
}

TEST_F(AcpFeed, Metadata) {
    EXPECT_EQ(render_feed_metadata("f", "", std::nullopt), R"({"id":"f"})");
    EXPECT_EQ(render_feed_metadata("f", "DE", from_rfc3339("2026-11-24T08:00:00Z")),
              R"({"id":"f","target_country":"DE","updated_at":"2026-11-24T08:00:00.000Z"})");
}

TEST(FeedText, UrlsAreUris) {
    EXPECT_EQ(web_url("https://cdn.example/a b/ü.jpg?x=1#y"), "https://cdn.example/a%20b/%C3%BC.jpg?x=1#y");
    EXPECT_EQ(web_url("https://cdn.example/a%20b.jpg"), "https://cdn.example/a%20b.jpg") << "twice changes nothing";
    for (auto const* text : {"", "/a.jpg", "https://", "javascript:alert(1)", "ftp://x/y"})
        EXPECT_EQ(web_url(text), "");
    EXPECT_EQ(category_with_arrows("Men/Tops/Hoodies & Sweatshirts"), "Men > Tops > Hoodies & Sweatshirts");
}

class FeedApi : public testing::Test {
  protected:
    using Reply = web::OutboundReply;
    using Answer = Result<Reply>;

    std::deque<Answer> script_;
    service::testing::ScriptedOutbound outbound_{[this](web::OutboundRequest const&) {
        auto next = script_.empty() ? Answer(Reply{200, {}, "{}"}) : script_.front();
        if (!script_.empty()) script_.pop_front();
        return next;
    }};
    test::CountingRandom random_;
    FeedClient client_{{outbound_, random_, "https://agent.example/v1", "secret", std::chrono::seconds{0}}};
};

TEST_F(FeedApi, AFeedIsMadeAndFilled) {
    script_ = {Reply{201, {}, R"({"id":"feed/1","target_country":"DE"})"}};
    EXPECT_EQ(test::run(client_.create("DE")).value(), "feed/1");
    EXPECT_TRUE(test::run(client_.upsert("feed/1", R"({"id":"a"},{"id":"b"})")));
    auto const sent = outbound_.sent();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].method, web::Method::post);
    EXPECT_EQ(sent[0].url, "https://agent.example/v1/feeds");
    EXPECT_EQ(sent[0].body, R"({"target_country":"DE"})");
    EXPECT_EQ(sent[1].method, web::Method::patch);
    EXPECT_EQ(sent[1].url, "https://agent.example/v1/feeds/feed%2F1/products");
    EXPECT_EQ(sent[1].body, R"({"products":[{"id":"a"},{"id":"b"}]})");
    for (auto const& request : sent)
        EXPECT_NE(
            std::ranges::find(request.headers, std::pair<std::string, std::string>("Authorization", "Bearer secret")),
            request.headers.end());
}

TEST_F(FeedApi, WhatPassesIsTriedAgain) {
    script_ = {Reply{429, {{"retry-after", "0"}}, ""}, Reply{503, {}, ""},
               service::testing::outbound_failure("timeout"), Reply{200, {}, R"({"id":"f","accepted":true})"}};
    EXPECT_TRUE(test::run(client_.upsert("f", "{}")));
    EXPECT_EQ(outbound_.sent().size(), 4U);
    EXPECT_EQ(client_.retries(), 3U);
}

TEST_F(FeedApi, NotForever) {
    for (int i = 0; i < 20; ++i) script_.emplace_back(Reply{500, {}, R"({"message":"tired"})"});
    auto const failed = test::run(client_.upsert("f", "{}"));
    EXPECT_EQ(failed.error().detail, "the agent answered 500: tired");
    EXPECT_EQ(outbound_.sent().size(), static_cast<std::size_t>(feed_attempts_max));
}

TEST_F(FeedApi, WhatIsRefusedIsNot) {
    script_ = {Reply{400, {}, R"({"type":"invalid_request","code":"x","message":"no products"})"}};
    EXPECT_EQ(test::run(client_.upsert("f", "")).error().detail, "the agent answered 400: no products");
    script_ = {Reply{404, {}, ""}};
    EXPECT_EQ(test::run(client_.upsert("f", "{}")).error().code, Code::not_found);
    script_ = {Reply{200, {}, R"({"id":"f","accepted":false})"}};
    EXPECT_EQ(test::run(client_.upsert("f", "{}")).error().code, Code::upstream_failed);
    script_ = {service::testing::outbound_failure("address_not_admitted")};
    EXPECT_FALSE(test::run(client_.upsert("f", "{}")));
    for (auto const* body : {"", "{}", R"({"id":""})", R"({"id":7})"}) {
        script_ = {Reply{201, {}, body}};
        EXPECT_EQ(test::run(client_.create("")).error().code, Code::upstream_failed) << body;
    }
    EXPECT_EQ(client_.retries(), 0U);
}

}  // namespace
}  // namespace b2a::protocol::acp
