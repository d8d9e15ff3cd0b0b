// SPDX-License-Identifier: Apache-2.0
// The in-memory shop with ACP in front of it.
#pragma once

#include "b2a/protocol/acp.hpp"

#include "shop.hpp"

namespace b2a::test {

class AcpShop {
  public:
    explicit AcpShop(protocol::acp::Settings settings = {}) : settings_(std::move(settings)) {
        auto const ucp = shop_.deps();
        auto tools = protocol::acp::mount(router_, {shop_.site(), settings_, ucp.contexts, ucp.recognizer, ucp.catalog,
                                                    ucp.carts, ucp.checkouts, ucp.payments, in_flight_});
        protocol::mcp::mount(router_, {shop_.site(), {std::move(tools)}});
    }

    using Fields = Shop::Fields;
    static Fields usual(std::string key = "key-1") {
        return {{"Authorization", "Bearer sandbox-agent"},
                {"API-Version", "2026-04-17"},
                {"Content-Type", "application/json"},
                {"Idempotency-Key", std::move(key)}};
    }

    web::Response send(web::Method method, std::string const& target, Fields const& fields,
                       std::string const& body = {}) {
        return Shop::serve(router_, method, target, fields, body);
    }
    web::Response post(std::string const& path, std::string const& body) {
        return send(web::Method::post, "/acp" + path, usual("key-" + std::to_string(++keys_)), body);
    }
    json::Value session(std::string const& path, std::string const& body) {
        auto const response = post(path, body);
        EXPECT_LT(response.status, 300) << response.body;
        return parsed(response.body);
    }

    Shop& shop() { return shop_; }
    service::InFlight& in_flight() { return in_flight_; }

  private:
    Shop shop_;
    protocol::acp::Settings settings_;
    service::InFlight in_flight_;
    web::Router router_;
    int keys_ = 1000;
};

}  // namespace b2a::test
