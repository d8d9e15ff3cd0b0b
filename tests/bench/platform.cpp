// SPDX-License-Identifier: Apache-2.0
#include "bench/platform.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <unistd.h>

#include "b2a/crypto/random.hpp"
#include "b2a/identity/signature.hpp"

namespace b2a::bench {
namespace {

constexpr char const* capabilities[] = {"dev.ucp.shopping.catalog.search", "dev.ucp.shopping.cart",
                                        "dev.ucp.shopping.checkout",       "dev.ucp.shopping.order",
                                        "dev.ucp.shopping.discount",       "dev.ucp.shopping.fulfillment"};

std::string profile_document(identity::OwnKey const& key) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("ucp").begin_object().member("version", "2026-08-25");
    json.key("services").begin_object().end_object().key("payment_handlers").begin_object().end_object();
    json.key("capabilities").begin_object();
    for (auto const* name : capabilities)
        json.key(name).begin_array().begin_object().member("version", "2026-08-25").end_object().end_array();
    json.end_object().end_object().key("keys").begin_array();
    identity::write_jwk(json, key.kid, key.key.public_key());
    json.end_array().end_object();
    return out;
}

identity::OwnKey own_key(crypto::EcSigningKey key) {
    auto kid = identity::thumbprint(key.public_key());
    return {std::move(kid), {}, std::nullopt, std::move(key)};
}

Timestamp now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace

void make_platform(std::string const& directory) {
    auto const random = crypto::system_random();
    auto generated = crypto::EcSigningKey::generate(*random);
    if (!generated) throw std::runtime_error("no key");
    auto const key = own_key(*std::move(generated));
    std::ofstream(directory + "/platform.pem") << key.key.to_pem();
    std::ofstream(directory + "/platform.json") << profile_document(key);
}

Platform Platform::sandbox(std::uint16_t port) {
    Platform out;
    out.port_ = port;
    out.profile_ = "http://127.0.0.1:" + std::to_string(port) + "/sandbox/agents/2026-08-25.json";
    return out;
}

Platform Platform::signing(std::uint16_t port, std::string const& directory) {
    std::ifstream file(directory + "/platform.pem");
    std::stringstream pem;
    pem << file.rdbuf();
    auto key = crypto::EcSigningKey::from_pem(pem.str());
    if (!key) throw std::runtime_error(key.error().detail);
    Platform out;
    out.port_ = port;
    out.profile_ = pinned_profile_url;
    out.key_ = own_key(*std::move(key));
    return out;
}

std::string Platform::request(std::string const& method, std::string const& target, std::size_t key,
                              std::string const& body) const {
    std::array<char, 40> id{};
    std::snprintf(id.data(), id.size(), "%08x-0000-4000-8000-%012zx", static_cast<unsigned>(::getpid()), key);
    web::OutboundRequest request;
    request.method = method == "PUT" ? web::Method::put : web::Method::post;
    request.url = "http://127.0.0.1:" + std::to_string(port_) + target;
    request.headers = {{"UCP-Agent", "profile=\"" + profile_ + "\""},
                       {"Content-Type", "application/json"},
                       {"Idempotency-Key", id.data()}};
    request.body = body;
    if (key_)
        for (auto& field : identity::sign(request, {"ucp-agent", "idempotency-key"}, *key_, now()))
            request.headers.push_back(std::move(field));
    auto out = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n";
    for (auto const& [name, value] : request.headers) out += name + ": " + value + "\r\n";
    return out + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace b2a::bench
