// SPDX-License-Identifier: Apache-2.0
// What it costs to let a known platform in: unsigned, signed, and the bare ES256 verification that signing adds.
#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "b2a/base/assert.hpp"
#include "b2a/crypto/random.hpp"
#include "b2a/identity/signature.hpp"

#include "protocol/ucp/admission.hpp"

namespace {

using namespace b2a;  // NOLINT
namespace ucp = protocol::ucp;

class SystemTime final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

/// Nothing is fetched here: the profile is pinned.
class NoNetwork final : public web::Outbound {
  public:
    boost::asio::awaitable<Result<web::OutboundReply>> send(web::OutboundRequest) override {
        co_return Error(Code::upstream_failed);
    }
};

constexpr std::string_view profile_url = "https://agent.example/profile.json";

identity::OwnKey platform_key(Random& random) {
    auto key = crypto::EcSigningKey::generate(random);
    B2A_ASSERT(bool(key));
    auto kid = identity::thumbprint(key->public_key());
    return {std::move(kid), {}, std::nullopt, *std::move(key)};
}

std::string profile_of(identity::OwnKey const& key) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("ucp").begin_object().member("version", "2026-08-25").key("capabilities").begin_object();
    for (auto const& row : ucp::offered(ucp::Version::v2026_08_25))
        json.key(ucp::name_of(row.capability, ucp::Version::v2026_08_25))
            .begin_array()
            .begin_object()
            .member("version", "2026-08-25")
            .end_object()
            .end_array();
    json.end_object().end_object().key("keys").begin_array();
    identity::write_jwk(json, key.kid, key.key.public_key());
    json.end_array().end_object();
    return out;
}

protocol::Site shop() {
    protocol::Site site;
    site.base_url = "https://shop.example";
    return site;
}

struct World {
    protocol::Site site = shop();
    ucp::Settings settings;
    SystemTime clock;
    std::unique_ptr<Random> random = crypto::system_random();
    protocol::ContextFactory contexts{{site, clock, *random, {}}};
    NoNetwork network;
    identity::OwnKey key = platform_key(*random);
    service::Directory directory{network, clock, {{std::string(profile_url), profile_of(key)}}};

    protocol::IdentitySettings identity;
    identity::ReplayCache used{clock.now() - std::chrono::hours(1)};
    protocol::Recognizer recognizer{{site, identity, contexts, directory, used}};
};

/// A request as the platform sends it; owns its texts.
struct Sent {
    explicit Sent(World& world, bool is_signed) {
        outbound.method = web::Method::post;
        outbound.url = "https://shop.example/ucp/v1/checkout-sessions";
        outbound.body = R"({"line_items":[{"item":{"id":"demo-ok-1"},"quantity":1}]})";
        outbound.headers = {{"Host", "shop.example"},
                            {"UCP-Agent", "profile=\"" + std::string(profile_url) + "\""},
                            {"Content-Type", "application/json"},
                            {"Idempotency-Key", "7f3c2a90-8d51-4e0e-9a53-3c1d0c9a4b10"}};  // so that it may be repeated
        if (is_signed)
            for (auto& field : identity::sign(outbound, {"ucp-agent", "idempotency-key"}, world.key, world.clock.now()))
                outbound.headers.push_back(std::move(field));
        request.method = outbound.method;
        request.method_text = "POST";
        request.target = request.path = "/ucp/v1/checkout-sessions";
        request.body = outbound.body;
        request.secure = true;
        for (auto const& [name, value] : outbound.headers) request.headers.add(name, value);
    }
    web::OutboundRequest outbound;
    web::Request request;
};

void admit(benchmark::State& state, bool is_signed) {
    World world;
    ucp::Admission admission({world.site, world.settings, world.contexts, world.directory, world.recognizer, {}});
    Sent const sent(world, is_signed);
    boost::asio::io_context io(1);
    auto const expected = is_signed ? policy::TrustLevel::request_bound : policy::TrustLevel::declared;
    auto const all = [&]() -> boost::asio::awaitable<void> {
        ucp::Entry const entry{ucp::Capability::checkout, true};
        for (auto _ : state) {
            auto const admitted = co_await admission.admit(sent.request, std::string(), entry);
            auto const* caller = std::get_if<ucp::Caller>(&admitted);
            B2A_ASSERT(caller != nullptr && caller->context.principal.trust == expected);
        }
    };
    boost::asio::co_spawn(io, all(), boost::asio::detached);
    io.run();
}

void negotiation_cached(benchmark::State& state) {
    admit(state, false);
}
BENCHMARK(negotiation_cached);

void negotiation_signed(benchmark::State& state) {
    admit(state, true);
}
BENCHMARK(negotiation_signed);

/// The limit of this machine for signed requests, on one core.
void es256_verify(benchmark::State& state) {
    World world;
    auto const key = crypto::EcPublicKey::from_coordinates(world.key.key.public_key());
    std::string const message(400, 'm');
    auto const signature = world.key.key.sign(as_bytes(message));
    for (auto _ : state) B2A_ASSERT(key->verify(as_bytes(message), signature));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(es256_verify);

}  // namespace

BENCHMARK_MAIN();
