// SPDX-License-Identifier: Apache-2.0
// The same work in two dialects, in turns, so that a change of the machine's mood meets both alike.
//   dialects search   PORT CONNECTIONS COUNT   the same search as a UCP request and as an MCP tool call
//   dialects checkout PORT CONNECTIONS COUNT   create and complete over UCP and over ACP
// Prints one JSON object: requests or purchases a second of each, in the best of the rounds.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

#include "bench/load_client.hpp"

namespace {

using b2a::bench::Connection;
using b2a::bench::run;

constexpr int rounds = 3;

struct Target {
    std::uint16_t port = 0;
    std::size_t connections = 0;
    std::size_t count = 0;

    [[nodiscard]] std::string profile() const {
        return "http://127.0.0.1:" + std::to_string(port) + "/sandbox/agents/2026-08-25.json";
    }
};

/// A new idempotency key for each request of this process.
std::string next_key() {
    static std::size_t used = 0;
    std::array<char, 40> key{};
    std::snprintf(key.data(), key.size(), "%08x-0000-4000-9000-%012zx", static_cast<unsigned>(::getpid()), used++);
    return key.data();
}

std::string post(std::string const& path, std::string const& fields, std::string const& body) {
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

double per_second(Target const& to, std::function<std::string(std::size_t)> const& request, int status,
                  std::function<void(Connection const&)> const& answered) {
    auto const measured = run(to.port, to.connections, to.count, request, [&](Connection const& c) {
        if (c.status() != status) throw std::runtime_error(c.body().substr(0, 400));
        answered(c);
    });
    return static_cast<double>(to.count) / measured.seconds;
}

/// A dialect's purchase: how a checkout is created and completed.
struct Dialect {
    std::string path;
    std::string fields;
    std::string create;
    std::string complete;
};

double purchases(Target const& to, Dialect const& dialect) {
    std::vector<std::string> ids(to.count);
    auto const keyed = [&] { return dialect.fields + "Idempotency-Key: " + next_key() + "\r\n"; };
    auto const created = per_second(
        to, [&](std::size_t) { return post(dialect.path, keyed(), dialect.create); }, 201,
        [&](Connection const& c) {
            auto const body = c.body();
            auto const at = body.find("\"chk_");
            if (at == std::string::npos) throw std::runtime_error("no checkout: " + body.substr(0, 400));
            ids[c.number()] = body.substr(at + 1, body.find('"', at + 1) - at - 1);
        });
    auto const completed = per_second(
        to, [&](std::size_t n) { return post(dialect.path + "/" + ids[n] + "/complete", keyed(), dialect.complete); },
        200,
        [](Connection const& c) {
            if (c.body().find("\"status\":\"completed\"") == std::string::npos)
                throw std::runtime_error("not completed: " + c.body().substr(0, 400));
        });
    return 1 / (1 / created + 1 / completed);
}

int search(Target const& to) {
    std::string const query = R"({"query":"hoodie","pagination":{"limit":10}})";
    auto const agent = "UCP-Agent: profile=\"" + to.profile() + "\"\r\n";
    auto const rest = post("/ucp/v1/catalog/search", agent, query);
    auto const tool = post("/mcp", "Accept: application/json, text/event-stream\r\n",
                           R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_catalog",)"
                           R"("arguments":{"meta":{"ucp-agent":{"profile":")" +
                               to.profile() + R"("}},"catalog":)" + query + "}}}");
    double ucp = 0;
    double mcp = 0;
    auto const found = [](Connection const& c) {
        if (c.body().find("products") == std::string::npos) throw std::runtime_error("nothing was found");
    };
    for (int round = 0; round < rounds; ++round) {
        ucp = std::max(ucp, per_second(to, [&](std::size_t) { return rest; }, 200, found));
        mcp = std::max(mcp, per_second(to, [&](std::size_t) { return tool; }, 200, found));
    }
    std::printf("{\"ucp\":%.0f,\"mcp\":%.0f}\n", ucp, mcp);
    return 0;
}

int checkout(Target const& to) {
    Dialect const ucp{
        "/ucp/v1/checkout-sessions", "UCP-Agent: profile=\"" + to.profile() + "\"\r\n",
        R"({"line_items":[{"item":{"id":"demo-ok-1"},"quantity":1}],"buyer":{"first_name":"Ada",)"
        R"("last_name":"Lovelace","email":"ada@example.com"},"fulfillment":{"methods":[{"type":"shipping",)"
        R"("selected_destination_id":"home","destinations":[{"id":"home","street_address":"1 Market Street",)"
        R"("address_locality":"San Francisco","address_region":"CA","postal_code":"94105",)"
        R"("address_country":"US"}]}]}})",
        R"({"payment":{"instruments":[{"id":"card_1","handler_id":"sandbox_card","type":"card","selected":true,)"
        R"("credential":{"type":"token","token":"tok_visa"}}]}})"};
    Dialect const acp{
        "/acp/checkout_sessions", "Authorization: Bearer sandbox-agent\r\nAPI-Version: 2026-04-17\r\n",
        R"({"line_items":[{"id":"demo-ok-1"}],"currency":"usd","capabilities":{},"buyer":{"first_name":"Ada",)"
        R"("last_name":"Lovelace","email":"ada@example.com"},"fulfillment_details":{"name":"Ada Lovelace",)"
        R"("address":{"name":"Ada Lovelace","line_one":"1 Market Street","city":"San Francisco","state":"CA",)"
        R"("country":"US","postal_code":"94105"}}})",
        R"({"payment_data":{"handler_id":"sandbox_card","instrument":{"type":"card",)"
        R"("credential":{"type":"spt","token":"spt_visa"}}}})"};
    double best_ucp = 0;
    double best_acp = 0;
    for (int round = 0; round < rounds; ++round) {
        best_ucp = std::max(best_ucp, purchases(to, ucp));
        best_acp = std::max(best_acp, purchases(to, acp));
    }
    std::printf("{\"ucp\":%.0f,\"acp\":%.0f}\n", best_ucp, best_acp);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        std::string const what = argc == 5 ? argv[1] : "";
        auto const number = [&](int i) { return std::strtoull(argv[i], nullptr, 10); };
        if (what == "search") return search({static_cast<std::uint16_t>(number(2)), number(3), number(4)});
        if (what == "checkout") return checkout({static_cast<std::uint16_t>(number(2)), number(3), number(4)});
        std::cerr << "usage: dialects search|checkout PORT CONNECTIONS COUNT\n";
        return 2;
    } catch (std::exception const& error) {
        std::cerr << "dialects: " << error.what() << '\n';
        return 1;
    }
}
