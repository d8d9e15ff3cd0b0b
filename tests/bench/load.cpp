// SPDX-License-Identifier: Apache-2.0
// Load over UCP and plain GET.
//   load checkout PORT CONNECTIONS VARIANT COUNT   creates COUNT checkouts of one unit, then completes all of them
//   load flow     PORT CONNECTIONS VARIANT COUNT   creates, updates and completes COUNT checkouts
//   load signed   PORT CONNECTIONS DIR COUNT       creates COUNT checkouts, signed with the key in DIR
//   load get      PORT CONNECTIONS COUNT FILE      asks for the targets in FILE, one a line, in turns
//   load platform DIR                              makes that key, and the profile that goes with it
// Prints one JSON object.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/load_client.hpp"
#include "bench/platform.hpp"

namespace {

using b2a::bench::Connection;
using b2a::bench::Measured;
using b2a::bench::Platform;
using b2a::bench::run;
using Strings = std::vector<std::string>;

std::string const pay = R"({"payment":{"instruments":[{"id":"card_1","handler_id":"sandbox_card","type":"card",)"
                        R"("selected":true,"credential":{"type":"token","token":"tok_visa"}}]}})";

std::string order_of(std::string const& variant, int quantity) {
    return R"({"line_items":[{"item":{"id":")" + variant + R"("},"quantity":)" + std::to_string(quantity) +
           R"(}],"buyer":{"first_name":"Ada","last_name":"Lovelace","email":"ada@example.com"},)"
           R"("fulfillment":{"methods":[{"type":"shipping","selected_destination_id":"home",)"
           R"("destinations":[{"id":"home","street_address":)"
           R"("1 Market Street","address_locality":"San Francisco","address_region":"CA","postal_code":"94105",)"
           R"("address_country":"US"}]}]}})";
}

/// The id of the checkout that a creation answered.
std::string checkout_in(Connection const& c) {
    auto const body = c.body();
    auto const at = c.status() == 201 ? body.find("\"chk_") : std::string::npos;
    if (at == std::string::npos) throw std::runtime_error("no checkout: " + body.substr(0, 400));
    return body.substr(at + 1, body.find('"', at + 1) - at - 1);
}

constexpr std::string_view sessions = "/ucp/v1/checkout-sessions";

Measured create_all(Platform const& platform, std::uint16_t port, std::size_t connections, std::string const& body,
                    Strings& ids) {
    // Made beforehand: signing is the platform's work, not the server's.
    Strings requests(ids.size());
    for (std::size_t n = 0; n < ids.size(); ++n) requests[n] = platform.request("POST", std::string(sessions), n, body);
    return run(
        port, connections, ids.size(), [&](std::size_t n) { return requests[n]; },
        [&](Connection const& c) { ids[c.number()] = checkout_in(c); });
}

int checkout(std::uint16_t port, std::size_t connections, std::string const& variant, std::size_t count) {
    auto const platform = Platform::sandbox(port);
    Strings ids(count);
    auto const created = create_all(platform, port, connections, order_of(variant, 1), ids);
    std::size_t completed = 0;
    std::size_t failed = 0;
    auto const done = run(
        port, connections, count,
        [&](std::size_t n) {
            return platform.request("POST", std::string(sessions) + "/" + ids[n] + "/complete", count + n, pay);
        },
        [&](Connection const& c) {
            if (c.status() != 200) ++failed;
            else if (c.body().find("\"status\":\"completed\"") != std::string::npos) ++completed;
        });
    std::printf(
        "{\"created_per_second\":%.0f,\"completed\":%zu,\"not_completed\":%zu,\"failed\":%zu,"
        "\"completed_per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
        static_cast<double>(count) / created.seconds, completed, count - completed, failed,
        static_cast<double>(completed) / done.seconds, done.p50_ms, done.p99_ms);
    return 0;
}

int create_signed(std::uint16_t port, std::size_t connections, std::string const& directory, std::size_t count) {
    Strings ids(count);
    auto const created =
        create_all(Platform::signing(port, directory), port, connections, order_of("demo-ok-1", 1), ids);
    std::printf("{\"created_per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
                static_cast<double>(count) / created.seconds, created.p50_ms, created.p99_ms);
    return 0;
}

/// Whole purchases: create, update, complete, one after the other for each, many at a time.
int flow(std::uint16_t port, std::size_t connections, std::string const& variant, std::size_t count) {
    auto const platform = Platform::sandbox(port);
    Strings ids(count);
    auto const created = create_all(platform, port, connections, order_of(variant, 1), ids);
    auto const step = [&](std::string const& method, std::string const& suffix, std::size_t keys,
                          std::string const& body, std::string const& expected) {
        return run(
            port, connections, count,
            [&](std::size_t n) {
                return platform.request(method, std::string(sessions) + "/" + ids[n] + suffix, keys + n, body);
            },
            [&](Connection const& c) {
                if (c.body().find("\"status\":\"" + expected + "\"") == std::string::npos)
                    throw std::runtime_error("not " + expected + ": " + c.body().substr(0, 400));
            });
    };
    auto const updated = step("PUT", "", count, order_of(variant, 2), "ready_for_complete");
    auto const completed = step("POST", "/complete", 2 * count, pay, "completed");
    std::printf("{\"flows_per_second\":%.0f}\n",
                static_cast<double>(count) / (created.seconds + updated.seconds + completed.seconds));
    return 0;
}

int get(std::uint16_t port, std::size_t connections, std::size_t count, std::string const& file) {
    Strings targets;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) targets.push_back(line);
    if (targets.empty()) throw std::runtime_error("no targets in " + file);
    auto const done = run(
        port, connections, count,
        [&](std::size_t n) { return "GET " + targets[n % targets.size()] + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"; },
        [&](Connection const& c) {
            if (c.status() != 200) throw std::runtime_error(targets[c.number() % targets.size()] + ": " + c.body());
        });
    std::printf("{\"per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n", static_cast<double>(count) / done.seconds,
                done.p50_ms, done.p99_ms);
    return 0;
}

std::size_t number(char const* text) {
    return std::strtoull(text, nullptr, 10);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        std::string const what = argc == 6 ? argv[1] : "";
        if (what == "checkout")
            return checkout(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), argv[4], number(argv[5]));
        if (what == "get")
            return get(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), number(argv[4]), argv[5]);
        if (what == "signed")
            return create_signed(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), argv[4],
                                 number(argv[5]));
        if (what == "flow")
            return flow(static_cast<std::uint16_t>(number(argv[2])), number(argv[3]), argv[4], number(argv[5]));
        if (argc == 3 && std::string_view(argv[1]) == "platform") {
            b2a::bench::make_platform(argv[2]);
            return 0;
        }
        std::cerr
            << "usage: load checkout|flow PORT CONNECTIONS VARIANT COUNT | load signed PORT CONNECTIONS DIR COUNT\n"
               "       load get PORT CONNECTIONS COUNT FILE | load platform DIR\n";
        return 2;
    } catch (std::exception const& error) {
        std::cerr << "load: " << error.what() << '\n';
        return 1;
    }
}
