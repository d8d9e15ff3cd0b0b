// SPDX-License-Identifier: Apache-2.0
// Platforms as the tests know them: profiles of each version, and keys that sign for them.
#pragma once

#include <string>
#include <vector>

#include "b2a/identity/keys.hpp"
#include "b2a/identity/signature.hpp"
#include "b2a/json/value.hpp"
#include "b2a/json/writer.hpp"

#include "fixture.hpp"
#include "protocol/ucp/terms.hpp"
#include "protocol/ucp/version.hpp"

namespace b2a::test {

using protocol::ucp::Version;

inline std::string platform_url(Version version) {
    return "https://agent.example/" + std::string(protocol::ucp::to_text(version)) + ".json";
}
inline std::string agent_field(std::string const& url) {
    return "profile=\"" + url + '"';
}

/// A key that is the same in every run; another seed makes another key.
inline identity::OwnKey make_key(std::uint8_t seed) {
    class Seeded final : public Random {
      public:
        explicit Seeded(std::uint8_t first) : next_(first) {}
        void fill(std::span<std::uint8_t> out) override {
            for (auto& byte : out) byte = next_++;
        }

      private:
        std::uint8_t next_;
    };
    Seeded random(seed);
    auto key = crypto::EcSigningKey::generate(random).value();
    auto kid = identity::thumbprint(key.public_key());
    return {std::move(kid), *from_rfc3339("2026-11-01T00:00:00Z"), std::nullopt, std::move(key)};
}

inline std::shared_ptr<identity::KeyRing const> make_ring(std::uint8_t seed = 1) {
    std::vector<identity::OwnKey> keys;
    keys.push_back(make_key(seed));
    return std::make_shared<identity::KeyRing const>(std::move(keys));
}

inline json::Value jwk_of(identity::OwnKey const& key) {
    std::string text;
    json::Writer json(text);
    identity::write_jwk(json, key.kid, key.key.public_key());
    return parsed(text);
}

/// What a version offers but for mandates, which change what a completion needs.
inline protocol::ucp::CapabilitySet without_mandates(Version version) {
    auto out = protocol::ucp::all_of(version);
    return out.reset(protocol::ucp::index_of(protocol::ucp::Capability::ap2_mandate));
}

/// A profile in the current shape that offers `names`, each in the profile's own version.
inline json::Value platform(std::string const& version, std::vector<std::string> const& names) {
    json::Value out;
    out["ucp"]["version"] = version;
    out["ucp"]["services"] = json::Value::object();
    out["ucp"]["capabilities"] = json::Value::object();
    out["ucp"]["payment_handlers"] = json::Value::object();
    for (auto const& name : names)
        out["ucp"]["capabilities"][name] = json::Value::array({json::Value{{"version", version}}});
    return out;
}

/// One that has everything the version has but mandates, with `key` where one is given.
inline json::Value platform(Version version, identity::OwnKey const* key = nullptr) {
    std::vector<std::string> names;
    for (auto const& row : protocol::ucp::offered(version))
        if (row.capability != protocol::ucp::Capability::ap2_mandate)
            names.emplace_back(protocol::ucp::name_of(row.capability, version));
    auto out = platform(std::string(protocol::ucp::to_text(version)), names);
    if (key != nullptr)
        out[version == Version::v2026_04_08 ? "signing_keys" : "keys"] = json::Value::array({jwk_of(*key)});
    return out;
}

}  // namespace b2a::test
