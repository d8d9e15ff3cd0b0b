// SPDX-License-Identifier: Apache-2.0
// A gateway made of answers that a test gives: what is asked is looked up by method and path.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "b2a/json/value.hpp"

#include "log.hpp"
#include "shopper/gateway.hpp"

namespace b2a::test {

struct FakeShop {
    SmallLog log;
    std::map<std::string, web::OutboundReply> replies;  // "GET /path"
    std::vector<web::OutboundRequest> asked;
    int pauses = 0;

    void say(std::string const& what, json::Value const& body, int status = 200) {
        replies[what] = {status, {}, body.dump()};
    }
    void say_text(std::string const& what, std::string text, int status = 200) {
        replies[what] = {status, {}, std::move(text)};
    }
    json::Value descriptor() const {
        return {{"title", "A shop"},
                {"api_version", "v1"},
                {"sandbox", true},
                {"brands", {{{"name", "B"}}}},
                {"audit", {{"origin", log.key().name}, {"verifier_key", log.key().text()}}}};
    }
};

class FakeWire final : public shopper::Wire {
  public:
    explicit FakeWire(FakeShop& shop) : shop_(shop) {}
    Result<web::OutboundReply> send(web::OutboundRequest request) override {
        static constexpr std::string_view origin = "https://shop.example";
        auto const path = request.url.substr(origin.size());
        auto const what = std::string(web::to_text(request.method)) + " " + path;
        shop_.asked.push_back(std::move(request));
        auto const found = shop_.replies.find(what);
        if (found == shop_.replies.end()) return web::OutboundReply{404, {}, R"({"title":"nothing here"})"};
        return found->second;
    }
    void pause(std::chrono::milliseconds) override { ++shop_.pauses; }

  private:
    FakeShop& shop_;
};

inline Result<shopper::Gateway> open(FakeShop& shop, std::vector<std::string> keys = {}, std::string token = {}) {
    return shopper::Gateway::open({"https://shop.example", std::move(token), std::move(keys)},
                                  std::make_unique<FakeWire>(shop));
}

}  // namespace b2a::test
