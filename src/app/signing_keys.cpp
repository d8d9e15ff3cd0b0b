// SPDX-License-Identifier: Apache-2.0
#include "app/signing_keys.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "b2a/json/value.hpp"

#include "app/system.hpp"

namespace b2a::app {
namespace {

using Keys = std::vector<identity::OwnKey>;

constexpr std::chrono::hours overlap{24 * 7};

std::string path_of(std::string const& data_dir) {
    return data_dir + "/keys/signing.json";
}

Error damaged(std::string const& path, std::string_view what) {
    return Error(Code::invalid_request, fmt::format("{}: {}", path, what));
}

Result<identity::OwnKey> read_key(std::string const& path, json::Value const& entry) {
    auto const text = [&](char const* name) -> std::string {
        auto const found = entry.is_object() ? entry.find(name) : entry.end();
        return entry.is_object() && found != entry.end() && found->is_string() ? found->get<std::string>()
                                                                               : std::string();
    };
    auto const created = from_rfc3339(text("created"));
    if (!created) return damaged(path, "a key has no time of creation");
    std::optional<Timestamp> retired;
    if (auto const since = text("retired"); !since.empty()) {
        retired = from_rfc3339(since);
        if (!retired) return damaged(path, "a key's time of retirement is none");
    }
    auto key = crypto::EcSigningKey::from_pem(text("private_key"));
    if (!key) return damaged(path, key.error().detail);
    auto kid = identity::thumbprint(key->public_key());
    return identity::OwnKey{std::move(kid), *created, retired, *std::move(key)};
}

Result<Keys> read_keys(std::string const& path) {
    B2A_TRY(content, read_file(path));
    auto const document = json::parse_value(content);
    if (!document || !document->is_object() || !document->contains("keys") || !document->at("keys").is_array())
        return damaged(path, "is no file of signing keys");
    Keys keys;
    for (auto const& entry : document->at("keys")) {
        B2A_TRY(key, read_key(path, entry));
        keys.push_back(std::move(key));
    }
    bool signs = false;
    for (auto const& key : keys) signs = signs || !key.retired;
    if (!signs) return damaged(path, "holds no key that signs");
    return Result<Keys>(std::move(keys));
}

Result<void> write_keys(std::string const& path, Keys const& keys) {
    json::Value list = json::Value::array();
    for (auto const& key : keys) {
        json::Value entry{{"kid", key.kid}, {"created", to_rfc3339(key.created)}};
        if (key.retired) entry["retired"] = to_rfc3339(*key.retired);
        entry["private_key"] = key.key.to_pem();
        list.push_back(std::move(entry));
    }
    json::Value document;
    document["keys"] = std::move(list);
    return write_private_file(path, document.dump(2) + "\n");
}

Result<identity::OwnKey> new_key(Timestamp now, Random& random) {
    B2A_TRY(key, crypto::EcSigningKey::generate(random));
    auto kid = identity::thumbprint(key.public_key());
    return identity::OwnKey{std::move(kid), now, std::nullopt, std::move(key)};
}

std::shared_ptr<identity::KeyRing const> ring_of(Keys keys) {
    return std::make_shared<identity::KeyRing const>(std::move(keys));
}

Result<Keys> load_or_create(std::string const& data_dir, Timestamp now, Random& random) {
    auto const path = path_of(data_dir);
    std::error_code failure;
    if (std::filesystem::exists(path, failure)) return read_keys(path);
    std::filesystem::create_directories(data_dir + "/keys", failure);
    if (failure) return Error(Code::internal, fmt::format("{}/keys: {}", data_dir, failure.message()));
    B2A_TRY(first, new_key(now, random));
    Keys keys;
    keys.push_back(std::move(first));
    B2A_CHECK(write_keys(path, keys));
    return Result<Keys>(std::move(keys));
}

}  // namespace

Result<std::shared_ptr<identity::KeyRing const>> load_or_create_signing_keys(std::string const& data_dir,
                                                                             Clock const& clock, Random& random) {
    B2A_TRY(keys, load_or_create(data_dir, clock.now(), random));
    return ring_of(std::move(keys));
}

Result<std::shared_ptr<identity::KeyRing const>> rotate_signing_keys(std::string const& data_dir, Clock const& clock,
                                                                     Random& random) {
    auto const now = clock.now();
    B2A_TRY(keys, load_or_create(data_dir, now, random));
    std::erase_if(keys, [&](identity::OwnKey const& key) { return key.retired && *key.retired + overlap < now; });
    for (auto& key : keys)
        if (!key.retired) key.retired = now;
    B2A_TRY(next, new_key(now, random));
    keys.push_back(std::move(next));
    B2A_CHECK(write_keys(path_of(data_dir), keys));
    return ring_of(std::move(keys));
}

}  // namespace b2a::app
