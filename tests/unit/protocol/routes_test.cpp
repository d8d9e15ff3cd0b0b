// SPDX-License-Identifier: Apache-2.0
// Requests through router, protocol, service and store: what the parts alone cannot show.
#include "shop.hpp"

namespace b2a::protocol {
namespace {

using test::header;
using test::parsed;
using web::Method;

class Routes : public testing::Test {
  protected:
    test::Shop shop_;
};

// --- native ---------------------------------------------------------------------------------------------------------

TEST_F(Routes, AProductCarriesAStrongTagThatFollowsItsAvailability) {
    auto const first = shop_.get("/b2a/v1/products/hoodie");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.content_type, web::json_type);
    EXPECT_EQ(header(first, "Vary"), "Accept");
    auto const tag = header(first, "ETag");
    auto const again = shop_.get("/b2a/v1/products/hoodie", {{"If-None-Match", tag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
    EXPECT_EQ(header(again, "ETag"), tag);
    shop_.holder().set_stock("hoodie-moss-m", 0);
    auto const changed = shop_.get("/b2a/v1/products/hoodie", {{"If-None-Match", tag}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(parsed(changed.body)["variants"][2]["availability"], "out_of_stock");
}

TEST_F(Routes, RepresentationsAreNegotiated) {
    auto const linked = shop_.get("/b2a/v1/products/hoodie", {{"Accept", "application/ld+json"}});
    EXPECT_EQ(linked.content_type, web::json_ld_type);
    EXPECT_NE(header(linked, "ETag"), header(shop_.get("/b2a/v1/products/hoodie"), "ETag"));
    EXPECT_EQ(shop_.get("/b2a/v1/products/hoodie", {{"Accept", "text/html"}}).status, 406);
    EXPECT_EQ(shop_.get("/b2a/v1/products/hoodie", {{"Accept", "text/html, */*;q=0.1"}}).status, 200);
    EXPECT_EQ(parsed(shop_.get("/b2a/v1/variants/hoodie-moss-m").body)["product"]["id"], "hoodie");
    EXPECT_EQ(parsed(shop_.get("/b2a/v1/variants/honey").body)["id"], "honey");
    EXPECT_EQ(shop_.get("/b2a/v1/variants/hoodie").status, 404);
}

TEST_F(Routes, NativeErrorsAreProblemDocuments) {
    for (auto const& [target, status, code] :
         {std::tuple("/b2a/v1/products/nothing", 404, "not_found"), std::tuple("/b2a/v1/nothing", 404, "not_found"),
          std::tuple("/nothing", 404, "not_found"), std::tuple("/b2a/v1/search?x=1", 400, "invalid_request"),
          std::tuple("/b2a/v1/search?limit=0", 400, "invalid_request"), std::tuple("/media/x.png", 404, "not_found")}) {
        auto const response = shop_.get(target);
        EXPECT_EQ(response.status, status) << target;
        EXPECT_EQ(response.content_type, web::problem_type) << target;
        EXPECT_EQ(parsed(response.body)["code"], code) << target;
        EXPECT_EQ(response.error_code, code) << target;
    }
    EXPECT_EQ(shop_.send(Method::put, "/b2a/v1/search").status, 405);
    auto const refused = shop_.get("/b2a/v1/products/hoodie", {{"Authorization", "Bearer wrong"}});
    EXPECT_EQ(refused.status, 401);
    EXPECT_FALSE(header(refused, "WWW-Authenticate").empty());
}

TEST_F(Routes, GetAndPostSearchAgree) {
    auto const get = shop_.get("/b2a/v1/search?q=hoodie&size=M&available=true");
    auto const post = shop_.send(Method::post, "/b2a/v1/search", {{"Content-Type", "application/json"}},
                                 R"({"query":"hoodie","sizes":["M"],"available":true})");
    EXPECT_EQ(get.status, 200) << get.body;
    EXPECT_EQ(get.body, post.body);
    auto const json = parsed(get.body);
    EXPECT_EQ(json["total"], 1);
    EXPECT_EQ(json["items"][0]["matching_variant_count"], 2);
}

TEST_F(Routes, PicturesAndDescriptorsAreServed) {
    auto const picture = shop_.get("/media/hoodie.svg");
    EXPECT_EQ(picture.content_type, web::svg_type);
    EXPECT_TRUE(picture.body.starts_with("<svg"));
    auto const descriptor = parsed(shop_.get("/.well-known/b2a").body);
    EXPECT_EQ(descriptor["surfaces"][1]["description"], "https://shop.example/.well-known/ucp");
    EXPECT_EQ(parsed(shop_.get("/b2a/v1/openapi.json").body)["servers"][0]["url"], "https://shop.example");
}

TEST_F(Routes, OpenApiNamesEveryNativeRouteAndNoOther) {
    auto const paths = parsed(shop_.get("/b2a/v1/openapi.json").body)["paths"];
    std::size_t described = 0;
    for (auto const& [path, operations] : paths.items()) described += operations.size();
    std::size_t served = 0;
    for (auto const& route : shop_.router().routes()) {
        if (!route.operation.starts_with("native.")) continue;
        ++served;
        ASSERT_TRUE(paths.contains(route.pattern)) << route.pattern;
        auto method = std::string(web::to_text(route.method));
        for (auto& c : method) c = static_cast<char>(c | 0x20);
        EXPECT_TRUE(paths[route.pattern].contains(method)) << method << ' ' << route.pattern;
    }
    EXPECT_EQ(described, served);
}

// --- UCP ------------------------------------------------------------------------------------------------------------

/// The same calls by a platform of either version.
class UcpRoutes : public testing::TestWithParam<ucp::Version> {
  protected:
    test::Shop shop_;

    web::Response ucp(Method method, std::string const& path, std::string const& body = {},
                      test::Shop::Fields more = {}) {
        return shop_.ucp(GetParam(), method, path, body, std::move(more));
    }
    static std::string order_for(std::string const& variant, int quantity = 1) {
        return R"({"line_items":[{"item":{"id":")" + variant + R"("},"quantity":)" + std::to_string(quantity) +
               R"(}],"buyer":{"email":"ada@example.com"},"fulfillment":{"methods":[{"type":"shipping",
               "destinations":[{"id":"home","street_address":"1 Main St","address_locality":"Springfield",
               "postal_code":"62701","address_country":"US"}],"selected_destination_id":"home",
               "groups":[{"selected_option_id":"standard"}]}]}})";
    }
    static std::string pay_with(std::string const& token, std::string const& handler = "sandbox_card",
                                std::string const& type = "token") {
        return R"({"payment":{"instruments":[{"id":"pi","handler_id":")" + handler +
               R"(","type":"card","selected":true,"credential":{"type":")" + type + R"(","token":")" + token +
               R"(","number":"4242424242424242"}}]}})";
    }
    json::Value created(std::string const& body) {
        auto const response = ucp(Method::post, "/checkout-sessions", body);
        EXPECT_EQ(response.status, 201) << response.body;
        return parsed(response.body);
    }
};

INSTANTIATE_TEST_SUITE_P(Versions, UcpRoutes, testing::ValuesIn(ucp::all_versions), [](auto const& info) {
    std::string out(ucp::to_text(info.param));
    std::erase(out, '-');
    return out;
});

TEST_P(UcpRoutes, EveryUcpOperationWantsAProfile) {
    for (auto const& route : shop_.router().routes()) {
        if (!route.pattern.starts_with("/ucp/v1")) continue;
        auto const response = shop_.send(route.method, route.pattern, {{"Content-Type", "application/json"}}, "{}");
        EXPECT_EQ(response.status, 400) << route.pattern;
        EXPECT_EQ(parsed(response.body)["code"], "invalid_profile_url") << route.pattern;
        EXPECT_TRUE(parsed(response.body).contains("content"));
    }
}

TEST_P(UcpRoutes, APurchaseFromSearchToOrder) {
    auto const found = parsed(ucp(Method::post, "/catalog/search", R"({"query":"hoodie"})").body);
    ASSERT_EQ(found["products"].size(), 1U);
    EXPECT_EQ(found["products"][0]["variants"][0]["id"], "hoodie-black-m");  // in stock, so featured
    EXPECT_EQ(found["pagination"]["total_count"], 1);

    auto const made = ucp(Method::post, "/checkout-sessions", order_for("hoodie-black-m", 2));
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_TRUE(header(made, "Audit-Entry").starts_with("shop.example/audit#"));
    auto const checkout = parsed(made.body);
    EXPECT_EQ(checkout["status"], "ready_for_complete") << made.body;
    auto const path = "/checkout-sessions/" + checkout["id"].get<std::string>();
    EXPECT_EQ(parsed(ucp(Method::get, path).body), checkout);

    auto const done = ucp(Method::post, path + "/complete", pay_with("tok"));
    EXPECT_EQ(done.status, 200);
    auto const completed = parsed(done.body);
    ASSERT_EQ(completed["status"], "completed") << done.body;
    EXPECT_EQ(done.body.find("\"tok\""), std::string::npos);
    EXPECT_EQ(done.body.find("4242424242424242"), std::string::npos);

    auto const order = parsed(ucp(Method::get, "/orders/" + completed["order"]["id"].get<std::string>()).body);
    EXPECT_EQ(order["checkout_id"], checkout["id"]);
    EXPECT_EQ(order["line_items"][0]["quantity"]["total"], 2);
    EXPECT_EQ(order["totals"], completed["totals"]);
}

TEST_P(UcpRoutes, ARepeatedKeyRepeatsTheBytesAndAnotherBodyConflicts) {
    test::Shop::Fields const key{{"Idempotency-Key", "0123456789abcdef"}};
    auto const first = ucp(Method::post, "/checkout-sessions", order_for("honey"), key);
    auto const again = ucp(Method::post, "/checkout-sessions", order_for("honey"), key);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(first.body, again.body);
    EXPECT_TRUE(header(again, "Audit-Entry").empty());
    auto const other = ucp(Method::post, "/checkout-sessions", order_for("honey", 2), key);
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(parsed(other.body)["code"], "idempotency_conflict");
}

TEST_P(UcpRoutes, OneKeyDoesNotAnswerForAnotherCheckout) {
    test::Shop::Fields const key{{"Idempotency-Key", "fedcba9876543210"}};
    auto const a = created(order_for("honey"))["id"].get<std::string>();
    auto const b = created(order_for("honey"))["id"].get<std::string>();
    EXPECT_EQ(ucp(Method::post, "/checkout-sessions/" + a + "/cancel", {}, key).status, 200);
    EXPECT_EQ(ucp(Method::post, "/checkout-sessions/" + b + "/cancel", {}, key).status, 409);
}

TEST_P(UcpRoutes, WhatCannotBeSoldIsAnOutcome) {
    auto const unknown = ucp(Method::post, "/checkout-sessions", order_for("nothing"));
    EXPECT_EQ(unknown.status, 200);
    auto json = parsed(unknown.body);
    EXPECT_EQ(json["ucp"]["status"], "error");
    EXPECT_EQ(json["messages"][0]["code"], "item_unavailable");
    EXPECT_EQ(json.size(), 2U);  // the envelope is a closed object
    json = parsed(ucp(Method::post, "/checkout-sessions", order_for("hoodie-black-s")).body);
    EXPECT_EQ(json["messages"][0]["code"], "out_of_stock");
    for (auto const* id : {"nonsense", "chk_00000000000000000000000000"}) {
        auto const response = ucp(Method::get, std::string("/checkout-sessions/") + id);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(parsed(response.body)["messages"][0]["code"], "not_found") << id;
        EXPECT_EQ(parsed(response.body)["messages"][0]["severity"], "unrecoverable") << id;
    }
    EXPECT_EQ(parsed(ucp(Method::get, "/orders/nonsense").body)["messages"][0]["code"], "not_found");
}

TEST_P(UcpRoutes, RefusalsNameTheRulesReason) {
    auto const response = ucp(Method::post, "/checkout-sessions", order_for("voucher", 1000));
    EXPECT_EQ(response.status, 403) << response.body;
    auto const json = parsed(response.body);
    EXPECT_EQ(json["code"], "bulk_order");
    EXPECT_EQ(json["content"], "Ask for an offer.");
    EXPECT_TRUE(json["decision_id"].get<std::string>().starts_with("dec_"));
}

TEST_P(UcpRoutes, PaymentsThatCannotBeTakenLeaveTheCheckoutOpen) {
    auto const path = "/checkout-sessions/" + created(order_for("honey"))["id"].get<std::string>() + "/complete";
    for (auto const& body :
         {pay_with("tok", "unknown_handler"), pay_with("tok", "sandbox_card", "card"), pay_with("decline")}) {
        auto const response = ucp(Method::post, path, body);
        EXPECT_EQ(response.status, 200) << body;
        auto const json = parsed(response.body);
        EXPECT_EQ(json["messages"][0]["code"], "payment_failed") << response.body;
        EXPECT_FALSE(json.contains("order"));
        EXPECT_EQ(response.body.find("4242424242424242"), std::string::npos);
    }
    EXPECT_EQ(parsed(ucp(Method::post, path, pay_with("3ds")).body)["status"], "requires_escalation");
    EXPECT_EQ(parsed(ucp(Method::post, path, pay_with("tok")).body)["status"], "completed");
}

TEST_P(UcpRoutes, PutReplacesAndCancelEnds) {
    auto const checkout = created(order_for("hoodie-black-m"));
    auto const path = "/checkout-sessions/" + checkout["id"].get<std::string>();
    auto const replaced =
        parsed(ucp(Method::put, path, R"({"line_items":[{"item":{"id":"hoodie-black-m"},"quantity":3}]})").body);
    EXPECT_EQ(replaced["line_items"][0]["id"], checkout["line_items"][0]["id"]);
    EXPECT_EQ(replaced["line_items"][0]["quantity"], 3);
    EXPECT_FALSE(replaced.contains("buyer"));
    EXPECT_EQ(replaced["status"], "incomplete");
    EXPECT_EQ(parsed(ucp(Method::post, path + "/cancel").body)["status"], "canceled");
    auto const late = ucp(Method::put, path, order_for("honey"));
    EXPECT_EQ(late.status, 200);
    EXPECT_EQ(parsed(late.body)["status"], "canceled");
    EXPECT_EQ(parsed(late.body)["messages"][0]["code"], "invalid_transition");
}

TEST_P(UcpRoutes, AStrangerSeesNothingOfAnothersCheckoutButThePageIsOpen) {
    auto const id = created(order_for("honey"))["id"].get<std::string>();
    shop_.serve("https://other.example/p", test::platform(GetParam()).dump());
    test::Shop::Fields const stranger{{"UCP-Agent", R"(profile="https://other.example/p")"}};
    EXPECT_EQ(parsed(shop_.get("/ucp/v1/checkout-sessions/" + id, stranger).body)["messages"][0]["code"], "not_found");
    auto const page = shop_.get("/checkout/" + id);
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.content_type, web::html_type);
    EXPECT_FALSE(header(page, "Content-Security-Policy").empty());
    EXPECT_NE(page.body.find("ready to be placed"), std::string::npos) << page.body;
    EXPECT_EQ(shop_.get("/checkout/chk_nothing").status, 404);
}

TEST_P(UcpRoutes, UcpErrorsAreFlat) {
    auto const flat = [&](web::Response const& response, int status, char const* code) {
        EXPECT_EQ(response.status, status) << response.body;
        EXPECT_EQ(response.content_type, web::json_type);
        EXPECT_EQ(parsed(response.body)["code"], code);
        EXPECT_TRUE(parsed(response.body)["content"].is_string());
    };
    flat(ucp(Method::post, "/checkout-sessions", "{"), 400, "invalid_request");
    flat(ucp(Method::post, "/catalog/search", "{}"), 400, "invalid_request");
    auto const agent = test::agent_field(test::platform_url(GetParam()));
    flat(shop_.send(Method::post, "/ucp/v1/catalog/search", {{"UCP-Agent", agent}}, "{}"), 415,
         "unsupported_media_type");
    flat(ucp(Method::post, "/checkout-sessions", "[]"), 400, "invalid_request");
    flat(ucp(Method::post, "/checkout-sessions", "{\"a\":1,\"a\":2}"), 400, "invalid_request");
    flat(ucp(Method::post, "/checkout-sessions", order_for("honey"), {{"Idempotency-Key", std::string(256, 'k')}}), 400,
         "invalid_request");
    flat(ucp(Method::get, "/nothing"), 404, "not_found");
    flat(ucp(Method::del, "/checkout-sessions"), 405, "method_not_allowed");
    flat(ucp(Method::post, "/checkout-sessions", order_for("honey"), {{"Authorization", "Bearer x"}}), 401,
         "unauthenticated");
}

TEST_P(UcpRoutes, RequestIdsComeBack) {
    EXPECT_EQ(header(ucp(Method::get, "/orders/x", {}, {{"Request-Id", "r-1"}}), "Request-Id"), "r-1");
    EXPECT_TRUE(header(ucp(Method::get, "/orders/x"), "Request-Id").starts_with("req_"));
}

TEST_P(UcpRoutes, SearchSkipsWhatHasNoPriceAndSaysWhenTheCurrencyIsAnother) {
    auto const json = parsed(
        ucp(Method::post, "/catalog/search", R"({"filters":{"price":{"min":1}},"context":{"currency":"CHF"}})").body);
    EXPECT_EQ(json["messages"][0]["code"], "currency_unavailable");
    EXPECT_EQ(json["products"].size(), 3U);
    for (auto const& product : json["products"]) EXPECT_NE(product["id"], "museum");
    auto page = parsed(
        ucp(Method::post, "/catalog/search", R"({"filters":{"categories":["Food","Men"]},"pagination":{"limit":1}})")
            .body);
    EXPECT_EQ(page["pagination"]["has_next_page"], true);
    auto const cursor = page["pagination"]["cursor"].get<std::string>();
    page =
        parsed(ucp(Method::post, "/catalog/search",
                   R"({"filters":{"categories":["Food","Men"]},"pagination":{"limit":1,"cursor":")" + cursor + R"("}})")
                   .body);
    EXPECT_EQ(page["pagination"]["has_next_page"], false);
    EXPECT_EQ(page["products"].size(), 1U);
}

TEST_P(UcpRoutes, LookupCorrelatesItsInputs) {
    auto const json =
        parsed(ucp(Method::post, "/catalog/lookup", R"({"ids":["hoodie","hoodie-moss-m","museum","nothing"]})").body);
    ASSERT_EQ(json["products"].size(), 1U);
    auto const& variants = json["products"][0]["variants"];
    ASSERT_EQ(variants.size(), 2U);
    EXPECT_EQ(variants[0]["inputs"][0], parsed(R"({"id":"hoodie","match":"featured"})"));
    EXPECT_EQ(variants[1]["inputs"][0], parsed(R"({"id":"hoodie-moss-m","match":"exact"})"));
    ASSERT_EQ(json["messages"].size(), 2U);
    for (auto const& message : json["messages"]) EXPECT_EQ(message["code"], "not_found");
}

TEST_P(UcpRoutes, ProductNarrowsBySelection) {
    auto json = parsed(ucp(Method::post, "/catalog/product",
                           R"({"id":"hoodie","selected":[{"name":"Color","label":"moss"},
                                     {"name":"size","label":"S"}],"preferences":["color","size"]})")
                           .body);
    EXPECT_EQ(json["product"]["variants"][0]["id"], "hoodie-moss-m");
    EXPECT_EQ(json["product"]["selected"], parsed(R"([{"name":"color","label":"Moss"}])"));
    json = parsed(
        ucp(Method::post, "/catalog/product", R"({"id":"hoodie-black-s","selected":[{"name":"color","label":"Moss"}]})")
            .body);
    EXPECT_EQ(json["product"]["variants"][0]["id"], "hoodie-black-s");
    EXPECT_EQ(json["product"]["selected"][1]["label"], "S");
    for (auto const* id : {"museum", "nothing"}) {
        json = parsed(ucp(Method::post, "/catalog/product", R"({"id":")" + std::string(id) + "\"}").body);
        EXPECT_EQ(json["messages"][0]["code"], "not_found") << id;
        EXPECT_EQ(json["ucp"]["status"], "error") << id;
    }
}

TEST_F(Routes, ProfilesAreCacheable) {
    auto const root = shop_.get("/.well-known/ucp");
    EXPECT_EQ(header(root, "Cache-Control"), "public, max-age=300");
    EXPECT_EQ(parsed(root.body)["ucp"]["version"], "2026-08-25");
    auto const tag = header(root, "ETag");
    EXPECT_EQ(shop_.get("/.well-known/ucp", {{"If-None-Match", tag}}).status, 304);
    for (auto const* version : {"2026-04-08", "2026-08-25"}) {
        auto const leaf = shop_.get("/.well-known/ucp/" + std::string(version));
        EXPECT_EQ(parsed(leaf.body)["ucp"]["version"], version);
        EXPECT_NE(header(leaf, "ETag"), tag);
    }
    EXPECT_EQ(shop_.get("/.well-known/ucp/2026-01-11").status, 404);
    shop_.keys().replace(test::make_ring(33));
    EXPECT_EQ(shop_.get("/.well-known/ucp", {{"If-None-Match", tag}}).status, 200) << "the keys in it have changed";
}

TEST(RoutesOfAnOlderRoot, TheConfigurationSaysWhatIsAtTheRoot) {
    ucp::Settings settings;
    settings.root_version = "2026-04-08";
    test::Shop shop(settings);
    EXPECT_EQ(parsed(shop.get("/.well-known/ucp").body)["ucp"]["version"], "2026-04-08");
    EXPECT_EQ(shop.ucp(ucp::Version::v2026_08_25, Method::post, "/catalog/search", R"({"query":"honey"})").status, 200);
}

}  // namespace
}  // namespace b2a::protocol
